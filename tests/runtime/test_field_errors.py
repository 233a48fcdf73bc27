"""Wrong fields in plain words."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from runtime.field_errors import plain


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid")

    mark: Decimal = Field(Decimal(0), ge=0, max_digits=5, decimal_places=2)
    below: Annotated[int, Field(gt=0, lt=10)] = 1
    active: bool = True
    on: date = date(2026, 9, 14)
    person: UUID | None = None
    colour: Colour = Colour.RED
    size: Literal["small", "large"] = "small"
    name: Annotated[str, Field(min_length=1, max_length=5)] = "x"
    code: Annotated[str, Field(pattern="^[a-z]+$")] = "x"
    several: Annotated[list[int], Field(min_length=1, max_length=2)] = [1]
    even: int = 2

    @field_validator("even")
    @classmethod
    def is_even(cls, value: int) -> int:
        if value % 2:
            raise ValueError("Give an even number.")
        return value


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"mark": -1}, "This has to be at least 0."),
        ({"mark": "many"}, "Give a number, such as 12.5."),
        ({"mark": "1.234"}, "Give at most 2 digits after the point."),
        ({"below": 0}, "This has to be more than 0."),
        ({"below": 10}, "This has to be less than 10."),
        ({"below": 1.5}, "Give a whole number, such as 12."),
        ({"active": "perhaps"}, "Give true or false."),
        ({"on": "tomorrow"}, "Give a date as YYYY-MM-DD, such as 2026-09-14."),
        ({"person": "me"}, "Give an id as it was shown: 32 letters and digits in five groups with dashes."),
        ({"colour": "green"}, "Choose one of these: 'red' or 'blue'."),
        ({"size": "tiny"}, "Choose one of these: 'small' or 'large'."),
        ({"name": ""}, "This is empty; write something."),
        ({"name": "abcdef"}, "This is too long: give at most 5 characters."),
        ({"name": 3}, "Give text."),
        ({"code": "A1"}, "This is not written as it has to be. It has to match ^[a-z]+$."),
        ({"several": []}, "These are too few: give at least 1."),
        ({"several": [1, 2, 3]}, "These are too many: give at most 2."),
        ({"several": 3}, "Give a list."),
        ({"even": 3}, "Give an even number."),
        ({"other": 3}, "Nothing of this name is known here. Check its spelling, or leave it out."),
    ],
)
def test_each_kind_of_mistake_has_its_sentence(given, words):
    with pytest.raises(ValidationError) as failed:
        Form.model_validate(given)
    assert [plain(error) for error in failed.value.errors()] == [words]


def test_a_rare_kind_keeps_its_own_words():
    assert plain({"type": "is_instance_of", "msg": "Input should be a Colour"}) == "Input should be a Colour"
