"""The key that signs tokens and links: given by the environment, or made once and kept in the data directory."""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken

from runtime.errors import InvalidInput
from runtime.settings import settings


@lru_cache(maxsize=1)
def signing_key() -> bytes:
    """32 bytes or more, the same for every process of one installation."""
    given = settings().secret_key
    if given is not None:
        return sha256(given.get_secret_value().encode()).digest()
    path = settings().data_dir / "secret-key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(path.read_text().strip())
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
    return bytes.fromhex(path.read_text().strip())


def derived_key(purpose: str) -> bytes:
    """A key for one purpose, so that a token of one kind never passes for another."""
    return sha256(signing_key() + b"|" + purpose.encode()).digest()


def fingerprint(secret: str) -> str:
    """The hash a random token or key is stored and found by."""
    return sha256(secret.encode()).hexdigest()


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived_key("channel accounts")))


def seal(values: Mapping[str, str]) -> str:
    """Secrets of others (tokens, keys) as they are stored: encrypted."""
    return _fernet().encrypt(json.dumps(dict(values)).encode()).decode()


def unseal(sealed: str) -> dict[str, str]:
    """Stored secrets again. Errors: invalid_input (sealed with another key)."""
    if not sealed:
        return {}
    try:
        return json.loads(_fernet().decrypt(sealed.encode()))
    except InvalidToken:
        raise InvalidInput("These secrets were stored with another SCHOOLOS_SECRET_KEY.") from None
