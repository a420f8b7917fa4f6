"""What is wrong in one place of an upload, and what to put there."""

from dataclasses import dataclass

from mapping.errors import Fault
from mapping.importers.sheets import address


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong in one place of an upload."""

    sheet: str
    row: int
    """Row of the sheet, counted from 1."""
    column: int
    """Column of the sheet, counted from 1; 0 where the whole row or a missing column is meant."""
    heading: str
    """Column of ours."""
    value: str
    """What stands there."""
    problem: str
    """What is wrong, in words that follow the value."""
    remedy: str
    """How to mend it, as an order."""
    suggestion: str | None = None
    """What to put there; checked against the rules. None where nothing is known."""

    @property
    def cell(self) -> str:
        """Return the address, such as `Sites!B7`."""
        return f"{self.sheet}!{address(self.row, self.column) if self.column else self.row}"

    @property
    def sentence(self) -> str:
        """Return address, problem and remedy in one line."""
        fault = Fault(self.row, self.heading, self.value, self.problem, self.remedy)
        return f"{self.cell}: {fault.problem}; {self.remedy}"
