"""The page where a person of the school allows a program to work as them, or does not."""

import hmac
import secrets
from html import escape
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Cookie, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.oauth import allowed, asked_for, base_of, issuer_of, proof_of
from runtime.errors import NotAllowed, NotSignedIn, SchoolOSError
from school import sign_in, signed_in
from school.permissions import Permission
from school.signed_in import Account

router = APIRouter(prefix="/api/auth/consent", include_in_schema=False)
Ask = Annotated[str, Query(max_length=8000)]
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Connect a program · SchoolOS</title><link rel="icon" href="/favicon.svg"><style>
:root{{color-scheme:light dark;--ground:light-dark(#f4f6f5,#121716);--paper:light-dark(#fff,#1b2220);--ink:light-dark(#16211e,#e8efec);--soft:light-dark(#53605c,#a3b1ac);--line:light-dark(#8d9a95,#5d6b66);--accent:light-dark(#0d5c4f,#7fd1bd);--on:light-dark(#fff,#0c1f1a);--wrong:light-dark(#a3231f,#ff9d94)}}
body{{font:16px/1.5 system-ui,sans-serif;background:var(--ground);color:var(--ink);margin:0;display:grid;min-height:100vh;place-items:center}}
main{{background:var(--paper);border-radius:12px;padding:28px;width:min(400px,calc(100vw - 88px));margin:16px;box-shadow:0 1px 8px rgb(0 0 0/.12)}}
h1{{font-size:22px;line-height:1.3;margin:12px 0;overflow-wrap:anywhere}} p,ul{{margin:0 0 16px}} ul{{padding-left:20px}} .soft{{color:var(--soft);font-size:15px}} .wrong{{color:var(--wrong)}}
code{{overflow-wrap:anywhere}} a{{color:var(--accent)}} :focus-visible{{outline:2px solid var(--accent);outline-offset:2px}}
label{{display:block;margin:0 0 12px;font-weight:600}} input,select,button{{font:inherit;min-height:44px;box-sizing:border-box;border-radius:8px}}
input,select{{display:block;width:100%;padding:10px;margin-top:4px;border:1px solid var(--line);background:var(--paper);color:var(--ink)}}
.two{{display:flex;flex-wrap:wrap;gap:8px;margin-top:20px}} button{{flex:1 1 130px;font-weight:600;padding:10px 16px;border:1px solid var(--accent);background:none;color:var(--accent);cursor:pointer}}
button.yes{{background:var(--accent);color:var(--on)}}</style></head><body><main><img src="/favicon.svg" alt="SchoolOS" width="36" height="36">{body}</main></body></html>"""


def _page(body: str, status: int = 200) -> HTMLResponse:
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer"}
    return HTMLResponse(PAGE.format(body=body), status_code=status, headers=headers)


def _asking(
    ask: str, asked: dict[str, Any], person: Account | None, wrong: SchoolOSError | None = None, username: str = ""
) -> HTMLResponse:
    """What is asked, as whom, and the two buttons; with a sign-in when nobody is signed in here."""
    name, host = escape(asked["name"]), escape(urlsplit(asked["redirect_uri"]).netloc or asked["redirect_uri"])
    said = f"<p class=wrong role=alert>{escape(wrong.message)}</p>" if wrong else ""
    return _page(
        f"<h1>Let “{name}” work as you?</h1>{_whom(ask, person)}{_rights(asked['scopes'])}"
        f"<p>What changes something or writes to people still waits for your approval.</p>{said}"
        f'<form method=post action="/api/auth/consent"><input type=hidden name=ask value="{escape(ask)}">'
        f"{_proof(ask, person) if person else _sign_in(wrong, username)}"
        "<div class=two><button class=yes name=decision value=allow>Allow</button>"
        "<button name=decision value=refuse formnovalidate>Do not allow</button></div></form>"
        f"<p class=soft style='margin:16px 0 0'>You then go back to <code>{host}</code>. Did you not start this? Do not allow it."
        " You can end it any day under Settings, API keys.</p>",
        status=wrong.status if wrong else 200,
    )


def _whom(ask: str, person: Account | None) -> str:
    if person is None:
        return "<p>Sign in to decide.</p>"
    another = (
        f'<a href="/api/auth/consent?{escape(urlencode({"ask": ask, "another": "true"}))}">Use another account</a>'
    )
    return f"<p>You are signed in as <b>{escape(person.name)}</b> at {escape(person.school)}. {another}</p>"


def _rights(scopes: list[str]) -> str:
    if "*" in scopes:
        return "<p>It may see and do everything you may.</p>"
    return f"<p>It may use only:</p><ul>{''.join(f'<li><code>{escape(scope)}</code></li>' for scope in scopes)}</ul>"


def _proof(ask: str, person: Account) -> str:
    return f"<input type=hidden name=proof value={proof_of(ask, person.user_id)}>"


def _sign_in(wrong: SchoolOSError | None, username: str) -> str:
    schools: list[str] = wrong.facts.get("schools", []) if wrong else []
    which = "".join(f"<option>{escape(one)}</option>" for one in schools)
    return (
        f'<label>E-mail<input name=username type=email autocomplete=username required value="{escape(username)}"></label>'
        "<label>Password<input name=password type=password autocomplete=current-password required></label>"
        + (f"<label>School <select name=school>{which}</select></label>" if schools else "")
    )


@router.get("")
async def show(ask: Ask, another: bool = False, schoolos_refresh: Annotated[str | None, Cookie()] = None) -> Response:
    """What a program asks for."""
    try:
        asked = asked_for(ask)
    except NotAllowed as error:
        return _gone(error)
    return _asking(ask, asked, None if another else await signed_in.account_behind(schoolos_refresh))


@router.post("")
async def decide(
    request: Request, ask: Annotated[str, Form(max_length=8000)], decision: Annotated[str, Form(max_length=10)],
    username: Annotated[str, Form(max_length=200)] = "", password: Annotated[str, Form(max_length=200)] = "",
    school: Annotated[str | None, Form(max_length=100)] = None, proof: Annotated[str, Form(max_length=64)] = "",
    schoolos_refresh: Annotated[str | None, Cookie()] = None,
) -> Response:  # fmt: skip
    """Send the browser back to the program, with a code or with a refusal."""
    try:
        asked = asked_for(ask)
    except NotAllowed as error:
        return _gone(error)
    issuer = issuer_of(base_of(request))
    if decision != "allow":
        return _back(asked, {"error": "access_denied", "iss": issuer})
    person = None
    try:
        if username and password:
            person = signed_in.account_signed_in(await sign_in.with_password(username, password, school))
        else:
            person = await signed_in.account_behind(schoolos_refresh)
            person = _check_shown(ask, proof, person)
        if Permission.KEYS_WRITE not in person.permissions:
            raise NotAllowed("Your role cannot connect programs. The school office can.")
    except SchoolOSError as error:
        return _asking(ask, asked, person, error, username)
    code = secrets.token_urlsafe(32)
    await allowed(asked, person.user_id, code)
    return _back(asked, {"code": code, "iss": issuer})


def _check_shown(ask: str, proof: str, person: Account | None) -> Account:
    """The person signed in here, who was shown this very request: a form of another page cannot decide for them."""
    if person is None:
        raise NotSignedIn("Sign in first.")
    if not hmac.compare_digest(proof.encode(), proof_of(ask, person.user_id).encode()):
        raise NotAllowed("You were not shown this request as this person. Look at it again and decide.")
    return person


def _gone(error: NotAllowed) -> HTMLResponse:
    return _page(f"<h1>Connect a program</h1><p>{escape(error.message)}</p>", error.status)


def _back(asked: dict[str, Any], answer: dict[str, str]) -> RedirectResponse:
    """302, as the address is the client's own, registered with it."""
    told = {**answer, **({"state": asked["state"]} if asked["state"] else {})}
    joint = "&" if urlsplit(asked["redirect_uri"]).query else "?"
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return RedirectResponse(f"{asked['redirect_uri']}{joint}{urlencode(told)}", 302, headers)
