"""One country on one page: its lists, its gaps, and when putting it beside another misleads."""

import csv

import pytest

from mapping.analysis.country_comparison import PAGES_RATIO, caveats, pages_read
from mapping.analysis.country_gaps import centres_held, left_out, reported_beyond, reported_centres
from mapping.analysis.country_headline import countries_headline
from mapping.analysis.country_profile import LEGAL, country_profile
from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas, atlas_of
from mapping.words import Words
from tests.unit.paths import DATA

ENGLISH = Words("en", strict=True)


def rows_of(table: str) -> list[dict[str, str]]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def real_atlas(real: Tables) -> Atlas:
    return atlas_of(real)


@pytest.fixture(scope="module")
def core() -> list[str]:
    return [row["id"] for row in rows_of("countries") if row["scope"] == "core"]


def rules(atlas: Atlas, *countries: str) -> set[tuple[str, str]]:
    return {(caveat.rule, caveat.subject) for caveat in caveats(atlas, countries, ENGLISH)}


def test_every_country_has_a_page_also_the_empty_ones(real_atlas, core):
    assert len(core) == 32
    for country in core:
        profile = country_profile(real_atlas, country, ENGLISH)
        assert profile.name
        assert profile.standing
        assert sum(tally.count for tally in profile.mix) == profile.records
        assert profile.trial_cells["trials"].sum() == profile.trials
        assert [row.figure for row in profile.law] == list(LEGAL)
        assert profile.medicines_unknown + len(profile.medicines) == 14
        assert countries_headline(real_atlas, (profile,), ENGLISH)


def test_a_country_without_records_says_what_was_looked_for(real_atlas):
    profile = country_profile(real_atlas, "MT", ENGLISH)
    assert (profile.sites, profile.records, profile.trials_state) == (0, 0, "none_found")
    assert {role.role: role.state for role in profile.roles} == {
        "partners": "not_assessed",
        "facilities": "not_assessed",
        "trial_sites": "none_found",
        "treatment_centres": "not_assessed",
    }
    assert any("Trial sites: looked for" in gap for gap in profile.gaps)
    assert any("Manufacturing: not assessed" in gap for gap in profile.gaps)


def test_obstacles_are_ordered_by_distinct_sources(real_atlas):
    held: dict[str, set[str]] = {}
    figures = [row for row in rows_of("obstacle_evidence") if row["area"] == "country" and row["country"] == "DE"]
    for row in figures:
        held.setdefault(row["obstacle_id"], set()).update(row["source_ids"].split("|"))
    profile = country_profile(real_atlas, "DE", ENGLISH)
    assert profile.obstacle_figures == len(figures)
    assert profile.obstacle_sources == len(set().union(*held.values()))
    assert profile.obstacle_count == len(held)
    assert [row.sources for row in profile.obstacles] == sorted(map(len, held.values()), reverse=True)[:6]
    assert all(row.sources == len(held[row.id]) for row in profile.obstacles)


def test_each_published_figure_has_a_source_a_year_or_none_and_its_basket(real_atlas):
    profile = country_profile(real_atlas, "DE", ENGLISH)
    assert all(row.sources for row in profile.medicines)
    reimbursed = next(row for row in profile.medicines if row.figure == "atmp_reimbursed_count")
    assert (reimbursed.told, "of 18" in reimbursed.label) == ("16 products (2023)", True)


def test_reported_centres_and_those_held_are_told(real_atlas):
    country_of = {row["id"]: row["country"] for row in rows_of("sites")}
    held = {
        row["site_id"]
        for row in rows_of("treatment_centres")
        if row["status"] == "designated" and "CAR-T" in row["scope"] and country_of[row["site_id"]] == "DE"
    }
    assert reported_centres(real_atlas.tables, "DE") == (45, 2025)
    assert centres_held(real_atlas.tables, "DE") == len(held)
    gaps = country_profile(real_atlas, "DE", ENGLISH).gaps
    assert f"{len(held)} of the 45 CAR-T centres that a source reports for 2025 are in the Atlas" in gaps


def test_records_out_of_use_are_counted_as_left_out(real_atlas):
    country_of = {row["id"]: row["country"] for row in rows_of("sites")}
    states = {"closed", "in_construction", "planned", "protocol_only"}
    out = [
        row["id"]
        for table, column in (("facilities", "gmp_status"), ("treatment_centres", "status"))
        for row in rows_of(table)
        if row["site_id"] and country_of[row["site_id"]] == "HR" and row[column] in states
    ]
    assert left_out(real_atlas, "HR") == len(out) > 0


def test_one_country_is_never_compared(real_atlas):
    assert caveats(real_atlas, ("DE",), ENGLISH) == ()


def test_a_subject_looked_for_in_one_country_only_misleads(real_atlas, core):
    states = {(row["country"], row["subject"]): row["state"] for row in rows_of("coverage")}
    for other in core:
        told = {subject for rule, subject in rules(real_atlas, "DE", other) if rule == "looked_for"}
        subjects = {subject for country, subject in states if country == "DE"}
        expected = {s for s in subjects if (states["DE", s] == "not_assessed") != (states[other, s] == "not_assessed")}
        assert told == expected


def test_five_times_as_many_pages_mislead(real_atlas, core):
    pages = {
        (row["country"], row["subject"]): len(set(filter(None, row["source_ids"].split("|"))))
        for row in rows_of("coverage")
    }
    found = {(row["country"], row["subject"]) for row in rows_of("coverage") if row["state"] == "found"}
    for other in core:
        told = {subject for rule, subject in rules(real_atlas, "DE", other) if rule == "pages"}
        both = {subject for country, subject in found if country == other and ("DE", subject) in found}
        expected = {
            subject
            for subject in both
            if max(pages["DE", subject], pages[other, subject])
            >= PAGES_RATIO * min(pages["DE", subject], pages[other, subject])
            > 0
        }
        assert told == expected
    assert pages_read(real_atlas.tables, "MT", "facilities") == 0


def test_a_known_total_held_to_half_or_less_misleads(real_atlas):
    assert ("known_totals", "treatment_centres") in rules(real_atlas, "DE", "ES")
    assert ("known_totals", "treatment_centres") not in rules(real_atlas, "AT", "CZ")


def test_verified_shares_far_apart_mislead(real_atlas):
    assert ("confidence", "verified") in rules(real_atlas, "DE", "BG")
    assert ("confidence", "verified") not in rules(real_atlas, "DE", "FR")


def test_populations_listed_too_few_or_too_many_mislead(real_atlas):
    assert ("population", "listed_share") in rules(real_atlas, "SI", "AT")
    assert ("population", "listed_share") not in rules(real_atlas, "DE", "ES")


def test_figures_of_different_years_mislead(real_atlas):
    assert ("years", "wait_days_all_medicines") in rules(real_atlas, "DE", "FR")
    assert ("years", "wait_days_all_medicines") not in rules(real_atlas, "ES", "IT")


def test_some_countries_may_be_compared(real_atlas, core):
    pairs = [(one, other) for one in core for other in core if one < other]
    free = [pair for pair in pairs if not caveats(real_atlas, pair, ENGLISH)]
    assert 0 < len(free) < len(pairs)


def test_the_headline_counts_countries_without_a_centre(real_atlas, core):
    country_of = {row["id"]: row["country"] for row in rows_of("sites")}
    centres = [row for row in rows_of("treatment_centres") if row["status"] not in {"planned", "protocol_only"}]
    without = len(set(core) - {country_of[row["site_id"]] for row in centres})
    assert countries_headline(real_atlas, (), ENGLISH).startswith(f"{without} of 32 countries have no treatment centre")


def test_the_headline_of_several_gives_their_rates(real_atlas):
    profiles = tuple(country_profile(real_atlas, code, ENGLISH) for code in ("ES", "MT"))
    assert countries_headline(real_atlas, profiles, ENGLISH) == (
        f"Sites per million people: Spain {profiles[0].sites / 46723749 * 1e6:.1f} and Malta (none known)"
    )


def test_a_headline_says_nobody_where_nobody_lives_near(real_atlas):
    profile = country_profile(real_atlas, "CY", ENGLISH)
    assert countries_headline(real_atlas, (profile,), ENGLISH).endswith(
        "; nobody lives within 100 km of a treatment centre"
    )


def test_centres_that_others_report_and_the_atlas_lacks_are_read_from_the_data(real_atlas):
    rows = [row for row in rows_of("country_indicators") if row["indicator"] == "cart_centres"]
    found = {country: (centres, source) for country, centres, source in reported_beyond(real_atlas.tables)}
    for country, (centres, source) in found.items():
        ours = [row for row in rows if row["country"] == country]
        newest = max(ours, key=lambda row: row["year"])
        assert (str(centres), source) == (newest["value"], newest["source_ids"].split("|")[0])
        assert centres > centres_held(real_atlas.tables, country)
    assert set(found) >= {"DE", "ES"}


def test_a_share_of_all_but_a_few_is_not_said_to_be_about_more_than_it_is(real_atlas):
    profile = country_profile(real_atlas, "CH", ENGLISH)
    told = countries_headline(real_atlas, (profile,), ENGLISH).replace("\N{NO-BREAK SPACE}", " ")
    assert told.endswith("; >99 % of people live within 100 km of a treatment centre")
