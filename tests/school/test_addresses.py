"""Numbers as people write them, and numbers no message can go to."""

import pytest

from runtime.errors import InvalidInput
from school import addresses


@pytest.mark.parametrize(
    "written",
    ["0803 123 4567", "08031234567", "+234 803 123 4567", "+234 (0) 803-123-4567", "00234 803 123 4567", "234.803.123.4567", "８０３１２３４５６７"],
)  # fmt: skip
def test_every_local_way_of_writing_is_one_number(written: str) -> None:
    assert addresses.phone(written, "NG") == "+2348031234567"
    assert addresses.phone_fault("+2348031234567") is None


@pytest.mark.parametrize(
    ("number", "fault"),
    [("+254202012345", "not a mobile"), ("+442079460958", "not a mobile"), ("+44201", "wrong number of digits"), ("none", "not a phone number")],
)  # fmt: skip
def test_where_no_text_message_can_go(number: str, fault: str) -> None:
    assert fault in (addresses.phone_fault(number) or "")


def test_what_is_no_number_is_said() -> None:
    with pytest.raises(InvalidInput, match="not a phone number"):
        addresses.phone("ask the driver", "NG")
