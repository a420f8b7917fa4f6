"""The Data page: all tables at a glance, one of them opened, its rows found."""

from __future__ import annotations

import csv
import json

from tests.app.conftest import ROOT, Open, letters


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_headline_counts_the_sources(opened: Open) -> None:
    app = opened(page="data.py")
    assert f"from {len(_rows('sources')):,} sources" in letters(app.title[0].value)


def test_a_link_opens_a_table(opened: Open) -> None:
    app = opened({"table": "facilities"}, page="data.py")
    assert app.selectbox(key="table").value == "facilities"
    assert app.subheader[0].value == "Manufacturing units"
    assert len(app.dataframe[1].value) == 25


def test_rows_are_found_by_their_words(opened: Open) -> None:
    app = opened({"table": "products", "q": "kymriah"}, page="data.py")
    found = [row["id"] for row in _rows("products") if "kymriah" in " ".join(row.values()).lower()]
    assert list(app.dataframe[1].value["id"]) == found


def test_columns_are_called_in_the_language_of_the_reader_and_keep_their_names(opened: Open) -> None:
    shown = opened({"table": "sites", "lang": "de"}, page="data.py").dataframe[1]
    heads = json.loads(shown.proto.columns)
    assert (heads["lat"]["label"], heads["country"]["label"]) == ("Breite", "Land")
    assert heads["lat"]["help"] == "`lat`"
    assert "lat" in shown.value.columns


def test_a_table_chosen_is_in_the_address(opened: Open) -> None:
    app = opened(page="data.py")
    app.selectbox(key="table").select("products").run()
    assert app.query_params["table"] == "products"


def test_an_unknown_table_is_named_and_left_out(opened: Open) -> None:
    app = opened({"table": "secrets"}, page="data.py")
    assert "secrets" in app.info[0].value
    assert not app.exception


def test_all_tables_can_be_had_as_one_workbook(opened: Open) -> None:
    app = opened(page="data.py")
    links = [element.proto.url for element in app.get("link_button")]
    assert any(link.startswith("api/v1/tables.xlsx?v=") for link in links)


def test_an_old_link_is_told_what_became_of_it(opened: Open) -> None:
    app = opened(page="data.py")
    app.text_input(key="old_link").set_value("https://example.org/?site=example-gone&v=2001.01.0").run()
    assert not app.exception
    told = "\n".join(element.value for element in (*app.warning, *app.markdown)).replace("\\", "")
    assert "It no longer says all that it said" in told
    assert "no “example-gone”" in told
    assert "There are no data of version 2001.01.0 here" in told


def test_completeness_is_told_by_weight_and_the_evidence_has_an_age(opened: Open) -> None:
    shown = opened(page="data.py").dataframe[0].value.set_index("Table")
    trials = shown.loc["Clinical trials" if "Clinical trials" in shown.index else "Trials"]
    assert 0 < trials["Complete, by weight"] < 1
    assert "2026" in trials["Read"]
