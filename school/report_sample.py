"""A real card to look at while a school edits how its cards look."""

from uuid import UUID

from sqlalchemy import select

from runtime.errors import NotVisible
from runtime.transaction import Tx
from school import report_cards, report_data
from school.calendar import Term
from school.report_contract import ReportCard
from school.report_options import ReportOptions
from school.score_sheets import Score, ScoreSheet


class NoCardYet(NotVisible):
    """No score is recorded, so there is no card to look at."""

    code = "no_card_yet"


async def newest(tx: Tx, options: ReportOptions, student_id: UUID | None = None) -> ReportCard:
    """The card of the newest term with scores, made with these options: one student's, or the first one's found. Errors: no_card_yet."""
    query = (
        select(Score.student_id, ScoreSheet.term_id)
        .join(ScoreSheet, ScoreSheet.id == Score.sheet_id)
        .join(Term, Term.id == ScoreSheet.term_id)
        .where(Term.starts_on <= tx.today)
        .order_by(Term.starts_on.desc(), Score.student_id)
        .limit(1)
    )
    if student_id is not None:
        query = query.where(Score.student_id == student_id)
    found = (await tx.session.execute(query)).first()
    if found is None:
        raise NoCardYet("No score is recorded yet, so there is no card to look at. Record some scores first.")
    term = await tx.session.get_one(Term, found.term_id)
    class_arm_id = await report_cards.class_of(tx, found.student_id, term)
    data = await report_data.gather(tx, class_arm_id, term.id, [found.student_id])
    data.options = options
    return report_cards.build(data, found.student_id)
