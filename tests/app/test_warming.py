"""What is worked out beside the start is there when a page asks for it, and a faulty folder starts all the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mapping.analysis.partner_network import PartnerNetwork, partner_network
from mapping.view.atlas import open_atlas
from pages.parts.warming import warm
from tests.app.conftest import ROOT


def never() -> PartnerNetwork:
    pytest.fail("the network is laid out again")


def test_the_network_is_laid_out_before_anybody_opens_the_page() -> None:
    atlas = open_atlas(ROOT / "data")
    warm(atlas)
    assert atlas.tables.kept(("partner network",), never) is partner_network(atlas.tables)


@pytest.mark.parametrize("table", ["organisations", "obstacle_evidence", "places"])
def test_a_table_that_is_not_there_does_not_stop_the_start(tmp_path: Path, table: str) -> None:
    shutil.copytree(ROOT / "tests" / "fixtures" / "mini", tmp_path / "data")
    next((tmp_path / "data").rglob(f"{table}.csv")).unlink()
    atlas = open_atlas(tmp_path / "data")
    assert table not in atlas.tables.frames
    warm(atlas)
