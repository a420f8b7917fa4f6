"""The tables in data/ under the same promises: a plain loop agrees, links fit, people find what they type."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest

from mapping.view.address import FIELDS, LIST_FIELDS
from mapping.view.atlas import Atlas, open_atlas
from mapping.view.filtering import FACET_KEYS, facet_counts, select
from mapping.view.site_order import site_order
from mapping.view.state import ViewState, read_view
from tests.unit.view import naive

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="module")
def real() -> Atlas:
    return open_atlas(DATA)


@pytest.fixture(scope="module")
def everything(real: Atlas) -> list[naive.Record]:
    return list(naive.records(real.tables))


def some_views(atlas: Atlas, number: int) -> list[ViewState]:
    chance, views = random.Random(20261122), []
    for _ in range(number):
        view = ViewState(include=tuple(chance.sample(["closed", "planned"], chance.randint(0, 2))))
        for key in chance.sample(FACET_KEYS, chance.choice([1, 1, 2, 3])):
            codes = atlas.known.options[key]
            view = view.with_only(key, *chance.sample(codes, chance.randint(1, max(1, len(codes) // 2))))
        views.append(replace(view, years=chance.choice([None, None, (2010, 2020)])))
    return views


def test_every_table_is_shown(real: Atlas) -> None:
    assert dict(real.tables.faults) == {}


def test_sites_in_view_are_those_a_plain_loop_finds(real: Atlas, everything: list[naive.Record]) -> None:
    for view in some_views(real, 60):
        expected = {record["site"] for record in naive.in_view(everything, view)}
        assert set(select(real, view).site_ids) == expected


def test_counts_beside_the_options_are_those_a_plain_loop_finds(real: Atlas, everything: list[naive.Record]) -> None:
    for view in some_views(real, 30):
        for key, options in facet_counts(real, view).items():
            others = [record for record in everything if naive.passes(record, view, key)]
            having = {option: set() for option in options}
            for record in others:
                for option in {record["hidden"]} - {None} if key == "include" else record[key]:
                    having[option].add(record["site"])
            assert dict(options) == {option: len(sites) for option, sites in having.items()}


def test_each_code_in_the_tables_is_offered(real: Atlas, everything: list[naive.Record]) -> None:
    for key in FACET_KEYS:
        used = set().union(*(record[key] for record in everything)) - {""}
        assert used <= set(real.known.options[key])


def test_half_of_every_filter_at_once_still_fits_in_an_address(real: Atlas) -> None:
    options = real.known.options
    half = {FIELDS[key]: codes[: max(1, len(codes) // 2)] for key, codes in options.items() if key in LIST_FIELDS}
    view = ViewState(
        **half,
        years=(2001, 2020),
        text="Universitätsklinikum Hamburg-Eppendorf CAR T",
        obstacle=max(real.tables["obstacles"]["id"], key=len),
        site=max(real.tables["sites"]["id"], key=len),
        focus="2911298",
        style="countries",
        indicator=max(options["indicator"], key=len),
        include=("closed", "planned"),
        km=75,
        lang="de",
        present=True,
        version=real.tables.version,
        sort="-treatment_centres",
        page=9,
    )
    assert read_view(view.to_query(), real.known) == (view, ())
    assert len(urlencode(view.to_query(), doseq=True)) < 2000


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("Charite", "Charité"),
        ("Vall dHebron", "Hebron"),
        ("valldhebron", "Hebron"),
        ("KI", "Karolinska"),
        ("Karolinksa", "Karolinska"),
        ("tuebingen", "Tübingen"),
        ("Tübingen", "Tübingen"),
        ("Hospital Clinic Barcelona", "Hospital Clínic"),
        ("lodz", "Łódź"),
        ("gosh", "Great Ormond Street"),
    ],
)
def test_a_hospital_stands_first_as_people_type_it(real: Atlas, typed: str, part: str) -> None:
    view = ViewState(text=typed)
    order = site_order(real, select(real, view), view)
    first = real.tables["sites"]["name"].iloc[order[:5]]
    assert first.str.contains(part, regex=False).any(), first.tolist()


def test_car_t_finds_units_trials_and_centres_and_no_cartilage_alone(real: Atlas) -> None:
    selection = select(real, ViewState(text="CAR T"))
    assert set(selection.marks["role"]) >= {"facilities", "trial_sites", "treatment_centres"}
    chondrocytes = select(real, ViewState(text="CAR T", modalities=("chondrocyte",)))
    assert len(chondrocytes.sites) == 0
