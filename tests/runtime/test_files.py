"""Bytes in a directory and in S3 (a local server that speaks its protocol), through the same functions."""

import hashlib
import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import boto3
import pytest
from moto.server import ThreadedMotoServer

from runtime import files
from runtime.errors import NotVisible, TooLarge
from runtime.ids import new_id
from runtime.settings import settings


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["directory", "s3"])
def kept_in(request, tmp_path, monkeypatch) -> Iterator[str]:
    monkeypatch.setenv("SCHOOLOS_DATA_DIR", str(tmp_path))
    if request.param == "s3":
        endpoint = request.getfixturevalue("s3")
        for name, value in (
            ("AWS_ENDPOINT", endpoint), ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "testing"), ("AWS_SECRET_ACCESS_KEY", "testing"),
            ("SCHOOLOS_STORAGE_URL", "s3://school-files/kept"),
        ):  # fmt: skip
            monkeypatch.setenv(name, value)
        boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(Bucket="school-files")
    settings.cache_clear()
    files.store.cache_clear()
    yield request.param
    settings.cache_clear()
    files.store.cache_clear()


async def pieces(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def test_what_is_written_is_read_back_and_can_be_removed(kept_in):
    key, content = files.new_key(new_id()), os.urandom(700_000)
    written = await files.write(key, pieces(content[:10], content[10:]), limit=1_000_000)
    assert (written.size, written.sha256) == (700_000, hashlib.sha256(content).hexdigest())
    assert written.head == content[: files.HEAD]
    chunks = [chunk async for chunk in files.stream(key)]
    assert b"".join(chunks) == content
    await files.remove(key)
    await files.remove(key)
    with pytest.raises(NotVisible):
        await files.read(key)


async def test_a_body_over_the_limit_leaves_nothing(kept_in):
    school_id = new_id()
    key = files.new_key(school_id)
    with pytest.raises(TooLarge, match="larger than 1 MB"):
        await files.write(key, pieces(b"x" * 900_000, b"x" * 900_000), limit=1_000_000)
    with pytest.raises(NotVisible):
        await files.read(key)
    assert await files.keys_older_than(f"{school_id}/", datetime.now(UTC) + timedelta(minutes=1)) == []
    assert (await files.write(key, pieces(b"x" * 900_000), limit=1_000_000)).size == 900_000


async def test_keys_are_long_random_and_listed_by_age(kept_in):
    school_id = new_id()
    keys = {files.new_key(school_id) for _ in range(50)}
    assert len(keys) == 50
    assert all(len(key.partition("/")[2]) == 32 for key in keys)
    key = keys.pop()
    await files.write_bytes(key, b"bytes")
    assert await files.keys_older_than(f"{school_id}/", datetime.now(UTC) + timedelta(minutes=1)) == [key]
    assert await files.keys_older_than(f"{school_id}/", datetime.now(UTC) - timedelta(minutes=1)) == []
