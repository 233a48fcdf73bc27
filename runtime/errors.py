"""The errors a person can meet. Each has a stable code, a sentence that says what to do, and facts.

They are mapped once per door (REST, agent, chat, job), never caught in tools.
"""

from typing import Any, ClassVar


class SchoolOSError(Exception):
    """An error with a stable `code`, the HTTP `status` it maps to, a sentence, and machine-readable facts."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts


class InvalidInput(SchoolOSError):
    """The caller can mend the arguments. `facts["errors"]` may list {field, message}."""

    code = "invalid_input"
    status = 422


class Ambiguous(InvalidInput):
    """A name fits several records. `facts["candidates"]` lists {id, label, hint}."""

    code = "ambiguous"


class TooLarge(InvalidInput):
    """The body is larger than the door takes."""

    code = "too_large"
    status = 413


class NotSignedIn(SchoolOSError):
    """No valid token or key came with the request."""

    code = "not_signed_in"
    status = 401


class NotVisible(SchoolOSError):
    """Absent, or hidden from this caller: the two look the same."""

    code = "not_visible"
    status = 404


class NotAllowed(SchoolOSError):
    """Visible, but this caller may not do it."""

    code = "not_allowed"
    status = 403


class NeedsApproval(SchoolOSError):
    """The preview of this action has not been approved. `facts["approval_id"]` names what to approve."""

    code = "needs_approval"
    status = 428


class Conflict(SchoolOSError):
    """The state of the record forbids it now; subclassed per reason."""

    code = "conflict"
    status = 409


class TooMany(SchoolOSError):
    """A rate limit. `facts["retry_after_s"]` says when to come back."""

    code = "too_many_requests"
    status = 429


class Upstream(SchoolOSError):
    """Something this program depends on failed; the same request may work later."""

    code = "upstream_failed"
    status = 503
