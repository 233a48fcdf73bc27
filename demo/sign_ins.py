"""Who can sign in to the demo school."""

from dataclasses import dataclass

PASSWORD = "schoolos-demo"  # noqa: S105  # printed on the sign-in page of a demo installation


@dataclass(frozen=True, slots=True)
class SignIn:
    role: str
    name: str
    email: str
    password: str = PASSWORD


SIGN_INS = (
    SignIn("admin", "Mr Osahon Idehen", "admin@demo.school"),
    SignIn("head", "Dr Morenike Adegbuyi", "head@demo.school"),
    SignIn("teacher", "Mr Tamuno Briggson", "teacher@demo.school"),
    SignIn("bursar", "Mrs Ekaette Udofot", "bursar@demo.school"),
    SignIn("guardian", "Mrs Ìbùkún Ọlátúnbọ̀sún", "guardian@demo.school"),
    SignIn("student", "Tọ́míwá Ọlátúnbọ̀sún", "student@demo.school"),
)
NEIGHBOUR_SIGN_IN = SignIn("admin", "Mrs Rahila Danbaba", "admin@riverbend.school")
