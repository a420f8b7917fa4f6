"""The figures of the page Access as tables and files: every number can be opened down to its places and sites."""

from typing import Final

import numpy as np
import pandas as pd
import streamlit as st

from mapping.analysis.access_words import change_words, duration_words, people_words
from mapping.analysis.distance_bands import LIMITS, places_beyond, road_minutes, shares_by
from mapping.analysis.scenarios import changes_by_country, sites_view
from mapping.exports.access_files import access_package
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import access_state, cached, lines
from pages.parts.access_state import Study

PLACES_SHOWN: Final = 500
PERCENT: Final = "per cent"
"""Name of a column whose numbers are shares in per cent."""
SUBJECTS: Final = {"partners": "organisations"}
"""Role -> subject of the table of coverage, where they differ."""


def changes(atlas: Atlas, view: ViewState, study: Study, words: Words) -> None:
    """Show who gains and who loses by the scenario, by country."""
    if not study.is_changed:
        return
    table = changes_by_country(study.today, study.then, view.km)
    st.subheader(words.text("What these changes do"), anchor=False)
    st.markdown(
        change_words(table["gain"].sum(), table["loss"].sum(), view.km, words)
        + " "
        + words.text(
            "The way becomes shorter for {nearer} and longer for {farther}.",
            nearer=people_words(table["nearer"].sum(), words),
            farther=people_words(table["farther"].sum(), words),
        )
    )
    if table.empty:
        st.caption(words.text("Nobody’s nearest site changes: another site stands just as near."))
        return
    _grid(
        {
            words.text("Country"): _countries(atlas, table["country"], words),
            words.text("Gain (people)"): table["gain"].round(),
            words.text("Loss (people)"): table["loss"].round(),
            words.text("Net (people)"): table["net"].round(),
            words.text("Within, before"): _percent(table["share_before"]),
            words.text("Within, after"): _percent(table["share_after"]),
        },
        "changes_table",
        words.text("Table of gains and losses by country"),
    )


def tables(atlas: Atlas, view: ViewState, study: Study, words: Words) -> None:
    """Draw the tables, each folded until it is asked for."""
    st.subheader(words.text("The same as tables"), anchor=False)
    for key, label, draw in (
        ("by_country", words.text("By country"), _by_country),
        ("by_region", words.text("By region"), _by_region),
        ("by_place", words.text("Places farther than {km} km", km=view.km), _by_place),
        ("by_site", words.text("Sites that count"), _by_site),
    ):
        fold = st.expander(label, key=f"access_{key}", on_change="rerun")
        if fold.open:
            with fold:
                draw(atlas, view, study, words)


def _by_country(atlas: Atlas, view: ViewState, study: Study, words: Words) -> None:
    table = study.countries
    coverage = access_state.coverage(atlas, atlas.tables.version).set_index("country")["coverage"]
    columns = {words.text("Country"): _countries(atlas, table["country"], words)}
    columns |= _share_columns(table, view, words)
    columns[words.text("Population data covers")] = _percent(table["country"].map(coverage))
    columns[words.text("Sites in the country")] = _states(atlas, view, table["country"], study, words)
    _grid(columns, "country_table", words.text("Table of access by country"))


def _by_region(atlas: Atlas, view: ViewState, study: Study, words: Words) -> None:
    table, names = shares_by(study.then, "region", view.km), access_state.region_names()
    columns = {
        words.text("Region"): table["region"].map(lambda code: names.get(code, code)),
        words.text("Country"): _countries(atlas, table["country"], words),
    }
    _grid(columns | _share_columns(table, view, words), "region_table", words.text("Table of access by region"))
    st.caption(words.text("Regions are of different size by country (NUTS 1 to 3, or the country); compare with care."))


def _share_columns(table: pd.DataFrame, view: ViewState, words: Words) -> dict[str, pd.Series]:
    columns = {
        words.text("People"): table["population"].round(),
        words.text("Farther than {km} km (people)", km=view.km): table["beyond"].round(),
        words.text("Within {km} km", km=view.km): _percent(table["within"]),
    }
    others = [end for end in LIMITS if end != view.km]
    columns |= {words.text("Within {km} km", km=end): _percent(table[f"within_{end}"]) for end in others}
    return columns | {words.text("Median km"): table["median_km"].replace(np.inf, np.nan).round()}


def _by_place(atlas: Atlas, view: ViewState, study: Study, words: Words) -> None:
    table = places_beyond(study.then, view.km)
    shown = table.head(PLACES_SHOWN)
    roads = [
        duration_words(road_minutes(km, view.detour, view.speed), words) if np.isfinite(km) else ""
        for km in shown["km"]
    ]
    _grid(
        {
            words.text("Place"): shown["name"],
            words.text("Country"): _countries(atlas, shown["country"], words),
            words.text("People (estimate)"): shown["people"].round(),
            words.text("km to the nearest"): shown["km"].replace(np.inf, np.nan).round(),
            words.text("By road (estimate)"): pd.Series(roads, index=shown.index),
            words.text("Nearest site"): shown["site"],
        },
        "place_table",
        words.text("Table of places beyond the distance"),
    )
    if len(table) > len(shown):
        st.caption(
            words.text("The {n} largest of {all} places; the files hold all.", n=len(shown), all=len(table))
        )  # fmt: skip


def _by_site(atlas: Atlas, view: ViewState, study: Study, words: Words) -> None:
    sites = study.then.sites
    _grid(
        {
            words.text("Site"): sites["name"],
            words.text("City"): sites["city"],
            words.text("Country"): _countries(atlas, sites["country"], words),
        },
        "site_table",
        words.text("Table of the sites that count"),
    )
    st.page_link(
        "atlas.py",
        label=words.text("Open these sites with their sources on the Atlas"),
        icon=":material/map:",
        query_params=_atlas_query(view),
    )


def _atlas_query(view: ViewState) -> dict[str, list[str]]:
    """Return the address of the Atlas for the sites that count."""
    return ViewState.from_query(
        {key: values for key, values in sites_view(view).to_query().items() if key not in {"add", "close", "own"}}
    ).to_query()


def _states(
    atlas: Atlas, view: ViewState, countries: "pd.Series[str]", study: Study, words: Words
) -> "pd.Series[str]":  # fmt: skip
    """Return how many sites count in each country or, where there is none, which kind of nothing that is."""
    held = study.then.sites["country"].value_counts().to_dict()
    coverage = atlas.tables.frames.get("coverage")
    states: dict[str, str] = {}
    if coverage is not None:
        about = coverage[coverage["subject"] == SUBJECTS.get(view.near_role, view.near_role)]
        states = dict(zip(about["country"], about["state"], strict=True))
    none = words.text("None in view")

    def told(code: str) -> str:
        if held.get(code):
            return words.number(held[code])
        state = states.get(code, "not_assessed")
        return none if state == "found" else words.label(atlas.tables, "coverage_state", state)

    return countries.map(told)


def _countries(atlas: Atlas, codes: "pd.Series[str]", words: Words) -> "pd.Series[str]":
    names = cached.country_names(atlas, words)
    return codes.map(lambda code: names.get(code, code))


def _percent(shares: pd.Series) -> pd.Series:
    """Return shares in per cent, named so that a table knows them."""
    return (shares * 100).rename(PERCENT)


def _grid(columns: dict[str, pd.Series], key: str, alt: str) -> None:
    """Draw a table whose shares are in per cent."""
    frame = pd.DataFrame(columns).reset_index(drop=True)
    config = {
        name: st.column_config.NumberColumn(format="%.0f %%" if column.name == PERCENT else "localized")
        for name, column in columns.items()
        if pd.api.types.is_numeric_dtype(column)
    }
    st.dataframe(frame, hide_index=True, key=key, column_config=config, alt=alt)


def downloads(atlas: Atlas, view: ViewState, study: Study, words: Words) -> None:
    """Draw one button a format, and where programs get the same figures."""
    with st.container(horizontal=True, key="downloads", vertical_alignment="center"):
        st.markdown(words.text("Download these figures:"))
        for kind, label in {"xlsx": "Excel (XLSX)", "csv": "CSV"}.items():
            st.download_button(
                label,
                data=lambda kind=kind: lines.made(lambda: access_package(atlas, view, study.today, study.then, kind)),
                file_name=f"atmp-atlas-access-{atlas.tables.version}.{'zip' if kind == 'csv' else kind}",
                key=f"download-{kind}",
                icon=":material/download:",
                on_click="ignore",
            )
