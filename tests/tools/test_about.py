"""Who the caller is, and where today stands in the school's year."""

from datetime import timedelta

from runtime.transaction import transaction
from school import calendar
from school.calendar import Holiday
from tools.declare import load_all
from tools.invoke import invoke
from tools.present import Facts

TOOLS = load_all()


async def test_the_term_and_the_next_holiday_are_told_to_everybody(school, callers):
    async with transaction(callers["head"]) as tx:
        term = await calendar.current_term(tx)
        for name, days in (("Founders' Day", 2), ("Long past", -20)):
            on = tx.today + timedelta(days=days)
            tx.session.add(Holiday(school_id=school.id, name=name, starts_on=on, ends_on=on))
    for role in ("guardian", "teacher", "student"):
        told = (await invoke(TOOLS["show_my_day"], callers[role], {})).result
        assert f"{term.ends_on:%d %B %Y}" in told.headline()
        (facts,) = [block for block in told.blocks() if isinstance(block, Facts)]
        assert [fact.value.split(",")[0] for fact in facts.items if fact.label == "Holiday"] == ["Founders' Day"]
