"""How a school's report cards look and what they count: options it edits, checked before they are kept."""

import re
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, ValidationError, field_validator
from pydantic.alias_generators import to_camel

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import schools
from school.schools import School
from school.units import Value

KEY = "reports"


class Step(StrEnum):
    """A step of the approval chain, in the order cards pass them."""

    CLASS_TEACHER = "class_teacher"
    HEAD = "head"
    PRINCIPAL = "principal"


STEP_WORDS = {Step.CLASS_TEACHER: "class teacher", Step.HEAD: "head", Step.PRINCIPAL: "principal"}
CONDUCT = ("Punctuality", "Neatness", "Politeness", "Honesty", "Attentiveness", "Leadership")
SKILLS = ("Handwriting", "Verbal fluency", "Sports", "Drawing", "Handling of tools", "Music")
Traits = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=30)], ...], Field(max_length=10)]
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class ReportOptions(Value):
    """Every option of a school's report cards. What is not set keeps its default."""

    layout: Literal["classic", "modern"] = "classic"
    font: Literal["sans", "serif"] = "sans"
    colour: str | None = Field(default=None, description="Accent, `#rrggbb`; empty: the school's colour.")
    show_positions: bool = True
    show_level_position: bool = True
    show_trend: bool = True
    show_photo: bool = False
    grading_key: Literal["full", "short", "hidden"] = Field(
        default="full", description="`full`: ranges and words; `short`: ranges alone; `hidden`: none."
    )
    missing_scores: Literal["count_as_zero", "leave_out"] = Field(
        default="count_as_zero",
        description="A component not recorded: `count_as_zero` adds nothing to the total; `leave_out` keeps the whole "
        "subject out of the averages and positions until it is complete.",
    )
    chain: tuple[Step, ...] = Field(default=(Step.CLASS_TEACHER, Step.HEAD), max_length=3)
    promotion_average: int = Field(default=45, ge=0, le=100, description="Cumulative average that promotes, percent.")
    promotion_failed_at_most: int = Field(default=4, ge=0, le=30, description="Failed subjects that still promote.")
    conduct: Traits = CONDUCT
    skills: Traits = SKILLS
    hold_for_fees: bool = Field(default=False, description="Cards of students on hold are not released to guardians.")
    principal_name: str = Field(default="", max_length=80)
    principal_title: str = Field(default="Principal", max_length=40)
    principal_signature_file_id: UUID | None = None
    teacher_signatures: dict[UUID, UUID] = Field(default={}, description="Class teacher -> file of the signature.")
    show_verification: bool = True
    custom_css: str = Field(default="", max_length=20_000)
    template: str = Field(default="", max_length=60_000, description="The school's own Jinja2 template; empty: layout.")

    @field_validator("colour")
    @classmethod
    def _colour(cls, value: str | None) -> str | None:
        if value and not _COLOUR.fullmatch(value):
            raise ValueError("write the colour as #rrggbb, such as #1f4f8f")
        return value or None

    @field_validator("chain")
    @classmethod
    def _chain(cls, value: tuple[Step, ...]) -> tuple[Step, ...]:
        order = list(Step)
        if len(set(value)) != len(value) or sorted(value, key=order.index) != list(value):
            raise ValueError("name each step once, in the order class_teacher, head, principal")
        return value


def of(school: School) -> ReportOptions:
    """A school's options, as kept with it."""
    return ReportOptions.model_validate(school.options.get(KEY, {}))


def changed(options: ReportOptions, changes: dict[str, Any]) -> ReportOptions:
    """The options with some changed, by name or camelCase name, checked again. Errors: invalid_input."""
    names = {to_camel(name): name for name in ReportOptions.model_fields}
    given = {names.get(name, name): value for name, value in changes.items()}
    try:
        return ReportOptions.model_validate(options.model_dump(mode="json") | given)
    except ValidationError as error:
        fields = [
            {"field": ".".join(map(str, item["loc"])), "message": item["msg"].removeprefix("Value error, ")}
            for item in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        said = "; ".join(f"{item['field']}: {item['message']}" for item in fields)
        raise InvalidInput(f"These options are not right. {said}", errors=fields) from None


async def save(tx: Tx, options: ReportOptions) -> None:
    """Keep the options with the school. The caller's right was checked."""
    school = await schools.current(tx)
    school.options = {**school.options, KEY: options.model_dump(mode="json", exclude_defaults=True)}
    await tx.session.flush()
