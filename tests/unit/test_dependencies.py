"""The bill of materials: everything the Atlas runs on, and nothing that only its checks need."""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from deploy.dependencies import Part, bill, licence_of, needed, parts, pins, report

ROOT = Path(__file__).parents[2]
EXAMPLE = [Part("example-a", "1.0", "MIT", ("example-b", "example-gone")), Part("example-b", "2.0", "A | B", ())]


@pytest.fixture(scope="module")
def found() -> list[Part]:
    return parts(ROOT / "requirements.txt")


def test_what_is_required_is_there_with_what_it_needs(found: list[Part]) -> None:
    names = {part.name for part in found}
    assert names >= {"streamlit", "pandas", "psycopg", "psycopg-binary", "prometheus-client", "uvicorn", "shapely"}
    assert not names & {"pytest", "mypy", "ruff", "playwright", "hypothesis"}
    assert [part.name for part in found] == sorted(names)


def test_versions_are_those_installed(found: list[Part]) -> None:
    assert {part.name: part.version for part in found} == {
        part.name: importlib.metadata.version(part.name) for part in found
    }


def test_the_bill_names_each_part_and_what_hangs_on_it() -> None:
    made = bill(EXAMPLE, "0.1.0")
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert [each["purl"] for each in made["components"]] == ["pkg:pypi/example-a@1.0", "pkg:pypi/example-b@2.0"]
    assert made["dependencies"][0] == {"ref": "pkg:pypi/example-a@1.0", "dependsOn": ["pkg:pypi/example-b@2.0"]}
    assert json.loads(json.dumps(made)) == made


def test_a_bar_in_a_licence_does_not_break_the_table() -> None:
    assert [line.count("|") for line in report(EXAMPLE).splitlines()[2:]] == [4] * 4


def test_pins_are_exact() -> None:
    assert pins(EXAMPLE).splitlines()[1:] == ["example-a==1.0", "example-b==2.0"]


def test_a_requirement_for_another_machine_or_an_extra_not_asked_for_is_left_out() -> None:
    lines = ["Example_A>=1", 'b; sys_platform == "nowhere"', 'c; extra == "more"', "# d", "-r e.txt"]
    assert needed(lines) == [("example-a", ())]
    assert needed(lines, ("more",)) == [("example-a", ()), ("c", ())]


def test_licences_are_stated(found: list[Part]) -> None:
    assert licence_of(importlib.metadata.distribution("prometheus_client")).startswith("Apache-2.0")
    assert sum(part.licence == "not stated" for part in found) <= 2


def test_the_bill_has_the_shape_of_cyclonedx(found: list[Part]) -> None:
    text = {"type": "string", "minLength": 1}
    component = {
        "type": "object",
        "required": ["type", "bom-ref", "name", "version", "purl", "licenses"],
        "properties": {"purl": {"pattern": r"^pkg:pypi/[a-z0-9-]+@\S+$"}, "name": text, "version": text},
    }
    shape = {"properties": {"components": {"type": "array", "minItems": 50, "items": component}}}
    Draft202012Validator(shape).validate(bill(found, "0.1.0"))
