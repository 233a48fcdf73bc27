"""Units that carry their range and description into every schema."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer
from pydantic.alias_generators import to_camel


class Value(BaseModel):
    """What a service found or did: frozen, and camelCase in JSON."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True)


Points = Annotated[
    Decimal,
    Field(ge=0, le=1000, max_digits=6, decimal_places=2, description="Points, 0 to the maximum of the assessment."),
    PlainSerializer(float, return_type=float, when_used="json"),
]  # fmt: skip
Percent = Annotated[
    Decimal, Field(ge=0, le=100, description="Percent, 0 to 100, two decimals."),
    PlainSerializer(float, return_type=float, when_used="json"),
]  # fmt: skip
PercentPoints = Annotated[
    Decimal, Field(ge=-100, le=100, description="A difference of two percentages, in percent points."),
    PlainSerializer(float, return_type=float, when_used="json"),
]  # fmt: skip
Money = Annotated[
    Decimal, Field(ge=0, description="Money in the school's currency."),
    PlainSerializer(float, return_type=float, when_used="json"),
]  # fmt: skip
Phone = Annotated[
    str, Field(pattern=r"^\+[1-9]\d{6,14}$", description="Phone number in E.164, such as +2348012345678.")
]

HUNDREDTH = Decimal("0.01")
