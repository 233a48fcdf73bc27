"""The totals of whole terms added up, kept while nothing they rest on moves: of terms that are over, hardly anything does."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ARRAY, Uuid, bindparam, text

from runtime import cache
from runtime.transaction import Tx, transaction
from school import score_totals
from school.analytics_scope import Scope
from school.calendar import Term
from school.score_totals import TermTotals

_TOTALS = TypeAdapter(dict[UUID, TermTotals])

# A register, or a score of another term, leaves these as they were. The database's own number as in `figures_cache`.
_STAMP = text("""
SELECT concat_ws('|',
    (SELECT oid FROM pg_database WHERE datname = current_database()),
    (SELECT concat(count(*), '/', sum(version)) FROM score_sheets WHERE term_id = ANY(:terms)),
    (SELECT concat(count(*), '/', sum(hashtext(concat_ws('/', student_id, class_arm_id, session_id, left_on, dropped_subjects)))) FROM enrolments),
    (SELECT md5(string_agg(concat_ws('/', id, starts_on, ends_on), ',' ORDER BY id)) FROM terms),
    (SELECT md5(string_agg(concat_ws('/', id, max_points, weight), ',' ORDER BY id)) FROM assessment_components),
    (SELECT md5(string_agg(concat_ws('/', id, level_id, pass_percent), ',' ORDER BY id)) FROM grading_scales))
""").bindparams(bindparam("terms", type_=ARRAY(Uuid)))


async def of_terms(tx: Tx, scope: Scope, terms: Sequence[Term]) -> dict[UUID, TermTotals]:
    """`score_totals.by_term` of a scope, for whoever may see its classes: they are part of the question.

    Source: tables enrolments, score_sheets, scores, assessment_components, grading_scales.
    """
    stamp = await tx.session.scalar(_STAMP, {"terms": [term.id for term in terms]})
    asked = [[term.id for term in terms], sorted(scope.arms), sorted(scope.filters.subject_ids), tx.today, stamp]
    tag = f"terms:{tx.school_id}"

    async def now() -> str:
        return _TOTALS.dump_json(await score_totals.by_term(tx, scope, terms)).decode()

    async def again() -> str:
        async with transaction(tx.caller, read_only=True) as own:
            return _TOTALS.dump_json(await score_totals.by_term(own, scope, terms)).decode()

    key = hashlib.sha256(repr(asked).encode()).hexdigest()
    return _TOTALS.validate_json(await cache.remembered(f"{tag}:{key}", tag, now, again))
