"""Risks kept as they were worked out, class by class, with a mark of everything they rest on: they hold while it does."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ARRAY, Date, ForeignKey, String, UniqueConstraint, Uuid, bindparam, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, deferred, mapped_column, undefer
from typing_extensions import TypedDict

from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school.calendar import Term
from school.risk import Risk
from school.risk_features import Features

_RISKS, _FEATURES = TypeAdapter(dict[UUID, Risk]), TypeAdapter(dict[UUID, Features])
DEFINITION = 2
"""Grows when features, rule or reasons are worked out differently, so that nothing kept before is used."""


class RiskStanding(SchoolRow, Base):
    """The risks of one class, and what they were worked out from: JSON objects by student."""

    __tablename__ = "risk_standings"

    class_arm_id: Mapped[UUID] = mapped_column(ForeignKey("class_arms.id", ondelete="CASCADE"))
    audience: Mapped[str] = mapped_column(default="staff")
    mark: Mapped[str]
    risks: Mapped[str]
    features: Mapped[str] = deferred(mapped_column(String, nullable=False))
    worked_out_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("class_arm_id"),)


# Everything a class's risks rest on: its students, the sheets of the classes they sat in this session, all sheets of other
# sessions, its registers of the term, how marks are weighed and passed, the calendar, the model, the day.
_MARKS = text("""
WITH roll AS MATERIALIZED (
    SELECT class_arm_id, student_id, joined_on, left_on, dropped_subjects FROM enrolments WHERE session_id = :session_id
),
together AS (
    SELECT class_arm_id, array_agg(class_arm_id) OVER (PARTITION BY student_id) AS arms FROM roll
),
sat AS (
    SELECT DISTINCT class_arm_id, unnest(arms) AS other FROM together
),
by_arm AS MATERIALIZED (
    SELECT h.class_arm_id, count(*) AS sheets, sum(h.version) AS versions
    FROM score_sheets h JOIN terms t ON t.id = h.term_id WHERE t.session_id = :session_id GROUP BY h.class_arm_id
),
school AS (
    SELECT concat_ws('|',
        (SELECT concat(count(*), '/', sum(h.version)) FROM score_sheets h JOIN terms t ON t.id = h.term_id WHERE t.session_id <> :session_id),
        (SELECT md5(string_agg(concat_ws('/', id, max_points, weight), ',' ORDER BY id)) FROM assessment_components),
        (SELECT md5(string_agg(concat_ws('/', level_id, pass_percent), ',' ORDER BY id)) FROM grading_scales),
        (SELECT md5(string_agg(concat_ws('/', id, starts_on, ends_on), ',' ORDER BY id)) FROM terms),
        (SELECT md5(string_agg(concat_ws('/', id, name), ',' ORDER BY id)) FROM subjects),
        (SELECT concat(version, '/', threshold) FROM risk_models WHERE state = 'serving')) AS mark
),
of_session AS MATERIALIZED (
    SELECT sat.class_arm_id, concat(sum(b.sheets), '/', sum(b.versions)) AS mark
    FROM sat JOIN by_arm b ON b.class_arm_id = sat.other GROUP BY sat.class_arm_id
),
listed AS (
    SELECT class_arm_id, md5(string_agg(concat_ws('/', student_id, joined_on, left_on, dropped_subjects), ',' ORDER BY student_id, joined_on)) AS mark
    FROM roll GROUP BY class_arm_id
),
taken AS (
    SELECT class_arm_id, concat(count(*), '/', sum(version), '/', max(updated_at)) AS mark
    FROM registers WHERE taken_on BETWEEN :first AND :day GROUP BY class_arm_id
)
SELECT a.id, concat_ws('|', CAST(:definition AS text), :term_id, :day, s.mark, l.mark, k.mark, a.level_id, o.mark) AS mark
FROM class_arms a CROSS JOIN school s
LEFT JOIN listed l ON l.class_arm_id = a.id
LEFT JOIN taken k ON k.class_arm_id = a.id
LEFT JOIN of_session o ON o.class_arm_id = a.id
WHERE a.id = ANY(:arms)
""").bindparams(
    bindparam("arms", type_=ARRAY(Uuid)), bindparam("session_id", type_=Uuid), bindparam("term_id", type_=Uuid),
    bindparam("first", type_=Date), bindparam("day", type_=Date),
)  # fmt: skip


class Glance(TypedDict):
    """As much of a risk as it takes to count and to sort."""

    risk_score: float
    risk_level: str


_GLANCES = TypeAdapter(dict[UUID, Glance])


@dataclass(frozen=True)
class Kept:
    """The risks of one class as they were worked out, read as far as they are asked for."""

    row: RiskStanding

    @property
    def glances(self) -> dict[UUID, Glance]:
        return _GLANCES.validate_json(self.row.risks)

    @cached_property
    def risks(self) -> dict[UUID, Risk]:
        return _RISKS.validate_json(self.row.risks)

    @cached_property
    def features(self) -> dict[UUID, Features]:
        return _FEATURES.validate_json(self.row.features)


async def marks(tx: Tx, arm_ids: Collection[UUID], term: Term, day: date) -> dict[UUID, str]:
    """The mark of each class on a day: the same mark, the same risks.

    Source: tables enrolments, score_sheets, registers, assessment_components, grading_scales, terms, subjects, risk_models.
    """
    given = {"arms": list(arm_ids), "session_id": term.session_id, "term_id": term.id, "first": term.starts_on, "day": day,
             "definition": str(DEFINITION)}  # fmt: skip
    return dict((await tx.session.execute(_MARKS, given)).all())


async def kept(tx: Tx, marked: Mapping[UUID, str], *, features: bool) -> dict[UUID, Kept]:
    """The classes whose kept risks still hold, with the features they rest on when those are wanted."""
    query = select(RiskStanding).where(RiskStanding.class_arm_id.in_(marked))
    rows = await tx.session.scalars(query.options(undefer(RiskStanding.features)) if features else query)
    return {row.class_arm_id: Kept(row) for row in rows if row.mark == marked[row.class_arm_id]}


async def keep(tx: Tx, arm_id: UUID, mark: str, risks: Mapping[UUID, Risk], features: Mapping[UUID, Features]) -> None:
    """Keep the risks of one class for as long as its mark stays."""
    given = {
        "mark": mark, "risks": _RISKS.dump_json(dict(risks)).decode(), "worked_out_at": tx.now,
        "features": _FEATURES.dump_json({key: features[key] for key in risks}).decode(),
    }  # fmt: skip
    statement = insert(RiskStanding).values(
        id=new_id(), school_id=tx.school_id, class_arm_id=arm_id, audience="staff", **given
    )
    await tx.session.execute(statement.on_conflict_do_update(index_elements=["class_arm_id"], set_=given))
