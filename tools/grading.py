"""Grading scales: which total earns which grade, shown to all and changed by an administrator."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from runtime.transaction import Tx
from school import grading
from school.classes import Level
from school.grading import Band, Scale
from school.permissions import Permission
from tools.declare import Effect, tool
from tools.present import Block, Column, Fact, Facts, Table
from tools.refs import Ref
from tools.results import Done, Preview, Result


class GivenBand(BaseModel):
    """A grade and the lowest total that earns it."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")

    grade: Annotated[str, Field(min_length=1, max_length=10, description="Such as A1 or B.")]
    from_percent: Annotated[Decimal, Field(ge=0, le=100, description="The lowest total that earns it, 0 to 100.")]
    remark: Annotated[str, Field(max_length=60, description="Such as Excellent.")] = ""


Bands = Annotated[
    list[GivenBand], Field(min_length=1, max_length=20, description="All grades; the lowest starts at 0.")
]
Pass = Annotated[Decimal, Field(ge=0, le=100, description="The lowest total that passes, in percent.")]
OfLevel = Annotated[Ref[Level] | None, Field(description="Only for this level; leave out for the whole school.")]
_COLUMNS = [
    Column(key="grade", label="Grade", kind="grade"),
    Column(key="from", label="From", kind="percent"),
    Column(key="remark", label="Remark"),
]


def _rows(bands: list[Band]) -> list[dict[str, Any]]:
    return [{"grade": b.grade, "from": float(b.from_percent), "remark": b.remark} for b in bands]


class GradingScales(Result):
    """The school's grading scale and those of levels that have their own."""

    scales: list[Scale]

    def headline(self) -> str:
        if not self.scales:
            return "There is no grading scale yet."
        school = self.scales[0]
        more = f" {len(self.scales) - 1} levels have their own." if len(self.scales) > 1 else ""
        return f"{len(school.bands)} grades, {school.bands[0].grade} to {school.bands[-1].grade}; {school.pass_percent:g}% passes.{more}"

    def blocks(self) -> list[Block]:
        return [
            Table(
                title=f"{scale.level or 'The school'}, passed from {scale.pass_percent:g}%",
                columns=_COLUMNS,
                rows=_rows(scale.bands),
            )
            for scale in self.scales
        ]


@tool(
    permission=Permission.SCHOOL_READ,
    effect=Effect.READ,
    rest="GET /api/v1/grading-scales",
    says=(
        "What is the grading scale?",
        "From which score is it an A1?",
        "Show the grade bands",
        "What is the pass mark?",
    ),
)
async def show_grading_scales(tx: Tx) -> GradingScales:
    """Show which total earns which grade, and the pass mark.

    Use when somebody asks about grades, bands or the pass mark. To change them use `set_grading_scale`.

    Shape:  nothing -> the school's scale and those of levels with their own.
    Units:  totals in percent, 0 to 100.
    Errors: those of any read.
    Source: tables grading_scales, grade_bands.
    """
    return GradingScales(scales=await grading.scales(tx))


def _kept(bands: list[GivenBand]) -> list[Band]:
    return [Band(grade=b.grade, from_percent=b.from_percent, remark=b.remark) for b in bands]


def _undo(before: Scale, level: Ref[Level] | None) -> dict[str, Any]:
    bands = [b.model_dump(mode="json", by_alias=True) for b in before.bands]
    return {"bands": bands, "pass_percent": str(before.pass_percent), "level": str(level.id) if level else None}


async def _preview_scale(tx: Tx, *, bands: Bands, pass_percent: Pass = Decimal(40), level: OfLevel = None) -> Preview:
    tx.require(Permission.SCHOOL_WRITE)
    kept = grading.check_bands(_kept(bands), pass_percent)
    level_id = level.id if level else None
    stood = await grading.scale(tx, level_id)
    effect = await grading.regraded(tx, level_id, kept)
    blocks: list[Block] = [Table(title=f"Grades, passed from {pass_percent:g}%", columns=_COLUMNS, rows=_rows(kept))]
    if effect.moves:
        columns = [
            Column(key="was", label="Grade now"),
            Column(key="then", label="Grade then"),
            Column(key="n", label="Totals", kind="number"),
        ]
        rows = [{"was": was or "none", "then": then, "n": count} for was, then, count in effect.moves]
        blocks.append(Table(title="Grades that change this term", columns=columns, rows=rows))
    warnings = (
        [f"{effect.changed} grades of this term change, published ones too. Points and totals stay."]
        if effect.changed
        else []
    )
    return Preview(
        title=f"Change the grading scale of {level.label if level else 'the school'}", blocks=blocks, included=effect.totals,
        summary=f"{effect.changed} of {effect.totals} totals of this term get another grade. Report cards already made stay as they are.",
        warnings=warnings, state={"before": [b.model_dump(mode="json") for b in stood[1]] if stood else None},
    )  # fmt: skip


@tool(
    permission=Permission.SCHOOL_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/grading-scales",
    says=(
        "Change the grading scale",
        "Make 75 the lowest A1",
        "Set the pass mark to 50",
        "Give SS 3 its own grade bands",
    ),
    preview=_preview_scale,
)
async def set_grading_scale(tx: Tx, *, bands: Bands, pass_percent: Pass = Decimal(40), level: OfLevel = None) -> Done:
    """Set which total earns which grade and what passes, for school or level.

    Use when an administrator changes the grades. Give all bands; the preview tells whose grades change.

    Shape:  bands (n,), a pass mark, a level -> one scale.
    Units:  totals in percent, 0 to 100.
    Errors: those of any change.
    Source: tables grading_scales, grade_bands.
    """
    before = await grading.set_scale(tx, level.id if level else None, _kept(bands), pass_percent)
    if before is not None:
        tx.undo_with("set_grading_scale", **_undo(before, level))
    elif level is not None:
        tx.undo_with("remove_grading_scale", level=str(level.id))
    return Done(message=f"The grading scale of {level.label if level else 'the school'} is changed.")


async def _preview_removal(tx: Tx, *, level: Ref[Level]) -> Preview:
    tx.require(Permission.SCHOOL_WRITE)
    stood, school = await grading.scale(tx, level.id), await grading.scale(tx, None)
    bands = school[1] if school else []
    effect = await grading.regraded(tx, level.id, bands)
    facts = Facts(
        items=[Fact(label="Grades now", value=", ".join(b.grade for b in stood[1]) if stood else "the school's")]
    )
    return Preview(
        title=f"{level.label} follows the school's grading scale", included=effect.totals,
        summary=f"{effect.changed} of {effect.totals} totals of this term get another grade.", blocks=[facts],
        state={"before": [b.model_dump(mode="json") for b in stood[1]] if stood else None},
    )  # fmt: skip


@tool(
    permission=Permission.SCHOOL_WRITE,
    effect=Effect.WRITE,
    rest="DELETE /api/v1/grading-scales/{level}",
    says=(
        "SS 3 follows the school's grades again",
        "Remove the grading scale of JSS 1",
        "Drop the special scale of SS 2",
    ),
    preview=_preview_removal,
)
async def remove_grading_scale(tx: Tx, *, level: Ref[Level]) -> Done:
    """Remove a level's own grading scale, so that it follows the school's.

    Use when a level should no longer be graded differently.

    Shape:  a level -> its own scale removed.
    Units:  one scale.
    Errors: those of any change.
    Source: tables grading_scales, grade_bands.
    """
    before = await grading.remove_scale(tx, level.id)
    tx.undo_with("set_grading_scale", **_undo(before, level))
    return Done(message=f"{level.label} follows the school's grading scale.")
