"""Documents through the one door: added, listed, asked, replaced, removed, undone."""

from uuid import UUID

import pytest

from knowledge import documents, refusals
from knowledge.documents import SameFile
from runtime.errors import NotAllowed, NotVisible
from runtime.transaction import transaction
from school import files
from school.runs import RunRow
from tests.knowledge import files as made
from tests.knowledge.conftest import add, store, worker  # noqa: F401 fixtures
from tools.declare import load_all
from tools.invoke import invoke, preview

TOOLS = load_all()
RULES = b"# House rules\n\n## Phones\n\nPhones stay in the office from morning until the last bell rings.\n"
NEW_RULES = b"# House rules\n\n## Phones\n\nPhones stay at home. Nobody brings a phone to school.\n"


async def call(caller, name, approved=True, **args):
    return (await invoke(TOOLS[name], caller, args, approved=approved)).result


async def upload(caller, name, data):
    async with transaction(caller) as tx:
        return str((await files.save(tx, name, data, "application/octet-stream")).id)


async def read(caller, reading):
    async with transaction(caller, read_only=True) as tx:
        run = await tx.session.get_one(RunRow, reading.run_id)
    return await documents.read(worker(caller), UUID(run.payload["version_id"]), bool(run.payload["retitle"]))


@pytest.fixture
async def rules(store, callers):  # noqa: F811
    reading = await call(
        callers["head"],
        "add_document",
        file=await upload(callers["head"], "rules.md", RULES),
        kind="policy",
        audience="guardians",
    )
    assert (await read(callers["head"], reading))["passages"] == 1
    return reading


async def test_a_document_added_is_listed_shown_and_answers(rules, callers):
    shelf = await call(callers["teacher"], "find_documents")
    assert [(item.title, item.status, item.passages) for item in shelf.documents] == [("House rules", "ready", 1)]
    given = await call(callers["guardian"], "ask_documents", question="Where do phones stay during school?")
    assert given.says and "Phones stay in the office" in given.headline()
    cited = given.quotes[0]
    card = await call(
        callers["guardian"], "show_document", document="house rules", passage=cited.url.rpartition("=")[2]
    )
    assert [one.text for one in card.passages_shown] == [cited.text]


async def test_the_documents_do_not_say(rules, callers):
    given = await call(callers["teacher"], "ask_documents", question="Which bank finances the new stadium?")
    assert not given.says and given.headline() == "The documents do not say." and given.blocks() == []


async def test_who_may_not_read_does_not_learn_that_it_is_there(rules, callers):
    for role in ("student", "stranger"):
        assert (await call(callers[role], "find_documents")).documents == []
        assert not (await call(callers[role], "ask_documents", question="Where do phones stay?")).says
        with pytest.raises(NotVisible):
            await call(callers[role], "show_document", document=str(rules.document_id))
    assert (await call(callers["guardian"], "find_documents")).documents


async def test_the_same_file_twice_is_one_document(rules, callers):
    with pytest.raises(SameFile):
        await call(
            callers["head"], "add_document", file=await upload(callers["head"], "again.md", RULES), kind="policy"
        )
    assert len((await call(callers["head"], "find_documents")).documents) == 1


async def test_a_new_version_answers_and_an_old_citation_still_resolves(rules, callers):
    old = (await call(callers["head"], "ask_documents", question="Where do phones stay?")).quotes[0]
    reading = await call(
        callers["head"],
        "replace_document",
        document="House rules",
        file=await upload(callers["head"], "rules2.md", NEW_RULES),
    )
    during = await call(callers["head"], "ask_documents", question="Where do phones stay?")
    assert "office" in during.quotes[0].text, "the old version answers until the new one is read"
    await read(callers["head"], reading)
    after = await call(callers["head"], "ask_documents", question="Where do phones stay?")
    assert "at home" in after.quotes[0].text and "office" not in after.markdown()
    card = await call(
        callers["head"], "show_document", document="House rules", version=1, passage=old.url.rpartition("=")[2]
    )
    assert card.passages_shown[0].text == old.text and not card.current
    await call(callers["head"], "undo_change")
    back = await call(callers["head"], "ask_documents", question="Where do phones stay?")
    assert "office" in back.quotes[0].text


async def test_removal_is_previewed_final_at_once_and_undone(rules, callers):
    shown, _ = await preview(TOOLS["remove_document"], callers["head"], {"document": "House rules"})
    assert "gone from every search" in shown.summary
    await call(callers["head"], "remove_document", document="House rules")
    assert not (await call(callers["head"], "ask_documents", question="Where do phones stay?")).says
    assert (await call(callers["head"], "find_documents")).documents == []
    await call(callers["head"], "undo_change")
    assert (await call(callers["head"], "ask_documents", question="Where do phones stay?")).says


async def test_only_its_uploader_or_the_head_changes_a_document(rules, callers):
    for name, args in (("remove_document", {}), ("set_document", {"audience": "public"})):
        with pytest.raises(NotAllowed):
            await call(callers["teacher"], name, document=str(rules.document_id), **args)
        with pytest.raises(NotVisible):
            await call(callers["stranger"], name, document=str(rules.document_id), **args)
    await call(callers["head"], "set_document", document=str(rules.document_id), audience="public")
    assert (await call(callers["student"], "ask_documents", question="Where do phones stay?")).says


async def test_narrowing_the_audience_hides_every_part_at_once(rules, callers):
    await call(callers["head"], "set_document", document="House rules", audience="staff")
    assert not (await call(callers["guardian"], "ask_documents", question="Where do phones stay?")).says
    await call(callers["head"], "undo_change")
    assert (await call(callers["guardian"], "ask_documents", question="Where do phones stay?")).says


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("locked.pdf", made.locked_pdf(), refusals.FileEncrypted), ("word.pdf", made.word(), refusals.FileMisnamed),
        ("macros.docx", made.with_macros(), refusals.FileHasMacros), ("bomb.docx", made.bomb(), refusals.FileExpandsTooFar),
        ("torn.docx", made.word()[:800], refusals.FileCorrupt),
    ],
    ids=["encrypted", "misnamed", "macros", "bomb", "corrupt"],
)  # fmt: skip
async def test_a_bad_file_is_refused_and_nothing_is_recorded(store, callers, name, data, error):  # noqa: F811
    with pytest.raises(error):
        await call(callers["head"], "add_document", file=await upload(callers["head"], name, data), kind="other")
    assert (await call(callers["head"], "find_documents")).documents == []
    good = await call(callers["head"], "add_document", file=await upload(callers["head"], "ok.md", RULES), kind="other")
    assert good.version == 1


async def test_a_scanned_file_fails_with_its_reason_and_leaves_nothing(store, callers):  # noqa: F811
    reading = await call(
        callers["head"],
        "add_document",
        file=await upload(callers["head"], "scan.pdf", made.scanned_pdf()),
        kind="notice",
    )
    with pytest.raises(refusals.FileHasNoText):
        await read(callers["head"], reading)
    shelf = await call(callers["head"], "find_documents")
    assert shelf.documents[0].status == "failed" and "scanned" in (shelf.documents[0].error or "")
    assert shelf.documents[0].passages == 0
