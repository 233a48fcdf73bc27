"""Lists over REST: `limit`, `cursor`, `sort` and a `Link` to the next page, the same for every capability that lists."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, get_args, get_origin

from fastapi import Query, Request, Response
from pydantic import BaseModel
from pydantic.alias_generators import to_camel

from runtime.errors import InvalidInput
from tools.declare import Arguments, Effect, Tool
from tools.invoke import parse
from tools.results import Result

MOST_SORTED = 10_000
LONGEST_PAGE = 500

Limit = Annotated[int | None, Query(ge=1, le=LONGEST_PAGE, description="At most so many a page; none: all of them.")]
Cursor = Annotated[
    str | None, Query(max_length=40, description="Where the next page begins: from the `Link` header of the page before.")
]  # fmt: skip


@dataclass(frozen=True)
class Listing:
    """The one list of records a capability answers with, and what its rows may be sorted by."""

    field: str
    keys: dict[str, str]
    own_limit: int | None
    own_sort: bool
    own_offset: bool

    def parameters(self) -> dict[str, Any]:
        """The query parameters beside the capability's own, by name."""
        found: dict[str, Any] = {"page_cursor": Annotated[Cursor, Query(alias="cursor")]}
        if self.own_limit is None:
            found["page_limit"] = Annotated[Limit, Query(alias="limit")]
        if not self.own_sort and self.keys:
            said = f"Fields to sort by, `-` first for downwards, such as `-{next(iter(self.keys))}`: {', '.join(self.keys)}."
            found["page_sort"] = Annotated[str | None, Query(alias="sort", max_length=200, description=said)]
        return found


@dataclass(frozen=True)
class Page:
    """Which rows one request asks for."""

    start: int
    limit: int | None
    order: tuple[tuple[str, bool], ...]


@lru_cache(maxsize=512)
def listing(tool: Tool) -> Listing | None:
    """How a capability lists, or None when it answers with one record or with several lists."""
    if (
        tool.effect is not Effect.READ
        or tool.method != "GET"
        or (tool.path_arguments and not tool.name.startswith("find_"))
    ):
        return None
    lists = {name: item for name, info in tool.returns.model_fields.items() if (item := _item(info.annotation))}
    if len(lists) != 1:
        return None
    ((field, item),) = lists.items()
    keys = {to_camel(name): name for name, info in item.model_fields.items() if _scalar(info.annotation)}
    own = tool.arguments.model_fields
    return Listing(field, keys, own["limit"].default if "limit" in own else None, "sort" in own, "offset" in own)


def _item(annotation: Any) -> type[BaseModel] | None:
    inner = get_args(annotation)[0] if get_origin(annotation) is list else None
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None


def _scalar(annotation: Any) -> bool:
    options = get_args(annotation) or (annotation,)
    return not any(
        get_origin(option) or (isinstance(option, type) and issubclass(option, BaseModel | dict | list))
        for option in options
    )


def asked(found: Listing, given: dict[str, Any]) -> Page:
    """Take the paging out of what a request gave. Errors: invalid_input."""
    cursor, sort = given.pop("page_cursor", None), given.pop("page_sort", None)
    limit = given.pop("page_limit", None) if found.own_limit is None else given.get("limit", found.own_limit)
    return Page(_start(cursor), limit, tuple(_key(found, name.strip()) for name in sort.split(",")) if sort else ())


def _start(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        return max(0, int(base64.urlsafe_b64decode(cursor + "==").decode("ascii")))
    except ValueError:
        raise InvalidInput("This cursor is not one of ours: take it from the Link of the page before.") from None


def _key(found: Listing, name: str) -> tuple[str, bool]:
    field = found.keys.get(name.removeprefix("-"))
    if field is None:
        raise InvalidInput(f"There is nothing to sort by called {name}. There are {', '.join(found.keys)}.")
    return field, name.startswith("-")


def widened(tool: Tool, found: Listing, page: Page, args: dict[str, Any]) -> Arguments | dict[str, Any]:
    """The arguments that bring enough rows for this page and to know whether there are more."""
    if found.own_offset:
        return args | {"offset": args.get("offset", 0) + page.start}
    if found.own_limit is None or page.limit is None:
        return args
    enough = MOST_SORTED if page.order else page.start + page.limit + 1
    return parse(tool, args).model_copy(update={"limit": enough})


def cut(found: Listing, page: Page, result: Result, request: Request, response: Response) -> Result:
    """The rows of this page, with a Link to the next one in the headers."""
    rows: list[Any] = list(getattr(result, found.field))
    for field, down in reversed(page.order):
        rows.sort(key=_sorted_by(field), reverse=down)
        rows.sort(key=_absent(field))
    end = page.start + page.limit if page.limit is not None else len(rows)
    if len(rows) == page.limit if found.own_offset else end < len(rows):
        cursor = base64.urlsafe_b64encode(str(end).encode()).decode().rstrip("=")
        address = request.url.include_query_params(cursor=cursor)
        response.headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'
    return result if found.own_offset else result.model_copy(update={found.field: rows[page.start : end]})


def _sorted_by(field: str) -> Callable[[Any], Any]:
    def key(row: Any) -> Any:
        value = getattr(row, field)
        if value is None:
            return (0, "")
        return (1, value.casefold() if isinstance(value, str) else value)

    return key


def _absent(field: str) -> Callable[[Any], bool]:
    """Rows without a value come last, upwards and downwards."""
    return lambda row: getattr(row, field) is None
