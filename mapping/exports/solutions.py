"""Solutions and paths in view as files: a workbook, or CSV files in a zip, with a README and the sources."""

from typing import Final

import pandas as pd

from mapping.analysis.outcome_figures import RULE, has_figure
from mapping.analysis.solution_words import chips_of
from mapping.exports.listing import Listing, csv_file
from mapping.exports.packages import data_package
from mapping.exports.readme import Section, edition_sections
from mapping.tables.loading import Tables
from mapping.view.answers import paths_in_view, solutions_in_view
from mapping.view.state import ViewState
from mapping.words import Words

KINDS: Final = {"xlsx": "Excel (XLSX)", "csv": "CSV"}
LISTS: Final = frozenset({"obstacle_ids", "solution_ids", "countries", "source_ids"})


def answers_package(tables: Tables, view: ViewState, kind: str) -> bytes:
    """Return the solutions and paths in view and their sources, as an ``xlsx`` workbook or as ``csv`` in a zip."""
    words = Words(view.lang)
    frames = {"solutions": _solutions(tables, view), "paths": paths_in_view(tables, view)}
    frames["sources"] = _sources(tables, frames)
    readme = _readme(tables, view, frames, words)
    listings = {name: Listing(name, frame, LISTS & set(frame)) for name, frame in frames.items()}
    if kind == "xlsx":
        from mapping.exports.workbook import workbook_of  # openpyxl is slow to import

        return workbook_of(readme, listings, tables)
    files = {f"{name}.csv": csv_file(listing) for name, listing in listings.items()}
    return data_package(tables, files, readme)


def _solutions(tables: Tables, view: ViewState) -> pd.DataFrame:
    shown = solutions_in_view(tables, view)
    return shown.assign(outcome_has_figure=[has_figure(outcome) for outcome in shown["outcome"].fillna("")])


def _sources(tables: Tables, frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    used = {source for frame in frames.values() for cell in frame["source_ids"].dropna() for source in cell.split("|")}
    sources = tables["sources"]
    return sources[sources["id"].isin(used)]


def _readme(tables: Tables, view: ViewState, frames: dict[str, pd.DataFrame], words: Words) -> list[Section]:
    said = [chip.text for chip in chips_of(tables, view, words)] or [words.text("None: everything is here.")]
    told = [
        words.plural("{table}: {n} row.", "{table}: {n} rows.", len(frame), table=name)
        for name, frame in frames.items()
    ]
    return [
        Section(words.text("What this is"), (words.text("Solutions and paths forward of the ATMP Atlas."), *told)),
        Section(words.text("Filters"), tuple(said)),
        Section(
            words.text("How to read it"),
            (
                words.text("Horizon and lead actor of a path are our reading."),
                words.text("outcome_has_figure: {rule}", rule=words.text(RULE)),
            ),
        ),
        *edition_sections(tables, words),
    ]
