"""A second, small school beside the demo school, so that isolation can be seen."""

from collections.abc import Iterator
from datetime import date

from argon2 import PasswordHasher
from sqlalchemy import Table

from demo import year
from demo.ids import demo_id
from demo.school import JUNIOR_BANDS, Row
from demo.sign_ins import NEIGHBOUR_SIGN_IN, PASSWORD
from runtime.ids import new_id
from runtime.table import Base
from school import assessment, calendar, classes, people, schools, users

SLUG = "riverbend"
_STUDENTS = (
    ("Ruth", "Onazi"), ("Sunday", "Wuyep"), ("Talatu", "Madaki"), ("Peter", "Ejembi"), ("Zulai", "Dutse"),
    ("Gyang", "Nyamson"), ("Ene", "Ochigbo"), ("Bala", "Ringim"),
)  # fmt: skip


def tables(today: date) -> Iterator[tuple[Table, list[Row]]]:
    """(table, rows) in the order foreign keys ask for: one class, two subjects, eight students, an administrator."""
    school_id, calendar_year = demo_id(SLUG), year.around(today, SLUG)
    current = calendar_year.current

    def row(**columns: object) -> Row:
        return {"id": new_id(), "school_id": school_id, **columns}

    def rows(model: type[Base], *listed: Row) -> tuple[Table, list[Row]]:
        return Base.metadata.tables[model.__tablename__], list(listed)

    admin, level, arm, scheme, scale = (demo_id(SLUG, key) for key in ("admin", "level", "arm", "scheme", "scale"))
    students = [demo_id(SLUG, "student", number) for number in range(len(_STUDENTS))]
    name, first, last = calendar_year.sessions[current.session_id]
    yield rows(schools.School, {"id": school_id, "name": "Riverbend Secondary School", "slug": SLUG, "options": {}})
    yield rows(calendar.AcademicSession, row(name=name, starts_on=first, ends_on=last) | {"id": current.session_id})
    yield rows(
        calendar.Term,
        row(
            session_id=current.session_id,
            name=current.name,
            number=1,
            starts_on=current.starts_on,
            ends_on=current.ends_on,
        )
        | {"id": current.id},
    )
    title, given, family = NEIGHBOUR_SIGN_IN.name.split(" ")
    yield rows(
        people.Person,
        row(kind="staff", title=title, given_name=given, family_name=family) | {"id": admin},
        *(
            row(kind="student", title="", given_name=names[0], family_name=names[1]) | {"id": student_id}
            for student_id, names in zip(students, _STUDENTS, strict=True)
        ),
    )
    yield rows(people.Staff, {"id": admin, "school_id": school_id, "staff_no": "RB001", "job_title": "Administrator"})
    yield rows(
        people.Student,
        *(
            {"id": student_id, "school_id": school_id, "admission_no": f"RSS/{number:04}"}
            for number, student_id in enumerate(students, start=1)
        ),
    )
    yield rows(classes.Level, row(name="JSS 2", position=1) | {"id": level})
    yield rows(classes.ClassArm, row(level_id=level, name="JSS 2 Ruby", arm="Ruby") | {"id": arm})
    yield rows(
        classes.Subject,
        row(name="Mathematics", code="MTH", aliases=["maths"]), row(name="English Language", code="ENG", aliases=["english"]),
    )  # fmt: skip
    yield rows(
        classes.Enrolment,
        *(row(student_id=s, class_arm_id=arm, session_id=current.session_id, joined_on=first) for s in students),
    )
    yield rows(assessment.AssessmentScheme, row(name="Standard") | {"id": scheme})
    yield rows(
        assessment.AssessmentComponent,
        row(scheme_id=scheme, name="CA", position=1, max_points=40, weight=0.4),
        row(scheme_id=scheme, name="Exam", position=2, max_points=60, weight=0.6),
    )
    yield rows(assessment.GradingScale, row(name="A to F", pass_percent=40) | {"id": scale})
    yield rows(
        assessment.GradeBand,
        *(row(scale_id=scale, grade=grade, from_percent=floor, remark=remark) for grade, floor, remark in JUNIOR_BANDS),
    )
    yield rows(
        users.User,
        row(email=NEIGHBOUR_SIGN_IN.email, name=NEIGHBOUR_SIGN_IN.name, role="admin", person_id=admin,
            password_hash=PasswordHasher().hash(PASSWORD)),
    )  # fmt: skip
