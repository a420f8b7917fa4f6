import json

import pytest

from mapping.errors import BuildError
from mapping.tables.package import describe, write_package


def resource(package, name):
    return next(told for told in package["resources"] if told["name"] == name)


def test_a_column_is_described_as_in_its_schema(mini_folder):
    fields = {told["name"]: told for told in resource(describe(mini_folder), "facilities")["schema"]["fields"]}
    assert fields["clean_room_m2"] == {
        "name": "clean_room_m2",
        "type": "number",
        "title": "Clean rooms",
        "description": "Floor area of the clean rooms",
        "constraints": {"required": False, "minimum": 0, "maximum": 100_000},
        "unit": "square metres",
    }
    assert fields["kind"]["constraints"]["enum"] == ["academic", "public", "cdmo", "commercial", "non_profit"]
    assert (fields["capabilities"]["separator"], fields["capabilities"]["vocabulary"]) == ("|", "capability")


def test_a_link_is_a_foreign_key(mini_folder):
    keys = resource(describe(mini_folder), "trial_sites")["schema"]["foreignKeys"]
    assert {"fields": "site_id", "reference": {"resource": "sites", "fields": "id"}} in keys


def test_version_and_licence_stand_on_top(mini_folder):
    package = describe(mini_folder)
    assert (package["version"], package["licenses"][0]["name"]) == ("2026.11.0", "CC-BY-4.0")


def test_a_faulty_folder_is_not_described(mini_folder):
    before = (mini_folder / "datapackage.json").read_bytes()
    (mini_folder / "trials.csv").write_text("nothing\n")
    with pytest.raises(BuildError, match=r"trials\.csv:1:-: there is a header and nothing under it"):
        write_package(mini_folder)
    assert (mini_folder / "datapackage.json").read_bytes() == before


def test_describing_twice_changes_nothing(mini_folder):
    before = (mini_folder / "datapackage.json").read_bytes()
    write_package(mini_folder)
    assert (mini_folder / "datapackage.json").read_bytes() == before
    assert json.loads(before)["profile"] == "data-package"


def test_the_day_of_creation_is_a_time_of_rfc_3339_and_comes_from_the_data(mini_folder):
    assert describe(mini_folder)["created"] == "2026-11-22T00:00:00Z"
