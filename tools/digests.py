"""The digest of absences and missing work: how often I get it, and when the school sends it."""

from datetime import time
from typing import Annotated, Literal

from pydantic import Field

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import digests
from school.digests import DigestSetting
from school.permissions import Permission
from tools.declare import Effect, tool
from tools.present import Block, Fact, Facts
from tools.results import Done, Preview, Result

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Often = Annotated[
    Literal["daily", "weekly", "off", "default"], Field(description="How often; default: as the school does.")
]
Day = Annotated[
    Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] | None,
    Field(description="The weekday it goes out; leave out to send none."),
]
At = Annotated[time | None, Field(description="The time of day, such as 16:00.")]
WORDS = {"daily": "every school day", "weekly": "once a week", "off": "never", None: "as the school does"}


class Digest(Result):
    """How often the digest comes to the caller, and when the school sends it."""

    setting: DigestSetting

    def headline(self) -> str:
        if self.setting.own is None:
            return "You get the digest once a week." if self.setting.school_sends else "You get no digest."
        return f"You get the digest {WORDS[self.setting.own]}."

    def blocks(self) -> list[Block]:
        when = f"{DAYS[self.setting.weekday].capitalize()} at {self.setting.at:%H:%M}"
        school = when if self.setting.school_sends else "only to those who asked for it"
        return [Facts(items=[Fact(label="The school sends it", value=school)])]


@tool(
    permission=Permission.NOTIFICATIONS_READ,
    effect=Effect.READ,
    rest="GET /api/v1/digest",
    says=("Do I get a weekly summary?", "When does the digest come?", "How often do I get the digest?"),
)
async def show_digest(tx: Tx) -> Digest:
    """Show how often the digest of absences and missing work reaches you.

    Use when somebody asks about their daily or weekly summary. To change it use `set_digest`.

    Shape:  nothing -> your choice and the school's day.
    Units:  a weekday and a time of day where the school is.
    Errors: those of any read.
    Source: tables digest_choices, schools.
    """
    return Digest(setting=await digests.setting(tx))


async def _preview(tx: Tx, *, often: Often) -> Preview:
    tx.require(Permission.NOTIFICATIONS_WRITE)
    own = (await digests.setting(tx)).own
    return Preview(
        title=f"The digest comes {WORDS[None if often == 'default' else often]}", included=1, state={"own": own},
        summary="It tells of absences, late days and missing work. Only yours changes.",
        blocks=[Facts(items=[Fact(label="Now", value=WORDS[own])])],
    )  # fmt: skip


@tool(
    permission=Permission.NOTIFICATIONS_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/digest",
    says=(
        "Send me a weekly summary of absences and missing work",
        "I want the digest every day",
        "Turn the weekly digest off for me",
        "No more weekly summaries please",
    ),
    preview=_preview,
)
async def set_digest(tx: Tx, *, often: Often) -> Done:
    """Choose how often the digest of absences and missing work reaches you.

    Use when somebody wants a daily or weekly summary, or none. Only their own changes.

    Shape:  daily, weekly, off or default -> one choice kept.
    Units:  how often.
    Errors: those of any change.
    Source: table digest_choices.
    """
    before = await digests.choose(tx, tx.caller.person_id, None if often == "default" else often)
    tx.undo_with("set_digest", often=before or "default")
    return Done(message=f"The digest comes to you {WORDS[None if often == 'default' else often]}.")


def _check(day: str | None, at: time | None) -> None:
    if (day is None) != (at is None):
        raise InvalidInput("The digest needs a day and a time, such as Friday at 16:00.")


def _said(day: str | None, at: time | None) -> str:
    return f"every {day.capitalize()} at {at:%H:%M}" if day and at else "only to those who asked for it"


async def _preview_day(tx: Tx, *, day: Day = None, at: At = None) -> Preview:
    tx.require(Permission.DELIVERIES_WRITE)
    _check(day, at)
    now = await digests.setting(tx)
    before = _said(DAYS[now.weekday], now.at) if now.school_sends else "only to those who asked for it"
    return Preview(
        title=f"The weekly digest goes out {_said(day, at)}", state={"before": before},
        summary="Guardians hear of absences, late days and missing work; each may choose otherwise.",
        blocks=[Facts(items=[Fact(label="Now", value=before)])],
    )  # fmt: skip


@tool(
    permission=Permission.DELIVERIES_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/message-settings/digest",
    says=(
        "Send every guardian a weekly digest on Friday at 4 pm",
        "Send the weekly absence summary to parents on Thursdays at 15:00",
        "Stop the school's weekly digest",
    ),
    preview=_preview_day,
)
async def set_digest_day(tx: Tx, *, day: Day = None, at: At = None) -> Done:
    """Set when the school's weekly digest goes to all guardians, or send none.

    Use when the school wants a weekly summary for every guardian. For one's own use `set_digest`.

    Shape:  a weekday and a time (none: no digest) -> one setting.
    Units:  a weekday and a time of day where the school is.
    Errors: those of any change.
    Source: table schools.
    """
    _check(day, at)
    before = await digests.set_day(tx, DAYS.index(day) if day else None, at)
    tx.undo_with(
        "set_digest_day", day=DAYS[before[0]] if before else None, at=before[1].isoformat() if before else None
    )
    return Done(message=f"The weekly digest goes out {_said(day, at)}.")
