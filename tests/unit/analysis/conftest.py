"""The mini Atlas and the real one: what holds for one holds for the other."""

from pathlib import Path

import pytest

from mapping.tables.loading import Tables, load_tables
from mapping.view.atlas import Atlas, atlas_of

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def real() -> Tables:
    """The tables as readers see them."""
    return load_tables(ROOT / "data")


@pytest.fixture(scope="session", params=["mini", "real"])
def tables(request: pytest.FixtureRequest) -> Tables:
    """The mini tables and, after them, the real ones."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def mini_atlas(mini: Tables) -> Atlas:
    return atlas_of(mini)


@pytest.fixture(scope="session")
def atlas(tables: Tables) -> Atlas:
    """The Atlas of the mini tables and, after it, of the real ones."""
    return atlas_of(tables)
