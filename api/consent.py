"""The page where a person of the school allows a program to work as them, or does not."""

import secrets
from html import escape
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Cookie, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.oauth import allowed, asked_for
from runtime.errors import NotAllowed, SchoolOSError
from school import sign_in, signed_in
from school.permissions import Permission
from school.signed_in import Account

router = APIRouter(prefix="/api/auth/consent", include_in_schema=False)
Ask = Annotated[str, Query(max_length=8000)]
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Connect a program · SchoolOS</title><style>
body{{font:16px/1.5 system-ui,sans-serif;background:#f4f6f9;color:#16202c;margin:0;display:grid;min-height:100vh;place-items:center}}
main{{background:#fff;border-radius:12px;padding:32px;max-width:400px;margin:16px;box-shadow:0 1px 8px rgba(16,32,60,.12)}}
h1{{font-size:22px;line-height:1.3;margin:0 0 12px}} p{{margin:0 0 16px}} .wrong{{color:#a3231f}} code{{overflow-wrap:anywhere}}
label{{display:block;margin:0 0 12px;font-weight:600}} input{{display:block;width:100%;box-sizing:border-box;font:inherit;padding:10px;margin-top:4px;border:1px solid #8a97a8;border-radius:8px}}
button{{font:inherit;font-weight:600;padding:10px 20px;border-radius:8px;border:1px solid #1f4f8f;background:#fff;color:#1f4f8f;cursor:pointer;margin-right:8px}}
button.yes{{background:#1f4f8f;color:#fff}}</style></head><body><main>{body}</main></body></html>"""


def _page(body: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(PAGE.format(body=body), status_code=status, headers={"Cache-Control": "no-store"})


def _asking(ask: str, asked: dict[str, Any], person: Account | None, wrong: str = "") -> HTMLResponse:
    """What is asked, as whom, and the two buttons; with a sign-in when nobody is signed in here."""
    name, host = escape(asked["name"]), escape(urlsplit(asked["redirect_uri"]).netloc or asked["redirect_uri"])
    rights = "everything you may do" if "*" in asked["scopes"] else escape(", ".join(asked["scopes"]))
    whom = (
        f"You are signed in as <b>{escape(person.name)}</b> at {escape(person.school)}."
        if person
        else "Sign in to decide."
    )
    fields = "" if person else (
        "<label>E-mail<input name=username type=email autocomplete=username required></label>"
        "<label>Password<input name=password type=password autocomplete=current-password required></label>"
    )  # fmt: skip
    said = f"<p class=wrong role=alert>{escape(wrong)}</p>" if wrong else ""
    return _page(
        f"<h1>Let “{name}” work as you?</h1><p>{whom}</p><p>It may use: {rights}. Changes still wait for your approval."
        f' It is told at <code>{host}</code>.</p>{said}<form method=post><input type=hidden name=ask value="{escape(ask)}">{fields}'
        "<button class=yes name=decision value=allow>Allow</button>"
        "<button name=decision value=refuse formnovalidate>Do not allow</button></form>",
        status=403 if wrong else 200,
    )


@router.get("")
async def show(ask: Ask, schoolos_refresh: Annotated[str | None, Cookie()] = None) -> Response:
    """What a program asks for."""
    try:
        asked = asked_for(ask)
    except NotAllowed as error:
        return _page(f"<h1>Connect a program</h1><p>{escape(error.message)}</p>", error.status)
    return _asking(ask, asked, await signed_in.account_behind(schoolos_refresh))


@router.post("")
async def decide(
    ask: Annotated[str, Form(max_length=8000)], decision: Annotated[str, Form(max_length=10)],
    username: Annotated[str | None, Form(max_length=200)] = None, password: Annotated[str | None, Form(max_length=200)] = None,
    schoolos_refresh: Annotated[str | None, Cookie()] = None,
) -> Response:  # fmt: skip
    """Send the browser back to the program, with a code or with a refusal."""
    try:
        asked = asked_for(ask)
    except NotAllowed as error:
        return _page(f"<h1>Connect a program</h1><p>{escape(error.message)}</p>", error.status)
    if decision != "allow":
        return _back(asked, {"error": "access_denied"})
    try:
        person = await _who(schoolos_refresh, username, password)
    except SchoolOSError as error:
        return _asking(ask, asked, None, error.message)
    if person is None:
        return _asking(ask, asked, None, "Sign in first.")
    if Permission.KEYS_WRITE not in person.permissions:
        return _asking(ask, asked, person, "Your role cannot connect programs. The school office can.")
    code = secrets.token_urlsafe(32)
    await allowed(asked, person.user_id, code)
    return _back(asked, {"code": code})


async def _who(cookie: str | None, username: str | None, password: str | None) -> Account | None:
    if username and password:
        return signed_in.account_signed_in(await sign_in.with_password(username, password))
    return await signed_in.account_behind(cookie)


def _back(asked: dict[str, Any], answer: dict[str, str]) -> RedirectResponse:
    """302, as the address is the client's own, registered with it."""
    told = {**answer, **({"state": asked["state"]} if asked["state"] else {})}
    joint = "&" if urlsplit(asked["redirect_uri"]).query else "?"
    return RedirectResponse(f"{asked['redirect_uri']}{joint}{urlencode(told)}", 302)
