"""The sites in view as a GeoPackage, opened again by geopandas."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest

from mapping.exports.command import export
from mapping.exports.download import package, sites_in_view
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState

Saved = Callable[[ViewState], Path]
GERMANY = ViewState(countries=("DE",))


@pytest.fixture
def saved(atlas: Atlas, tmp_path: Path) -> Callable[[ViewState], Path]:
    def save(view: ViewState) -> Path:
        file = tmp_path / "sites.gpkg"
        file.write_bytes(package(atlas, view, "gpkg")[0])
        return file

    return save


@pytest.mark.parametrize("view", [ViewState(), GERMANY])
def test_each_site_in_view_is_one_point_in_degrees(atlas: Atlas, saved: Saved, view: ViewState) -> None:
    points, wanted = gpd.read_file(saved(view)), sites_in_view(atlas, view)
    assert points.crs.to_epsg() == 4326
    assert list(points["id"]) == list(wanted["id"])
    assert list(points.geometry.x) == list(wanted["lon"])
    assert list(points.geometry.y) == list(wanted["lat"])
    assert list(points["name"]) == list(wanted["name"])
    assert list(points["trials"]) == list(wanted["trials"])


def test_it_has_a_name_and_a_type(atlas: Atlas) -> None:
    assert package(atlas, GERMANY, "gpkg")[1:] == ("atmp-atlas-2026.11.0.gpkg", "application/geopackage+sqlite3")


def test_an_empty_view_makes_an_empty_layer_of_points(saved: Saved) -> None:
    file = saved(ViewState(countries=("LI",)))
    assert gpd.read_file(file).empty
    assert pyogrio.read_info(file)["geometry_type"] == "Point"


def test_the_layer_tells_view_version_licence_and_citation(saved: Saved) -> None:
    told = pyogrio.read_info(saved(GERMANY))["layer_metadata"]
    assert told["version"] == "2026.11.0"
    assert told["licence"] == "CC-BY-4.0"
    assert told["filters"] == "Country: Germany"
    assert told["view"] == '{"country": ["DE"]}'
    assert told["citation"].startswith("JOIN4ATMP consortium.")


def test_the_same_data_make_the_same_bytes(atlas: Atlas) -> None:
    assert package(atlas, GERMANY, "gpkg") == package(atlas, GERMANY, "gpkg")


def test_the_command_line_writes_it(mini_folder: Path, tmp_path: Path) -> None:
    export("gpkg", "country=DE", tmp_path / "sites.gpkg", mini_folder)
    assert list(gpd.read_file(tmp_path / "sites.gpkg")["country"]) == ["DE", "DE"]
