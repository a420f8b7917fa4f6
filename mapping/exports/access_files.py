"""What the page Access shows as files: shares by country and region, places beyond the distance, sites that count."""

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pandas as pd

from mapping.analysis.access import population_coverage
from mapping.analysis.access_words import access_headline, road_words
from mapping.analysis.distance_bands import places_beyond, shares_by
from mapping.analysis.filter_words import filters_in_words
from mapping.analysis.scenario_search import scenario_names
from mapping.analysis.scenarios import Distances, changes_by_country, sites_view
from mapping.errors import ViewError
from mapping.exports.listing import Listing, csv_file
from mapping.exports.packages import data_package
from mapping.exports.readme import Section, edition_sections
from mapping.view.state import ViewState
from mapping.words import Words

if TYPE_CHECKING:
    from mapping.view.atlas import Atlas

KINDS: Final = ("csv", "xlsx")


def access_package(atlas: "Atlas", view: ViewState, today: Distances, then: Distances, kind: str) -> bytes:
    """Return the figures of a view: CSV files with a README in a zip, or one workbook.

    Raises
    ------
    ViewError
        There is no such kind.
    """
    if kind not in KINDS:
        raise ViewError(f"there is no download of kind {kind!r}")
    sheets = access_tables(atlas, view, today, then)
    listings = {name: Listing(name, frame) for name, frame in sheets.items()}
    readme = _readme(atlas, view, today, then)
    if kind == "xlsx":
        from mapping.exports.workbook import workbook_of  # openpyxl is slow to import

        return workbook_of(readme, listings, atlas.tables)
    files = {f"{name}.csv": csv_file(listing) for name, listing in listings.items()}
    return data_package(atlas.tables, files, readme)


def access_tables(
    atlas: "Atlas", view: ViewState, today: Distances, then: Distances
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """Return the tables behind the page, by name; codes and plain numbers, for recounting."""
    coverage = population_coverage(atlas.tables)[["country", "coverage"]]
    countries = shares_by(then, "country", view.km).merge(coverage, on="country", how="left")
    tables = {
        "countries": countries,
        "regions": shares_by(then, "region", view.km),
        "places_beyond": places_beyond(then, view.km),
        "sites": then.sites,
    }
    if view.added or view.closed:
        tables["changes"] = changes_by_country(today, then, view.km)
    return {name: frame.round(4) for name, frame in tables.items()}


def _readme(atlas: "Atlas", view: ViewState, today: Distances, then: Distances) -> list[Section]:
    words, tables = Words(view.lang), atlas.tables
    named = scenario_names(tables, (*view.added, *view.closed))
    scenario = [words.text("Added: {name}", name=named.get(each, each)) for each in view.added]
    scenario += [words.text("Closed: {name}", name=named.get(each, each)) for each in view.closed]
    method = (
        words.text("A place’s weight is its share of its country’s listed population times the national total."),
        words.text("Distances are great circles in km from each place to the nearest site that counts."),
        words.text(
            "Planned and closed sites are left out; only people of the EU, EEA, UK and Switzerland are counted."
        ),
        words.text("Columns within_50 to within_300 are shares of people; band_5 is people without any such site."),
        road_words(view, words),
    )
    address = words.text("Address of this view: {address}", address=f"/access?{urlencode(view.to_query(), doseq=True)}")
    return [
        Section(words.text("What this is"), (access_headline(tables, today, then, view, words) + ".",)),
        Section(words.text("Filters"), (filters_in_words(tables, sites_view(view), words), *scenario, address)),
        Section(words.text("Method"), method),
        *edition_sections(tables, words),
    ]
