"""Hand-made records for features and risk: sheets by class, subject and term, with the points of each student."""

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import delete, select

from runtime.caller import Caller
from runtime.ids import new_id
from runtime.transaction import transaction
from school.assessment import AssessmentComponent
from school.permissions import Permission
from school.registers import AttendanceMark, Register
from school.score_sheets import Score, ScoreSheet


def everything(school):
    return Caller.system(school.id, *map(str, Permission))


async def clear(school):
    """No scores at all: a case is then just what it says."""
    async with transaction(everything(school)) as tx:
        await tx.session.execute(delete(Score))
        await tx.session.execute(delete(ScoreSheet))


async def sheet(school, subject, term, points, *, class_arm="JSS 2 Ruby", state="published", late=(), on=None):
    """One sheet; `points` are of Assignment 10, Note 10, CA 20, Exam 60, None for not recorded; known on a day."""
    moment = datetime.combine(on, datetime.min.time(), UTC) if on else datetime.now(UTC)
    async with transaction(everything(school)) as tx:
        scheme_id = await tx.session.scalar(
            select(AssessmentComponent.scheme_id).where(AssessmentComponent.id == school.components["Exam"])
        )
        made = ScoreSheet(
            id=new_id(), school_id=school.id, class_arm_id=school.class_arms[class_arm], state=state, version=1,
            subject_id=school.subjects[subject], term_id=school.terms[term], scheme_id=scheme_id,
        )  # fmt: skip
        tx.session.add(made)
        await tx.session.flush()
        for child, values in points.items():
            for component, value in zip(school.components.values(), values, strict=True):
                if value is not None:
                    tx.session.add(
                        Score(school_id=school.id, sheet_id=made.id, student_id=school.students[child], late=child in late,
                              component_id=component, points=Decimal(value), created_at=moment)
                    )  # fmt: skip
    return made.id


async def attended(school, marks, *, class_arm="JSS 2 Ruby"):
    """Registers: day -> student -> presence."""
    async with transaction(everything(school)) as tx:
        for day, listed in marks.items():
            register = Register(id=new_id(), school_id=school.id, class_arm_id=school.class_arms[class_arm], taken_on=day,
                                updated_at=tx.now)  # fmt: skip
            tx.session.add(register)
            await tx.session.flush()
            for child, presence in listed.items():
                tx.session.add(
                    AttendanceMark(school_id=school.id, register_id=register.id, student_id=school.students[child],
                                   presence=presence)
                )  # fmt: skip
