"""Amazon SNS, which brings SES's receipts: its signature by its certificate, and its question whether we subscribe.

Source: "Verifying the signatures of Amazon SNS messages" (signature versions 1 and 2).
"""

import base64
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from channels import http
from channels.providers import SendFailed
from runtime.errors import NotAllowed, Upstream

_HOST = re.compile(r"sns\.[a-z0-9-]{3,30}\.amazonaws\.com(\.cn)?")
_SIGNED = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
    "UnsubscribeConfirmation": ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
}  # fmt: skip
_HASHES = {"1": hashes.SHA1, "2": hashes.SHA256}
_certificates: dict[str, RSAPublicKey] = {}
Fetch = Callable[[str], Awaitable[bytes]]


async def _fetch(url: str) -> bytes:
    try:
        answer = await http.call("GET", url)
    except SendFailed as failure:
        raise Upstream(f"Amazon cannot be reached: {failure.detail}") from None
    if answer.status_code != 200:
        raise Upstream(f"Amazon answered {answer.status_code}.")
    return answer.content


def check_address(url: object, ending: str = "") -> str:
    """An address of Amazon SNS over TLS, or NotAllowed: a forged message would name a server of its own."""
    parts = urlsplit(str(url))
    ours = parts.scheme == "https" and parts.netloc == parts.hostname and _HOST.fullmatch(parts.hostname or "")
    if not ours or not parts.path.endswith(ending):
        raise NotAllowed("This address is not Amazon's.")
    return str(url)


def signed_text(message: dict[str, Any]) -> bytes:
    """What the signature covers: names and values on lines of their own, those that are absent left out."""
    names = _SIGNED.get(str(message.get("Type")))
    if names is None:
        raise NotAllowed("This is not a message of Amazon SNS.")
    return "".join(f"{name}\n{message[name]}\n" for name in names if isinstance(message.get(name), str)).encode()


async def check(message: object, fetch: Fetch = _fetch) -> dict[str, Any]:
    """The message when Amazon signed it. Errors: not_allowed (no or a wrong signature), upstream."""
    if not isinstance(message, dict):
        raise NotAllowed("This is not a message of Amazon SNS.")
    told: dict[str, Any] = message
    text = signed_text(told)
    url = check_address(told.get("SigningCertURL"), ".pem")
    kind = _HASHES.get(str(told.get("SignatureVersion")))
    if kind is None:
        raise NotAllowed("This signature version is not known.")
    if url not in _certificates:
        _certificates[url] = _key(await fetch(url))
    try:
        signature = base64.b64decode(str(told.get("Signature", "")), validate=True)
        _certificates[url].verify(signature, text, padding.PKCS1v15(), kind())  # version 1 is SHA-1
    except (InvalidSignature, ValueError):
        raise NotAllowed("The signature of this call is not right.") from None
    return told


def _key(pem: bytes) -> RSAPublicKey:
    try:
        key = x509.load_pem_x509_certificate(pem).public_key()
    except ValueError:
        raise NotAllowed("Amazon's certificate cannot be read.") from None
    if not isinstance(key, RSAPublicKey):
        raise NotAllowed("Amazon's certificate is of another kind.")
    return key


async def answer(message: dict[str, Any], fetch: Fetch = _fetch) -> bool:
    """Say yes when Amazon asks whether this address wants a topic's messages. False when it did not ask."""
    if message.get("Type") != "SubscriptionConfirmation":
        return False
    await fetch(check_address(message.get("SubscribeURL")))
    return True


def forget() -> None:
    """Fetch certificates again: between tests."""
    _certificates.clear()
