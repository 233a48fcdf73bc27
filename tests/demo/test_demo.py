"""The demo school is what its pages and the walkthrough say it is."""

from collections import Counter
from datetime import date
from itertools import pairwise
from statistics import mean

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select, text

import demo
from demo import fees, timetable
from demo.ids import demo_id
from demo.learning import percent
from demo.school import DemoSchool
from demo.year import around
from runtime.caller import Caller, Door, Role
from runtime.transaction import across_schools, transaction
from school import calendar, classes, registers, score_sheets, scores, timetables
from school.permissions import Permission, granted
from school.timetabling.checker import check
from school.users import User

TODAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def plan() -> DemoSchool:
    return DemoSchool(TODAY)


def test_sizes(plan):
    sizes = Counter(student.arm.name for student in plan.students)
    assert (len(sizes), sizes["JSS 2 Ruby"]) == (20, 40)
    assert 760 <= len(plan.students) <= 840
    assert sum(member.role == "teacher" for member in plan.staff) == 34
    assert len(plan.subjects) >= 15


def test_the_same_seed_makes_the_same_people_on_any_day(plan):
    later = DemoSchool(date(2027, 5, 3))
    assert [(s.id, s.admission_no, s.named, s.arm.name) for s in later.students] == [
        (s.id, s.admission_no, s.named, s.arm.name) for s in plan.students
    ]
    assert [(g.named, g.phone) for g in later.guardians] == [(g.named, g.phone) for g in plan.guardians]


@pytest.mark.parametrize("today", [date(2026, 11, 26), date(2027, 2, 28), date(2028, 2, 29), date(2026, 9, 6)])
def test_this_term_is_running_and_three_sessions_are_over(today):
    *over, current = around(today, "sunbird").terms
    assert current.starts_on < today <= current.ends_on
    assert all(before.ends_on < after.starts_on for before, after in pairwise([*over, current]))
    sessions = Counter(term.session for term in over)
    assert list(sessions.values()) == [3, 3, 3] and current.session not in sessions


def test_names_are_unique_and_carry_diacritics_and_apostrophes(plan):
    names = [(person.named.given, person.named.family) for person in [*plan.students, *plan.guardians, *plan.staff]]
    assert len(set(names)) == len(names)
    written = " ".join(f"{given} {family}" for given, family in names)
    assert "ọ́" in written and "'" in written and "-" in written


def test_guardians_show_every_case(plan):
    assert any(len(guardian.children) > 1 for guardian in plan.guardians)
    assert len({g.phone for g in plan.guardians if g.phone}) == sum(g.phone is not None for g in plan.guardians)
    ruby = [g for g in plan.guardians if g.primary and any(c.arm.name == "JSS 2 Ruby" for c in g.children)]
    assert len(ruby) == 40
    assert sum(g.opted_out for g in ruby) == 2
    assert sum(g.phone is None for g in ruby) == 1
    assert any(g.whatsapp for g in ruby)


def test_siblings_sit_in_different_levels(plan):
    for guardian in plan.guardians:
        assert len({child.arm.level for child in guardian.children}) == len(guardian.children)


def test_trajectories_rise_and_fall(plan):
    subject = plan.subjects["Mathematics"]

    def change(kind: str) -> float:
        return mean(
            percent(plan.random, s, subject, 3) - percent(plan.random, s, subject, 0)
            for s in plan.students if s.kind == kind
        )  # fmt: skip

    assert change("declining") < -7 < -3 < change("steady") < 3 < 6 < change("rising")


def test_everything_a_class_takes_is_taught_once_and_teachers_have_a_bearable_load(plan):
    taught = Counter((lesson.arm.name, lesson.subject) for lesson in plan.lessons)
    assert set(taught.values()) == {1}
    assert len(taught) == sum(len(arm.subjects) for arm in plan.arms)
    periods = Counter[int]()
    for lesson in plan.lessons:
        periods[lesson.teacher] += plan.subjects[lesson.subject].periods
    assert len(periods) == 34
    assert max(periods.values()) <= 30
    assert len(set(plan.class_teachers.values())) == 20


def test_most_families_have_paid_and_the_demo_guardian_owes_a_part(plan):
    asked = list(fees.items(plan.slug, plan.year.current, plan.arms))
    paid = {row["student_id"]: row for row in fees.payments(plan.slug, plan.year.current, plan.students, TODAY)}
    assert len({(row["class_arm_id"], row["name"]) for row in asked}) == len(asked)
    child = plan.students[0]
    whole = sum(row["amount"] for row in asked if row["class_arm_id"] is None)
    assert 0 < paid[child.id]["amount"] < whole
    assert sum(row["amount"] == whole for row in paid.values()) > len(plan.students) // 4
    assert 0.05 < 1 - len(paid) / len(plan.students) < 0.3, "some have paid nothing yet"
    assert len({row["reference"] for row in paid.values()}) == len(paid)
    assert all(plan.year.current.starts_on <= row["paid_on"] < TODAY for row in paid.values())


async def test_it_is_loaded_as_the_application_role_and_only_once(demo_database):
    assert await demo.load() is False
    head = await caller_of("head@demo.school")
    async with transaction(head, read_only=True) as tx:
        [ruby] = [arm for arm in await classes.my_class_arms(tx) if arm.name == "JSS 2 Ruby"]
        maths = (await tx.session.scalars(select(classes.Subject).where(classes.Subject.code == "MTH"))).one()
        term = await calendar.current_term(tx)
        assert await score_sheets.find(tx, ruby.id, maths.id, term.id) is None
        assert len(await classes.roll(tx, ruby.id, term.session_id)) == 40
        state = score_sheets.ScoreSheet.state
        counted = await tx.session.execute(
            select(state, func.count()).where(score_sheets.ScoreSheet.term_id == term.id).group_by(state)
        )
        states = dict(counted.all())
        assert set(states) == {"draft", "submitted", "approved", "published"} and states["published"] > states["draft"]
        last = (await calendar.terms_in_order(tx))[-2]
        topaz = next(arm for arm in await classes.my_class_arms(tx) if arm.name == "SS 2 Ruby")
        opened = await score_sheets.access_sheet(tx, topaz.id, maths.id, last.id, Permission.SCORES_READ)
        found = await scores.sheet_results(tx, opened)
        assert 40 < found.average < 72 and found.scored > 30
        newest = await tx.session.scalar(select(func.max(registers.Register.taken_on)))
        assert newest < tx.today
        assert await tx.session.scalar(select(func.count()).select_from(registers.AttendanceMark)) > 40_000


async def test_every_sign_in_works_and_the_neighbour_is_apart(demo_database):
    for sign_in in demo.SIGN_INS:
        async with across_schools(read_only=True) as session:
            user = (await session.scalars(select(User).where(User.email == sign_in.email))).one()
        assert (user.role, user.name) == (sign_in.role, sign_in.name)
        assert PasswordHasher().verify(user.password_hash, sign_in.password)
    stranger = await caller_of("admin@riverbend.school")
    assert stranger.school_id == demo_id("riverbend")
    async with transaction(stranger, read_only=True) as tx:
        assert await tx.session.scalar(text("SELECT count(*) FROM students")) == 8
        assert await tx.session.scalar(text("SELECT count(*) FROM scores")) == 0
    guardian = await caller_of("guardian@demo.school")
    async with transaction(guardian, read_only=True) as tx:
        [child, _] = await own_children(tx)
        released = await scores.student_results(tx, child)
        assert released.class_arm == "JSS 2 Ruby" and "Mathematics" in released.waiting


async def own_children(tx):
    query = text(
        "SELECT g.student_id FROM guardianships g JOIN students s ON s.id = g.student_id"
        " WHERE guardian_id = :id ORDER BY admission_no"
    )
    return list(await tx.session.scalars(query, {"id": tx.caller.person_id}))


async def caller_of(email: str) -> Caller:
    async with across_schools(read_only=True) as session:
        user = (await session.scalars(select(User).where(User.email == email))).one()
    role = Role(user.role)
    return Caller(user.school_id, user.id, role, user.person_id, Door.WEB, granted(role), user.name)


async def test_the_timetable_is_in_force_and_keeps_every_hard_rule(demo_database, plan):
    async with transaction(Caller.system(demo_id("sunbird"), *map(str, Permission)), read_only=True) as tx:
        found = await timetables.current(tx)
        rows = await timetables.lessons_of(tx, found)
    instance, assignments = timetables.instance_of(found), timetables.assignments_of(rows)
    assert timetable.kept(instance) == assignments, "run the search again and keep what it finds"
    report = check(instance, assignments)
    assert report.valid
    taught = sum(plan.subjects[lesson.subject].periods for lesson in plan.lessons)
    assert sum(row.duration for row in rows) == taught
