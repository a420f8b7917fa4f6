"""Marks each test by the folder it lies in, so that `pytest -m "not browser"` works."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        if folder in {"unit", "app", "browser"}:
            item.add_marker(folder)
