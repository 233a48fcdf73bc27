"""Cards and archives in an S3 bucket (a local server that speaks its protocol): links, expiry, a full store."""

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlparse
from uuid import UUID

import boto3
import httpx2
import pytest
from moto.server import ThreadedMotoServer
from sqlalchemy import select

from jobs import reports
from jobs.runs import RunningRun
from runtime import file_expiry
from runtime import files as blobs
from runtime.errors import InvalidInput, Upstream
from runtime.settings import settings
from runtime.transaction import transaction
from school import file_links, report_batches
from school.audit import AuditEntry
from school.calendar import Term
from school.files import StoredFile
from school.report_pdf import press

AWS = {
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "k",
    "AWS_SECRET_ACCESS_KEY": "s",
}


@pytest.fixture
def bucket(school, streams, monkeypatch) -> Iterator[object]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    for name, value in (AWS | {"AWS_ENDPOINT": endpoint, "AWS_ENDPOINT_URL": endpoint}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SCHOOLOS_STORAGE_URL", "s3://cards/kept")
    monkeypatch.setattr(press, "PROCESSES", 1)
    settings.cache_clear()
    blobs.store.cache_clear()
    client = boto3.client("s3")
    client.create_bucket(Bucket="cards")
    yield client
    client.close()
    server.stop()
    blobs.store.cache_clear()
    settings.cache_clear()


async def test_a_batch_in_s3_is_fetched_by_a_signed_link_and_swept_after_thirty_days(bucket, school):
    caller = school.callers["admin"]
    async with transaction(caller) as tx:
        term = await tx.session.get_one(Term, school.terms["last"])
        plan = await report_batches.plan(tx, term, student_ids=[school.students["Ada"], school.students["Tunde"]])
        run = await report_batches.begin(tx, plan)
        run.status = "running"
    result = await reports.generate(RunningRun(run.id, run.kind, run.payload, caller))
    async with transaction(caller, read_only=True) as tx:
        kept = await tx.session.get_one(StoredFile, UUID(result["fileId"]))
        link = await file_links.address(tx, kept)
    assert "X-Amz-Signature" in link and urlparse(link).path.startswith("/cards/kept/expiring/")
    async with httpx2.AsyncClient() as browser:
        archive = zipfile.ZipFile(io.BytesIO((await browser.get(link)).content))
    assert archive.testzip() is None and len(archive.namelist()) == 2
    listed = bucket.list_objects_v2(Bucket="cards", Prefix="kept/expiring/")
    assert listed["KeyCount"] == 3
    async with transaction(caller) as tx:
        tx.now += timedelta(days=31)
        assert await report_batches.sweep(tx) == 3
    assert bucket.list_objects_v2(Bucket="cards", Prefix="kept/expiring/")["KeyCount"] == 0
    async with transaction(caller, read_only=True) as tx:
        said = await tx.session.scalar(select(AuditEntry.summary).where(AuditEntry.tool == "delete_expired_reports"))
    assert said and said.startswith("3 report files older than 30 days")


async def test_what_the_rule_of_the_bucket_deleted_first_is_recorded_and_what_does_not_go_is_tried_again(
    school, monkeypatch
):
    caller, gone = school.callers["admin"], False
    monkeypatch.setattr(blobs, "remove", lambda key: _refuses())

    async def left(prefix, moment):
        return [] if gone else ["expiring/b"]

    monkeypatch.setattr(blobs, "keys_older_than", left)
    async with transaction(caller) as tx:
        term = await tx.session.get_one(Term, school.terms["last"])
        plan = await report_batches.plan(tx, term, student_ids=[school.students["Ada"], school.students["Tunde"]])
        run = await report_batches.begin(tx, plan)
        rows = [
            {
                "student_id": school.students[name],
                "name": name,
                "key": f"expiring/{key}",
                "fault": None,
                "size": 1,
                "sha256": "",
            }
            for name, key in (("Ada", "a"), ("Tunde", "b"))
        ]
        await report_batches.keep_cards(tx, run.id, rows)
    async with transaction(caller) as tx:
        tx.now += timedelta(days=31)
        assert await report_batches.sweep(tx) == 1, "the rule took one, the other could not be deleted now"
        gone = True
        assert (await report_batches.sweep(tx), await report_batches.sweep(tx)) == (1, 0)
        assert [row.key for row in await report_batches.finished(tx, run.id)] == [None, None]


async def _refuses():
    raise Upstream("The file store did not delete the file; try again.")


def test_the_bucket_gets_a_rule_of_its_own_and_keeps_those_of_others(bucket):
    other = {"ID": "logs", "Status": "Enabled", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 7}}
    bucket.put_bucket_lifecycle_configuration(Bucket="cards", LifecycleConfiguration={"Rules": [other]})
    for _ in range(2):
        assert file_expiry.set_rule(report_batches.EXPIRING, report_batches.KEEP_DAYS) == "kept/expiring/"
    rules = {rule["ID"]: rule for rule in bucket.get_bucket_lifecycle_configuration(Bucket="cards")["Rules"]}
    assert set(rules) == {"logs", file_expiry.RULE}
    assert rules[file_expiry.RULE]["Expiration"]["Days"] == 30
    assert rules[file_expiry.RULE]["Filter"]["Prefix"] == "kept/expiring/"


async def test_a_store_that_is_full_or_gone_is_an_error_with_words(bucket, school, monkeypatch, tmp_path):
    bucket.delete_bucket(Bucket="cards")
    with pytest.raises(Upstream, match="did not take the file"):
        await blobs.write_bytes(report_batches.new_key(school.id), b"%PDF")
    monkeypatch.setenv("SCHOOLOS_STORAGE_URL", tmp_path.as_uri())
    settings.cache_clear()
    blobs.store.cache_clear()

    async def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("obstore.put_async", full)
    with pytest.raises(Upstream, match="is full"):
        await blobs.write_bytes(report_batches.new_key(school.id), b"%PDF")
    with pytest.raises(InvalidInput, match="in a directory"):
        file_expiry.set_rule("expiring", 30)
