"""Differences between two versions: what they say adds up, and nothing that is the same is called new."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from mapping.tables.differences import as_json, differences, table_difference
from mapping.tables.loading import Tables

cells = st.text(alphabet="ab|ü", max_size=2) | st.none()
tables = st.dictionaries(
    st.sampled_from("pqrstu"), st.tuples(cells, cells, st.sampled_from(["2026-01-01", "2026-02-02"]))
)


def frame_of(rows: dict[str, tuple[str | None, str | None, str]]) -> pd.DataFrame:
    return pd.DataFrame(
        [(key, *cells) for key, cells in rows.items()], columns=["id", "name", "city", "retrieved"], dtype="string"
    )


@given(tables, tables)
def test_every_row_is_the_same_added_changed_removed_or_read_again(old: dict, new: dict) -> None:
    found = table_difference("sites", frame_of(old), frame_of(new))
    assert {row.id for row in found.added} == set(new) - set(old)
    assert {row.id for row in found.removed} == set(old) - set(new)

    def told(row: tuple[str | None, ...]) -> list[str]:
        return [cell or "" for cell in row[:2]]

    both = set(old) & set(new)
    changed = {key for key in both if told(old[key]) != told(new[key])}
    assert {row.id for row in found.changed} == changed
    assert found.reread == sum(old[key][2] != new[key][2] for key in both - changed)


@given(tables, tables)
def test_back_is_there_the_other_way_round(old: dict, new: dict) -> None:
    there, back = (table_difference("sites", frame_of(a), frame_of(b)) for a, b in ((old, new), (new, old)))
    assert [row.id for row in there.added] == [row.id for row in back.removed]
    assert {row.id for row in there.changed} == {row.id for row in back.changed}
    assert {row.id: row.columns for row in there.changed} == {
        row.id: {column: (now, before) for column, (before, now) in row.columns.items()} for row in back.changed
    }


@given(tables)
def test_the_order_of_rows_is_no_difference(rows: dict) -> None:
    frame = frame_of(rows)
    assert table_difference("sites", frame, frame.iloc[::-1]).is_empty


def test_data_do_not_differ_from_themselves(mini: Tables) -> None:
    assert differences(mini, mini) == ()


def test_codes_are_told_apart_by_vocabulary_and_code(mini: Tables) -> None:
    codes = mini["codes"]
    changed = codes.assign(label=codes["label"].where(codes.index != 3, "Example label"))
    found = differences(mini, Tables(mini.version, mini.released, {**mini.frames, "codes": changed}, {}))
    [told] = as_json(found)
    [row] = told["changed"]
    assert row["id"] == f"{codes['vocabulary'][3]}/{codes['code'][3]}"
    assert row["columns"] == {"label": {"before": codes["label"][3], "now": "Example label"}}


def test_a_table_that_one_version_does_not_show_is_not_compared(mini: Tables) -> None:
    less = {name: frame for name, frame in mini.frames.items() if name != "trials"}
    assert differences(mini, Tables(mini.version, mini.released, less, {})) == ()
