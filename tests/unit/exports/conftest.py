"""The tiny Atlas, as a page holds it."""

from __future__ import annotations

import pytest

from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas, atlas_of


@pytest.fixture(scope="session")
def atlas(mini: Tables) -> Atlas:
    return atlas_of(mini)
