"""The raw rows that name a place: trial sites, facilities, treatment centres and organisations."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mapping.tables.csvs import Row, read_rows

TABLES = ("organisations", "facilities", "trial_sites", "treatment_centres")
"""The raw tables whose rows lie somewhere, in the order of the roles."""

HOSTED_KINDS = ("academic", "public")
"""Kinds of facility that are read by their operator too; a company may have several plants in a town."""


@dataclass(frozen=True)
class Mention:
    """One raw row that names a place."""

    table: str
    """Which raw table it stands in."""
    name: str
    """The place as the source spells it."""
    city: str
    """The town as the source spells it; empty when it names none."""
    country: str
    """ISO 3166-1 alpha-2; empty when the source names none."""
    row: Row
    """The whole raw row."""

    @property
    def key(self) -> tuple[str, str, str]:
        """Country, town and name: what a decision is about."""
        return self.country, self.city, self.name

    @property
    def host(self) -> tuple[str, ...]:
        """Who operates an academic or public unit: most such units stand in their operator's hospital."""
        is_hosted = self.table == "facilities" and self.row["kind"] in HOSTED_KINDS
        return (self.row["operator"],) if is_hosted else ()

    @property
    def coordinates(self) -> tuple[float, float] | None:
        """Latitude and longitude as received, if any."""
        return (float(self.row["lat"]), float(self.row["lon"])) if self.row["lat"] else None


def read_mentions(raw: Path) -> list[Mention]:
    """Return every raw row that names a place, table by table in file order."""
    return [mention for table in TABLES for mention in _mentions(table, read_rows(raw / f"{table}.csv"))]


def _mentions(table: str, rows: Sequence[Row]) -> list[Mention]:
    column = "facility" if table == "trial_sites" else "name"
    return [Mention(table, row[column], row["city"], row["country"], row) for row in rows]
