"""Totals kept beside the sheets they come from, so that a question about many sheets adds up nothing anew.

A kept row holds for one version of its sheet and one set of component weights; a sheet that moved on since is added up
where it is read, until its row is made anew. So what is read is never old, only now and then slower.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Integer, UniqueConstraint, Uuid, bindparam, text
from sqlalchemy.orm import Mapped, mapped_column

from runtime.table import Base, SchoolRow
from runtime.transaction import Tx

STAFF = "COALESCE(NULLIF(current_setting('app.role', true), ''), 'guardian') NOT IN ('guardian', 'student')"
"""Who may read the row, in the database's words."""
AT_ONCE = 400


class SheetTotals(SchoolRow, Base):
    """The totals of one sheet in hundredths of a percent: the n-th is the n-th student's."""

    __tablename__ = "sheet_totals"

    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("score_sheets.id", ondelete="CASCADE"))
    version: Mapped[int]
    weights: Mapped[str]
    student_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    totals: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    added_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("sheet_id"), {"info": {"readers": STAFF}})


WEIGHTS = """
    SELECT scheme_id, md5(string_agg(concat_ws('/', id, max_points, weight), ',' ORDER BY id)) AS weights
    FROM assessment_components GROUP BY scheme_id
"""
ADDED_UP = "CAST(100 * round(sum(s.points * c.weight * 100 / c.max_points), 2) AS integer)"

# Locked first, added up after: a writer holds its sheet until it commits, and the second statement sees what it wrote.
_LOCK_STALE = text(f"""
WITH weighed AS MATERIALIZED ({WEIGHTS})
SELECT h.id FROM score_sheets h
WHERE h.id IN (
    SELECT h.id FROM score_sheets h
    LEFT JOIN weighed w ON w.scheme_id = h.scheme_id
    LEFT JOIN sheet_totals k ON k.sheet_id = h.id
    WHERE k.version IS DISTINCT FROM h.version OR k.weights IS DISTINCT FROM COALESCE(w.weights, '')
    LIMIT {AT_ONCE}
)
FOR SHARE OF h SKIP LOCKED
""")
# Arrays are made before sheets are joined: a plan for any number of sheets would add all of them up once for each.
_KEEP = text(f"""
WITH weighed AS MATERIALIZED ({WEIGHTS}),
added AS (
    SELECT s.sheet_id, s.student_id, {ADDED_UP} AS total
    FROM scores s JOIN assessment_components c ON c.id = s.component_id
    WHERE s.sheet_id = ANY(:sheets)
    GROUP BY s.sheet_id, s.student_id
),
together AS MATERIALIZED (
    SELECT sheet_id, array_agg(student_id ORDER BY student_id) AS student_ids, array_agg(total ORDER BY student_id) AS totals
    FROM added GROUP BY sheet_id
)
INSERT INTO sheet_totals (id, school_id, sheet_id, version, weights, student_ids, totals, added_at)
SELECT gen_random_uuid(), h.school_id, h.id, h.version, COALESCE(w.weights, ''),
       COALESCE(a.student_ids, '{{}}'), COALESCE(a.totals, '{{}}'), :now
FROM score_sheets h
LEFT JOIN weighed w ON w.scheme_id = h.scheme_id
LEFT JOIN together a ON a.sheet_id = h.id
WHERE h.id = ANY(:sheets)
ON CONFLICT (sheet_id) DO UPDATE SET version = excluded.version, weights = excluded.weights,
    student_ids = excluded.student_ids, totals = excluded.totals, added_at = excluded.added_at
""").bindparams(bindparam("sheets", type_=ARRAY(Uuid)))


async def add_up(tx: Tx) -> int:
    """Make anew the kept totals of up to 400 sheets that moved on; sheets being written now are left for the next round.

    Source: tables score_sheets, scores, assessment_components.
    """
    sheets = list(await tx.session.scalars(_LOCK_STALE))
    if sheets:
        await tx.session.execute(_KEEP, {"sheets": sheets, "now": tx.now})
    return len(sheets)
