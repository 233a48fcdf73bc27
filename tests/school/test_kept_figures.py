"""Kept totals and risks: the same as added up anew, never older than the record, and for nobody they are not for."""

import os
from datetime import timedelta
from decimal import Decimal

import psycopg
import pytest
from sqlalchemy import select, update

from runtime.database import psycopg_url
from runtime.transaction import transaction
from school import early_warning, risk_standings, score_sheets, score_totals, scores, sheet_totals
from school.analytics_scope import Filters, open_scope
from school.assessment import AssessmentComponent
from school.calendar import Term
from school.classes import ClassArm
from school.permissions import Permission
from tests.risk_records import attended, clear, everything, sheet


@pytest.fixture
async def scored(school):
    await clear(school)
    await sheet(
        school,
        "Mathematics",
        "this",
        {"Ada": (8, 7, 15, 50), "Tunde": (5, 5, 10, 30), "Efe": (5, 5, 10, 30)},
        state="draft",
    )
    await sheet(school, "English Language", "this", {"Ada": (6, 6, 12, 36), "Tunde": (2, 3, None, None)}, state="draft")
    return school


async def totals(school):
    async with transaction(everything(school), read_only=True) as tx:
        found = await score_totals.by_sheet(
            tx, await open_scope(tx, Filters(class_arm_ids=[school.class_arms["JSS 2 Ruby"]]))
        )
    return {each.subject_id: dict(zip(each.students, each.totals, strict=True)) for each in found}


async def add_up(school):
    async with transaction(everything(school)) as tx:
        return await sheet_totals.add_up(tx)


async def write(school, child, points):
    async with transaction(everything(school)) as tx:
        opened = await score_sheets.access_sheet(
            tx, school.class_arms["JSS 2 Ruby"], school.subjects["Mathematics"], school.term_id, Permission.SCORES_WRITE
        )
        await scores.record(tx, opened, school.students[child], school.components["Exam"], Decimal(points))


async def test_kept_totals_are_those_added_up_and_give_way_to_a_newer_score(scored):
    anew = await totals(scored)
    ada, mathematics = scored.students["Ada"], scored.subjects["Mathematics"]
    assert anew[mathematics][ada] == 8000 and anew[scored.subjects["English Language"]][scored.students["Tunde"]] == 500
    assert (await add_up(scored), await add_up(scored)) == (2, 0)
    assert await totals(scored) == anew
    await write(scored, "Ada", 40)
    assert (await totals(scored))[mathematics] == anew[mathematics] | {ada: 7000}, "before anything was made anew"
    assert await add_up(scored) == 1
    assert (await totals(scored))[mathematics][ada] == 7000


async def test_other_weights_make_kept_totals_void(scored):
    await add_up(scored)
    async with transaction(everything(scored)) as tx:
        await tx.session.execute(
            update(AssessmentComponent).where(AssessmentComponent.name == "Exam").values(weight=Decimal("0.5"))
        )
    assert (await totals(scored))[scored.subjects["Mathematics"]][scored.students["Ada"]] == 7167
    assert await add_up(scored) == 2


async def test_a_sheet_being_written_is_left_for_the_next_round(scored):
    async with transaction(everything(scored)) as tx:
        await score_sheets.access_sheet(
            tx, scored.class_arms["JSS 2 Ruby"], scored.subjects["Mathematics"], scored.term_id, Permission.SCORES_WRITE
        )
        assert await add_up(scored) == 1
    assert await add_up(scored) == 1


async def risks(school):
    async with transaction(everything(school), read_only=True) as tx:
        arm = await tx.session.get_one(ClassArm, school.class_arms["JSS 2 Ruby"])
        return await early_warning.of_class(tx, arm, await tx.session.get_one(Term, school.term_id))


async def test_kept_risks_are_those_worked_out_and_give_way_to_the_record(scored):
    anew = await risks(scored)
    async with transaction(everything(scored)) as tx:
        assert await early_warning.keep_standings(tx) == 3
    async with transaction(everything(scored)) as tx:
        assert await early_warning.keep_standings(tx) == 0
        kept_at = await tx.session.scalar(select(risk_standings.RiskStanding.worked_out_at).limit(1))
    kept = await risks(scored)
    assert (kept.risks, kept.features) == (anew.risks, anew.features) and kept.as_of == kept_at
    await write(scored, "Ada", 5)
    moved = await risks(scored)
    assert (
        moved.as_of > kept.as_of
        and moved.risks[scored.students["Ada"]].risk_score > kept.risks[scored.students["Ada"]].risk_score
    )


async def test_risks_of_many_classes_at_once_are_those_of_each(scored, monkeypatch):
    one = await risks(scored)
    monkeypatch.setattr(early_warning, "FEW_CLASSES", 0)
    assert one.risks and (await risks(scored)).risks == one.risks


async def test_a_register_moves_kept_risks(scored):
    async with transaction(everything(scored)) as tx:
        await early_warning.keep_standings(tx)
        today = tx.today
    await attended(scored, {today - timedelta(days=1): {"Ada": "absent"}})
    found = (await risks(scored)).features[scored.students["Ada"]]
    assert found.attendance_rate == 0


@pytest.mark.parametrize("table", ["sheet_totals", "risk_standings"])
async def test_guardians_students_and_other_schools_read_none_of_it_in_sql(scored, table):
    await add_up(scored)
    async with transaction(everything(scored)) as tx:
        await early_warning.keep_standings(tx)
    url = psycopg_url(os.environ["DATABASE_URL"]).set(drivername="postgresql").render_as_string(hide_password=False)

    def seen(school_id, role):
        with psycopg.connect(url) as connection:
            connection.execute(
                "SELECT set_config('app.school_id', %s, true), set_config('app.role', %s, true)", (str(school_id), role)
            )
            return connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()[0]

    assert [seen(scored.id, role) for role in ("guardian", "student", "")] == [0, 0, 0]
    assert seen(scored.other.id, "head") == 0
    assert seen(scored.id, "teacher") > 0, "so the refusals were the reason"
