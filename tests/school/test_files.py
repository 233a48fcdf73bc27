"""Files of the school: taken in, kept, opened by those who may, and gone when they should be."""

import io
from collections.abc import AsyncIterator
from datetime import timedelta

import openpyxl
import pytest

from runtime import files as blobs
from runtime.errors import NotVisible, TooLarge
from runtime.transaction import transaction
from school import files, media_types


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("SCHOOLOS_DATA_DIR", str(tmp_path))
    blobs.store.cache_clear()
    yield
    blobs.store.cache_clear()


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


def xlsx() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.save(out)
    return out.getvalue()


async def keep(school, who="teacher", content=b"a,b\n1,2\n", name="scores.csv", **options):
    received = await files.receive(school.id, name, pieces(content))
    async with transaction(school.callers[who]) as tx:
        return (await files.keep(tx, received, **options)).id


async def read(school, file_id, who="teacher", later=timedelta()):
    async with transaction(school.callers[who], read_only=True) as tx:
        tx.now += later
        return (await files.read(tx, file_id))[1]


async def test_the_owner_and_the_head_open_a_file_and_nobody_else(school):
    file_id = await keep(school)
    assert await read(school, file_id) == await read(school, file_id, "head") == b"a,b\n1,2\n"
    for who in ("colleague", "guardian", "stranger"):
        with pytest.raises(NotVisible):
            await read(school, file_id, who)


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("empty.csv", b"", files.EmptyFile),
        ("scores.xlsx", b"MZ\x90\x00 a program", media_types.UnsupportedType),
        ("scores.csv", b"<html><script>alert(1)</script>", media_types.UnsupportedType),
        ("scores.zip", b"PK\x03\x04 whatever", media_types.UnsupportedType),
        ("big.csv", b"1," * 20, TooLarge),
    ],
)
async def test_what_is_refused_leaves_nothing_in_the_store(school, tmp_path, name, content, error):
    limit = 30 if error is TooLarge else None
    with pytest.raises(error):
        await files.receive(school.id, name, pieces(content), limit=limit)
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []
    await files.receive(school.id, "scores.csv", pieces(b"a,b\n1,2\n"), limit=limit)


async def test_a_deleted_file_is_gone_at_once_and_its_bytes_with_the_sweep(school):
    file_id, other = await keep(school), await keep(school, content=b"x,y\n")
    async with transaction(school.callers["teacher"]) as tx:
        key = (await files.access_file(tx, file_id)).key
        await files.delete(tx, file_id)
    with pytest.raises(NotVisible):
        await read(school, file_id)
    assert await blobs.read(key)
    async with transaction(school.callers["head"]) as tx:
        assert await files.sweep(tx) == 1
    with pytest.raises(NotVisible):
        await blobs.read(key)
    assert await read(school, other) == b"x,y\n"


async def test_an_expired_file_and_an_upload_without_a_row_are_swept(school):
    file_id = await keep(school, days=1)
    with pytest.raises(NotVisible):
        await read(school, file_id, later=timedelta(days=2))
    assert await read(school, file_id)
    await files.receive(school.id, "left behind.csv", pieces(b"a,b\n"))
    async with transaction(school.callers["head"]) as tx:
        assert await files.sweep(tx) == 0
        tx.now += timedelta(days=2)
        assert await files.sweep(tx) == 2


async def test_a_file_the_school_made_is_kept_with_its_type(school):
    async with transaction(school.callers["teacher"]) as tx:
        made = await files.save(tx, "out.xlsx", xlsx(), media_types.XLSX)
        assert b"".join([chunk async for chunk in files.stream(made)])[:2] == b"PK"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\Users\\me\\scores.xlsx", "scores.xlsx"), ("a\x00b\u202e.csv", "ab.csv"),
        ("", "file"), ("...", "file"), ("x" * 300 + ".csv", "x" * 116 + ".csv"), ("JSS 2 Rúbỳ.xlsx", "JSS 2 Rúbỳ.xlsx"),
    ],
)  # fmt: skip
def test_names_are_cleaned(given, kept):
    assert files.clean_name(given) == kept


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (xlsx(), "marks.bin", media_types.XLSX), (b"%PDF-1.7\n", "a.xlsx", media_types.PDF),
        ("Name;CA\nÌyábọ̀;5".encode(), "a.csv", media_types.CSV), ("Näme;CA\n".encode("latin-1"), "a.csv", media_types.CSV),
        ("Name\tCA".encode("utf-16"), "a.tsv", media_types.CSV), (b"plain words", "notes", "text/plain"),
        (b"\x89PNG\r\n\x1a\n", "a.csv", "image/png"), (b"RIFF\0\0\0\0WEBPVP8 ", "p", "image/webp"),
        (b"\0\0\0\x20ftypM4A ", "voice", "audio/mp4"), (b"\x00\x01\x02", "a.csv", media_types.UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old.xls", media_types.XLS),
        (b"PK\x03\x04....[Content_Types].xml", "a.docx", media_types.DOCX),
    ],
)  # fmt: skip
def test_the_content_decides_what_a_file_is(content, name, found):
    assert media_types.media_type(content, name) == found


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b'<?xml version="1.0"?>\n<fet version="6.8.5">', "plan.fet", media_types.FET),
        (b"<fet version='5'>", "plan.fet", media_types.FET),
        (b'<?xml version="1.0"?><html>', "plan.fet", "text/html"),
        (b'<?xml version="1.0"?><fet version="6">', "plan.xml", "text/html"),
    ],
)
def test_a_fet_file_is_known_by_its_name_and_its_first_element(head, name, kind):
    assert media_types.media_type(head, name) == kind
