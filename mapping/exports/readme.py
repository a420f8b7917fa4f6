"""What a download says about itself in words: filters, version, date, licence, citation, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from mapping.analysis.filter_words import chips
from mapping.exports.edition import ATTRIBUTION, LICENCE_NAME, LICENCE_URL, TITLE, citation
from mapping.tables.loading import Tables
from mapping.tables.vocabulary import labels
from mapping.view.address import INCLUDE
from mapping.view.links import query_text
from mapping.view.state import ViewState
from mapping.words import Words, mark_plural

if TYPE_CHECKING:
    from mapping.view.atlas import Atlas

LOOKED_FOR: Final = ("none_found", "not_assessed", "not_applicable")
"""States of coverage that leave a country without a row."""
AT_CITY: Final = mark_plural(
    "{n} site stands at the centre of its city.", "{n} sites stand at the centre of their city."
)
UNDISCLOSED: Final = mark_plural(
    "{n} site is undisclosed: the registry names only its city.",
    "{n} sites are undisclosed: the registry names only their city.",
)
SEATLESS: Final = mark_plural(
    "{n} organisation has no known seat and so is in no list of sites.",
    "{n} organisations have no known seat and so are in no list of sites.",
)


@dataclass(frozen=True)
class Section:
    """A heading and its lines."""

    title: str
    lines: tuple[str, ...]


def view_readme(atlas: "Atlas", view: ViewState, rows: pd.DataFrame, contents: Sequence[str]) -> list[Section]:
    """Return what a download of the sites in view says about itself.

    Parameters
    ----------
    atlas, view
        The data and what is asked of it.
    rows : DataFrame
        The sites in the download, as :func:`mapping.view.site_table.site_table` gives them.
    contents : Sequence
        What the download holds, a line each.
    """
    words, tables = Words(view.lang), atlas.tables
    return [
        Section(words.text("What this is"), (words.text("Sites of the ATMP Atlas, as filtered below."), *contents)),
        Section(words.text("Filters"), (*_filters(tables, view, words), _address(tables, view, words))),
        *edition_sections(tables, words),
        Section(words.text("What is missing"), tuple(_missing(atlas, view, rows, words))),
    ]


def table_readme(tables: Tables, name: str, filters: dict[str, tuple[str, ...]], rows: int) -> list[Section]:
    """Return what a workbook of one table says about itself, in English."""
    words = Words()
    told = [f"{column} = {' / '.join(values)}" for column, values in filters.items()]
    return [
        Section(
            words.text("What this is"),
            (words.plural("{n} row of the table {table}.", "{n} rows of the table {table}.", rows, table=name),),
        ),
        Section(words.text("Filters"), tuple(told) or (words.text("None: everything is here."),)),
        *edition_sections(tables, words),
        Section(words.text("What is missing"), (words.text("An empty cell means not known: neither zero nor none."),)),
    ]


def edition_sections(tables: Tables, words: Words) -> list[Section]:
    """Return version, date, licence and citation."""
    released = words.date(tables.released) if tables.released else words.text("undated")
    version = words.text("Data version {version}, {date}.", version=tables.version, date=released)
    return [
        Section(words.text("Version and date"), (version,)),
        Section(words.text("Licence"), (f"{LICENCE_NAME}, {LICENCE_URL}", ATTRIBUTION)),
        Section(words.text("How to cite"), (citation(tables),)),
    ]


def as_text(sections: Sequence[Section]) -> str:
    """Return the sections as a text file."""
    blocks = [f"{section.title}\n{'-' * len(section.title)}\n" + "\n".join(section.lines) for section in sections]
    return f"{TITLE}\n{'=' * len(TITLE)}\n\n" + "\n\n".join(blocks) + "\n"


def _filters(tables: Tables, view: ViewState, words: Words) -> list[str]:
    """Return each filter in words."""
    return [chip.text for chip in chips(tables, view, words)] or [words.text("None: everything is here.")]


def _address(tables: Tables, view: ViewState, words: Words) -> str:
    """Return the address of the view, from the root of the Atlas."""
    return words.text("Address of this view: {address}", address=f"/?{query_text(view, tables.version)}")


def _missing(atlas: "Atlas", view: ViewState, rows: pd.DataFrame, words: Words) -> list[str]:
    """Return what a reader must know before leaning on what the download does not hold."""
    lines = [
        words.text("An empty cell means not known: neither zero nor none."),
        words.text("Trials are a sample and treatment centres are fewer than known national totals."),
        words.text("A record tells what its source said on its date, not what is so today."),
    ]
    if set(view.include) != set(INCLUDE):
        told = words.text("Left out: facilities and centres that are closed or planned, unless the filters say so.")
        lines.append(told)
    lines += [words.plural(*forms, count) for forms, count in _counted(atlas, rows) if count]
    lines += [words.text("The table {table} has a fault and is left out.", table=name) for name in atlas.tables.faults]
    return lines + _without_rows(atlas.tables, view, words)


def _counted(atlas: "Atlas", rows: pd.DataFrame) -> list[tuple[tuple[str, str], int]]:
    """Return what is known of sites only in part: both forms of the sentence, and of how many it is true."""
    return [
        (AT_CITY, int((rows["coord_precision"] == "city").sum())),
        (UNDISCLOSED, int((rows["disclosure"] == "undisclosed").sum())),
        (SEATLESS, len(atlas.presence.seatless)),
    ]


def _without_rows(tables: Tables, view: ViewState, words: Words) -> list[str]:
    """Return for each subject the countries without a row, by why there is none."""
    coverage = tables.frames.get("coverage")
    if coverage is None or "codes" not in tables.frames:
        return []
    wanted = coverage[coverage["country"].isin(view.countries)] if view.countries else coverage
    states, subjects = labels(tables, "coverage_state"), labels(tables, "coverage_subject")
    lines = []
    for pair, group in wanted[wanted["state"].isin(LOOKED_FOR)].groupby(["subject", "state"], sort=True):
        subject, state = (str(code) for code in pair)
        named = f"{subjects.get(subject, subject)}, {states.get(state, state)}"
        lines.append(f"{named}: {', '.join(sorted(group['country']))}")
    return lines
