"""What is wrong with one field, in plain words: pydantic's kinds of error as sentences that say what to give."""

from collections.abc import Mapping
from typing import Any

_NUMBER = "Give a number, such as 12.5."
_WHOLE = "Give a whole number, such as 12."
_TRUTH = "Give true or false."
_DATE = "Give a date as YYYY-MM-DD, such as 2026-09-14."
_MOMENT = "Give a date and time with its zone, such as 2026-09-14T08:00:00+01:00."
_TIME = "Give a time of day as HH:MM, such as 07:30."
_ID = "Give an id as it was shown: 32 letters and digits in five groups with dashes."
_TEXT = "Give text."
_LIST = "Give a list."
_OBJECT = "Give an object with named fields."

_SENTENCES = {
    "missing": "This is missing; give it.",
    "missing_argument": "This is missing; give it.",
    "extra_forbidden": "Nothing of this name is known here. Check its spelling, or leave it out.",
    "unexpected_keyword_argument": "Nothing of this name is known here. Check its spelling, or leave it out.",
    "greater_than_equal": "This has to be at least {ge}.",
    "less_than_equal": "This has to be at most {le}.",
    "greater_than": "This has to be more than {gt}.",
    "less_than": "This has to be less than {lt}.",
    "multiple_of": "This has to be a multiple of {multiple_of}.",
    "decimal_max_places": "Give at most {decimal_places} digits after the point.",
    "decimal_max_digits": "Give at most {max_digits} digits.",
    "decimal_whole_digits": "Give at most {whole_digits} digits before the point.",
    "enum": "Choose one of these: {expected}.",
    "literal_error": "Choose one of these: {expected}.",
    "string_too_long": "This is too long: give at most {max_length} characters.",
    "string_pattern_mismatch": "This is not written as it has to be. It has to match {pattern}.",
    "json_invalid": "This is not valid JSON. Check its brackets, quotes and commas.",
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float", "int_parsing_size"), _WHOLE),
    **dict.fromkeys(("decimal_parsing", "decimal_type", "float_parsing", "float_type", "finite_number"), _NUMBER),
    **dict.fromkeys(("bool_parsing", "bool_type"), _TRUTH),
    **dict.fromkeys(("date_parsing", "date_type", "date_from_datetime_parsing", "date_from_datetime_inexact"), _DATE),
    **dict.fromkeys(("datetime_parsing", "datetime_type", "datetime_from_date_parsing", "timezone_aware"), _MOMENT),
    **dict.fromkeys(("time_parsing", "time_type"), _TIME),
    **dict.fromkeys(("uuid_parsing", "uuid_type", "uuid_version"), _ID),
    **dict.fromkeys(("string_type", "string_sub_type"), _TEXT),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type"), _LIST),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type", "model_attributes_type"), _OBJECT),
}  # fmt: skip


def plain(error: Mapping[str, Any]) -> str:
    """One error of pydantic as a sentence; its own words where its kind is a rare one. Never the value given."""
    kind, facts = str(error["type"]), error.get("ctx") or {}
    if kind in {"too_long", "too_short", "string_too_short"}:
        return _length(kind, facts)
    if kind == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    if sentence := _SENTENCES.get(kind):
        try:
            return sentence.format_map(facts)
        except KeyError:
            return str(error["msg"])
    return str(error["msg"])


def _length(kind: str, facts: Mapping[str, Any]) -> str:
    if kind == "too_long":
        return f"These are too many: give at most {facts.get('max_length')}."
    least = facts.get("min_length")
    if kind == "too_short":
        return f"These are too few: give at least {least}."
    return "This is empty; write something." if least == 1 else f"This is too short: give at least {least} characters."
