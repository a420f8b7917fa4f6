"""The README of the data folder: each table and column in words, taken from the schemas."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mapping.tables.csvs import read_rows
from mapping.tables.files import TABLE_FILES
from mapping.tables.package import FIELD_TYPES
from mapping.tables.schemas import SCHEMAS, column_names

INTRODUCTION = """# The data of the ATMP Atlas

Written by `python -m mapping build` from `raw/` (facts as they were collected, untouched), `decisions/` (what was
settled by hand, such as which names are one place), `codes.csv` (the vocabularies, by hand) and `edition.toml` (version
and title, by hand). Do not edit the tables themselves: correct what they are built from and build again.
`python -m mapping check` tells what is wrong, line by line. Licence: see [LICENSE](LICENSE).

- Files are UTF-8 with LF, comma-separated, with a header; rows are sorted by id. An empty cell means that nothing is
  known; it never means zero. Elements of a list cell are joined with `|`.
- `confidence`: a page states it (verified), it follows from one or a part is general knowledge (inferred), or no page
  was found (unverified). Only unverified rows may lack a source.
- Four kinds of nothing are kept apart: a value of 0 was measured; `coverage.csv` says for each core country whether
  something was looked for and not found (`none_found`), was not looked for (`not_assessed`), or cannot be
  (`not_applicable`).
- The Atlas shows a table whole or not at all: one with a fault is left out and said to be, and the others stay, those
  that refer to it included.
- The API has each list column as a table of pairs too, named for both: `facility_capabilities`, `obstacle_countries`.
- `datapackage.json` says the same for software (Frictionless Data Package). What it has no word for stands under names
  of our own: `separator` (of a list), `vocabulary`, `references`, `unit`, `rows`.

## How to read the figures
- Trials and their sites are a sample of registers; a status is as of `snapshot`, not today. Facilities are as of
  `source_year`; their capabilities and licences are often inferred, so counts of them are indicative.
- A treatment centre was named at a date; known national totals are higher.
- Obstacle figures: compare only within one `measure_kind`, `unit`, `direction` and `scope`; count a finding once
  (`restates`). Figures in `ordinal_1_3` are our ranking of legal regimes. A country without a figure is not a country
  without the obstacle.
- Country figures come from different years and baskets (14, 18, 19 or 28 products); the label of the indicator says
  which. Do not add them up.
"""


def write_readme(data: Path) -> None:
    """Write the README of the data folder."""
    (data / "README.md").write_text("\n".join(_lines(data)) + "\n", encoding="utf-8", newline="\n")


def _lines(data: Path) -> Iterator[str]:
    """Yield the lines of the README."""
    yield INTRODUCTION
    yield "## Tables"
    for name, file in TABLE_FILES.items():
        rows = len(read_rows(data / file))
        yield f"\n### {name}\n\n`{file}`, {rows:,} rows. {' '.join((SCHEMAS[name].__doc__ or '').split())}\n"
        yield "| column | type | what it says |"
        yield "| --- | --- | --- |"
        columns = SCHEMAS[name].to_schema().columns
        for column in column_names(name):
            yield f"| {column} | {_type(columns[column])} | {columns[column].description} |"


def _type(column: Any) -> str:
    """Return what sort of cell a column has, in words."""
    told: Mapping[str, Any] = column.metadata or {}
    kind = FIELD_TYPES.get(str(column.dtype), "text")
    if told.get("unit"):
        kind = f"{kind}, {told['unit']}"
    if told.get("vocabulary"):
        kind = f"code of {told['vocabulary']}"
    if told.get("references"):
        kind = f"id in {told['references']}"
    if told.get("many"):
        kind = "list" if kind == "text" else f"list, {kind}"
    return kind if told.get("many") or not column.nullable else f"{kind}, or empty"
