"""A data folder with two releases, made by the command itself: 2026.11.0, then 2026.12.0 with some rows changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from mapping.exports.releasing import release

OLD, NEW = "2026.11.0", "2026.12.0"
Row = dict[str, str]


def edited(path: Path, change: Callable[[list[Row]], list[Row]]) -> None:
    """Rewrite a table as the build writes it: rows by id."""
    text = path.read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    columns = list(rows[0])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(change(rows), key=lambda row: row["id"]))


def with_later_rows(folder: Path) -> None:
    """Add an invented site with a treatment centre, and rename another site."""

    def sites(rows: list[Row]) -> list[Row]:
        german = next(row for row in rows if row["country"] == "DE")
        new = {**german, "id": "example-later-hospital", "name": "Example Later Hospital", "website": "", "ror": ""}
        return [*({**row, "name": row["name"] + " (example)"} if row is german else row for row in rows), new]

    def centres(rows: list[Row]) -> list[Row]:
        return [*rows, {**rows[0], "id": "example-later-centre", "site_id": "example-later-hospital"}]

    edited(folder / "sites.csv", sites)
    edited(folder / "treatment_centres.csv", centres)


def twice_released(folder: Path) -> Path:
    """Release a folder, change it, and release it again."""
    assert release(folder, OLD, "", "2026-11-23") is not None
    with_later_rows(folder)
    assert release(folder, NEW, "", "2026-12-05") is not None
    return folder
