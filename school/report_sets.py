"""The report cards of one class in one term as a set: approved step by step, released to guardians, taken back."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from runtime.caller import Role
from runtime.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from runtime.events import Event
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school.classes import ClassArm
from school.people import Staff
from school.permissions import WHOLE_SCHOOL, Permission
from school.report_options import STEP_WORDS, ReportOptions, Step


class ReportSet(SchoolRow, Base):
    """`approvals` lists the steps taken, in order: {step, by, name, at, faults}. `release_on` is set on release.

    `returned` says who sent the cards back and why: {name, at, reason}; the next approval clears it.
    """

    __tablename__ = "report_sets"

    class_arm_id: Mapped[UUID] = mapped_column(ForeignKey("class_arms.id", ondelete="CASCADE"))
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    approvals: Mapped[list[Any]] = mapped_column(default=list)
    version: Mapped[int] = mapped_column(default=0)
    release_on: Mapped[date | None]
    released_at: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]
    returned: Mapped[dict[str, Any] | None]

    __table_args__ = (UniqueConstraint("class_arm_id", "term_id"),)

    @property
    def steps(self) -> list[Step]:
        return [Step(entry["step"]) for entry in self.approvals]


class ReportsReleased(Event):
    """The cards of a class became visible to guardians. Emitted on the release date, not before."""

    name: ClassVar[str] = "reports.released"
    public: ClassVar[bool] = True
    class_arm_id: UUID
    class_arm_name: str
    term_id: UUID
    term_name: str
    student_ids: list[UUID]


class ReportsTakenBack(Event):
    """Released cards were hidden again; messages not sent yet should not go."""

    name: ClassVar[str] = "reports.taken_back"
    public: ClassVar[bool] = True
    class_arm_id: UUID
    term_id: UUID


class WrongStep(Conflict):
    """The approval step does not follow from the ones taken."""

    code = "wrong_step"


class NotApprovedYet(Conflict):
    """The school's approval chain has not been gone through."""

    code = "reports_not_approved"


class AlreadyReleased(Conflict):
    code = "reports_already_released"


class NotReleasedYet(Conflict):
    code = "reports_not_released"


class CardsClosed(Conflict):
    """Approved or released cards do not change under their signatures: they are returned first."""

    code = "cards_closed"


def new(class_arm_id: UUID, term_id: UUID) -> ReportSet:
    """A set nobody has touched yet, not kept."""
    return ReportSet(class_arm_id=class_arm_id, term_id=term_id, approvals=[], version=0)


async def find(tx: Tx, class_arm_id: UUID, term_id: UUID, *, lock: bool = False) -> ReportSet:
    """The set of a class and term; locked (and made, when new) for a change."""
    query = select(ReportSet).where(ReportSet.class_arm_id == class_arm_id, ReportSet.term_id == term_id)
    if lock:
        values = {
            "id": new_id(), "school_id": tx.school_id, "class_arm_id": class_arm_id, "term_id": term_id,
            "approvals": [], "version": 0,
        }  # fmt: skip
        await tx.session.execute(insert(ReportSet).values(values).on_conflict_do_nothing())
        return (await tx.session.scalars(query.with_for_update())).one()
    found = await tx.session.scalar(query)
    return found or new(class_arm_id, term_id)


def is_released(tx: Tx, found: ReportSet) -> bool:
    """Whether guardians may see the cards today."""
    return found.released_at is not None and (found.release_on is None or found.release_on <= tx.today)


def next_step(found: ReportSet, options: ReportOptions) -> Step | None:
    """The step that is due, or None when the chain is gone through."""
    taken = found.steps
    return next((step for step in options.chain if step not in taken), None)


async def may_take(tx: Tx, class_arm: ClassArm, step: Step) -> bool:
    """Whether the caller is the one this step is for. The head may stand in for a class teacher."""
    caller = tx.caller
    if step is Step.CLASS_TEACHER:
        return caller.role in (Role.HEAD, Role.ADMIN) or class_arm.class_teacher_id == caller.person_id
    if step is Step.HEAD:
        return caller.role is Role.HEAD
    staff = await tx.session.get(Staff, caller.person_id) if caller.person_id else None
    return caller.role is Role.ADMIN or (staff is not None and "principal" in staff.job_title.casefold())


async def approve(tx: Tx, class_arm: ClassArm, found: ReportSet, options: ReportOptions, faults: int) -> Step:
    """Take the step that is due. `faults` is how many check findings were shown and accepted.

    Errors: wrong_step (the chain is complete), not_allowed (the step is somebody else's).
    """
    step = next_step(found, options)
    if step is None:
        raise WrongStep(f"The report cards of {class_arm.name} are already approved.")
    if not await may_take(tx, class_arm, step):
        raise NotAllowed(f"The next approval is the {STEP_WORDS[step]}'s: they give it.", step=step.value)
    tx.require(Permission.REPORTS_WRITE if step is Step.CLASS_TEACHER else Permission.REPORTS_APPROVE)
    entry = {
        "step": step.value, "by": str(tx.caller.person_id or ""), "name": tx.caller.name, "at": tx.now.isoformat(),
        "faults": faults,
    }  # fmt: skip
    found.approvals = [*found.approvals, entry]
    found.returned = None
    found.version += 1
    await tx.session.flush()
    return step


def closed(found: ReportSet, options: ReportOptions) -> str | None:
    """Why remarks and ratings may not change now; null while they may."""
    if found.released_at is not None:
        return "The cards are released. Take them back, then return them, to change a remark."
    if options.chain and next_step(found, options) is None:
        return "The cards are approved. Return them to change a remark."
    return None


def check_open(found: ReportSet, options: ReportOptions) -> None:
    """Raise when the cards are approved or released. Errors: cards_closed."""
    why = closed(found, options)
    if why is not None:
        raise CardsClosed(why)


def check_returnable(tx: Tx, found: ReportSet, label: str) -> None:
    """Raise unless the caller may take the approvals back. A class teacher takes back no one's but their own.

    Errors: reports_already_released, wrong_step, not_allowed.
    """
    if found.released_at is not None:
        raise AlreadyReleased(f"The report cards of {label} are released. Take them back first.")
    if not found.approvals:
        raise WrongStep(f"The report cards of {label} have no approval to take back.")
    if tx.caller.role not in WHOLE_SCHOOL and set(found.steps) - {Step.CLASS_TEACHER}:
        raise NotAllowed(f"The report cards of {label} are approved by the head: the head returns them.")


async def send_back(tx: Tx, found: ReportSet, label: str, reason: str = "") -> list[Any]:
    """Take every approval back, so that cards can be mended. Returns those there were.

    Errors: those of `check_returnable`.
    """
    tx.require(Permission.REPORTS_WRITE)
    check_returnable(tx, found, label)
    before, found.approvals = found.approvals, []
    found.returned = {"name": tx.caller.name, "at": tx.now.isoformat(), "reason": reason} if reason else None
    found.version += 1
    await tx.session.flush()
    return before


async def put_back(tx: Tx, found: ReportSet, approvals: list[Any]) -> None:
    """Approvals as they were before the cards were returned. Errors: not_allowed."""
    tx.require(Permission.REPORTS_WRITE)
    if tx.caller.role not in WHOLE_SCHOOL and any(entry["by"] != str(tx.caller.person_id) for entry in approvals):
        raise NotAllowed("Only the head puts other people's approvals back.")
    found.approvals, found.returned = approvals, None
    found.version += 1
    await tx.session.flush()


def check_releasable(tx: Tx, found: ReportSet, options: ReportOptions, label: str, release_on: date | None) -> None:
    """Raise unless the set can be released. Errors: reports_already_released, reports_not_approved, invalid_input."""
    if found.released_at is not None:
        raise AlreadyReleased(f"The report cards of {label} are already released.")
    due = next_step(found, options)
    if due is not None:
        raise NotApprovedYet(f"The report cards of {label} wait for the {STEP_WORDS[due]}'s approval.", step=due.value)
    if release_on is not None and release_on < tx.today:
        raise InvalidInput(f"{release_on:%d %B %Y} has passed: choose today or a later day.")


async def release(
    tx: Tx, class_arm: ClassArm, term_name: str, found: ReportSet, student_ids: list[UUID], release_on: date | None
) -> None:
    """Let guardians see these students' cards, now or from a day on. The caller checked `check_releasable`."""
    tx.require(Permission.REPORTS_RELEASE)
    found.released_at, found.release_on, found.announced_at = tx.now, release_on, None
    found.version += 1
    if is_released(tx, found):
        announce(tx, class_arm, term_name, found, student_ids)
    await tx.session.flush()


def announce(tx: Tx, class_arm: ClassArm, term_name: str, found: ReportSet, student_ids: list[UUID]) -> None:
    """Emit the event that tells guardians, once."""
    found.announced_at = tx.now
    tx.emit(
        ReportsReleased(
            class_arm_id=class_arm.id, class_arm_name=class_arm.name, term_id=found.term_id, term_name=term_name,
            student_ids=student_ids,
        )
    )  # fmt: skip


async def take_back(tx: Tx, found: ReportSet, label: str) -> None:
    """Hide released cards from guardians again. Errors: reports_not_released."""
    tx.require(Permission.REPORTS_RELEASE)
    if found.released_at is None:
        raise NotReleasedYet(f"The report cards of {label} are not released.")
    found.released_at = found.release_on = found.announced_at = None
    found.version += 1
    tx.emit(ReportsTakenBack(class_arm_id=found.class_arm_id, term_id=found.term_id))
    await tx.session.flush()


async def access_class_reports(tx: Tx, class_arm_id: UUID, permission: Permission) -> ClassArm:
    """Fetch a class whose cards the caller may work on: its class teacher, or the whole school's staff.

    Errors: not_visible, not_allowed.
    """

    class_arm = await tx.session.get(ClassArm, class_arm_id)
    if class_arm is None:
        raise NotVisible("There is no such class.")
    own = tx.caller.role in WHOLE_SCHOOL or class_arm.class_teacher_id == tx.caller.person_id
    tx.require(permission, own, f"The report cards of {class_arm.name} are its class teacher's and the head's.")
    return class_arm
