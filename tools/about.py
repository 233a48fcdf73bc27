"""What this caller can do here, and who they are to the school."""

from datetime import date
from typing import Annotated

from pydantic import Field

from runtime.transaction import Tx
from school import calendar, classes, schools
from school.permissions import Permission
from tools.declare import Effect, tool
from tools.invoke import offered
from tools.present import Block, Column, Fact, Facts, Shown, Table
from tools.resolvers import classes_taught
from tools.results import Result


class CapabilityItem(Shown):
    name: str
    summary: str
    says: str
    effect: str


class CapabilityList(Result):
    """What the caller's role can ask for."""

    role: str
    about: str | None
    capabilities: list[CapabilityItem]

    def headline(self) -> str:
        if self.about and not self.capabilities:
            return f"There is nothing about “{self.about}” I can do for you."
        return f"Here is what I can do for you ({len(self.capabilities)} things). Just say it in your own words."

    def blocks(self) -> list[Block]:
        columns = [Column(key="summary", label="What"), Column(key="says", label="For example")]
        rows = [item.model_dump(mode="json", by_alias=True) for item in self.capabilities]
        return [Table(columns=columns, rows=rows)] if rows else []

    def plain(self) -> str:
        examples = "; ".join(item.says for item in self.capabilities[:4])
        return f"You can ask, for example: {examples}"


@tool(
    permission=Permission.SELF_READ,
    effect=Effect.READ,
    rest="GET /api/v1/capabilities",
    says=("What can you do?", "Help", "What can I ask you?", "Show me everything you can do", "How can you help me?"),
)
async def show_capabilities(
    tx: Tx,
    *,
    about: Annotated[str | None, Field(max_length=80, description="Only what has to do with this word.")] = None,
) -> CapabilityList:
    """List what the caller can ask for, with an example each.

    Use when somebody asks for help or what can be done here.

    Shape:  a word or nothing -> capabilities by name.
    Units:  one row a capability.
    Errors: those of any read.
    Source: the registry of capabilities.
    """
    found = [
        CapabilityItem(name=t.name, summary=t.summary, says=t.says[0] if t.says else t.title, effect=t.effect.value)
        for t in offered(tx.caller)
    ]
    if about:
        word = about.casefold().rstrip("s")
        found = [item for item in found if word in f"{item.name} {item.summary} {item.says}".casefold()]
    return CapabilityList(role=tx.caller.role.value, about=about, capabilities=found)


class MyDay(Result):
    """Who the caller is here, and what is theirs."""

    name: str
    role: str
    school: str
    today: str
    term: str
    term_starts_on: date
    term_ends_on: date
    next_term: str | None
    next_term_starts_on: date | None
    holidays: list[str]
    teaches: list[str]

    def headline(self) -> str:
        runs = f"The {self.term} runs from {self.term_starts_on:%d %B} to {self.term_ends_on:%d %B %Y}."
        return f"You are {self.name}, {self.role} at {self.school}. Today is {self.today}. {runs}"

    def blocks(self) -> list[Block]:
        facts = [Fact(label=self.term, value=f"{self.term_starts_on:%d %B %Y} to {self.term_ends_on:%d %B %Y}")]
        if self.next_term and self.next_term_starts_on:
            facts.append(
                Fact(label="Next term", value=f"{self.next_term} begins on {self.next_term_starts_on:%d %B %Y}")
            )
        facts += [Fact(label="Holiday", value=holiday) for holiday in self.holidays]
        if self.teaches:
            facts.append(Fact(label="You teach", value="; ".join(self.teaches)))
        return [Facts(items=facts)]


@tool(
    permission=Permission.SELF_READ,
    effect=Effect.READ,
    rest="GET /api/v1/my-day",
    says=(
        "Who am I?",
        "What term is it?",
        "What is today's date?",
        "When does the term end?",
        "What do I teach?",
        "Good morning, what is on today?",
    ),
)
async def show_my_day(tx: Tx) -> MyDay:
    """Show who the caller is, today's date, the term, holidays, what they teach.

    Use when somebody asks about themselves, the date, when the term begins or ends, or the next holiday.

    Shape:  nothing -> one card.
    Units:  dates in the school's time zone.
    Errors: those of any read.
    Source: tables users, terms, holidays, teaching.
    """
    term = await calendar.current_term(tx)
    school = await schools.current(tx)
    taught = await classes_taught(tx, tx.caller.person_id) if tx.caller.person_id else []
    own = [arm.name for arm in await classes.my_class_arms(tx) if arm.class_teacher_id == tx.caller.person_id]
    lines = [f"{class_name} {subject}" for class_name, subject in taught] + [f"class teacher of {name}" for name in own]
    after = await calendar.next_term(tx)
    return MyDay(
        name=tx.caller.name, role=tx.caller.role.value, school=school.name, today=f"{tx.today:%A %d %B %Y}",
        term=await calendar.term_label(tx, term), term_starts_on=term.starts_on, term_ends_on=term.ends_on,
        next_term=await calendar.term_label(tx, after) if after else None,
        next_term_starts_on=after.starts_on if after else None,
        holidays=[_days(one) for one in await calendar.coming_holidays(tx)], teaches=lines,
    )  # fmt: skip


def _days(holiday: calendar.Holiday) -> str:
    last = "" if holiday.ends_on == holiday.starts_on else f" to {holiday.ends_on:%d %B %Y}"
    return f"{holiday.name}, {holiday.starts_on:%d %B %Y}{last}"
