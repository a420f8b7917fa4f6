"""Names of hospitals and towns, taken down to what tells them apart."""

import pytest

from mapping.places.names import city_key, fold, has_department, is_undisclosed, slug, tell_tale_words


@pytest.mark.parametrize("spelling", ["Universitätsklinikum", "Universitaetsklinikum", "Universitatsklinikum"])
def test_an_umlaut_reads_the_same_however_it_is_typed(spelling: str) -> None:
    assert fold(spelling) == "universitatsklinikum"


@pytest.mark.parametrize(
    ("city", "key"),
    [
        ("Pessac, Cedex", "pessac"),
        ("Lyon cedex 08", "lyon"),
        ("Paris 15", "paris"),
        ("Granada.", "granada"),
        ("Rozzano (MI)", "rozzano"),
        ("København Ø", "kobenhavn"),
    ],
)
def test_a_town_is_known_without_its_postal_additions(city: str, key: str) -> None:
    assert city_key(city) == key


@pytest.mark.parametrize(
    "facility",
    [
        "Research Site",
        "Research Site 7",
        "Investigational Site",
        "Investigative site 01",
        "Novartis Investigative Site",
        "Local Institution - 750",
        "Clinical Trial Site",
        "Bluebird site 12",
        "A25",
        "",
        "(investigator's name withheld)",
    ],
)
def test_a_hidden_hospital_is_recognised(facility: str) -> None:
    assert is_undisclosed(facility)


@pytest.mark.parametrize(
    "facility",
    [
        "Sarah Cannon Research Institute London",
        "Clinical Research Facility, Guy's Hospital",
        "Institut Jules Bordet",
        "Universitätsklinikum Schleswig-Holstein, Campus Kiel",
        "AMC",
    ],
)
def test_a_hospital_that_is_named_is_not_taken_for_hidden(facility: str) -> None:
    assert not is_undisclosed(facility)


def test_department_hospital_and_town_words_tell_nothing() -> None:
    name = "Department of Otolaryngology, Rigshospitalet, University Hospital of Copenhagen"
    assert tell_tale_words(name, frozenset({"copenhagen"})) == ("rigshospitalet",)


def test_the_university_hospital_of_a_town_has_no_word_of_its_own() -> None:
    assert tell_tale_words("Universitätsklinikum Ulm", frozenset({"ulm"})) == ()


def test_an_inflected_town_is_still_the_town() -> None:
    name = "Uniwersytecki Szpital Kliniczny im. Jana Mikulicza-Radeckiego we Wrocławiu"
    assert "wroclawiu" not in tell_tale_words(name, frozenset({"wroclaw"}))


def test_a_remark_on_who_may_enrol_marks_no_name() -> None:
    assert has_department("Hôpital Saint Antoine (Adults only)")
    assert not has_department("Hôpital Saint-Antoine")


def test_a_slug_is_made_of_ascii_letters_digits_and_hyphens() -> None:
    assert slug("Łódź, Chaïdári & Århus") == "lodz-chaidari-arhus"
