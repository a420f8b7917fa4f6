"""Marks each test by the folder it lies in, so that `pytest -m "not browser"` works."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
os.environ["ATLAS_STORE"] = str(Path(tempfile.gettempdir()) / f"atlas-tests-{os.getpid()}")  # a store that is not there
for name in ("DATABASE_URL", "ATLAS_ROLES", "ATLAS_LOCAL_EDIT"):
    os.environ.pop(name, None)  # what a developer has released or may edit is no matter of the tests

if not os.environ.get("CI"):  # where hypothesis loads a profile of its own
    settings.register_profile("patient", deadline=None)  # speed is the bench's matter, on an idle machine
    settings.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        if folder in {"unit", "app", "browser"}:
            item.add_marker(folder)
