"""One contract for every capability: complete declarations, and a refusal at one door is a refusal at all."""

import re
from operator import attrgetter

import pytest

from runtime.caller import Role
from runtime.errors import NotAllowed
from school.permissions import GRANTS
from tests.tools.examples import smallest
from tools.declare import Effect, load_all
from tools.invoke import invoke, offered, preview

TOOLS = load_all()
OFFERED = [tool for tool in TOOLS.values() if not tool.internal]
VERBS = {
    "find", "show", "explain", "draft", "set", "add", "remove", "publish", "send", "schedule", "cancel", "mark", "submit",
    "approve", "withdraw", "undo", "import", "export", "compare", "search", "generate", "move", "swap", "release", "resend",
    "replay", "check", "solve", "lock", "unlock", "retrain", "summarize", "replace", "start", "stop", "pay", "record", "close",
    "validate", "ask", "retry", "claim",
}  # fmt: skip


def labelled(doc: str, label: str) -> str:
    found = re.search(rf"^{label}:\s*(.+)$", doc, re.MULTILINE)
    return found.group(1) if found else ""


@pytest.mark.parametrize("tool", OFFERED, ids=attrgetter("name"))
def test_declaration_is_complete(tool):
    first, second = tool.doc.splitlines()[0], tool.doc.splitlines()[1:2]
    assert len(first) <= 80, f"{len(first)} characters: {first}"
    assert first.endswith(".") and second == [""]
    assert tool.name.split("_")[0] in VERBS, f"{tool.name}: verbs are a closed list"
    assert len(tool.says) >= 3, "people say it in at least three ways"
    assert len({said.casefold() for said in tool.says}) == len(tool.says)
    for label in ("Shape", "Units", "Errors", "Source"):
        assert labelled(tool.doc, label), f"{tool.name} does not say its {label}"
    assert "Use when" in tool.doc


@pytest.mark.parametrize("tool", OFFERED, ids=attrgetter("name"))
def test_errors_in_words_are_the_errors_declared(tool):
    said = labelled(tool.doc, "Errors")
    codes = {error.code for error in tool.errors}
    if codes:
        assert {code for code in re.findall(r"[a-z_]+", said.split(",  ")[0]) if code in said} >= codes, said
        for code in codes:
            assert code in said
    else:
        assert said.startswith("those of any"), said


@pytest.mark.parametrize("tool", OFFERED, ids=attrgetter("name"))
def test_every_effect_but_read_has_a_preview_with_the_same_arguments(tool):
    import inspect

    if tool.effect is Effect.READ:
        assert tool.preview is None
        return
    run, shown = inspect.signature(tool.run).parameters, inspect.signature(tool.preview).parameters
    assert list(run) == list(shown), "the preview takes just what the action takes"
    assert {n: p.default for n, p in run.items()} == {n: p.default for n, p in shown.items()}


def test_no_two_capabilities_share_a_route():
    routes = [tool.rest for tool in OFFERED]
    assert len(set(routes)) == len(routes)
    for tool in OFFERED:
        assert tool.method == "GET" or tool.effect is not Effect.READ or tool.method == "POST", tool.rest
        assert not (tool.method == "GET" and tool.effect is not Effect.READ), tool.rest


def test_everybody_may_use_something_and_nobody_but_the_admin_everything(callers):
    for role in ("admin", "head", "teacher", "guardian", "student", "bursar"):
        assert offered(callers[role])
    assert len(offered(callers["admin"])) == len(OFFERED)
    assert len(offered(callers["guardian"])) < len(offered(callers["teacher"])) < len(OFFERED)


REFUSED = [
    (tool, role)
    for tool in OFFERED
    for role in (Role.HEAD, Role.TEACHER, Role.BURSAR, Role.GUARDIAN, Role.STUDENT)
    if tool.permission not in GRANTS[role]
]


@pytest.mark.parametrize(("tool", "role"), REFUSED, ids=[f"{t.name}-{r.value}" for t, r in REFUSED])
async def test_a_role_without_the_permission_is_refused(tool, role, shared_callers):
    caller = shared_callers[role.value]
    with pytest.raises(NotAllowed):
        await invoke(tool, caller, smallest(tool), approved=True)
    if tool.preview is not None:
        with pytest.raises(NotAllowed):
            await preview(tool, caller, smallest(tool))
    assert tool not in offered(caller)
