"""Phone numbers and e-mail addresses: what people write, made exact, and whether a message can go there."""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

from runtime.errors import InvalidInput

_WITHOUT_MESSAGES = {
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.VOICEMAIL,
    PhoneNumberType.UAN,
}
_ABROAD = re.compile(r"^\s*00\s*(?=[1-8])")
_EMAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]+\.[^@\s,;<>.]{2,}")


def phone(text: str, country: str) -> str:
    """A phone number in E.164, from any local way of writing it. Errors: invalid_input."""
    abroad = _ABROAD.sub("+", text)  # 00234 …: written everywhere, dialled in few countries
    try:
        number = phonenumbers.parse(abroad, country)
    except NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise InvalidInput(f"“{text[:40]}” is not a phone number. Write it like +234 803 123 4567.", field="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=20_000)
def phone_fault(number: str) -> str | None:
    """Why a text message cannot go to an E.164 number, in words; null when it can."""
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return "the number on record is not a phone number"
    if not phonenumbers.is_possible_number(parsed):
        return "the number on record has the wrong number of digits"
    if phonenumbers.number_type(parsed) in _WITHOUT_MESSAGES:
        return "the number on record is not a mobile phone"
    return None


def email_fault(address: str) -> str | None:
    """Why e-mail cannot go to an address, in words; null when it can."""
    return None if _EMAIL.fullmatch(address) else "the e-mail address on record is not one"


def masked(address: str | None) -> str:
    """An address as it may be shown in lists: enough to recognise, not enough to use."""
    if not address:
        return ""
    if "@" in address:
        name, _, host = address.partition("@")
        return f"{name[:2]}…@{host}"
    return f"{address[:4]}…{address[-4:]}"
