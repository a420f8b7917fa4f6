"""What is not known about a country, in sentences: what was not looked for, and how much of what there is we hold."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from mapping.analysis.ranking import coverage_state
from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas
from mapping.view.filtering import select
from mapping.view.ranked import ranked
from mapping.view.state import ViewState
from mapping.words import Words, mark

Known = Mapping[str, Mapping[str, Any]]
SUBJECTS: Final = {
    "organisations": mark("Partners and stakeholders"),
    "facilities": mark("Manufacturing"),
    "trial_sites": mark("Trial sites"),
    "treatment_centres": mark("Treatment centres"),
    "obstacle_evidence": mark("Figures about obstacles"),
}
"""What the table of coverage speaks of -> what it is called."""
LISTED_RANGE: Final = (75.0, 110.0)
"""Share of the people that the listed places may hold, in per cent, without a warning."""


def gaps(atlas: Atlas, country: str, known: Known, words: Words) -> tuple[str, ...]:
    """Return what a reader must know to be missing, the largest gaps first."""
    tables = atlas.tables
    found = [told for subject in SUBJECTS if (told := _not_found(tables, country, subject, words))]
    found += _reported(tables, country, words)
    hidden = left_out(atlas, country)
    if hidden:
        found.append(
            words.plural(
                "{n} record of a site that is closed, planned or in construction is not counted",
                "{n} records of sites that are closed, planned or in construction are not counted",
                hidden,
            )
        )
    medicines = [known[code]["state"] for code in ranked(tables).get("medicines", ())]
    missing = medicines.count("not_assessed")
    if missing:
        found.append(
            words.plural(
                "{n} of {all} indicators of reimbursement, availability and waiting has no figure",
                "{n} of {all} indicators of reimbursement, availability and waiting have no figure",
                missing,
                all=len(medicines),
            )
        )
    listed = float(known["listed_share"]["value"])
    if not LISTED_RANGE[0] <= listed <= LISTED_RANGE[1]:
        found.append(
            words.text(
                "The listed places hold {share} % of the people, so the access figures are rough",
                share=words.number(listed),
            )
        )
    return tuple(found)


def _reported(tables: Tables, country: str, words: Words) -> list[str]:
    """Return how many of the centres that a source reports are held, where one does."""
    reported = reported_centres(tables, country)
    if reported is None:
        return []
    number, year = reported
    told = words.text(
        "{held} of the {all} CAR-T centres that a source reports for {year} are in the Atlas",
        held=centres_held(tables, country),
        all=number,
        year=str(year) if year else words.text("an unstated year"),
    )
    return [told]


def _not_found(tables: Tables, country: str, subject: str, words: Words) -> str:
    state = coverage_state(tables, country, subject)
    if state == "found":
        return ""
    name = words.text(SUBJECTS[subject])
    if state == "none_found":
        return words.text("{subject}: looked for in registers that span all countries, none found", subject=name)
    if state == "not_applicable":
        return words.text("{subject}: not applicable", subject=name)
    return words.text("{subject}: not assessed; nothing was met in the pages read, and nobody searched", subject=name)


def reported_centres(tables: Tables, country: str) -> tuple[int, int | None] | None:
    """Return how many CAR-T centres a source reports for a country, newest first, and for which year."""
    newest = _newest_reported(tables)
    row = newest[newest["country"] == country].head(1)
    if row.empty:
        return None
    year = row["year"].iloc[0]
    return int(row["value"].iloc[0]), None if pd.isna(year) else int(year)


def reported_beyond(tables: Tables) -> list[tuple[str, int, str]]:
    """Return each country of which a source reports more CAR-T centres than are held: code, number, first source."""
    return [
        (str(country), int(value), str(sources).split("|")[0])
        for country, value, sources in _newest_reported(tables)[["country", "value", "source_ids"]].itertuples(
            index=False, name=None
        )
        if value > centres_held(tables, str(country))
    ]


def _newest_reported(tables: Tables) -> pd.DataFrame:
    rows = tables["country_indicators"]
    held = rows[(rows["area"] == "country") & (rows["indicator"] == "cart_centres")].dropna(subset=["value"])
    return (
        held.sort_values("year", ascending=False, kind="stable")
        .drop_duplicates("country")
        .sort_values("value", ascending=False, kind="stable")
    )


def centres_held(tables: Tables, country: str) -> int:
    """Return how many sites of a country are designated to give CAR-T cells, as their scope says."""
    centres, sites = tables["treatment_centres"], tables["sites"]
    here = sites.loc[sites["country"] == country, "id"]
    ours = centres[centres["site_id"].isin(here) & (centres["status"] == "designated")]
    return int(ours.loc[ours["scope"].fillna("").str.contains("CAR-T", regex=False), "site_id"].nunique())


def left_out(atlas: Atlas, country: str) -> int:
    """Return how many records of a country are closed, planned or in construction."""
    here = ViewState(countries=(country,))
    with_all = ViewState(countries=(country,), include=("closed", "planned"))
    return len(select(atlas, with_all).row_numbers) - len(select(atlas, here).row_numbers)
