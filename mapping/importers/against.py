"""What uploads are held against: the current release, its outlines, its rules."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from mapping.errors import Fault
from mapping.importers.cell_values import Lexicon
from mapping.tables import reading
from mapping.tables.checking import OUTLINE_CODES, check_links, check_sheet
from mapping.tables.files import GEOMETRY_FILES, content_of
from mapping.tables.loading import Tables
from mapping.tables.outlines import Outlines, read_outlines


@dataclass(frozen=True)
class Against:
    """What uploads are held against: the current release."""

    tables: Tables
    countries: Outlines = field(default_factory=dict)
    regions: Outlines = field(default_factory=dict)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Return the words for codes."""
        return Lexicon(self.tables)


def read_against(folder: Path, tables: Tables) -> Against:
    """Return what uploads to a data folder are held against."""
    outlines = {
        name: read_outlines(content_of(folder, GEOMETRY_FILES[name]), code)[0] for name, code in OUTLINE_CODES.items()
    }
    return Against(tables, outlines["countries"], outlines["regions"])


def faults_of(rows: reading.Sheet, table: str, against: Against) -> list[Fault]:
    """Return the faults of rows by themselves and against the current release, one a cell."""
    if not rows.rows:
        return [Fault(1, "", "", "there is a header and nothing under it", "add the rows")]
    checked = check_sheet(rows, table, against.countries)
    linked = check_links(checked, table, against.tables.frames, against.regions)
    first: dict[tuple[int, str], Fault] = {}
    for fault in (*checked.faults, *linked.faults):
        first.setdefault((fault.line, fault.column), fault)
    return list(first.values())
