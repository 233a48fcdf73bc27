"""The request people send: their own JSON, their wishes as rules, their mistakes named."""

import pytest
from pydantic import ValidationError

from school.timetabling.building import to_instance
from school.timetabling.checker import check
from school.timetabling.instance import Place
from school.timetabling.portfolio import solve
from school.timetabling.request import TimetableRequest
from school.timetabling.validation import BadTimetableProblem


def assignment(teacher, subject, class_arm, periods, **more):
    return {"teacherId": teacher, "subjectId": subject, "classArmId": class_arm, "periodsPerWeek": periods, **more}


def request(**constraints) -> TimetableRequest:
    usual = {
        "teacherAssignments": [
            assignment("t1", "Mathematics", "JSS 1", 5), assignment("t1", "Mathematics", "JSS 2", 5),
            assignment("t2", "PE", "JSS 1", 2), assignment("t2", "PE", "JSS 2", 2),
            assignment("t3", "Science Lab", "JSS 1", 4), assignment("t3", "Science Lab", "JSS 2", 4),
            assignment("t4", "French", "JSS 1", 2), assignment("t5", "Art", "JSS 1", 2),
        ],
        "preferredSlots": [{"subjectId": "Mathematics", "periods": [1, 2, 3, 4], "weight": 2}],
        "avoidConsecutive": ["Don't schedule PE right before Science Lab"],
        "doublePeriods": [{"subjectId": "Science Lab", "count": 2}],
        "maxPeriodsPerDay": {"*": 6},
        "roomConstraints": [{"subjectId": "Science Lab", "roomId": "Lab Room A"}],
    }  # fmt: skip
    return TimetableRequest.model_validate(
        {
            "schoolId": "s", "sessionId": "2026", "daysPerWeek": 5, "periodsPerDay": 6, "periodDuration": 40,
            "breaks": [{"afterPeriod": 3, "minutes": 30}], "constraints": usual | constraints,
        }
    )  # fmt: skip


def test_a_request_is_solved_with_all_its_wishes():
    instance = to_instance(request(parallel=[{"classArmIds": ["JSS 1"], "subjectIds": ["French", "Art"]}]))
    timetable = solve(instance, seed=3, rounds=2).assignments
    report = check(instance, timetable)
    assert report.valid
    at = {lesson.id: (lesson, timetable[lesson.id]) for lesson in instance.lessons}
    labs = [(lesson, place) for lesson, place in at.values() if lesson.subject == "Science Lab"]
    assert sorted(lesson.duration for lesson, _ in labs) == [2, 2, 2, 2]
    assert all(place.room == "Lab Room A" for _, place in labs)
    assert all(not (place.period < 3 < place.period + 2) for _, place in labs), "no double runs across the break"
    maths = [place for lesson, place in at.values() if lesson.subject == "Mathematics"]
    assert all(place.period < 4 for place in maths)
    electives = {s: {p.slot for lesson, p in at.values() if lesson.subject == s} for s in ("French", "Art")}
    assert electives["French"] == electives["Art"], "parallel subjects are taught at the same time"
    for lesson, place in at.values():
        if lesson.subject == "PE":
            after = [p for other, p in labs if other.classes == lesson.classes and p.day == place.day]
            assert all(p.period != place.period + 1 for p in after), "no PE right before the lab"


def test_part_time_teachers_shorter_days_and_assembly_are_kept():
    wanted = request(teachers=[{"teacherId": "t1", "unavailable": [{"days": [1, 2]}], "maxDays": 3}],
                     maxPeriodsPerDay={"t1": 4, "*": 6}).model_copy(
        update={"shorter_days": {5: 4}, "breaks": (request().breaks[0].model_copy(update={"after_period": None, "period": 1, "day": 3}),)}
    )  # fmt: skip
    wanted = wanted.model_copy(update={"constraints": wanted.constraints.model_copy(update={
        "teacher_assignments": tuple(a.model_copy(update={"periods_per_week": min(a.periods_per_week, 3)})
                                     for a in wanted.constraints.teacher_assignments),
        "double_periods": ()})})  # fmt: skip
    instance = to_instance(wanted)
    timetable = solve(instance, seed=3, rounds=1).assignments
    assert check(instance, timetable).valid
    for lesson in instance.lessons:
        day, period = timetable[lesson.id].slot
        assert not (day == 4 and period > 3), "Friday ends after the fourth period"
        assert (day, period) != (2, 0), "assembly"
        assert "t1" not in lesson.teachers or day > 1


@pytest.mark.parametrize(
    ("constraints", "words"),
    [
        ({"teacherAssignments": []}, "Nobody teaches anything"),
        ({"doublePeriods": [{"subjectId": "PE", "count": 2}]}, "too few for 4 in doubles"),
        ({"doublePeriods": [{"subjectId": "Latin"}]}, "Nobody teaches Latin, for which doubles are given (doublePeriods)"),
        ({"roomConstraints": [{"subjectId": "Art", "classArmId": "JSS 2", "roomId": "Studio"}]}, "Nobody teaches Art in JSS 2"),
        ({"avoidConsecutive": ["Never PE before Latin"]}, "does not name two subjects"),
        ({"preferredSlots": [{"subjectId": "Latin", "periods": [1]}]}, "no lessons of Latin"),
        ({"preferredSlots": [{"teacherId": "Nobody", "periods": [1]}]}, "no lessons of Nobody"),
        ({"preferredSlots": [{"subjectId": "PE", "periods": [9]}]}, "period 9 is not in a week"),
        ({"teachers": [{"teacherId": "ghost", "maxDays": 2}]}, "ghost has limits but teaches nothing"),
        ({"roomConstraints": [{"subjectId": "PE", "kind": "field"}]}, "no room of the kind field"),
        ({"rooms": [{"id": "Lab Room A", "capacity": 10}], "classSizes": {"JSS 1": 30}}, "none of its rooms holds 30"),
    ],
)  # fmt: skip
def test_mistakes_in_wishes_are_named(constraints, words):
    with pytest.raises(BadTimetableProblem) as caught:
        to_instance(request(**constraints))
    assert words in " ".join(error["message"] for error in caught.value.facts["errors"])
    to_instance(request())


@pytest.mark.parametrize(
    "change", [{"periodsPerDay": 500}, {"periodsPerDay": -1}, {"daysPerWeek": 0}, {"unheardOf": 1}]
)
def test_impossible_numbers_are_refused_at_the_door(change):
    body = request().model_dump(by_alias=True)
    with pytest.raises(ValidationError):
        TimetableRequest.model_validate(body | change)
    TimetableRequest.model_validate(body)


def test_a_lesson_takes_as_many_rooms_at_once_as_it_needs():
    halls = [{"id": "Hall A"}, {"id": "Hall B"}, {"id": "Hall C"}]
    pe = {"subjectId": "PE", "roomIds": ["Hall A", "Hall B", "Hall C"], "atOnce": 2}
    instance = to_instance(request(roomConstraints=[pe], rooms=halls))
    outcome = solve(instance, seed=3, rounds=1)
    assert outcome.report is not None
    assert outcome.report.valid
    lessons = [lesson.id for lesson in instance.lessons if lesson.subject == "PE" and lesson.teachers]
    assert len(lessons) == 4
    for key in lessons:
        one, other = outcome.assignments[key], outcome.assignments[f"{key}+1"]
        assert one.slot == other.slot
        assert one.room != other.room
    with pytest.raises(BadTimetableProblem, match="needs 4 rooms at once and may use 3"):
        to_instance(request(roomConstraints=[pe | {"atOnce": 4}], rooms=halls))


def test_a_teacher_whose_rooms_may_be_on_either_campus_has_time_to_travel():
    rooms = [{"id": "Lab N", "campus": "North"}, {"id": "Lab S", "campus": "South"}]
    wanted = [{"subjectId": "Science Lab", "roomIds": ["Lab N", "Lab S"]}]
    instance = to_instance(request(roomConstraints=wanted, rooms=rooms, travelPeriods=1))
    labs = [lesson.id for lesson in instance.lessons if lesson.subject == "Science Lab"]
    near = {
        key: Place(day=0, period=2 * n, room=room)
        for n, (key, room) in enumerate(zip(labs, ("Lab N", "Lab S"), strict=False))
    }
    kinds = {v.kind for v in check(instance, near, partial=True).violations if v.hard}
    assert "teacher_min_building_gaps" in kinds


def test_null_means_left_out_as_programs_in_go_send_it():
    lists = ("preferredSlots", "avoidConsecutive", "doublePeriods", "maxPeriodsPerDay", "roomConstraints")
    sent = {
        "schoolId": "s", "sessionId": "2026", "daysPerWeek": 5, "periodsPerDay": 6, "periodDuration": 40, "breaks": None,
        "constraints": {"teacherAssignments": [assignment("t1", "Art", "JSS 1", 2)], **dict.fromkeys(lists)},
    }  # fmt: skip
    assert [x.subject for x in to_instance(TimetableRequest.model_validate(sent)).lessons] == ["Art", "Art"]
