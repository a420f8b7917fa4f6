"""Which names the rule proposes to be one place."""

import pytest

from mapping.places.geocode import Place
from mapping.places.matching import SAME_PLACE_SCORE, clusters, named, score

BARCELONA = Place("1", "Barcelona", "ES", 41.39, 2.16, 1_620_343)
BADALONA = Place("2", "Badalona", "ES", 41.45, 2.25, 220_440)
MADRID = Place("3", "Madrid", "ES", 40.42, -3.70, 3_255_944)
ULM = Place("4", "Ulm", "DE", 48.40, 9.99, 120_714)
WORDS = {
    BARCELONA: frozenset({"barcelona"}),
    BADALONA: frozenset({"badalona"}),
    MADRID: frozenset({"madrid"}),
    ULM: frozenset({"ulm"}),
}


def same(first: str, second: str, place: Place = BARCELONA, other: Place | None = None) -> bool:
    other = other or place
    return score(named([first], place, WORDS[place]), named([second], other, WORDS[other])) >= SAME_PLACE_SCORE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Hosp Univ Vall D Hebron", "Hospital Universitari Vall d'Hebrón (Adults and Pediatrics)"),
        ("Hospital Clínic", "Hospital Clinic de Barcelona"),
        ("Hosp. de La Santa Creu I Sant Pau", "Hospital Santa Creu Y Sant Pau"),
        ("Neurology Service, Hospital Clinic de barcelona", "Hosp. Clinic de Barcelona"),
    ],
)
def test_spellings_of_one_hospital_are_joined(first: str, second: str) -> None:
    assert same(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Hospital Clínic de Barcelona", "Hospital Universitari Vall d'Hebron"),
        ("Hospital Universitari Vall d'Hebron", "Hospital de la Santa Creu i Sant Pau"),
        ("Hospital de la Santa Creu i Sant Pau", "Hospital Sant Joan de Déu"),
        ("Hospital del Mar", "Hospital Clinic"),
    ],
)
def test_two_hospitals_of_one_city_stay_apart(first: str, second: str) -> None:
    assert not same(first, second)


def test_a_hospital_recorded_under_the_next_town_is_joined() -> None:
    assert same("Hospital Germans Trias i Pujol", "Hosp. Univ. Germans Trias I Pujol", BARCELONA, BADALONA)


def test_one_name_in_far_towns_is_two_places() -> None:
    assert not same("Hospital Universitario Reina Sofía", "Hospital Universitario Reina Sofía", BARCELONA, MADRID)


def test_the_university_hospital_of_a_town_is_one() -> None:
    assert same("Universitätsklinikum Ulm, Klinik für Dermatologie", "University Hospital Ulm", ULM)


def test_a_childrens_hospital_is_a_place_of_its_own() -> None:
    assert not same("University Hospital Ulm", "University Children's Hospital", ULM)


def test_a_unit_is_also_read_by_its_operator() -> None:
    unit = named(["La Cambra Blanca", "Hospital Clínic de Barcelona"], BARCELONA, WORDS[BARCELONA])
    hospital = named(["Hospital Clínic"], BARCELONA, WORDS[BARCELONA])
    assert score(unit, hospital) >= SAME_PLACE_SCORE


def test_groups_are_named_by_the_position_of_their_first_name() -> None:
    names = ["Hospital del Mar", "Hospital Clinic", "Hospital Clínic de Barcelona", "Hospital Del Mar"]
    assert clusters([named([name], BARCELONA, WORDS[BARCELONA]) for name in names]) == [0, 1, 1, 0]
