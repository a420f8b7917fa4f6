"""Whoever runs the Atlas finds every setting that the code or its set-up files read in one table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.paths import ROOT

CODE = [ROOT / "app.py", *(ROOT / "mapping").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
FILES = [*CODE, *(path for path in (ROOT / "deploy").iterdir() if path.is_file())]
READ = r"\benviron(?:\.get\(|\[)\s*[\"']([A-Z][A-Z0-9_]+)[\"']"


def read_by(paths: list[Path]) -> list[str]:
    found = set()
    for path in paths:
        text = path.read_text(encoding="utf-8")
        found |= {*re.findall(r"\bATLAS_[A-Z_]+[A-Z]\b", text), *re.findall(READ, text)}
    return sorted(found)


def test_settings_are_found_in_the_code() -> None:
    assert {"PORT", "DATABASE_URL", "ATLAS_CONTACT", "ATLAS_DATA"} <= {*read_by(CODE)}


@pytest.mark.parametrize("name", read_by(FILES))
def test_every_setting_stands_in_the_operations_manual(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
