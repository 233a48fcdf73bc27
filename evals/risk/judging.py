"""Judge the early warning on a CSV: features by the product's SQL at each cut, learned on earlier sessions, judged on the last."""

from collections.abc import Sequence
from decimal import Decimal

from evals.risk import courses, school
from evals.risk.courses import BAD, Line
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.transaction import transaction
from school import risk_features, risk_training
from school.permissions import Permission
from school.risk_models import Card
from school.risk_outcomes import Example


async def judge(
    lines: list[Line], cuts: Sequence[float], capacity: float, pass_percent: float
) -> list[tuple[float, int, Card]]:
    """For each cut: students judged, and the card. Brings the lines into a school of their own first.

    Units:  cuts and capacity as shares 0..1. Errors: too_little_history.
    """
    caller = Caller.system(new_id(), *map(str, Permission))
    async with transaction(caller) as tx:
        await school.bring_in(tx, lines, Decimal(str(pass_percent)))
    judged: list[tuple[float, int, Card]] = []
    for share in cuts:
        found = await examples(caller, lines, share)
        card = risk_training.train(found, max(1, round(capacity * len(found))), capacity, pass_percent).card
        judged.append((share, sum(each.session == card.judged_on for each in found), card))
    return judged


async def examples(caller: Caller, lines: list[Line], share: float) -> list[Example]:
    """Each session at its cut: the features as the product computes them, without students who had left by then."""
    found: list[Example] = []
    async with transaction(caller, read_only=True) as tx:
        for session in sorted({line.session for line in lines}):
            own = [line for line in lines if line.session == session]
            day = courses.cut_day(own, share)
            gone = courses.left_before(own, day)
            by_id = {school.student_id(line): line for line in own if line.student not in gone}
            known = await risk_features.as_of(tx, school.key("session", session), day)
            found.extend(
                Example(key, session, f"{share:.0%}", features, by_id[key].outcome in BAD)
                for key, features in known.items() if key in by_id
            )  # fmt: skip
    return found
