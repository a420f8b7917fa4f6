"""The mini data of the fixtures as a folder that can be served, written and broken."""

from __future__ import annotations

import shutil
from pathlib import Path

from mapping.tables.package import write_package
from tests.unit.paths import ROOT


def mini_data(folder: Path) -> Path:
    """Copy the mini data to a new folder; the codes are ours, not facts, so the mini Atlas shares them."""
    shutil.copytree(ROOT / "tests" / "fixtures" / "mini", folder)
    shutil.copy(ROOT / "data" / "codes.csv", folder / "codes.csv")
    write_package(folder)
    return folder
