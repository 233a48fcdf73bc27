"""The report card as data: the contract every door and the printed page share."""

from datetime import date
from uuid import UUID

from pydantic import Field

from school.units import Percent, Points, Value


class CardStudent(Value):
    id: UUID
    name: str
    student_no: str
    class_: str = Field(alias="class")
    gender: str | None
    avatar_url: str | None
    joined_on: date | None = Field(description="The day of joining, when it falls inside the term.")


class CardSchool(Value):
    name: str
    logo: str | None = Field(description="Address of the logo.")
    address: str
    motto: str
    phone: str | None
    email: str | None


class CardSubject(Value):
    """One subject. `total` is null when no component is recorded, or by the school's rule for missing scores."""

    id: UUID
    name: str
    assessments: dict[str, Points | None]
    maxima: dict[str, Points]
    total: Percent | None
    grade: str | None
    position: int | None
    out_of: int
    class_average: Percent | None
    class_highest: Percent | None
    class_lowest: Percent | None
    incomplete: bool = Field(description="Some component is not recorded.")
    teacher: str
    teacher_remark: str
    earlier_totals: dict[str, Percent | None] = Field(description="Term name -> total, in the session's last term.")
    cumulative: Percent | None = Field(description="Mean of the session's totals, in its last term.")


class CardAttendance(Value):
    days_present: int
    total_days: int
    days_late: int
    rate: Percent | None


class TrendPoint(Value):
    label: str
    average: Percent


RATING_WORDS = {5: "Excellent", 4: "Very good", 3: "Good", 2: "Fair", 1: "Poor"}


class Rating(Value):
    name: str
    rating: int | None = Field(description="1 poor to 5 excellent; null is not rated.")


class KeyLine(Value):
    """A line of the grading key: the grade of totals from `from_percent` to below the next better one's."""

    grade: str
    from_percent: Percent
    remark: str


class Promotion(Value):
    decision: str = Field(description="promoted, promoted_on_trial or repeat.")
    reason: str


class Cumulative(Value):
    """The session as a whole, on the card of its last term."""

    average: Percent | None
    grade: str | None
    position: int | None


class Verification(Value):
    """The short code and the public page that prove a printed card genuine."""

    code: str
    url: str


class ReportCard(Value):
    """A student's report card of one term. Positions count ties as one place (1, 1, 3)."""

    student: CardStudent
    school: CardSchool
    session: str
    term: str
    term_id: UUID
    subjects: list[CardSubject]
    not_taken: list[str]
    attendance: CardAttendance
    overall_average: Percent | None
    overall_grade: str | None
    class_position: int | None
    total_in_class: int
    level_position: int | None
    total_in_level: int
    class_average: Percent | None = Field(description="Mean of the class's overall averages.")
    best_subject: str | None
    weakest_subject: str | None
    trend: list[TrendPoint]
    conduct: list[Rating]
    skills: list[Rating]
    cumulative: Cumulative | None
    promotion: Promotion | None
    class_teacher_id: UUID | None
    class_teacher: str
    class_teacher_remark: str
    principal: str
    principal_remark: str
    next_term_begins: date | None
    grading_key: list[KeyLine]
    pass_percent: Percent
    verification: Verification


class BroadsheetRow(Value):
    """One student's line; `totals` follow the sheet's subjects, null is no total (or not taken)."""

    student_id: UUID
    name: str
    student_no: str
    totals: list[Percent | None]
    average: Percent | None
    grade: str | None
    position: int | None
    failed: int


class SubjectFigures(Value):
    """A subject's column in figures."""

    name: str
    code: str
    average: Percent | None
    highest: Percent | None
    lowest: Percent | None
    passed: int
    scored: int


class Broadsheet(Value):
    school: str
    class_arm: str
    term: str
    session: str
    subjects: list[SubjectFigures]
    rows: list[BroadsheetRow]
    class_average: Percent | None
    pass_percent: Percent
