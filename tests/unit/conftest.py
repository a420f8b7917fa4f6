"""A tiny Atlas of invented rows for every room's tests: `mini` to read, `mini_folder` to break."""

import shutil
from pathlib import Path

import pytest

from mapping.tables.loading import Tables, load_tables
from mapping.tables.package import write_package

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def _mini_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mini") / "data"
    shutil.copytree(ROOT / "tests" / "fixtures" / "mini", folder)
    shutil.copy(
        ROOT / "data" / "codes.csv", folder / "codes.csv"
    )  # codes are ours, not facts: the mini Atlas shares them
    write_package(folder)
    return folder


@pytest.fixture(scope="session")
def mini(_mini_source: Path) -> Tables:
    """All tables with a few `example-` rows each; shared, so do not write to a frame."""
    return load_tables(_mini_source)


@pytest.fixture
def mini_folder(_mini_source: Path, tmp_path: Path) -> Path:
    """A data folder of one's own with the rows of `mini`."""
    return Path(shutil.copytree(_mini_source, tmp_path / "data"))
