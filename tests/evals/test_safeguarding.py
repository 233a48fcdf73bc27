"""Detection of concerns does not get worse: floors just under what was measured (docs/safeguarding.md)."""

from evals import cases, safeguarding
from knowledge.safeguarding import signal


def test_recall_and_false_alarms_stay_within_their_floors() -> None:
    counts = safeguarding.measure()
    assert counts["all"].recall >= 96
    assert counts["all"].false_alarms <= 3.5
    assert all(one.recall >= 80 for one in counts.values())


def test_what_people_ask_the_assistant_is_no_concern() -> None:
    texts = [utterance.said for utterance in cases.load()]
    alarms = [text for text in texts if signal(text)]
    assert len(alarms) <= len(texts) // 200, alarms
