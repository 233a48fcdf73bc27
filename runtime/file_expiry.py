"""The rule by which an S3 bucket deletes files kept for some days, beside the job that does the same."""

from typing import Any
from urllib.parse import urlparse

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from runtime.errors import InvalidInput, Upstream
from runtime.settings import settings

RULE = "schoolos-expiring-files"


def set_rule(folder: str, days: int) -> str:
    """Have the bucket delete what lies under a folder after some days. Returns the prefix. Rules of others stay.

    Keys, region and endpoint come from the usual AWS_ environment variables. Blocks: for commands.
    Errors: invalid_input (files are not in S3), upstream_failed.
    """
    address = urlparse(settings().storage_url or "")
    if address.scheme not in {"s3", "s3a"}:
        raise InvalidInput("Files are in a directory here: the daily job deletes old ones. Rules are for an S3 bucket.")
    prefix = "/".join(part for part in (address.path.strip("/"), folder) if part) + "/"
    rule: dict[str, Any] = {
        "ID": RULE, "Status": "Enabled", "Filter": {"Prefix": prefix}, "Expiration": {"Days": days},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 2},
    }  # fmt: skip
    try:
        _put(address.netloc, rule)
    except (BotoCoreError, ClientError) as error:
        raise Upstream(f"The bucket did not take the rule: {error}") from error
    return prefix


def _put(bucket: str, rule: dict[str, Any]) -> None:
    client: Any = boto3.client("s3")  # pyright: ignore[reportUnknownMemberType]  # boto3 makes its clients at run time
    try:
        rules = client.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") != "NoSuchLifecycleConfiguration":
            raise
        rules = []
    kept = [each for each in rules if each.get("ID") != RULE]
    client.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": [*kept, rule]})
