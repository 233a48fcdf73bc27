"""Report cards as files: one streamed, a batch's archive, broadsheets, signed links, and the page that proves a card."""

import asyncio
from datetime import UTC, datetime
from html import escape
from typing import Annotated, Any, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from limits import parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from pydantic import AliasChoices, Field
from sqlalchemy import select

from api.problems import Problem
from api.report_printing import printed
from api.sign_in import Camel, SignedInCaller
from runtime.caller import Caller
from runtime.errors import NotVisible, TooMany
from runtime.transaction import Tx, across_schools, transaction
from school import (
    broadsheets,
    file_links,
    files,
    report_access,
    report_cards,
    report_links,
    report_options,
    report_sets,
    schools,
)
from school.calendar import Term
from school.permissions import Permission
from school.report_contract import ReportCard
from school.report_looks import look_of, looks_of
from school.report_pdf import Look
from school.schools import School
from tools.declare import load_all
from tools.invoke import invoke
from tools.reports import CardView, ReportJob

router = APIRouter(tags=["reports"], responses={404: {"model": Problem}})
_PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}}}}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TRIES = MovingWindowRateLimiter(MemoryStorage())
_PER_MINUTE = parse("20/minute")


class SingleCard(Camel):
    """One student's card; session and term by name or id, default now."""

    student_id: str = Field(validation_alias=AliasChoices("studentId", "student"), min_length=1, max_length=200)
    session_id: str | None = Field(default=None, validation_alias=AliasChoices("sessionId", "session"), max_length=200)
    term_id: str | None = Field(default=None, validation_alias=AliasChoices("termId", "term"), max_length=200)


def _inline(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}", "Cache-Control": "private, no-store"}
    return Response(content, media_type="application/pdf", headers=headers)


async def _printed(card: ReportCard, look: Look) -> Response:
    return _inline(await printed(card, look), f"{card.student.name}, {card.term} report card.pdf")


@router.post(
    "/api/reports/generate-single", operation_id="generate_single_report", response_class=Response,
    responses=_PDF | {403: {"model": Problem}, 409: {"model": Problem}, 422: {"model": Problem}},
)  # fmt: skip
async def generate_single(wanted: SingleCard, who: SignedInCaller) -> Response:
    """One report card as PDF, at once."""
    args = {"student": wanted.student_id} | ({"term": wanted.term_id} if wanted.term_id else {})
    view = (await invoke(load_all()["show_report_card"], who, args)).result
    assert isinstance(view, CardView)
    async with transaction(who) as tx:
        school = await schools.current(tx)
        await report_links.issue(tx, [view])
        looks = await looks_of(tx, school, report_options.of(school), [view])
    return await _printed(view, looks[view.student.id])


@router.get(
    "/api/reports/jobs/{job_id}/download",
    operation_id="download_report_job",
    status_code=302,
    response_class=RedirectResponse,
)
async def download(job_id: UUID, who: SignedInCaller) -> RedirectResponse:
    """A link to the finished archive that works for 24 hours."""
    job = (await invoke(load_all()["show_report_job"], who, {"job": str(job_id)})).result
    assert isinstance(job, ReportJob)
    if job.download_url is None:
        raise NotVisible("The archive is not there yet: look at the job's progress.")
    return RedirectResponse(job.download_url, status_code=302)


@router.get("/api/signed/{token}", operation_id="open_signed_file", response_class=StreamingResponse)
async def signed(token: str) -> StreamingResponse:
    """A file by a signed link; the link is the permission."""
    meant = file_links.opened(token, datetime.now(UTC))
    async with transaction(Caller.system(meant.school_id), read_only=True) as tx:
        found = await file_links.find(tx, meant)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}", "Content-Length": str(found.size),
        "Cache-Control": "private, no-store",
    }  # fmt: skip
    return StreamingResponse(files.stream(found), media_type=found.media_type, headers=headers)


@router.get(
    "/api/reports/broadsheets/{class_arm_id}/file.{kind}", operation_id="open_broadsheet_file", response_class=Response
)
async def broadsheet_file(
    class_arm_id: UUID, kind: Literal["xlsx", "pdf"], who: SignedInCaller, term: Annotated[UUID | None, Query()] = None
) -> Response:
    """A class's broadsheet as XLSX or PDF."""
    async with transaction(who, read_only=True) as tx:
        await report_sets.access_class_reports(tx, class_arm_id, Permission.REPORTS_READ)
        chosen = await report_access.term_of(tx, term)
        sheet = await broadsheets.broadsheet(tx, class_arm_id, chosen.id)
        school = await schools.current(tx)
        look = await look_of(tx, school, report_options.of(school))
    name = f"Broadsheet {sheet.class_arm}, {sheet.term}.{kind}"
    if kind == "pdf":
        return _inline(await printed(sheet, look), name)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(await asyncio.to_thread(broadsheets.xlsx, sheet), media_type=_XLSX, headers=headers)


@router.get("/api/reports/cards/{token}", operation_id="open_card_link", response_class=Response, responses=_PDF)
async def card_link(token: str) -> Response:
    """One card's PDF by the link an answer carried; it works for a day."""
    meant = report_links.opened_card(token, datetime.now(UTC))
    async with transaction(Caller.system(meant.school_id)) as tx:
        if meant.released:
            term = await tx.session.get_one(Term, meant.term_id)
            class_arm_id = await report_cards.class_of(tx, meant.student_id, term)
            await report_access.check_released(tx, meant.student_id, class_arm_id, term)
        card, look = await _card(tx, meant.student_id, meant.term_id)
    return await _printed(card, look)  # no connection is held while it prints


async def _card(tx: Tx, student_id: UUID, term_id: UUID) -> tuple[ReportCard, Look]:
    card = await report_cards.card(tx, student_id, term_id)
    await report_links.issue(tx, [card])
    school = await schools.current(tx)
    looks = await looks_of(tx, school, report_options.of(school), [card])
    return card, looks[card.student.id]


async def _school(slug: str) -> School:
    async with across_schools(read_only=True) as session:
        found = await session.scalar(select(School).where(School.slug == slug[:80]))
    if found is None:
        raise NotVisible("There is no such school here.")
    return found


async def _limit(what: str, who: str) -> None:
    if not await _TRIES.hit(_PER_MINUTE, what, who):
        raise TooMany("Too many tries. Wait a minute and try again.", retry_after_s=60)


@router.get("/r/{slug}/{token}", operation_id="open_guardian_link", response_class=Response, responses=_PDF)
async def guardian_link(slug: str, token: str) -> Response:
    """A guardian's own link to their child's card, while it is released."""
    school = await _school(slug)
    async with transaction(Caller.system(school.id)) as tx:
        link = await report_links.find_link(tx, token)
        await _limit("link", str(link.id))  # each link, not each network: the guardians of one carrier share an address
        term = await tx.session.get_one(Term, link.term_id)
        class_arm_id = await report_cards.class_of(tx, link.student_id, term)
        await report_access.check_released(tx, link.student_id, class_arm_id, term)
        link.opened_at = link.opened_at or tx.now
        card, look = await _card(tx, link.student_id, link.term_id)
    return await _printed(card, look)


PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>{mark} · {title}</title>
<style>*{{box-sizing:border-box}}body{{font:16px/1.5 system-ui,sans-serif;margin:0;padding:8vh 1rem;background:#f3f4f6;color:#1f2937}}
main{{max-width:27rem;margin:0 auto;padding:1.75rem 1.75rem 1.5rem;background:#fff;border-radius:14px;border-top:6px solid {accent};
box-shadow:0 1px 3px rgb(0 0 0/.12)}}h1{{font-size:1.15rem;line-height:1.3;margin:0}}p{{margin:.6rem 0 0}}
.mark{{display:flex;align-items:center;gap:.6rem;margin:1.1rem 0 0;font-size:1.5rem;font-weight:700;color:{colour}}}
.mark svg{{width:2rem;height:2rem;flex:none}}.quiet{{color:#5b6472;font-size:.9rem}}
dl{{display:grid;grid-template-columns:auto 1fr;gap:.55rem 1.5rem;margin:1.25rem 0 0;padding:1.1rem 0 0;border-top:1px solid #e5e7eb}}
dt{{color:#5b6472}}dd{{margin:0;font-weight:600;text-align:right;font-variant-numeric:tabular-nums}}</style>
<main><h1>{title}</h1><p class="mark"><svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
stroke-linejoin="round" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path d="{sign}"/></svg>{mark}</p>{body}</main></html>"""
_GENUINE, _UNKNOWN = "M7.5 12.5l3 3 6-6.5", "M8.5 8.5l7 7m0-7l-7 7"


def _verdict(school: School, mark: str, colour: str, sign: str, body: str, status: int = 200) -> HTMLResponse:
    accent = report_options.of(school).colour or school.colour
    page = PAGE.format(
        title=escape(school.name), mark=mark, colour=colour, sign=sign, body=body, accent=escape(accent or "#1f4f8f")
    )
    return HTMLResponse(page, status_code=status, headers={"Cache-Control": "no-store"})


@router.get("/verify/{slug}/{code}", operation_id="verify_report_card", response_class=HTMLResponse)
async def verify(slug: str, code: str, request: Request) -> HTMLResponse:
    """The public page behind a card's code: initials, class, term and average, to compare with the paper."""
    await _limit("verify", request.client.host if request.client else "?")
    school = await _school(slug)
    try:
        async with transaction(Caller.system(school.id), read_only=True) as tx:
            found = await report_links.find_issued(tx, code[:40])
    except NotVisible as error:
        return _verdict(school, "No such card", "#b42318", _UNKNOWN, f"<p>{escape(error.message)}</p>", 404)
    facts = (("Student", found.initials), ("Class", found.class_arm), ("Term", found.term),
             ("Average", f"{found.average:.2f}" if found.average is not None else "–"), ("Code", found.code))  # fmt: skip
    rows = "".join(f"<dt>{label}</dt><dd>{escape(value)}</dd>" for label, value in facts)
    body = f"<p>The school issued this report card.</p><dl>{rows}</dl><p class='quiet'>Compare these with the paper. If one differs, ask the school.</p>"
    return _verdict(school, "Genuine", "#067647", _GENUINE, body)
