"""A tiny Atlas of invented rows for every room's tests: `mini` to read, `mini_folder` to break."""

import shutil
from pathlib import Path

import pytest

from mapping.tables.loading import Tables, load_tables
from tests.unit.mini_data import mini_data


@pytest.fixture(scope="session")
def _mini_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mini_data(tmp_path_factory.mktemp("mini") / "data")


@pytest.fixture(scope="session")
def mini(_mini_source: Path) -> Tables:
    """All tables with a few `example-` rows each; shared, so do not write to a frame."""
    return load_tables(_mini_source)


@pytest.fixture
def mini_folder(_mini_source: Path, tmp_path: Path) -> Path:
    """A data folder of one's own with the rows of `mini`."""
    return Path(shutil.copytree(_mini_source, tmp_path / "data"))
