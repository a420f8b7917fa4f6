"""Every figure of every country, counted again from the files by plain loops."""

import csv
from collections import defaultdict
from math import asin, cos, radians, sin, sqrt

import pytest

from mapping.analysis.country_profile import figures_of
from mapping.analysis.country_rows import rows_behind, sources_of
from mapping.analysis.ranking import in_order, ranking
from mapping.analysis.ranking_words import GROUPS, figure_label, printed, ranking_table
from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.ranked import ranked, split_figure
from mapping.words import Words
from tests.unit.paths import DATA

ENGLISH = Words("en", strict=True)
OUT_OF_USE = {"closed", "in_construction", "planned", "protocol_only"}
EU_AND_AROUND = {
    *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU"),
    *("MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO", "CH", "GB"),
}


def rows_of(table: str) -> list[dict[str, str]]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def real_atlas(real: Tables) -> Atlas:
    return atlas_of(real)


@pytest.fixture(scope="module")
def country_of() -> dict[str, str]:
    return {row["id"]: row["country"] for row in rows_of("sites")}


@pytest.fixture(scope="module")
def sites_by_role(country_of: dict[str, str]) -> dict[str, dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    tables = {"partners": "organisations", "facilities": "facilities", "treatment_centres": "treatment_centres"}
    for role, table in {**tables, "trial_sites": "trial_sites"}.items():
        for row in rows_of(table):
            state = row.get("gmp_status") or row.get("status") or ""
            if row["site_id"] and state not in OUT_OF_USE:
                found[country_of[row["site_id"]]][role].add(row["site_id"])
                found[country_of[row["site_id"]]]["sites"].add(row["site_id"])
    return found


def test_each_country_has_each_figure_once(real_atlas):
    cells = ranking(real_atlas)
    assert set(cells["country"]) == EU_AND_AROUND
    figures = {figure for group in ranked(real_atlas.tables).values() for figure in group}
    assert len(cells) == len(EU_AND_AROUND) * len(figures)
    assert not cells.duplicated(["country", "figure"]).any()


def test_every_indicator_about_a_country_is_in_a_group(real_atlas):
    held = {row["indicator"] for row in rows_of("country_indicators") if row["area"] == "country"}
    assert held <= {figure for group in ranked(real_atlas.tables).values() for figure in group}


@pytest.mark.parametrize("kind", ["sites", "partners", "facilities", "trial_sites", "treatment_centres"])
def test_sites_are_those_of_the_files_and_divided_by_the_people(real_atlas, sites_by_role, kind):
    people = {row["id"]: float(row["population"]) for row in rows_of("countries") if row["scope"] == "core"}
    for country in EU_AND_AROUND:
        known, count = figures_of(real_atlas, country), len(sites_by_role[country][kind])
        assert (known[kind]["value"] == count) if count else known[kind]["state"] != "found"
        if count:
            assert known[f"{kind}_per_million"]["value"] == pytest.approx(count / people[country] * 1e6)


def test_trials_are_counted_once_a_country(real_atlas, country_of):
    phase = {row["id"]: row["phase"] for row in rows_of("trials")}
    kind = {row["id"]: row["atmp_class"] for row in rows_of("trials")}
    here = defaultdict(set)
    for row in rows_of("trial_sites"):
        here[country_of[row["site_id"]]].add(row["trial_id"])
    for country in EU_AND_AROUND:
        known = figures_of(real_atlas, country)
        expected = {"trials": len(here[country])}
        for trial in here[country]:
            for figure in (f"trials_phase_{phase[trial]}", f"trials_class_{kind[trial]}"):
                expected[figure] = expected.get(figure, 0) + 1
        told = {
            figure: int(cell["value"])
            for figure, cell in known.items()
            if figure.startswith("trials") and not figure.endswith("million") and cell["state"] == "found"
        }
        assert told == {figure: count for figure, count in expected.items() if count}


def test_a_country_without_a_row_tells_which_kind_of_nothing(real_atlas):
    states = {(row["country"], row["subject"]): row["state"] for row in rows_of("coverage")}
    subjects = {"facilities": "facilities", "trial_sites": "trial_sites", "treatment_centres": "treatment_centres"}
    for country in EU_AND_AROUND:
        for figure, subject in {
            **subjects,
            "partners": "organisations",
            "obstacle_sources": "obstacle_evidence",
        }.items():
            state, said = figures_of(real_atlas, country)[figure]["state"], states[country, subject]
            assert state in {"found", said} or (state in {"none_found", "zero"} and said == "found")


def test_a_country_whose_known_sites_are_all_closed_has_none_and_was_not_searched_in_vain(real_atlas):
    country_of = {row["id"]: row["country"] for row in rows_of("sites")}
    states = {row["gmp_status"] for row in rows_of("facilities") if country_of.get(row["site_id"]) == "HR"}
    assert states
    assert states <= {"closed", "in_construction", "planned"}
    for figure in ("facilities", "facilities_per_million"):
        cell = figures_of(real_atlas, "HR")[figure]
        assert (cell["value"], cell["state"]) == (0, "zero")
    assert figures_of(real_atlas, "LI")["treatment_centres"]["state"] != "zero"


def test_obstacle_sources_are_distinct_sources(real_atlas):
    sources = defaultdict(set)
    for row in rows_of("obstacle_evidence"):
        if row["area"] == "country":
            sources[row["country"]] |= set(row["source_ids"].split("|"))
    for country in EU_AND_AROUND:
        told = figures_of(real_atlas, country)["obstacle_sources"]
        assert told["value"] == len(sources[country]) if sources[country] else told["state"] != "found"


def test_solutions_in_place_name_the_country_and_are_in_use_or_tried(real_atlas):
    for country in EU_AND_AROUND:
        count = sum(
            country in row["countries"].split("|") and row["status"] in {"in_use", "pilot"}
            for row in rows_of("solutions")
        )
        told = figures_of(real_atlas, country)["solutions"]
        assert told["value"] == count if count else told["state"] == "not_assessed"


def test_a_published_figure_is_the_newest_of_its_country(real_atlas):
    newest: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows_of("country_indicators"):
        if row["area"] == "country" and row["indicator"] != "population":
            newest[row["country"], row["indicator"]].append(row)
    for (country, figure), rows in newest.items():
        told = figures_of(real_atlas, country)[figure]
        year = max(row["year"] for row in rows)
        candidates = [row for row in rows if row["year"] == year]
        assert told["state"] in {"found", "zero"}
        assert any(
            told["code"] == row["value_code"] if row["value_code"] else told["value"] == float(row["value"])
            for row in candidates
        )
        assert ("" if told["year"] != told["year"] or told["year"] is None else str(int(told["year"]))) == year


def test_shares_of_confidence_add_up(real_atlas):
    for country in EU_AND_AROUND:
        known = figures_of(real_atlas, country)
        if known["records"]["state"] == "found":
            parts = [known[code]["value"] for code in ("verified", "inferred", "unverified")]
            assert sum(parts) == pytest.approx(100)


def km_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The haversine formula, independent of the chords that the Atlas uses."""
    (lat, lon), (north, east) = one, other
    a = sin(radians(north - lat) / 2) ** 2
    a += cos(radians(lat)) * cos(radians(north)) * sin(radians(east - lon) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(min(1.0, a)))


@pytest.mark.parametrize(("country", "km"), [("MT", 200), ("SI", 100), ("EE", 200), ("CY", 100), ("LU", 100)])
def test_shares_within_a_distance_agree_with_the_haversine_formula(real_atlas, country, km):
    sites = {row["id"]: (float(row["lat"]), float(row["lon"])) for row in rows_of("sites")}
    open_ids = {row["site_id"] for row in rows_of("treatment_centres") if row["status"] not in OUT_OF_USE}
    centres = [sites[site] for site in open_ids]
    places = [row for row in rows_of("geo/places") if row["country"] == country]
    total = near = 0.0
    for row in places:
        total += float(row["population"])
        here = (float(row["lat"]), float(row["lon"]))
        near += float(row["population"]) * (min(km_between(here, centre) for centre in centres) <= km)
    told = figures_of(real_atlas, country)[f"within_{km}_treatment_centres"]
    assert told["value"] == pytest.approx(near / total * 100, abs=0.01)
    assert told["state"] == ("found" if near else "zero")


def test_each_count_opens_as_many_rows_each_with_its_source(real_atlas):
    counted = {"sites", "partners", "facilities", "trial_sites", "treatment_centres", "trials", "records", "solutions"}
    counted |= {"obstacle_figures", *ranked(real_atlas.tables)["classes"]}
    for country in ("DE", "SE", "BG", "MT"):
        for figure in counted:
            cell, frame = figures_of(real_atlas, country)[figure], rows_behind(real_atlas, figure, country).frame
            assert len(frame) == (cell["value"] if cell["state"] == "found" else 0), (country, figure)
        known = figures_of(real_atlas, country)["obstacle_sources"]
        frame = rows_behind(real_atlas, "obstacle_sources", country).frame
        told = len(sources_of(real_atlas.tables, ENGLISH, frame))
        assert told == (known["value"] if known["state"] == "found" else 0)


def test_places_behind_a_share_add_up_to_it(real_atlas):
    frame = rows_behind(real_atlas, "within_100_treatment_centres", "DE").frame
    share = frame.loc[frame["within"], "people"].sum() / frame["people"].sum() * 100
    assert figures_of(real_atlas, "DE")["within_100_treatment_centres"]["value"] == pytest.approx(share, abs=0.01)


def test_each_published_cell_opens_the_rows_it_was_taken_from(real_atlas):
    cells = ranking(real_atlas)
    published = {figure for group in ("medicines", "law", "reported") for figure in ranked(real_atlas.tables)[group]}
    for cell in cells[cells["figure"].isin(published)].itertuples():
        frame = rows_behind(real_atlas, cell.figure, cell.country).frame
        assert bool(len(frame)) == (cell.state in {"found", "zero"})
        assert frame["source_ids"].notna().all()


def test_countries_without_a_figure_stand_last_in_either_order(real_atlas):
    cells = ranking(real_atlas)
    names = {code: ENGLISH.country(real_atlas.tables, code) for code in EU_AND_AROUND}
    for sort in ("treatment_centres", "-treatment_centres"):
        order = in_order(cells, sort, names)
        states = [figures_of(real_atlas, code)["treatment_centres"]["state"] for code in order]
        known = sum(state in {"found", "zero"} for state in states)
        values = [figures_of(real_atlas, code)["treatment_centres"]["value"] for code in order[:known]]
        assert set(states[:known]) == {"found", "zero"}
        assert not {"found", "zero"} & set(states[known:])
        assert values == sorted(values, reverse=sort.startswith("-"))
        assert set(order) == EU_AND_AROUND


def test_without_an_order_countries_stand_by_name(real_atlas):
    names = {code: ENGLISH.country(real_atlas.tables, code) for code in EU_AND_AROUND}
    assert [names[code] for code in in_order(ranking(real_atlas), "", names)] == sorted(names.values())
    assert in_order(ranking(real_atlas), "-country", names)[0] == "GB"


def test_no_cell_is_blank_and_no_nothing_reads_as_a_number(real_atlas):
    for group in ranked(real_atlas.tables):
        table = ranking_table(real_atlas, group, sorted(EU_AND_AROUND), ENGLISH)
        assert not table.isin(["", "nan", "None"]).any().any()
        for figure in table.columns:
            for country, told in table[figure].items():
                state = figures_of(real_atlas, country)[figure]["state"]
                assert any(sign.isdigit() for sign in told) or state not in {"zero"}
                if state in {"none_found", "not_assessed", "not_applicable"}:
                    assert not any(sign.isdigit() for sign in told)


def test_every_group_and_figure_has_words(real_atlas):
    assert set(ranked(real_atlas.tables)) == set(GROUPS)
    for group in ranked(real_atlas.tables).values():
        for figure in group:
            assert figure_label(real_atlas.tables, figure, ENGLISH) not in {"", figure}


def test_a_published_cell_prints_its_year(real_atlas):
    cell = figures_of(real_atlas, "DE")["atmp_reimbursed_count"]
    assert printed(real_atlas.tables, cell, ENGLISH) == "16 products (2023)"


@pytest.mark.parametrize(
    ("figure", "parts"),
    [("trials:DE", ("trials", "DE")), ("trials_phase_1/2:DE", ("trials_phase_1/2", "DE")), ("x", ("", ""))],
)
def test_an_open_figure_is_a_figure_and_a_country(figure, parts):
    assert split_figure(figure) == parts
