"""The rows of an upload on the map: bounded, what is new first, told apart by more than colour."""

import pandas as pd

from mapping.figures.upload_map import KINDS, MOST_MARKS, drawn, upload_layer


def placed(kinds: list[str]) -> pd.DataFrame:
    rows = [(number, f"example-{number}", 50.0, 10.0, kind) for number, kind in enumerate(kinds, 2)]
    return pd.DataFrame(rows, columns=["row", "id", "lat", "lon", "kind"])


def test_new_rows_are_drawn_though_there_are_too_many_others() -> None:
    found = drawn(placed(["unchanged"] * (MOST_MARKS + 5) + ["changed", "added"]))
    assert len(found) == MOST_MARKS
    assert found["kind"].tolist()[:3] == ["added", "changed", "unchanged"]


def test_each_row_is_one_mark_and_the_new_one_is_on_top() -> None:
    marks = upload_layer(placed(["added", "unchanged", "changed"])).data
    assert [mark["head"] for mark in marks] == ["example-3", "example-4", "example-2"]


def test_the_kinds_differ_in_size_or_filling() -> None:
    marks = upload_layer(placed(list(KINDS))).data
    assert len({(mark["r"], mark["c"][3]) for mark in marks}) == 3


def test_an_upload_without_positions_draws_nothing() -> None:
    assert upload_layer(placed([])).data == []
