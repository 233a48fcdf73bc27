"""The digest: daily or weekly by one's own choice, absences and missing work, marks only to who may see them."""

from datetime import time, timedelta
from typing import Any

from sqlalchemy import delete, update

from runtime.caller import Caller
from runtime.ids import new_id
from runtime.transaction import Tx, transaction
from school import digests
from school.digests import Round
from school.people import Guardianship
from school.registers import AttendanceMark, Presence, Register
from school.score_sheets import Score
from tests.tiny_school import TinySchool
from tools.declare import load_all
from tools.invoke import invoke

TOOLS = load_all()


def _today(tx: Tx, every: digests.Every) -> Round:
    return Round(new_id(), every, tx.today - timedelta(days=6 * (every == "weekly")), tx.today)


async def _absent(tx: Tx, school: TinySchool, child: str, arm: str) -> None:
    register = Register(
        id=new_id(), school_id=school.id, class_arm_id=school.class_arms[arm], taken_on=tx.today, updated_at=tx.now,
    )  # fmt: skip
    tx.session.add(register)
    await tx.session.flush()
    tx.session.add(
        AttendanceMark(school_id=school.id, register_id=register.id, student_id=school.students[child],
                       presence=Presence.ABSENT.value)
    )  # fmt: skip
    await tx.session.flush()


async def test_each_gets_the_digest_they_chose(school: TinySchool, callers: dict[str, Caller]) -> None:
    guardian, head = callers["guardian"], callers["head"]

    async def choose(caller: Caller, name: str, **args: Any) -> None:
        await invoke(TOOLS[name], caller, args, approved=True)

    async with transaction(head) as tx:
        await _absent(tx, school, "Ada", "JSS 2 Ruby")

    async def readers(every: digests.Every) -> set[str]:
        async with transaction(head) as tx:
            composed = await digests.compose(tx, _today(tx, every))
            return {composed.facts_for(one)["lines"][0] for one in composed.audience.included}

    assert await readers("weekly") == set()  # the school sends none and nobody asked
    await choose(guardian, "set_digest", often="daily")
    assert (await readers("daily"), await readers("weekly")) == ({"Ada: absent 1 day."}, set())
    await choose(head, "set_digest_day", day="friday", at="16:00")
    assert await readers("weekly") == set()  # hers stays the daily one
    await choose(guardian, "set_digest", often="default")
    assert await readers("daily") == set()
    assert await readers("weekly") == {"Ada: absent 1 day."}
    await choose(guardian, "set_digest", often="off")
    assert await readers("weekly") == set()


async def test_missing_work_is_for_those_who_may_see_marks(school: TinySchool, callers: dict[str, Caller]) -> None:
    async with transaction(callers["head"]) as tx:
        await digests.set_day(tx, 4, time(12))
        await tx.session.execute(
            delete(Score).where(
                Score.student_id == school.students["Kemi"], Score.component_id == list(school.components.values())[1]
            )
        )
        composed = await digests.compose(tx, _today(tx, "weekly"))
        (told,) = composed.audience.included
        assert told.person_id == school.guardians["of Kemi"]
        assert composed.facts_for(told)["lines"] == [f"Kemi: no mark yet in Mathematics {list(school.components)[1]}."]
        blind = update(Guardianship).where(Guardianship.student_id == school.students["Kemi"])
        await tx.session.execute(blind.values(sees_marks=False))
        assert (await digests.compose(tx, _today(tx, "weekly"))).audience.included == ()
