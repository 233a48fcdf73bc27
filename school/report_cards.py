"""Report cards: one deterministic function from the record to a card, used by PDF, JSON and chat alike."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from runtime.errors import NotVisible
from runtime.transaction import Tx
from school import calendar, marks, report_data, report_links
from school.calendar import Term
from school.classes import Enrolment, Subject
from school.people import Person
from school.remarks import Author
from school.report_contract import (
    CardAttendance,
    CardSchool,
    CardStudent,
    CardSubject,
    Cumulative,
    KeyLine,
    Rating,
    ReportCard,
    TrendPoint,
)
from school.report_data import ClassTerm, Pupil, Total
from school.report_promotion import promotion


class Standings:
    """The places and averages of one class and its level, worked out once for all its cards."""

    def __init__(self, data: ClassTerm) -> None:
        self.data = data
        now = data.totals[data.term.id]
        level = {key: self._average(key, now.get(key, {}), data.level_dropped[key]) for key in data.level_dropped}
        self.averages = {key: level.get(key) for key in data.pupils}
        self.class_places = marks.positions(self.averages)
        self.level_places = marks.positions(level)
        self.level_size = len(level)
        self.class_average = marks.average([value for value in self.averages.values() if value is not None])
        self.by_subject = {
            subject.id: {
                key: total.percent
                for key, pupil in data.pupils.items()
                if (total := self.counted(now.get(key, {}).get(subject.id))) and str(subject.id) not in pupil.dropped
            }
            for subject in data.subjects
        }
        self.subject_places = {key: marks.positions(totals) for key, totals in self.by_subject.items()}
        self.cumulative: dict[UUID, Decimal | None] = {}
        if data.last_of_session:
            self.cumulative = {key: marks.average(list(self.cumulatives(key).values())) for key in data.pupils}
        self.cumulative_places = marks.positions(self.cumulative)

    def counted(self, total: Total | None) -> Total | None:
        """A total that counts under the school's rule for missing scores."""
        if total is None or (not total.complete and self.data.options.missing_scores == "leave_out"):
            return None
        return total

    def _average(self, student_id: UUID, totals: dict[UUID, Total], dropped: frozenset[str]) -> Decimal | None:
        values = [t.percent for key, t in totals.items() if str(key) not in dropped and self.counted(t)]
        return marks.average(values)

    def cumulatives(self, student_id: UUID) -> dict[UUID, Decimal]:
        """Each subject's mean over the session's terms the student has a total in."""
        dropped = self.data.level_dropped.get(student_id, frozenset[str]())
        values: dict[UUID, list[Decimal]] = {}
        for by_student in self.data.totals.values():
            for subject_id, total in by_student.get(student_id, {}).items():
                if self.counted(total) and str(subject_id) not in dropped:
                    values.setdefault(subject_id, []).append(total.percent)
        found = {key: marks.average(each) for key, each in values.items()}
        return {key: value for key, value in found.items() if value is not None}

    def term_average(self, student_id: UUID, term: Term) -> Decimal | None:
        totals = self.data.totals[term.id].get(student_id, {})
        return self._average(student_id, totals, self.data.level_dropped.get(student_id, frozenset[str]()))


def _grade(data: ClassTerm, percent: Decimal | None) -> str | None:
    return None if percent is None else marks.grade(data.bands, percent)


def _subject(standings: Standings, pupil: Pupil, subject: Subject) -> CardSubject:
    data, student_id = standings.data, pupil.student.id
    sheet = data.sheets.get(subject.id)
    columns = data.components.get(sheet.scheme_id, []) if sheet else []
    recorded = data.points.get(student_id, {}).get(subject.id, {})
    total = standings.counted(data.totals[data.term.id].get(student_id, {}).get(subject.id))
    percent = total.percent if total else None
    grade = _grade(data, percent)
    everyone = list(standings.by_subject[subject.id].values())
    written = next((r.text for r in data.remarks.get(student_id, []) if r.subject_id == subject.id), None)
    by_grade = {band.grade: band.remark for band in data.bands}
    earlier = {
        term.name: each.percent if (each := standings.counted(data.totals[term.id].get(student_id, {}).get(subject.id))) else None
        for term in data.terms if data.last_of_session and term.number < data.term.number
    }  # fmt: skip
    return CardSubject(
        id=subject.id, name=subject.name, assessments={c.name: recorded.get(c.id) for c in columns},
        maxima={c.name: c.max_points for c in columns}, total=percent, grade=grade,
        position=standings.subject_places[subject.id].get(student_id), out_of=len(everyone),
        class_average=marks.average(everyone), class_highest=max(everyone, default=None),
        class_lowest=min(everyone, default=None), incomplete=any(c.id not in recorded for c in columns) or not columns,
        teacher=data.teachers.get(subject.id, ""), teacher_remark=written or by_grade.get(grade or "", ""),
        earlier_totals=earlier,
        cumulative=standings.cumulatives(student_id).get(subject.id) if data.last_of_session else None,
    )  # fmt: skip


def _trend(standings: Standings, student_id: UUID) -> list[TrendPoint]:
    data = standings.data
    points = [TrendPoint(label=label, average=average) for label, average in data.history.get(student_id, [])]
    for term in data.terms:
        average = standings.term_average(student_id, term) if term.number <= data.term.number else None
        if average is not None:
            points.append(TrendPoint(label=f"T{term.number} {data.session.name}", average=average))
    return points[-6:]


def _attendance(data: ClassTerm, student_id: UUID) -> CardAttendance:
    line = data.attendance.get(student_id)
    if line is None:
        return CardAttendance(days_present=0, total_days=0, days_late=0, rate=None)
    present = line.present + line.late
    return CardAttendance(
        days_present=present, total_days=present + line.absent + line.excused, days_late=line.late, rate=line.rate
    )


def _person(data: ClassTerm, pupil: Pupil) -> CardStudent:
    person, joined = pupil.person, pupil.joined_on
    return CardStudent(
        id=pupil.student.id, name=person.full_name, student_no=pupil.student.admission_no, **{"class": data.class_arm.name},
        gender=person.gender.capitalize() if person.gender else None,
        avatar_url=f"/api/files/{person.photo_file_id}" if person.photo_file_id else None,
        joined_on=joined if data.term.starts_on < joined <= data.term.ends_on else None,
    )  # fmt: skip


def _school(data: ClassTerm) -> CardSchool:
    school = data.school
    return CardSchool(
        name=school.name, logo=f"/api/files/{school.logo_file_id}" if school.logo_file_id else None,
        address=school.address, motto=school.motto, phone=school.phone, email=school.email,
    )  # fmt: skip


def build(data: ClassTerm, student_id: UUID, standings: Standings | None = None) -> ReportCard:
    """One student's card. The same rows give the same card, digit for digit. Errors: not_visible."""
    pupil = data.pupils.get(student_id)
    if pupil is None:
        raise NotVisible(f"This student is not on the roll of {data.class_arm.name} in {data.term.name}.")
    standings = standings or Standings(data)
    taken = [subject for subject in data.subjects if str(subject.id) not in pupil.dropped]
    subjects = [_subject(standings, pupil, subject) for subject in taken]
    scored = sorted((s for s in subjects if s.total is not None), key=lambda s: (-(s.total or 0), s.name))
    average, places = standings.averages.get(student_id), data.options.show_positions
    ratings = data.ratings.get(student_id, {})
    said = {r.author: r.text for r in data.remarks.get(student_id, []) if r.subject_id is None}
    total = standings.cumulative.get(student_id)
    return ReportCard(
        student=_person(data, pupil), school=_school(data), session=data.session.name, term=data.term.name,
        term_id=data.term.id, subjects=subjects if places else [s.model_copy(update={"position": None}) for s in subjects],
        not_taken=[subject.name for subject in data.subjects if str(subject.id) in pupil.dropped],
        attendance=_attendance(data, student_id), overall_average=average, overall_grade=_grade(data, average),
        class_position=standings.class_places.get(student_id) if places else None, total_in_class=len(data.pupils),
        level_position=standings.level_places.get(student_id) if places and data.options.show_level_position else None,
        total_in_level=standings.level_size, class_average=standings.class_average,
        best_subject=scored[0].name if scored else None, weakest_subject=scored[-1].name if len(scored) > 1 else None,
        trend=_trend(standings, student_id),
        conduct=[Rating(name=trait, rating=ratings.get(trait)) for trait in data.options.conduct],
        skills=[Rating(name=trait, rating=ratings.get(trait)) for trait in data.options.skills],
        cumulative=Cumulative(
            average=total, grade=_grade(data, total),
            position=standings.cumulative_places.get(student_id) if places else None,
        ) if data.last_of_session else None,
        promotion=promotion(data, standings.cumulatives(student_id)) if data.last_of_session else None,
        class_teacher_id=data.class_arm.class_teacher_id,
        class_teacher=data.class_teacher.display_name if data.class_teacher else "",
        class_teacher_remark=said.get(Author.CLASS_TEACHER.value, ""), principal=data.options.principal_name,
        principal_remark=said.get(Author.PRINCIPAL.value, ""),
        next_term_begins=data.next_term.starts_on if data.next_term else None,
        grading_key=[KeyLine(grade=b.grade, from_percent=b.from_percent, remark=b.remark) for b in data.bands],
        pass_percent=data.pass_percent,
        verification=report_links.verification(data.school.slug, student_id, data.term.id),
    )  # fmt: skip


async def class_of(tx: Tx, student_id: UUID, term: Term) -> UUID:
    """The class arm a student belongs to in a term: the last one joined by its end. Errors: not_visible."""
    found = await tx.session.scalar(
        select(Enrolment.class_arm_id)
        .where(Enrolment.student_id == student_id, Enrolment.session_id == term.session_id)
        .where(Enrolment.joined_on <= term.ends_on)
        .order_by(Enrolment.joined_on.desc())
        .limit(1)
    )
    if found is None:
        person = await tx.session.get(Person, student_id)
        who = person.full_name if person else "This student"
        raise NotVisible(f"{who} was not enrolled in {await calendar.term_label(tx, term)}.")
    return found


async def card(tx: Tx, student_id: UUID, term_id: UUID) -> ReportCard:
    """One student's report card of a term, for whoever was allowed to see it (`report_access`).

    Units:  points and percent in decimals to the hundredth. Errors: not_visible.
    Source: tables scores, score_sheets, enrolments, attendance_marks, remarks, conduct_ratings.
    """
    term = await tx.session.get(Term, term_id)
    if term is None:
        raise NotVisible("There is no such term.")
    data = await report_data.gather(tx, await class_of(tx, student_id, term), term_id, [student_id])
    return build(data, student_id)


async def cards(
    tx: Tx, class_arm_id: UUID, term_id: UUID, student_ids: Sequence[UUID] | None = None
) -> list[ReportCard]:
    """The cards of a class, by family name, or of some of its students. As many queries as for one."""
    data = await report_data.gather(tx, class_arm_id, term_id, student_ids)
    standings = Standings(data)
    wanted = data.pupils if student_ids is None else [key for key in data.pupils if key in set(student_ids)]
    return [build(data, student_id, standings) for student_id in wanted]
