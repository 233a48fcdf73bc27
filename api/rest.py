"""REST, projected from the registry: one route per declaration."""

import hashlib
import inspect
from collections.abc import Callable
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from fastapi import APIRouter, Body, Header, Path, Query, Request, Response
from pydantic import Field, create_model
from pydantic.alias_generators import to_camel
from pydantic.fields import FieldInfo

from api import paging
from api.problems import MEDIA_TYPE, Problem
from api.sign_in import SignedInCaller
from runtime import rate_limits
from runtime.caller import Caller
from runtime.errors import Conflict, InvalidInput, NotAllowed, NotSignedIn, NotVisible, SchoolOSError, TooMany
from tools.declare import Arguments, Effect, Tool
from tools.invoke import PreviewStale, invoke, preview
from tools.refs import Ref
from tools.results import Preview, Result

RefText = Annotated[str, Field(min_length=1, max_length=200)]
PreviewFlag = Annotated[bool, Query(alias="preview", description="true: return the preview and change nothing.")]
IdempotencyKey = Annotated[
    str | None,
    Header(alias="Idempotency-Key", min_length=1, max_length=255, description="Makes a retry safe for a day: the first answer is given again."),
]  # fmt: skip
IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=80, description="The ETag of a preview: the change is refused (412) when the records moved since."),
]  # fmt: skip


def add_routes(router: APIRouter, tools: MappingProxyType[str, Tool]) -> None:
    """One route per declaration. Hand-written routes are only for sign-in, health, streams and webhooks."""
    for tool in sorted(tools.values(), key=_specific_first):
        if tool.internal:
            continue
        returns: Any = tool.returns if tool.effect is Effect.READ else tool.returns | Preview
        router.add_api_route(
            _path(tool), _endpoint(tool), methods=[tool.method], operation_id=tool.name, summary=tool.summary,
            description=_description(tool), response_model=returns, response_model_by_alias=True,
            responses=documented(tool), tags=list(tool.tags),
        )  # fmt: skip


def _specific_first(tool: Tool) -> tuple[int, str]:
    return (tool.path.count("{"), tool.path)


def _path(tool: Tool) -> str:
    path = tool.path
    for name in tool.path_arguments:
        path = path.replace("{" + name + "}", "{" + to_camel(name) + "}")
    return path


def _description(tool: Tool) -> str:
    said = "\n".join(f"- “{utterance}”" for utterance in tool.says[:5])
    asked = f"\n\nIn conversation:\n{said}" if said else ""
    return f"{tool.doc}\n\nPermission: `{tool.permission}`. Effect: **{tool.effect.value}**.{asked}"


def documented(tool: Tool) -> dict[int | str, dict[str, Any]]:
    """The problem responses of one capability, by status."""
    shared: tuple[type[SchoolOSError], ...] = (
        NotSignedIn, NotAllowed, NotVisible, InvalidInput, TooMany,
    )  # fmt: skip
    changing: tuple[type[SchoolOSError], ...] = () if tool.effect is Effect.READ else (Conflict, PreviewStale)
    by_status: dict[int, list[str]] = {}
    for error in (*shared, *changing, *tool.errors):
        codes = by_status.setdefault(error.status, [])
        if error.code not in codes:
            codes.append(error.code)
    return {
        status: {"model": Problem, "description": ", ".join(codes), "content": {MEDIA_TYPE: {}}}
        for status, codes in by_status.items()
    }


def _endpoint(tool: Tool) -> Callable[..., Any]:
    """A function with the signature FastAPI documents: path, query or body, as the method wants it."""
    fields = tool.arguments.model_fields
    in_path = set(tool.path_arguments)
    rest = {name: info for name, info in fields.items() if name not in in_path}
    parameters = [
        _parameter(name, Annotated[_scalar(fields[name], required=True), Path(alias=to_camel(name))])
        for name in tool.path_arguments
    ]
    body, lists = None, paging.listing(tool)
    if tool.method in {"GET", "DELETE"}:
        parameters += [_parameter(name, _query(name, info), _default(info)) for name, info in rest.items()]
    elif rest:
        body = _body_model(tool, rest)
        optional = not any(info.is_required() for info in rest.values())
        parameters.append(
            _parameter("the_body", Annotated[body, Body()], body() if optional else inspect.Parameter.empty)
        )

    if lists:
        parameters += [_parameter(name, annotation, None) for name, annotation in lists.parameters().items()]
    known = _query_names(tool, lists)

    async def endpoint(the_caller: Caller, the_request: Request, the_response: Response, **given: Any) -> Any:
        _check_known(the_request, known)
        page = paging.asked(lists, given) if lists else None
        shown_only = bool(given.pop("show_preview", False))
        key = given.pop("idempotency_key", None)
        expected = given.pop("if_match", None)
        sent = given.pop("the_body", None)
        args = given | ({name: getattr(sent, name) for name in sent.model_fields_set} if sent is not None else {})
        args = {name: value for name, value in args.items() if value is not None or name in in_path}
        if shown_only:
            shown = (await preview(tool, the_caller, args))[0]
            the_response.headers["ETag"] = f'"{shown.fingerprint()}"'
            return shown
        outcome = await invoke(
            tool,
            the_caller,
            paging.widened(tool, lists, page, args) if lists and page else args,
            approved=True,
            idempotency_key=key,
            expected=expected and expected.strip('"'),
        )
        if window := await rate_limits.window():
            the_response.headers.update(window.headers())
        if tool.effect is Effect.READ:
            result = outcome.result
            if lists and page:
                result = paging.cut(lists, page, result, the_request, the_response)
            return _with_etag(the_request, the_response, result)
        if outcome.audit_id:
            the_response.headers["X-Audit-Id"] = str(outcome.audit_id)
        if outcome.replayed:
            the_response.headers["Idempotency-Replayed"] = "true"
        return outcome.result

    signature = [
        _parameter("the_caller", SignedInCaller), _parameter("the_request", Request),
        _parameter("the_response", Response), *parameters,
    ]  # fmt: skip
    if tool.effect is not Effect.READ:
        signature.append(_parameter("if_match", IfMatch, None))
        signature.append(_parameter("show_preview", PreviewFlag, False))
        signature.append(_parameter("idempotency_key", IdempotencyKey, None))
    endpoint.__signature__ = inspect.Signature(signature)  # type: ignore[attr-defined]
    endpoint.__name__ = tool.name
    return endpoint


def _query_names(tool: Tool, lists: paging.Listing | None) -> frozenset[str]:
    """Every query parameter of this route, as it is written in the address."""
    own = tool.arguments.model_fields if tool.method in {"GET", "DELETE"} else ()
    names = {to_camel(name) for name in own if name not in tool.path_arguments}
    names |= {name.removeprefix("page_") for name in lists.parameters()} if lists else set()
    return frozenset(names if tool.effect is Effect.READ else names | {"preview"})


def _check_known(request: Request, known: frozenset[str]) -> None:
    """Raise InvalidInput for a parameter this route does not have: a filter misspelt must not answer with everything."""
    unknown = [name for name in dict.fromkeys(request.query_params) if name not in known]
    if unknown:
        there = f"There are {', '.join(sorted(known))}." if known else "There are none here."
        errors = [{"field": name, "message": "There is no such parameter."} for name in unknown]
        raise InvalidInput(f"There is no parameter {', '.join(unknown)}. {there}", errors=errors)


def _with_etag(request: Request, response: Response, result: Result) -> Response:
    """The record as JSON with its ETag, or 304 to a client that has it as it is."""
    body = result.model_dump_json(by_alias=True).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = dict(response.headers) | {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Authorization"}
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if etag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    headers.pop("content-length", None)
    return Response(body, media_type="application/json", headers=headers)


def _parameter(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _default(info: FieldInfo) -> Any:
    return inspect.Parameter.empty if info.is_required() else info.default


def _plain(info: FieldInfo) -> Any:
    return Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation


def _scalar(info: FieldInfo, required: bool = False) -> Any:
    """The field for a path or a query string, where a Ref is its text; in a path it is always there."""
    plain = _text_of_refs(info.annotation)
    plain = _present(plain) if required else plain
    return Annotated[(plain, *info.metadata)] if info.metadata else plain


def _present(annotation: Any) -> Any:
    """The type without None."""
    if type(None) not in get_args(annotation):
        return annotation
    return Union[tuple(option for option in get_args(annotation) if option is not type(None))]  # noqa: UP007  # made at run time


def _text_of_refs(annotation: Any) -> Any:
    origin = get_origin(annotation)
    if origin is Ref:
        return RefText
    if origin in {Union, UnionType}:
        return Union[tuple(_text_of_refs(option) for option in get_args(annotation))]  # noqa: UP007  # made at run time
    if origin is list:
        return list[_text_of_refs(get_args(annotation)[0])]  # type: ignore[misc]
    return annotation


def _query(name: str, info: FieldInfo) -> Any:
    return Annotated[_scalar(info), Query(alias=to_camel(name), description=info.description)]


def _body_model(tool: Tool, fields: dict[str, FieldInfo]) -> Any:
    if len(fields) == len(tool.arguments.model_fields):
        return tool.arguments
    made: dict[str, Any] = {
        name: (_plain(info), Field(default=info.default, description=info.description) if not info.is_required() else Field(description=info.description))
        for name, info in fields.items()
    }  # fmt: skip
    return create_model(f"{tool.arguments.__name__}Body", __base__=Arguments, **made)
