"""The tables in data/ are what the build makes of data/raw and data/decisions, byte for byte."""

import shutil
from pathlib import Path

import pytest

from mapping.build.build import build
from mapping.tables.files import GEOMETRY_FILES, PACKAGE_FILE, TABLE_FILES

DATA = Path(__file__).parents[3] / "data"
WRITTEN = [*TABLE_FILES.values(), PACKAGE_FILE, "README.md"]


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rebuilt") / "data"
    shutil.copytree(DATA / "raw", folder / "raw")
    shutil.copytree(DATA / "decisions", folder / "decisions")
    (folder / "geo").mkdir()
    for file in ("codes.csv", "edition.toml", *GEOMETRY_FILES.values()):
        shutil.copy(DATA / file, folder / file)
    build(folder)
    return folder


@pytest.mark.parametrize("file", WRITTEN)
def test_a_rebuilt_file_is_the_committed_one(rebuilt, file):
    assert (rebuilt / file).read_bytes() == (DATA / file).read_bytes()


def test_building_settles_no_decision_anew(rebuilt):
    decisions = {path.name: path.read_bytes() for path in (rebuilt / "decisions").iterdir()}
    assert decisions == {path.name: path.read_bytes() for path in (DATA / "decisions").iterdir()}
