"""The language a person is written to in."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from runtime.transaction import Tx
from school import languages, phrases, schools
from school.languages import NAMES
from school.people import Guardian
from school.permissions import Permission
from tools.declare import Effect, tool
from tools.present import Block, Fact, Facts
from tools.refs import Ref
from tools.results import Done, Preview

Language = Annotated[
    Literal["English", "Hausa", "Igbo", "Yoruba", "Pidgin", "French"], Field(description="The language to write in.")
]
Whose = Annotated[Ref[Guardian] | None, Field(description="Another guardian; default the caller.")]


def _id(guardian: Ref[Guardian] | None) -> UUID | None:
    return guardian.id if guardian is not None else None


async def _preview(tx: Tx, *, language: Language, guardian: Whose = None) -> Preview:
    person = await languages.access_person(tx, _id(guardian))
    whom = "you" if person.id == tx.caller.person_id else person.display_name
    now = phrases.LANGUAGES.get(person.language, person.language)
    blocks: list[Block] = [Facts(items=[Fact(label="Now", value=now), Fact(label="From now on", value=language)])]
    warnings = [] if language == "English" else [
        f"Messages the school has not worded in {language} still come in English."
    ]  # fmt: skip
    return Preview(
        title=f"Write to {whom} in {language}", summary=f"Messages, reminders and fixed answers come in {language}.",
        blocks=blocks, included=1, warnings=warnings, state={"now": person.language},
    )  # fmt: skip


@tool(
    permission=Permission.NOTIFICATIONS_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/languages",
    says=(
        "Reply in Hausa",
        "Speak Pidgin",
        "Write to me in Yoruba",
        "Set my language to Igbo",
        "I speak French",
        "Change my language back to English",
        "Write to Mrs Okonjo in Igbo",
    ),
    preview=_preview,
)
async def set_language(tx: Tx, *, language: Language, guardian: Whose = None) -> Done:
    """Choose the language a person is written to in: you, or a guardian.

    Use when somebody asks to be answered or written to in a language, or the office keeps a guardian's.

    Shape:  a language, optionally a guardian -> one choice kept with the person.
    Units:  English, Hausa, Igbo, Yoruba, Pidgin or French.
    Errors: those of any change.
    Source: table people.
    """
    before = await languages.keep(tx, _id(guardian), NAMES[language])
    whose = {"guardian": str(guardian.id)} if guardian is not None else {}
    tx.undo_with("set_language", language=phrases.LANGUAGES.get(before, "English"), **whose)
    return Done(message=phrases.say("language_kept", NAMES[language], school=(await schools.current(tx)).name)
                if guardian is None else f"{guardian.label} is written to in {language} from now on.")  # fmt: skip
