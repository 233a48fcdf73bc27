"""What a message need not say: a guardian's only child, a teacher's only class, the change this conversation made."""

import re

from sqlalchemy import select

from agent.deps import Deps
from agent.offline.filled import Filled, Value
from agent.offline.intents import Intents
from agent.offline.lexicon import content, plain
from agent.offline.mentions import Index
from agent.offline.understanding import Understanding
from runtime.caller import Caller, Role
from runtime.transaction import transaction
from school import trail
from school.audit import AuditEntry
from tools.declare import TOOLS, Effect, Tool
from tools.naming import Candidate, fold
from tools.refs import RESOLVERS
from tools.resolvers import classes_taught, teachers_spoken_of

PREFIX = 5


_SPOKEN = re.compile(
    r"(\bmy (?:own )?(?:son|daughter|child|ward|kid|boy|girl|class|form|arm|report|register|broadsheet|remark))s?\b|(\b(?:he|she|him|her|his|my (?:\w+ )?students)\b)"
    r"|(\b(?:the |this |my )?(?:new |latest |only )?draft(?: timetable)?\b)"
)


_MINE = re.compile(r"^my (?:\w+ )?(\w+)$")
_OF_A_CLASS = frozenset({"report", "register", "broadsheet", "remark"})
"""What a class teacher has one of for the class: "my report cards"."""


async def own_records(caller: Caller, kind: str, index: Index, filled: Filled, text: str = "") -> list[Candidate]:
    """The caller's own records of a kind: their children, their classes, the subjects they teach in the class named."""
    names = index.get(kind)
    if names is None:
        return []
    if kind == "ClassArm" and (theirs := _class_of_named(index, filled)):
        return [theirs]
    if spoken := await spoken_of(caller, kind, text):
        return [spoken]
    if caller.role in {Role.GUARDIAN, Role.STUDENT}:
        return list(names.candidates) if kind in {"Student", "ClassArm"} else []
    if kind == "Staff":
        arms = index.get("ClassArm")
        named = [c.id for c in arms.candidates if fold(c.label) in plain(text)] if arms else []
        async with transaction(caller, read_only=True) as tx:
            return await teachers_spoken_of(tx, plain(text), named)
    if caller.role is not Role.TEACHER:
        return []
    if kind == "ClassArm":
        taught = await _taught(caller, subject=_label(filled, "Subject"))
        mine = [c for c in names.candidates if c.mine]
        return [c for c in mine if fold(c.label) in taught] or mine
    if kind == "Subject":
        taught = await _taught(caller, class_arm=_label(filled, "ClassArm"))
        return [c for c in names.candidates if fold(c.label) in taught]
    return []


def _class_of_named(index: Index, filled: Filled) -> Candidate | None:
    """The one class that all students named in a request are in."""
    ids: set[str] = set()
    for value in filled.args.values():
        if value.kind == "Student":
            ids.update(map(str, value.value) if isinstance(value.value, list) else [str(value.value)])
    students = index.get("Student")
    if not ids or students is None:
        return None
    contexts = [one.context for one in students.candidates if one.id in ids]
    found = [arm for arm in index["ClassArm"].candidates if contexts and all(arm.id in one for one in contexts)]
    return found[0] if len(found) == 1 else None


async def spoken_of(caller: Caller, kind: str, text: str) -> Candidate | None:
    """The one record words such as "my daughter" or "my class" stand for, as the resolver of its kind has it."""
    resolver = RESOLVERS.get(kind)
    matches = list(_SPOKEN.finditer(plain(text)))
    if resolver is None or resolver.phrase is None or not matches:
        return None
    async with transaction(caller, read_only=True) as tx:
        for match in matches:
            words = _MINE.sub(r"my \1", match[1] or match[2] or match[3])
            words = "my class" if words.removeprefix("my ") in _OF_A_CLASS else words
            if (found := await resolver.phrase(tx, words, {})) is not None:
                return found
    return None


def _label(filled: Filled, kind: str) -> str | None:
    return next((value.label for value in filled.args.values() if value.kind == kind), None)


async def _taught(caller: Caller, class_arm: str | None = None, subject: str | None = None) -> set[str]:
    """Folded names of the subjects taught in a class, or of the classes taught a subject."""
    async with transaction(caller, read_only=True) as tx:
        pairs = await classes_taught(tx, caller.person_id)
    if class_arm is not None:
        return {fold(s) for c, s in pairs if fold(c) == fold(class_arm)}
    if subject is not None:
        return {fold(c) for c, s in pairs if fold(s) == fold(subject)}
    return {fold(name) for pair in pairs for name in pair}


async def conversation_change(deps: Deps, tool: Tool, filled: Filled, said: Understanding, trained: Intents) -> None:
    """For a request about "the last change": the audit entry this conversation made, of the kind the words name."""
    name = next(
        (n for n, e in tool.arguments.model_fields.items() if "audit entry" in (e.description or "").lower()), None
    )
    if name is None or name in filled.args or tool.effect is Effect.READ:
        return
    words = {word[:PREFIX] for word in content(plain(said.text).split())} - _own_words(tool, trained)
    async with transaction(deps.caller, read_only=True) as tx:
        undone = select(AuditEntry.undoes_id).where(AuditEntry.undoes_id.is_not(None))
        query = (
            select(AuditEntry)
            .where(AuditEntry.conversation_id == deps.conversation_id, AuditEntry.undo_tool.is_not(None))
            .where(trail.by(deps.caller), AuditEntry.id.not_in(undone), AuditEntry.undoes_id.is_(None))
            .order_by(AuditEntry.created_at.desc())
            .limit(20)
        )
        rows = list(await tx.session.scalars(query))
    named = [row for row in rows if words & _words(row.tool, trained)]
    if named or (rows and not words & _nouns()):
        row = (named or rows)[0]
        filled.args[name] = Value(str(row.id), row.summary, "change")
        return
    _by_kind(tool, filled, words, trained)


def _by_kind(tool: Tool, filled: Filled, words: set[str], trained: Intents) -> None:
    """The capability the words name, for a change made elsewhere."""
    name = next(
        (n for n, e in tool.arguments.model_fields.items() if "capability" in (e.description or "").lower()), None
    )
    if name is None or not words:
        return
    scored = [
        (len(words & _words(other.name, trained)), other.name)
        for other in TOOLS.values()
        if other.effect is not Effect.READ and not other.internal and other.name != tool.name
    ]
    best = max(scored, default=(0, ""))
    if best[0]:
        filled.args[name] = Value(best[1], best[1].replace("_", " "), "capability")


def _nouns() -> set[str]:
    """What changes are about, by the names of their capabilities: words that say which change is meant."""
    changes = [tool for tool in TOOLS.values() if tool.effect is not Effect.READ and not tool.internal]
    return {word[:PREFIX] for tool in changes for word in content(tool.name.split("_")[1:])}


def _words(tool: str, trained: Intents) -> set[str]:
    return {word[:PREFIX] for word in trained.vocabulary(tool)}


_CHANGE_WORDS = {
    "undo",
    "put",
    "back",
    "rever",
    "last",
    "chang",
    "take",
    "was",
    "wrong",
    "mist",
    "mista",
    "origi",
    "resto",
}


def _own_words(tool: Tool, trained: Intents) -> set[str]:
    return _CHANGE_WORDS
