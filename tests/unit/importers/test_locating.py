"""Towns and sites are found where there is no doubt, and returned as candidates where there is."""

import pytest

from mapping.importers.countries import Countries, country_code
from mapping.importers.locating import Locator, candidates_in_words, position
from mapping.importers.personal_data import plain_line, scrub, without_persons
from mapping.places.geocode import Gazetteer, Place

BERLIN = Place("1", "Example Berlin", "DE", 52.5, 13.4, 3_000_000)
EAST = Place("2", "Example Stadt", "DE", 52.0, 14.0, 40_000)
WEST = Place("3", "Example Stadt", "DE", 51.0, 7.0, 50_000)
SITES = [
    {"id": f"example-{name}", "name": f"Example {name.title()} Hospital", "aliases": "", "city": "Example Berlin",
     "country": "DE", "lat": "52.5", "lon": "13.4", "place_id": "1", "disclosure": "named"}
    for name in ("lindenhof", "sonnenberg")
]  # fmt: skip
REVIEWED = [{"country": "DE", "city": "Example Berlin", "raw_name": "EXB 7", "site_id": "example-lindenhof"}]


@pytest.fixture
def locator() -> Locator:
    return Locator(Gazetteer([BERLIN, EAST, WEST], [("1", "Beispiel-Berlin")]), SITES, (), REVIEWED)


def test_a_town_is_found_by_any_of_its_names(locator: Locator) -> None:
    assert locator.town("Beispiel Berlin", "DE").place == BERLIN


def test_a_town_of_two_meanings_is_returned_with_its_candidates(locator: Locator) -> None:
    town = locator.town("Example Stadt", "DE")
    assert town.place is None
    assert town.rule == "ambiguous"
    assert town.candidates == (WEST, EAST)
    assert "Example Stadt (3, 51.0, 7.0, 50000 people)" in candidates_in_words(town.candidates)


def test_coordinates_choose_between_towns_of_one_name(locator: Locator) -> None:
    assert locator.town("Example Stadt", "DE", (52.01, 14.01)).place == EAST


def test_a_position_far_from_its_town_is_the_towns(locator: Locator) -> None:
    town = locator.town("Example Berlin", "DE", (47.0, 10.0))
    assert position(town, (47.0, 10.0)) == (52.5, 13.4)
    assert position(town, (52.51, 13.41)) == (52.51, 13.41)
    assert position(locator.town("Lost", "DE"), None) is None


def test_a_site_is_named_where_the_name_leaves_no_doubt(locator: Locator) -> None:
    match = locator.site("Klinikum Lindenhof", "Example Berlin", locator.town("Example Berlin", "DE"), "DE")
    assert (match.site_id, match.reason) == ("example-lindenhof", "like its name, within 12 km")
    assert match.score >= 92


def test_a_spelling_that_was_reviewed_is_that_site(locator: Locator) -> None:
    match = locator.site("EXB 7", "Example Berlin", locator.town("Example Berlin", "DE"), "DE")
    assert (match.site_id, match.score) == ("example-lindenhof", 100)


def test_a_name_like_two_sites_is_left_open_with_both(locator: Locator) -> None:
    town = locator.town("Example Berlin", "DE")
    match = locator.site("Lindenhof und Sonnenberg", "Example Berlin", town, "DE")
    assert match.site_id == ""
    assert {match.candidate_id, *(site_id for site_id, _ in match.others)} == {
        "example-lindenhof",
        "example-sonnenberg",
    }


def test_a_name_without_a_site_is_left_open(locator: Locator) -> None:
    match = locator.site("Waldkrankenhaus", "Example Berlin", locator.town("Example Berlin", "DE"), "DE")
    assert (match.site_id, match.candidate_id) == ("", "")


def test_a_free_text_means_the_site_that_is_called_just_so() -> None:
    clinic = {**SITES[0], "id": "example-sonnenberg", "name": "Example University Sonnenberg", "aliases": "Sonne"}
    centre = {**SITES[0], "id": "example-centre", "name": "Example Centre at Sonne, Sonnenberg"}
    locator = Locator(Gazetteer([BERLIN], []), [centre, clinic])
    assert locator.site_named("Sonne").candidate_id == "example-sonnenberg"
    assert locator.site_named("Sonnenberg University").candidate_id == "example-sonnenberg"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Germany", "DE"), ("Allemagne", "DE"), ("Turkey (Türkiye)", "TR"), ("Türkiye", "TR"), ("Czechia", "CZ"),
        ("Czech Republic", "CZ"), ("UK", "GB"), ("United Kingdom", "GB"), ("EL", "GR"), ("Greece", "GR"), ("gr", "GR"),
        ("Österreich", "AT"), ("Kosovo", "XK"), ("Holland", "NL"), ("United States", "US"), ("Nowhere", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_country_is_known_by_the_names_people_write(name: str, code: str) -> None:
    assert country_code(name) == code


def test_europe_is_what_the_data_say() -> None:
    countries = Countries.of(
        [{"id": "DE", "scope": "core"}, {"id": "TR", "scope": "europe"}, {"id": "RU", "scope": "context"}], ["US"]
    )
    assert countries.european == {"DE", "TR"}
    assert countries.known == {"DE", "TR", "RU", "US"}


@pytest.mark.parametrize(
    "text",
    [
        "write to person@example.org",
        "write to person (at) example (dot) org",
        "call +49 30 1234567",
        "Tel.: 030/1234567",
        "call 0049 30 123 45 67",
    ],
)
def test_addresses_and_telephone_numbers_are_removed(text: str) -> None:
    plain, removed = scrub(text)
    assert removed == 1
    assert "[removed]" in plain
    assert not any(piece in plain for piece in ("person", "1234567", "123 45 67"))


@pytest.mark.parametrize(
    "text", ["NCT01234567", "2024-512345-12-00", "2010-123456-12", "10 million cells", "5.000 EUR", "18-24"]
)
def test_numbers_that_are_no_telephone_numbers_stay(text: str) -> None:
    assert scrub(text) == (text, 0)


def test_a_titled_name_is_removed_from_an_answer() -> None:
    assert without_persons("ask Prof. Dr. Erika von Beispiel about it")[0] == "ask [removed] about it"
    assert (
        without_persons("Jane Muster, Example University Hospital", is_place=True)[0] == "Example University Hospital"
    )
    assert without_persons("Genevieve Muster", is_place=True) == ("", 1)


def test_a_line_of_ours_holds_no_control_tag_or_formula() -> None:
    assert plain_line(" =a\nb\u202e <script> ") == "a b < script>"
