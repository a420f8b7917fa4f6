"""What the page Access works out for an address, kept per data version, filters and scenario."""

from collections.abc import Hashable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from mapping.analysis.access import population_coverage
from mapping.analysis.distance_bands import cumulative, share_within, shares_by
from mapping.analysis.inequality import Inequality, inequality
from mapping.analysis.scenarios import Distances, distances_today, sites_view, with_scenario
from mapping.tables.features import features_of
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from pages.parts import cached


@dataclass(frozen=True, eq=False)
class Study:
    """Everything the page shows of one view."""

    today: Distances
    """Without the scenario."""
    then: Distances
    """With it; the same where there is none."""
    other: Distances
    """As ``then``, with the other answer to whether only the own country counts."""
    countries: pd.DataFrame
    """Shares by country, the lowest first."""
    share: float
    """Share of all people of Europe within the distance, whichever countries are in view."""

    @property
    def is_changed(self) -> bool:
        """Return whether there is a scenario."""
        return self.then is not self.today


def study(atlas: Atlas, view: ViewState) -> Study:
    """Return what is shown for a view."""
    return _study(atlas, view, (*_base_key(atlas, view), view.added, view.closed, view.countries, view.km))


def _base_key(atlas: Atlas, view: ViewState) -> tuple[Hashable, ...]:
    return (atlas.tables.version, id(atlas), view.near_role, view.own, sites_view(view).filter_key())


@st.cache_resource(show_spinner=False, max_entries=24)
def _study(_atlas: Atlas, _view: ViewState, key: tuple[Hashable, ...]) -> Study:
    base, everybody = _pair(_atlas, _view)
    _, other = _pair(_atlas, _view.with_only("own", *(() if _view.own else ("1",))))
    today = base.among(_view.countries)
    then = today if everybody is base else everybody.among(_view.countries)
    countries, share = shares_by(then, "country", _view.km), share_within(everybody, _view.km)
    return Study(today, then, other.among(_view.countries), countries, share)


def _pair(atlas: Atlas, view: ViewState) -> tuple[Distances, Distances]:
    """Return the distances of everybody today and with the scenario; the same where there is none."""
    base = _base(atlas, view, _base_key(atlas, view))
    return base, with_scenario(atlas.tables, base, view)


@st.cache_resource(show_spinner=False, max_entries=24)
def _base(_atlas: Atlas, _view: ViewState, key: tuple[Hashable, ...]) -> Distances:
    return distances_today(_atlas, _view)


@st.cache_data(show_spinner=False, max_entries=64)
def curve(_found: Distances, key: tuple[Hashable, ...]) -> pd.DataFrame:
    """Return the cumulative curve of some distances."""
    return cumulative(_found)


@st.cache_resource(show_spinner=False, max_entries=64)
def shared_out(_found: Distances, key: tuple[Hashable, ...]) -> Inequality:
    """Return Lorenz curve and Gini index of some distances."""
    return inequality(_found.km, _found.homes["people"].to_numpy(dtype=float))


def key_of(atlas: Atlas, view: ViewState) -> tuple[Hashable, ...]:
    """Return what decides the distances shown: a key to keep pictures by."""
    return (*_base_key(atlas, view), view.added, view.closed, view.countries)


@st.cache_resource(show_spinner=False)
def coverage(_atlas: Atlas, version: str) -> pd.DataFrame:
    """Return what the populated places hold of each country's people."""
    return population_coverage(_atlas.tables)


@st.cache_resource(show_spinner=False)
def region_names() -> dict[str, str]:
    """Return code and name of each region."""
    shapes = features_of(cached.DATA, "regions")
    return {shape["properties"]["code"]: shape["properties"]["name"] for shape in shapes}
