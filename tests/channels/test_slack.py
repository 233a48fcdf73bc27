"""Slack, whole: signatures, repeats, linking, private answers, cards and buttons, files, the home tab."""

import json
import time
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from runtime.caller import Caller
from runtime.transaction import transaction
from school.approvals import Approval
from school.channel_accounts import SandboxMessage
from school.conversations import Turn
from school.slack import SlackMember, SlackRequest, SlackWorkspace
from tests.channels.conftest import Slack
from tests.channels.slack_server import event
from tests.spreadsheet_files import xlsx


def dm(event_id: str, user: str, text: str, thread: str = "50.1", **rest: Any) -> dict[str, Any]:
    return event(
        "message", event_id, user=user, channel=f"D{user}", channel_type="im", text=text, ts=f"60.{event_id}",
        thread_ts=thread, **rest,
    )  # fmt: skip


async def _requests(slack: Slack) -> list[SlackRequest]:
    async with transaction(Caller.system(slack.school.id), read_only=True) as tx:
        return list(await tx.session.scalars(select(SlackRequest)))


async def test_only_what_slack_signed_just_now_is_taken(slack: Slack) -> None:
    body = dm("E1", "U1", "hello")
    assert await slack.post(body, secret="wrong") == 401
    assert await slack.post(body, at=time.time() - 400) == 401
    assert await _requests(slack) == []
    assert await slack.post(body) == 200
    assert len(await _requests(slack)) == 1


async def test_the_same_event_acts_once(slack: Slack) -> None:
    await slack.link("U1", "teacher")
    for _ in range(3):
        assert await slack.post(dm("E1", "U1", "who am I?")) == 200
    assert await slack.work() == ["done"]
    assert await slack.post(dm("E1", "U1", "who am I?")) == 200
    assert await slack.work() == []
    async with transaction(Caller.system(slack.school.id), read_only=True) as tx:
        assert len(list(await tx.session.scalars(select(Turn)))) == 1
    (done,) = await _requests(slack)
    assert done.body == {}, "what was said is not kept twice"


async def test_a_direct_message_is_answered_by_a_stream_with_thumbs(slack: Slack) -> None:
    await slack.link("U1", "teacher")
    await slack.post(dm("E1", "U1", "Who am I?"))
    assert await slack.work() == ["done"]
    (answer,) = slack.server.said_in("DU1")
    assert "Hillcrest Academy" in answer["text"] and answer["streaming"] is False
    assert answer["blocks"][-1]["type"] == "context_actions"
    assert [c.method for c in slack.server.calls].count("chat.startStream") == 1
    assert "is thinking…" in slack.server.statuses
    thumb = answer["blocks"][-1]["elements"][0]["negative_button"]["value"]
    await slack.press("feedback", thumb, "U1", "DU1", {"ts": "1"})
    assert await slack.work() == ["rated"]
    async with transaction(Caller.system(slack.school.id), read_only=True) as tx:
        assert (await tx.session.scalar(select(Turn.rating))) == "down"


async def test_where_slack_cannot_stream_the_answer_comes_whole(slack: Slack) -> None:
    await slack.link("U1", "teacher")
    slack.server.refused["chat.startStream"] = "method_not_supported_for_channel_type"
    await slack.post(dm("E1", "U1", "Who am I?"))
    assert await slack.work() == ["done"]
    (answer,) = slack.server.said_in("DU1")
    assert "Hillcrest Academy" in json.dumps(answer["blocks"])


@pytest.mark.parametrize("kind", ["mention", "command"])
async def test_nothing_is_ever_said_in_a_channel(slack: Slack, kind: str) -> None:
    await slack.link("U1", "head")
    if kind == "mention":
        text = "<@UBOT> show me the results of Ada Okonjo"
        await slack.post(event("app_mention", "E1", user="U1", channel="C1", text=text, ts="9.1"))
    else:
        told = {"text": "show me the results of Ada Okonjo", "user_id": "U1", "channel_id": "C1", "team_id": "T1",
                "command": "/school", "trigger_id": "t1", "response_url": f"{slack.server.base}/response/1"}  # fmt: skip
        assert await slack.post_form(urlencode(told).encode()) == 200
    assert await slack.work() == ["done"]
    assert slack.server.said_in("C1") == []
    shown = slack.server.ephemeral if kind == "mention" else slack.server.responses
    assert len(shown) >= 1 and "Ada" in json.dumps(shown)
    if kind == "mention":
        assert shown[0]["user"] == "U1"
    else:
        assert shown[0]["response_type"] == "ephemeral"
    assert all(upload.get("channel") == "DU1" for upload in slack.server.uploads.values())


async def test_a_person_is_linked_by_confirmed_email_and_a_code(slack: Slack) -> None:
    slack.server.person("U1", "Teacher@hillcrest.test")
    await slack.post(event("app_mention", "E0", user="U1", channel="C1", text="<@UBOT> who is absent?", ts="9.1"))
    await slack.post(dm("E1", "U1", "who am I?"))
    assert await slack.work() == ["not linked", "not linked"]
    assert slack.server.said_in("C1") == []
    async with transaction(slack.school.callers["head"], read_only=True) as tx:
        (mail,) = await tx.session.scalars(select(SandboxMessage))
    assert mail.number == "teacher@hillcrest.test"
    code = "".join(c for c in mail.text.split("good for")[0] if c.isdigit())
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for n, said in enumerate((wrong, "who am I?", code, "who am I?"), 2):
        await slack.post(dm(f"E{n}", "U1", said))
        await slack.work()
    texts = [message["text"] for message in slack.server.said_in("DU1")]
    assert "That code is not right" in texts[1] and "I sent a code" in texts[2] and "you are linked" in texts[3]
    assert "Hillcrest" in texts[4]


@pytest.mark.parametrize(
    ("email", "rest"),
    [
        ("teacher@hillcrest.test", {"is_email_confirmed": False}),
        ("teacher@hillcrest.test", {"is_restricted": True}),
        ("teacher@hillcrest.test", {"team_id": "T9"}),
        ("nobody@hillcrest.test", {}),
    ],
)
async def test_others_get_nothing_but_how_to_be_linked(slack: Slack, email: str, rest: dict[str, Any]) -> None:
    slack.server.person("U1", email, **rest)
    await slack.post(dm("E1", "U1", "show me the results of Ada"))
    assert await slack.work() == ["not linked"]
    async with transaction(Caller.system(slack.school.id), read_only=True) as tx:
        assert list(await tx.session.scalars(select(SlackMember))) == []
        assert list(await tx.session.scalars(select(SandboxMessage))) == []
    slack.server.person("U1", "teacher@hillcrest.test")
    await slack.post(dm("E2", "U1", "hello"))
    await slack.work()
    assert "I sent a code" in slack.server.said_in("DU1")[-1]["text"]


async def _proposed(slack: Slack, who: str) -> tuple[str, dict[str, Any]]:
    """Ask for something that needs an approval; gives its id and the message with the card."""
    await slack.link("U1", who)
    await slack.post(dm("E1", "U1", "mark Ada Okonjo absent today, the rest of JSS 2 Ruby present"))
    assert await slack.work() == ["waiting"]
    (message,) = slack.server.said_in("DU1")
    (ts,) = [ts for channel, ts in slack.server.messages if channel == "DU1"]
    buttons = next(
        b for b in message["blocks"] if b["type"] == "actions" and b["elements"][0]["action_id"] == "approval:approve"
    )
    return buttons["elements"][0]["value"], {**message, "ts": ts}


async def test_a_button_approves_once_with_the_pressers_own_rights(slack: Slack) -> None:
    approval, message = await _proposed(slack, "teacher")
    await slack.link("U2", "bursar")
    await slack.press("approval:approve", approval, "U2", "DU1", message, 1)
    assert await slack.work() == ["not_visible"]
    for n in (2, 3):
        await slack.press("approval:approve", approval, "U1", "DU1", message, n)
    assert await slack.work() == ["executed", "approval_used"]
    shown = slack.server.messages["DU1", message["ts"]]
    assert "Approved by" in json.dumps(shown["blocks"]) and "approval:approve" not in json.dumps(shown["blocks"])
    async with transaction(slack.school.callers["head"], read_only=True) as tx:
        (row,) = await tx.session.scalars(select(Approval))
    assert (row.status, row.decided_door) == ("executed", "slack")


async def test_declining_changes_nothing(slack: Slack) -> None:
    approval, message = await _proposed(slack, "teacher")
    await slack.press("approval:decline", approval, "U1", "DU1", message)
    assert await slack.work() == ["declined"]
    await slack.press("approval:approve", approval, "U1", "DU1", message, 2)
    assert await slack.work() == ["approval_used"]


async def test_a_second_person_gets_the_card_and_decides(slack: Slack) -> None:
    async with transaction(slack.school.callers["admin"]) as tx:
        from school import schools

        school = await schools.current(tx)
        school.options = {**school.options, "second_person": ["mark_attendance"]}
    await slack.link("U9", "head")
    await slack.link("U1", "teacher")
    await slack.post(dm("E1", "U1", "mark Ada Okonjo absent today, the rest of JSS 2 Ruby present"))
    assert await slack.work() == ["waiting"]
    (own,) = slack.server.said_in("DU1")
    assert "approval:approve" not in json.dumps(own["blocks"])
    (card,) = slack.server.said_in("DU9")
    value = next(e["value"] for b in card["blocks"] if b["type"] == "actions" for e in b["elements"])
    await slack.press("approval:approve", value, "U1", "DU1", {"ts": "1"}, 1)
    assert await slack.work() == ["not_allowed"]
    (ts,) = [ts for channel, ts in slack.server.messages if channel == "DU9"]
    await slack.press("approval:approve", value, "U9", "DU9", {**card, "ts": ts}, 2)
    assert await slack.work() == ["executed"]
    assert "Approved by" in slack.server.said_in("DU1")[-1]["text"]


async def test_the_home_tab_shows_the_day_what_waits_and_the_runs(slack: Slack) -> None:
    await _proposed(slack, "teacher")
    await slack.post(event("app_home_opened", "E5", user="U1", channel="DU1", tab="home"))
    await slack.post(event("app_home_opened", "E6", user="U7", channel="DU7", tab="home"))
    assert await slack.work() == ["home shown", "home shown"]
    shown = json.dumps(slack.server.views["U1"])
    assert "My day" in shown and "approval:approve" in shown and "Runs" in shown
    assert "approval:approve" not in json.dumps(slack.server.views["U7"])
    assert "direct message" in json.dumps(slack.server.views["U7"])


async def test_a_score_sheet_comes_in_as_a_file(slack: Slack) -> None:
    await slack.link("U1", "teacher")
    rows = [["Admission No", "Name", "Assignment"]]
    rows += [[slack.school.admission_nos[name], name, 7] for name in list(slack.school.students)[:3]]
    slack.server.downloads["sheet.xlsx"] = xlsx(*rows)
    file = {
        "id": "F1",
        "name": "JSS 2 Ruby Mathematics.xlsx",
        "url_private_download": f"{slack.server.base}/files/sheet.xlsx",
    }
    text = "upload these JSS 2 Ruby mathematics scores"
    await slack.post(dm("E1", "U1", text, subtype="file_share", files=[file]))
    assert (await slack.work())[0] in ("waiting", "done")
    async with transaction(slack.school.callers["head"], read_only=True) as tx:
        turn = await tx.session.scalar(select(Turn))
    assert turn is not None and len(turn.files) == 1


async def test_the_token_goes_to_no_other_host(slack: Slack) -> None:
    await slack.link("U1", "teacher")
    file = {"id": "F1", "name": "x.xlsx", "url_private_download": "https://elsewhere.test/x.xlsx"}
    await slack.post(dm("E1", "U1", "upload these", subtype="file_share", files=[file]))
    assert await slack.work() == ["invalid_input"]
    assert "kept in Slack" in slack.server.said_in("DU1")[-1]["text"]


async def test_an_attempt_that_died_is_mended_not_said_twice(slack: Slack) -> None:
    await slack.link("U1", "teacher")
    slack.server.refused["chat.stopStream"] = "internal_error"
    slack.server.refused["chat.update"] = "internal_error"
    slack.server.refused["chat.postMessage"] = "internal_error"
    await slack.post(dm("E1", "U1", "Who am I?"))
    with pytest.raises(Exception, match="internal_error"):
        await slack.work()
    slack.server.refused.clear()
    assert await slack.work() == ["done"]
    (answer,) = slack.server.said_in("DU1")
    assert answer["blocks"][-1]["type"] == "context_actions"


async def test_tokens_are_encrypted_and_forgotten_when_the_app_is_removed(slack: Slack) -> None:
    async def stored() -> SlackWorkspace:
        async with transaction(slack.school.callers["admin"], read_only=True) as tx:
            return await tx.session.get_one(SlackWorkspace, slack.workspace_id)

    assert (await stored()).tokens and "first-token" not in (await stored()).tokens
    await slack.post(event("tokens_revoked", "E1", tokens={"oauth": ["U5"]}))
    await slack.work()
    assert (await stored()).tokens
    await slack.post(event("app_uninstalled", "E2"))
    await slack.work()
    assert (await stored()).tokens == ""
    await slack.link("U1", "teacher")
    await slack.post(dm("E3", "U1", "Who am I?"))
    assert await slack.work() == []


async def test_a_thread_begins_with_prompts_the_person_may_use(slack: Slack) -> None:
    await slack.link("U1", "teacher")
    thread = {"user_id": "U1", "channel_id": "DU1", "thread_ts": "70.1", "context": {}}
    await slack.post(event("assistant_thread_started", "E1", assistant_thread=thread))
    assert await slack.work() == ["greeted"]
    assert 1 <= len(slack.server.prompts) <= 4
    assert slack.server.said_in("DU1")[0]["thread_ts"] == "70.1"
