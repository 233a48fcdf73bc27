"""What can be permitted, and what each role may do. A prompt never decides access: this table does."""

from enum import StrEnum

from runtime.caller import Role


class Permission(StrEnum):
    """One right, `noun:verb`. Whether it reaches a row is decided by the `access_*` of that noun."""

    SELF_READ = "self:read"
    SCHOOL_READ = "school:read"
    SCHOOL_WRITE = "school:write"
    STUDENTS_READ = "students:read"
    STUDENTS_WRITE = "students:write"
    STAFF_READ = "staff:read"
    STAFF_WRITE = "staff:write"
    CLASSES_READ = "classes:read"
    CLASSES_WRITE = "classes:write"
    SCORES_READ = "scores:read"
    SCORES_WRITE = "scores:write"
    SCORES_APPROVE = "scores:approve"
    SCORES_PUBLISH = "scores:publish"
    RESULTS_READ = "results:read"
    ATTENDANCE_READ = "attendance:read"
    ATTENDANCE_WRITE = "attendance:write"
    FEES_READ = "fees:read"
    FEES_WRITE = "fees:write"
    NOTICES_SEND = "notices:send"
    DELIVERIES_READ = "deliveries:read"
    DELIVERIES_WRITE = "deliveries:write"
    NOTIFICATIONS_READ = "notifications:read"
    NOTIFICATIONS_WRITE = "notifications:write"
    REPORTS_READ = "reports:read"
    REPORTS_WRITE = "reports:write"
    REPORTS_APPROVE = "reports:approve"
    REPORTS_RELEASE = "reports:release"
    ANALYTICS_READ = "analytics:read"
    ANALYTICS_TRAIN = "analytics:train"
    DOCUMENTS_READ = "documents:read"
    DOCUMENTS_WRITE = "documents:write"
    TIMETABLES_READ = "timetables:read"
    TIMETABLES_WRITE = "timetables:write"
    AUDIT_READ = "audit:read"
    APPROVALS_DECIDE = "approvals:decide"
    UNDO = "undo:run"
    USERS_WRITE = "users:write"
    KEYS_WRITE = "keys:write"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"
    RECORDS_IMPORT = "records:import"
    RECORDS_EXPORT = "records:export"
    INBOX_READ = "inbox:read"
    INBOX_WRITE = "inbox:write"
    SAFEGUARDING_READ = "safeguarding:read"
    SAFEGUARDING_WRITE = "safeguarding:write"


P = Permission
_EVERYONE = frozenset(
    {P.SELF_READ, P.SCHOOL_READ, P.NOTIFICATIONS_READ, P.NOTIFICATIONS_WRITE, P.DOCUMENTS_READ, P.TIMETABLES_READ}
)
_STAFF = _EVERYONE | {
    P.STUDENTS_READ, P.STAFF_READ, P.CLASSES_READ, P.SCORES_READ, P.ATTENDANCE_READ, P.DELIVERIES_READ,
    P.REPORTS_READ, P.APPROVALS_DECIDE, P.UNDO, P.ANALYTICS_READ, P.RECORDS_EXPORT, P.KEYS_WRITE, P.RESULTS_READ,
    P.SAFEGUARDING_READ,
}  # fmt: skip
_TEACHER = _STAFF | {
    P.SCORES_WRITE, P.SCORES_PUBLISH, P.ATTENDANCE_WRITE, P.NOTICES_SEND, P.REPORTS_WRITE, P.DOCUMENTS_WRITE,
}  # fmt: skip
_HEAD = _TEACHER | {
    P.SCORES_APPROVE, P.REPORTS_APPROVE, P.REPORTS_RELEASE, P.TIMETABLES_WRITE, P.AUDIT_READ, P.STUDENTS_WRITE,
    P.CLASSES_WRITE, P.DELIVERIES_WRITE, P.INBOX_READ, P.INBOX_WRITE, P.FEES_READ, P.ANALYTICS_TRAIN, P.RECORDS_IMPORT,
    P.SAFEGUARDING_WRITE,
}  # fmt: skip

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(P),
    Role.HEAD: _HEAD,
    Role.TEACHER: _TEACHER,
    Role.BURSAR: _EVERYONE
    | {P.STUDENTS_READ, P.CLASSES_READ, P.FEES_READ, P.FEES_WRITE, P.APPROVALS_DECIDE, P.UNDO, P.NOTICES_SEND,
       P.DELIVERIES_READ, P.RECORDS_EXPORT, P.KEYS_WRITE, P.SAFEGUARDING_READ},
    Role.GUARDIAN: _EVERYONE | {P.RESULTS_READ, P.FEES_READ, P.UNDO},
    Role.STUDENT: _EVERYONE | {P.RESULTS_READ, P.UNDO},
}  # fmt: skip

WHOLE_SCHOOL = frozenset({Role.ADMIN, Role.HEAD, Role.SYSTEM})
"""Roles whose rights reach every class of the school."""


def granted(role: Role) -> frozenset[str]:
    """The permissions of a role."""
    return frozenset(str(p) for p in GRANTS.get(role, frozenset()))
