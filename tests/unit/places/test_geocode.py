"""Towns by any of their names, and regions by a point."""

from typing import Any

import pytest

from mapping.places.geocode import Gazetteer, Place, Regions, distance_km

MILAN = Place("1", "Milan", "IT", 45.46, 9.19, 1_371_498)
HALLE_SAALE = Place("2", "Halle (Saale)", "DE", 51.48, 11.98, 237_865)
HALLE_WESTFALEN = Place("3", "Halle", "DE", 52.06, 8.36, 21_393)
NEWCASTLE_DOWN = Place("4", "Newcastle", "GB", 54.22, -5.89, 7_444)
NEWCASTLE_TYNE = Place("5", "Newcastle upon Tyne", "GB", 54.97, -1.61, 300_125)
CENTRE_OF_ITALY = (42.78235, 12.59836)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    places = [MILAN, HALLE_SAALE, HALLE_WESTFALEN, NEWCASTLE_DOWN, NEWCASTLE_TYNE]
    return Gazetteer(places, [("1", "Milano"), ("5", "Newcastle")])


def test_a_town_is_found_in_another_language(gazetteer: Gazetteer) -> None:
    assert gazetteer.locate("Milano", "IT").place == MILAN


def test_wrong_coordinates_do_not_move_a_town(gazetteer: Gazetteer) -> None:
    assert gazetteer.locate("Milan", "IT", CENTRE_OF_ITALY).place == MILAN


def test_the_far_larger_town_of_a_name_is_taken(gazetteer: Gazetteer) -> None:
    assert gazetteer.locate("Halle", "DE").place == HALLE_SAALE


def test_coordinates_choose_between_towns_of_one_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.locate("Halle", "DE", (51.48158, 11.97947)).place == HALLE_SAALE


def test_size_against_coordinates_is_left_to_the_reviewer(gazetteer: Gazetteer) -> None:
    located = gazetteer.locate("Newcastle", "GB", (54.21804, -5.88979))
    assert (located.place, located.rule) == (None, "ambiguous")


def test_a_town_of_another_country_is_not_found(gazetteer: Gazetteer) -> None:
    assert gazetteer.locate("Milan", "FR").rule == "unknown"


def test_distance_between_milan_and_the_centre_of_italy() -> None:
    # Haversine by hand: dlat 2.678 deg, dlon 3.408 deg at 44.1 N.
    assert distance_km(MILAN, CENTRE_OF_ITALY) == pytest.approx(404, abs=2)


def square(iso2: str, code: str, west: float, south: float) -> dict[str, Any]:
    ring = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]
    return {"properties": {"iso2": iso2, "code": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_a_point_on_the_coast_belongs_to_the_nearest_region_of_its_country() -> None:
    regions = Regions([square("PT", "PT1", 0, 0), square("ES", "ES1", 1, 0)])
    assert regions.at(0.5, 0.5, "PT") == "PT1"
    assert regions.at(0.5, 1.1, "PT") == "PT1"
    assert regions.at(0.5, 1.1, "ES") == "ES1"
    assert regions.at(0.5, 5.0, "PT") == ""
