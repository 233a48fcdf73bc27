"""Ref: an argument that names a record the way people do, resolved in one place, within what the caller may see."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, get_args, get_origin
from uuid import UUID

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from runtime.errors import Ambiguous, NotVisible
from runtime.transaction import Tx
from tools.naming import Candidate, best, fold

T = TypeVar("T")
Hints = Mapping[str, str]
ONLY = "id"
"""The hint with the id that was given instead of a name: a finder with many records need look for no other."""
Finder = Callable[[Tx, Hints], Awaitable[list[Candidate]]]
Phrase = Callable[[Tx, str, Hints], Awaitable["Candidate | None"]]


class Ref(Generic[T]):
    """A record named by id, code or name. `id` and `label` are there once it is resolved.

    A plain class: of a dataclass pydantic would make a schema of its own and never ask for ours.
    """

    __slots__ = ("kind", "resolved", "text")

    def __init__(self, text: str, kind: str, resolved: Candidate | None = None) -> None:
        self.text = text
        self.kind = kind
        self.resolved = resolved

    def __repr__(self) -> str:
        return f"Ref({self.text!r}, {self.kind!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ref) and (self.text, self.kind) == (other.text, other.kind)

    def __hash__(self) -> int:
        return hash((self.text, self.kind))

    @property
    def id(self) -> UUID:
        if self.resolved is None:
            raise RuntimeError(f"{self.text!r} was not resolved")
        return UUID(self.resolved.id)

    @property
    def label(self) -> str:
        return self.resolved.label if self.resolved else self.text

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        kind = get_args(source)[0].__name__
        make = core_schema.no_info_after_validator_function(
            lambda text: cls(text=text, kind=kind),
            core_schema.str_schema(min_length=1, max_length=200, strip_whitespace=True),
        )
        return core_schema.json_or_python_schema(
            json_schema=make,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), make]),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda ref: ref.resolved.id if ref.resolved else ref.text, return_schema=core_schema.str_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "minLength": 1, "maxLength": 200}


@dataclass(frozen=True)
class Resolver:
    """How names of one kind of record are found. `order` makes classes resolve before the students in them.

    `personal`: what is found depends on who asks; otherwise on their role and rights alone.
    """

    kind: str
    noun: str
    find: Finder
    order: int
    phrase: Phrase | None = None
    personal: bool = True


RESOLVERS: dict[str, Resolver] = {}


def resolver(
    kind: type, noun: str, *, order: int = 5, phrase: Phrase | None = None, personal: bool = True
) -> Callable[[Finder], Finder]:
    """Register the decorated function: it lists every record of the kind that the caller may see.

    `phrase` understands words that are no name, such as "this term" or "my class".
    """

    def register(find: Finder) -> Finder:
        RESOLVERS[kind.__name__] = Resolver(kind.__name__, noun, find, order, phrase, personal)
        return find

    return register


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _unknown(noun: str, text: str) -> str:
    """An id says nothing to a person: only a name is repeated to them."""
    if _id(text):
        return f"There is no such {noun}, or it is not yours to see."
    return f"I cannot find a {noun} called “{text[:80]}”."


async def resolve_one(tx: Tx, kind: str, text: str, hints: Hints) -> Candidate:
    """The one record a text names, or NotVisible, or Ambiguous with the candidates."""
    found = await matches(tx, kind, text, hints)
    noun = RESOLVERS[kind].noun
    if not found:
        raise NotVisible(_unknown(noun, text), noun=noun, text=text[:80])
    if len(found) == 1:
        return found[0]
    choices = [{"id": c.id, "label": c.label, "hint": c.hint} for c in found[:8]]
    names = "; ".join(f"{c.label}{f' ({c.hint})' if c.hint else ''}" for c in found[:5])
    more = f" and {len(found) - 5} more" if len(found) > 5 else ""
    raise Ambiguous(
        f"“{text[:80]}” fits {len(found)} {plural(noun)}: {names}{more}. Which one?", candidates=choices, noun=noun
    )


def plural(noun: str) -> str:
    """The plural of a resolver's noun: classes, members of staff, students."""
    head, of, rest = noun.partition(" of ")
    return f"{head}{'es' if head.endswith('s') else 's'}{of}{rest}"


async def matches(tx: Tx, kind: str, text: str, hints: Hints) -> list[Candidate]:
    """The records a text may name: one when it is clear, several when it is not, none when hidden or absent."""
    chosen = RESOLVERS[kind]
    if chosen.phrase and (special := await chosen.phrase(tx, fold(text), hints)):
        return [special]
    candidates = await chosen.find(tx, {**hints, ONLY: text} if str(_id(text)) == text else hints)
    by_id = [c for c in candidates if c.id == text]
    if by_id:
        return by_id
    found = [candidate for _, candidate in best(text, candidates)]
    for narrower in (lambda c: bool(c.context & set(hints.values())), lambda c: c.mine):
        if len(found) > 1:
            found = [c for c in found if narrower(c)] or found
    return found


async def resolve(tx: Tx, arguments: Any) -> dict[str, Any]:
    """Every argument with its Refs resolved, classes and terms before the people in them."""
    values: dict[str, Any] = {name: getattr(arguments, name) for name in type(arguments).model_fields}
    refs = [(name, ref) for name, value in values.items() for ref in _refs(value)]
    hints: dict[str, str] = {}
    done: dict[int, Ref[Any]] = {}
    for _, ref in sorted(refs, key=lambda pair: RESOLVERS[pair[1].kind].order):
        candidate = ref.resolved or await resolve_one(tx, ref.kind, ref.text, hints)
        hints.setdefault(ref.kind, candidate.id)
        done[id(ref)] = Ref(text=ref.text, kind=ref.kind, resolved=candidate)
    return {name: _replace(value, done) for name, value in values.items()}


def kind_named(annotation: Any) -> str | None:
    """The kind of record an argument of this type names, in a list or not; None when it names none."""
    if get_origin(annotation) is Ref:
        return get_args(annotation)[0].__name__
    return next((kind for inner in get_args(annotation) if (kind := kind_named(inner))), None)


def _refs(value: Any) -> list[Ref[Any]]:
    if isinstance(value, Ref):
        return [value]
    if isinstance(value, list | tuple):
        return [ref for item in value for ref in _refs(item)]
    if hasattr(type(value), "model_fields"):
        return [ref for name in type(value).model_fields for ref in _refs(getattr(value, name))]
    return []


def _replace(value: Any, done: dict[int, Ref[Any]]) -> Any:
    if isinstance(value, Ref):
        return done[id(value)]
    if isinstance(value, list):
        return [_replace(item, done) for item in value]
    if isinstance(value, tuple):
        return tuple(_replace(item, done) for item in value)
    if hasattr(type(value), "model_fields"):
        changed = {name: _replace(getattr(value, name), done) for name in type(value).model_fields}
        return value.model_copy(update=changed)
    return value
