"""What each guardian of a child may see and get."""

from typing import Annotated, Literal

from pydantic import Field

from runtime.transaction import Tx
from school import guardianships
from school.guardianships import Access
from school.people import Guardian, Student
from school.permissions import Permission
from tools.declare import Effect, Said, tool
from tools.present import Fact, Facts
from tools.refs import Ref
from tools.results import Done, Preview

What = Annotated[Literal["marks", "fees", "messages"], Field(description="Marks and report cards, fees, or messages.")]
Allowed = Annotated[
    bool, Field(description="true: they may; false: no longer."), Said("allow", "let", "again", "give", "show")
]
WORDS = {Access.MARKS: "see the marks", Access.FEES: "see the fees", Access.MESSAGES: "get messages about"}


def _words(guardian: Ref[Guardian], student: Ref[Student], what: Access, allowed: bool) -> str:
    of = " of " if what is not Access.MESSAGES else " "
    return f"{guardian.label} {'may' if allowed else 'may no longer'} {WORDS[what]}{of}{student.label}"


async def _preview(
    tx: Tx, *, guardian: Ref[Guardian], student: Ref[Student], what: What, allowed: Allowed
) -> Preview:  # fmt: skip
    access = Access(what)
    link = await guardianships.access_link(tx, guardian.id, student.id)
    now = guardianships.has(link, access)
    return Preview(
        title=_words(guardian, student, access, allowed),
        summary=f"{_words(guardian, student, access, allowed)}. It counts at every door at once.",
        blocks=[Facts(items=[Fact(label="Now", value="may" if now else "may not")])], included=1,
        warnings=["That is so already."] if now is allowed else [], state={"now": now},
    )  # fmt: skip


@tool(
    permission=Permission.STUDENTS_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/guardian-access",
    says=(
        "Mr Okonjo may no longer see the marks of Ada Okonjo",
        "Do not show Tunde's fees to Mrs Afolayan",
        "Let Mrs Bello see the fees of Zainab again",
        "Stop messages about Ada to Mr Okonjo",
        "Allow Mr Okonjo to see Ada's report cards and marks",
    ),
    preview=_preview,
)
async def set_guardian_access(
    tx: Tx, *, guardian: Ref[Guardian], student: Ref[Student], what: What, allowed: Allowed
) -> Done:  # fmt: skip
    """Choose what one guardian may see and get of one child: marks, fees or messages.

    Use when the office is told that a guardian may, or may not, see a child's marks or fees, or be written to.

    Shape:  a guardian, a student, marks or fees or messages, yes or no -> one choice kept.
    Units:  yes or no.
    Errors: those of any change.
    Source: table guardianships.
    """
    access = Access(what)
    before = await guardianships.grant(tx, guardian.id, student.id, access, allowed)
    tx.undo_with(
        "set_guardian_access", guardian=str(guardian.id), student=str(student.id), what=what, allowed=before
    )  # fmt: skip
    return Done(message=f"{_words(guardian, student, access, allowed)}.")
