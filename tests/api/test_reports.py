"""Report cards over REST: the seeds' endpoints, who may not, links that end, the page that proves a card."""

from urllib.parse import urlparse

import pypdfium2
import pytest

from api import report_printing
from runtime.errors import NotVisible
from runtime.transaction import transaction
from school import report_links
from school.calendar import Term
from tools.declare import load_all
from tools.invoke import invoke


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.fixture(autouse=True)
async def printing():
    yield
    await report_printing.close()


@pytest.fixture
async def ready(client, sign_in, school):
    """JSS 2 Ruby's cards of last term, gone through the chain by the people it is for."""
    ruby, term = school.class_arms["JSS 2 Ruby"], str(school.terms["last"])
    for who in ("teacher", "head"):
        await sign_in(who)
        answer = await client.post(f"/api/reports/approvals/{ruby}", json={"term": term})
        assert answer.status_code == 200, answer.text
    return ruby, term


async def test_a_single_card_streams_as_pdf_and_as_the_contract(client, sign_in, school):
    await sign_in("teacher")
    ada, term = str(school.students["Ada"]), str(school.terms["last"])
    made = await client.post(
        "/api/reports/generate-single", json={"studentId": ada, "sessionId": str(school.session_id), "termId": term}
    )
    assert made.status_code == 200 and made.headers["content-type"] == "application/pdf"
    assert "Okonjo Ada" in text_of(made.content) and "80" in text_of(made.content)
    card = (await client.get(f"/api/v1/students/{ada}/report-card", params={"term": term})).json()
    assert (card["overallAverage"], card["classPosition"], card["totalInClass"]) == (80, 1, 6)
    again = await client.get(card["pdfUrl"], headers={"Authorization": ""})
    assert again.content == made.content, "the link needs no sign-in and gives the same bytes"
    assert (await client.get(card["pdfUrl"][:-2] + "xx")).status_code == 404


async def test_a_batch_is_started_with_the_seeds_body_and_watched(client, sign_in, school):
    await sign_in("teacher")
    body = {
        "studentIds": [str(school.students["Ada"])],
        "sessionId": str(school.session_id),
        "termId": str(school.terms["last"]),
    }
    shown = (await client.post("/api/reports/generate", params={"preview": "true"}, json=body)).json()
    assert shown["included"] == 1
    job = (await client.post("/api/reports/generate", json=body)).json()
    seen = (await client.get(f"/api/reports/jobs/{job['jobId']}")).json()
    assert (seen["status"], seen["progress"], seen["total"]) == ("queued", 0, 1)
    assert (await client.get(f"/api/reports/jobs/{job['jobId']}/download")).status_code == 404
    assert (await client.post("/api/reports/generate", json={"classArm": "JSS 2 Ruby", "term": "First Term"})).json()[
        "total"
    ] == 6
    refused = await client.post("/api/reports/generate", json={"classArm": "JSS 1 Pearl"})
    assert refused.status_code == 403
    assert (await client.post("/api/reports/generate", json={})).status_code == 403, "the whole school is the head's"
    await sign_in("head")
    assert (await client.post("/api/reports/generate", json={})).json()["total"] == 12


async def test_who_names_no_job_is_told_of_their_newest(callers):
    show, make = load_all()["show_report_job"], load_all()["generate_report_cards"]
    with pytest.raises(NotVisible, match="Say which class"):
        await invoke(show, callers["teacher"], {})
    for _ in range(2):
        made = (
            await invoke(make, callers["teacher"], {"classArm": "JSS 2 Ruby", "term": "First Term"}, approved=True)
        ).result
    assert (await invoke(show, callers["teacher"], {})).result.job_id == made.job_id
    with pytest.raises(NotVisible):
        await invoke(show, callers["head"], {})


async def test_a_guardian_sees_the_card_once_it_is_released_and_no_other_childs(client, sign_in, school, ready):
    ruby, term = ready
    ada, tunde = school.students["Ada"], school.students["Tunde"]
    await sign_in("guardian")
    early = await client.get(f"/api/v1/students/{ada}/report-card", params={"term": term})
    assert (early.status_code, early.json()["code"]) == (409, "not_released")
    await sign_in("head")
    preview = (
        await client.post(f"/api/reports/releases/{ruby}", params={"preview": "true"}, json={"term": term})
    ).json()
    assert preview["included"] == 3 and {left["reason"] for left in preview["excluded"]} >= {"no scores"}
    assert (await client.post(f"/api/reports/releases/{ruby}", json={"term": term})).status_code == 200
    twice = await client.post(f"/api/reports/releases/{ruby}", json={"term": term})
    assert twice.json()["code"] == "reports_already_released"
    await sign_in("guardian")
    assert (await client.get(f"/api/v1/students/{ada}/report-card")).json()["term"] == "First Term"
    assert (await client.get(f"/api/v1/students/{tunde}/report-card")).status_code == 404
    await sign_in("head")
    assert (await client.delete(f"/api/reports/releases/{ruby}", params={"term": term})).status_code == 200
    await sign_in("guardian")
    assert (await client.get(f"/api/v1/students/{ada}/report-card", params={"term": term})).status_code == 409


async def test_cards_are_not_released_before_the_chain_is_complete(client, sign_in, school):
    ruby, term = school.class_arms["JSS 2 Ruby"], str(school.terms["last"])
    await sign_in("head")
    early = await client.post(f"/api/reports/releases/{ruby}", json={"term": term})
    assert (early.status_code, early.json()["code"]) == (409, "reports_not_approved")
    await sign_in("teacher")
    assert (await client.post(f"/api/reports/releases/{ruby}", json={"term": term})).status_code == 403
    assert (await client.post(f"/api/reports/approvals/{ruby}", json={"term": term})).status_code == 200
    assert (await client.post(f"/api/reports/approvals/{ruby}", json={"term": term})).status_code == 403, (
        "the head's step"
    )


async def test_a_guardians_link_opens_their_childs_card_until_it_is_taken_back(client, sign_in, school, callers, ready):
    ruby, term = ready
    await client.post(f"/api/reports/releases/{ruby}", json={"term": term})
    async with transaction(callers["head"]) as tx:
        made = await report_links.make_links(
            tx, "hillcrest", (await tx.session.get_one(Term, school.terms["last"])).id,
            {school.guardians["guardian"]: [school.students["Ada"], school.students["Ada"]]},
        )  # fmt: skip
    path, another = (urlparse(link).path for link in made[school.guardians["guardian"]])
    opened = await client.get(path, headers={"Authorization": ""})
    assert opened.status_code == 200 and "Okonjo Ada" in text_of(opened.content)
    assert (await client.get(path.replace("hillcrest", "lakeside"))).status_code == 404
    assert (await client.delete(f"/api/reports/releases/{ruby}", params={"term": term})).status_code == 200
    answers = [(await client.get(path)).status_code for _ in range(22)]
    assert (answers[0], answers[-1]) == (409, 429), "one link is opened 20 times a minute at most"
    assert (await client.get(another)).status_code == 409, "and another has its own count, whoever's network it is on"


async def test_the_code_on_a_card_opens_a_page_with_initials_and_average_alone(client, sign_in, school):
    await sign_in("teacher")
    ada = str(school.students["Ada"])
    await client.post("/api/reports/generate-single", json={"studentId": ada, "termId": str(school.terms["last"])})
    code = report_links.verification("hillcrest", school.students["Ada"], school.terms["last"]).code
    page = await client.get(f"/verify/hillcrest/{code.lower()}", headers={"Authorization": ""})
    assert page.status_code == 200 and "O. A." in page.text and "80.00" in page.text and "Okonjo" not in page.text
    assert (await client.get("/verify/hillcrest/AAAA-AAAA-AAAA")).status_code == 404
    assert (await client.get(f"/verify/lakeside/{code}")).status_code == 404
    answers = [(await client.get("/verify/hillcrest/AAAA-AAAA-AAAA")).status_code for _ in range(25)]
    assert answers[-1] == 429


async def test_remarks_are_drafted_written_and_put_back(client, sign_in, school):
    await sign_in("teacher")
    ruby, term, ada = school.class_arms["JSS 2 Ruby"], str(school.terms["last"]), str(school.students["Ada"])
    drafted = await client.post(f"/api/reports/remarks/{ruby}/drafts", json={"term": term})
    assert drafted.status_code == 200, drafted.text
    card = (await client.get(f"/api/v1/students/{ada}/report-card", params={"term": term})).json()
    assert "Ada" in card["classTeacherRemark"] and card["principalRemark"]
    written = await client.put(f"/api/v1/students/{ada}/remark", json={"text": "Reads widely.", "term": term})
    await client.put(f"/api/v1/students/{ada}/conduct", json={"ratings": {"Neatness": 5}, "term": term})
    card = (await client.get(f"/api/v1/students/{ada}/report-card", params={"term": term})).json()
    assert card["classTeacherRemark"] == "Reads widely."
    assert {"name": "Neatness", "rating": 5} in card["conduct"]
    undone = await client.post(f"/api/audit/{written.headers['X-Audit-Id']}/undo")
    assert undone.status_code == 200, undone.text
    card = (await client.get(f"/api/v1/students/{ada}/report-card", params={"term": term})).json()
    assert "Ada" in card["classTeacherRemark"]


async def test_the_broadsheet_has_both_files(client, sign_in, school):
    await sign_in("teacher")
    sheet = (await client.get("/api/reports/broadsheets/JSS 2 Ruby", params={"term": "First Term"})).json()
    assert [(row["name"], row["position"]) for row in sheet["rows"][:3]] == [
        ("Bello Zainab", 1),
        ("Okonjo Ada", 1),
        ("Afolayan Tunde", 3),
    ]
    pdf = await client.get(sheet["pdfUrl"])
    assert "Okonjo Ada" in text_of(pdf.content)
    xlsx = await client.get(sheet["xlsxUrl"])
    assert xlsx.content[:2] == b"PK"
    await sign_in("colleague")
    assert (await client.get("/api/reports/broadsheets/JSS 2 Ruby")).status_code == 403
    assert (await client.get(sheet["pdfUrl"])).status_code == 403


async def test_approved_cards_are_closed_until_they_are_returned_with_a_reason(client, sign_in, school, ready):
    ruby, term = ready
    ada = str(school.students["Ada"])
    await sign_in("teacher")
    closed = await client.put(f"/api/v1/students/{ada}/remark", json={"text": "Changed after signing.", "term": term})
    assert (closed.status_code, closed.json()["code"]) == (409, "cards_closed")
    reason = {"term": term, "reason": "Two remarks are too short."}
    assert (await client.post(f"/api/reports/approvals/{ruby}/return", json=reason)).status_code == 403
    await sign_in("head")
    returned = await client.post(f"/api/reports/approvals/{ruby}/return", json=reason)
    assert returned.status_code == 200, returned.text
    await sign_in("teacher")
    desk = (await client.get(f"/api/reports/remarks/{ruby}", params={"term": term})).json()
    assert desk["reports"]["returned"]["reason"] == "Two remarks are too short."
    assert (desk["reports"]["nextStep"], desk["reports"]["mayApprove"]) == ("class teacher", True)
    written = await client.put(f"/api/v1/students/{ada}/remark", json={"text": "Tunde reads widely.", "term": term})
    assert written.status_code == 200, written.text
    row = next(
        row
        for row in (await client.get(f"/api/reports/remarks/{ruby}", params={"term": term})).json()["rows"]
        if row["studentId"] == ada
    )
    assert (row["classTeacher"]["text"], row["classTeacher"]["origin"]) == ("Tunde reads widely.", "person")
    assert [found["fault"] for found in row["findings"] if found["author"] == "class_teacher"] == ["wrong_name"]
    classes = (await client.get("/api/reports/classes", params={"term": term})).json()["classes"]
    assert [one["classArm"] for one in classes] == ["JSS 2 Ruby"], "a teacher sees the class of their own"
    await sign_in("head")
    undone = await client.post(f"/api/audit/{returned.headers['X-Audit-Id']}/undo")
    assert undone.status_code == 200, undone.text
    assert (await client.post(f"/api/reports/releases/{ruby}", json={"term": term})).status_code == 200
