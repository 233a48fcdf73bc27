"""What is wrong with one row of a file: where, what, and what to do."""

from pydantic import Field

from school.units import Value


class RowFault(Value):
    """One fault of one row."""

    line: int = Field(description="Row of the file, from 1.")
    who: str
    what: str
    fix: str = ""

    @property
    def where(self) -> str:
        return f"Row {self.line} ({self.who})" if self.who else f"Row {self.line}"
