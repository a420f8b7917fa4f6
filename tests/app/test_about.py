"""The page about the Atlas: its numbers are written as the rest of the Atlas writes them, and name their sources."""

from __future__ import annotations

import pandas as pd

from tests.app.conftest import ROOT, Open

PAGE = "about.py"


def test_totals_that_others_report_come_with_their_source(opened: Open) -> None:
    urls = pd.read_csv(ROOT / "data" / "sources.csv").set_index("id")["url"]
    indicators = pd.read_csv(ROOT / "data" / "country_indicators.csv").set_index("id")
    germany = indicators.loc["de-cart-centres-2025"]
    told = "\n".join(element.value for element in opened(page=PAGE).markdown)
    assert f"Germany {int(germany['value'])} ([source]({urls[germany['source_ids']]}))" in told
    assert "nearly 1,000 studies in the EU register ([source](https://" in told


def test_counts_of_rows_have_separators(opened: Open) -> None:
    [table] = opened(page=PAGE).table
    assert table.value.loc["Trials at a place", "Rows"] == "2,474"


def test_a_value_that_the_data_do_not_have_is_named(opened: Open) -> None:
    app = opened({"country": "XX"}, page=PAGE)
    assert any("XX" in element.value for element in app.info)
