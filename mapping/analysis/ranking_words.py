"""The figures of countries in words: what each is called, and how a cell of the ranking prints."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from mapping.analysis.country_profile import NOTHING, cell_words, figures_of
from mapping.analysis.rates import PER_MILLION_WORDS
from mapping.tables.loading import Tables
from mapping.view.address import ROLES
from mapping.view.atlas import Atlas
from mapping.view.options import CONFIDENCES
from mapping.view.ranked import CLASS, PER_MILLION, PHASE, WITHIN, ranked
from mapping.words import Words, mark

GROUPS: Final[Mapping[str, str]] = {
    "sites": mark("Sites"),
    "per_million": mark("Sites per million people"),
    "access": mark("Access"),
    "trials": mark("Trials by phase"),
    "classes": mark("Trials by class"),
    "evidence": mark("Evidence"),
    "medicines": mark("Medicines paid for and available"),
    "law": mark("Law and networks"),
    "reported": mark("Centres, patients and trials that others report"),
}
_OURS: Final[Mapping[str, str]] = {
    "population": mark("Population"),
    "sites": mark("Sites of any role"),
    "partners": mark("Partner sites"),
    "facilities": mark("Manufacturing sites"),
    "trial_sites": mark("Trial sites"),
    "treatment_centres": mark("Treatment centres"),
    "trials": mark("Trials with a site here"),
    f"trials{PER_MILLION}": mark("Trials per million people"),
    "listed_share": mark("People in listed places"),
    "obstacle_sources": mark("Sources with figures about obstacles"),
    "obstacle_figures": mark("Figures about obstacles"),
    "solutions": mark("Solutions in place"),
    "records": mark("Records"),
    "verified": mark("Records verified"),
    "inferred": mark("Records inferred"),
    "unverified": mark("Records unverified"),
}
_REACH: Final[Mapping[str, str]] = {
    "treatment_centres": mark("People within {km} km of a treatment centre"),
    "trial_sites": mark("People within {km} km of a trial site"),
}


def figure_label(tables: Tables, figure: str, words: Words) -> str:
    """Return what a figure of the ranking is called, or the title of an obstacle."""
    if figure in _OURS:
        return words.text(_OURS[figure])
    if figure.endswith(PER_MILLION):
        kind = figure.removesuffix(PER_MILLION)
        return words.text(PER_MILLION_WORDS[kind if kind in ROLES else ""])
    if figure.startswith(WITHIN):
        km, role = figure.removeprefix(WITHIN).split("_", 1)
        return words.text(_REACH[role], km=km)
    for prefix, vocabulary in ((PHASE, "phase"), (CLASS, "atmp_class")):
        if figure.startswith(prefix):
            return words.label(tables, vocabulary, figure.removeprefix(prefix))
    obstacles = tables["obstacles"]
    titles = obstacles.loc[obstacles["id"] == figure, "title"]
    return str(titles.iloc[0]) if len(titles) else words.label(tables, "indicator", figure)


def printed(tables: Tables, cell: Mapping[str, Any], words: Words) -> str:
    """Return a cell of the ranking as it is shown: a value with its unit and year, or which kind of nothing it is."""
    if cell["state"] not in {"found", "zero"}:
        return words.text(NOTHING[cell["state"]])
    figure, value = str(cell["figure"]), cell["value"]
    if figure.startswith(WITHIN) or figure == "listed_share" or figure in CONFIDENCES:
        return words.percent(value / 100)
    if figure.endswith(PER_MILLION):
        return words.number(value, 2)
    if figure in _OURS or figure.startswith((PHASE, CLASS)):
        return words.number(int(value))
    return cell_words(tables, words, cell)


def ranking_table(atlas: Atlas, group: str, countries: Sequence[str], words: Words) -> pd.DataFrame:
    """Return the cells of a group of figures in words: countries (codes) as the index, figures as the columns."""
    figures = ranked(atlas.tables)[group]
    rows = [[printed(atlas.tables, figures_of(atlas, code)[figure], words) for figure in figures] for code in countries]
    return pd.DataFrame(rows, index=list(countries), columns=list(figures), dtype="str")
