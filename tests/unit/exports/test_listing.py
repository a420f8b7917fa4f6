from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.exports.listing import Listing, csv_file, feature_collection, json_array

ROWS = pd.DataFrame(
    {
        "id": pd.Series(["example-a", "example-b"], dtype="str"),
        "name": pd.Series(["=cmd|' /C calc'!A0", None], dtype="str"),
        "tags": pd.Series(["x|y", None], dtype="str"),
        "lat": [52.5, np.nan],
        "lon": [13.0, np.nan],
        "n": pd.Series([3, None], dtype="Int64"),
        "yes": [True, False],
    }
)
LISTING = Listing("example", ROWS, frozenset({"tags"}))


def test_each_column_has_its_kind() -> None:
    assert list(LISTING.kinds.values()) == ["text", "text", "list", "number", "number", "number", "truth"]


def test_json_keeps_types_and_leaves_text_alone() -> None:
    assert json.loads(json_array(LISTING)) == [
        {
            "id": "example-a",
            "name": "=cmd|' /C calc'!A0",
            "tags": ["x", "y"],
            "lat": 52.5,
            "lon": 13,
            "n": 3,
            "yes": True,
        },
        {"id": "example-b", "name": None, "tags": [], "lat": None, "lon": None, "n": None, "yes": False},
    ]


def test_csv_makes_formulas_harmless_and_leaves_nothing_where_nothing_is() -> None:
    assert csv_file(LISTING).decode().splitlines() == [
        "id,name,tags,lat,lon,n,yes",
        "example-a,'=cmd|' /C calc'!A0,x|y,52.5,13,3,true",
        "example-b,,,,,,false",
    ]


def test_a_negative_number_stays_a_number() -> None:
    assert csv_file(Listing("t", pd.DataFrame({"lon": [-0.2]}))).decode() == "lon\n-0.2\n"


def test_features_have_points_or_none() -> None:
    collection = json.loads(feature_collection(LISTING, {"title": "Example"}))
    assert collection["metadata"] == {"title": "Example"}
    assert [feature["geometry"] for feature in collection["features"]] == [
        {"type": "Point", "coordinates": [13, 52.5]},
        None,
    ]


def test_a_mask_picks_rows() -> None:
    assert [row["id"] for row in json.loads(json_array(LISTING, np.array([False, True])))] == ["example-b"]


def test_an_empty_table_is_an_empty_file_with_a_header() -> None:
    empty = Listing("example", ROWS.iloc[:0])
    assert json.loads(json_array(empty)) == []
    assert csv_file(empty).decode() == "id,name,tags,lat,lon,n,yes\n"


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_text_comes_back_from_json(texts: list[str]) -> None:
    listing = Listing("t", pd.DataFrame({"text": pd.Series(texts, dtype="object")}))
    assert [row["text"] for row in json.loads(json_array(listing))] == texts


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
def test_what_is_no_number_is_null(value: float) -> None:
    assert json.loads(json_array(Listing("t", pd.DataFrame({"x": [value]})))) == [{"x": None}]
