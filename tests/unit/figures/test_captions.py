import pytest

from mapping.figures.captions import caption, heatmap_caption, map_caption
from mapping.tables.loading import Tables
from mapping.words import Words, languages

ENGLISH = Words("en", strict=True)


def test_a_figure_says_source_version_and_day(mini):
    said = caption(mini, ("example-page", "example-page"), ENGLISH)
    publisher = mini["sources"].set_index("id").loc["example-page", "publisher"]
    assert said == f"Source: 1 page, {publisher}. Data {mini.version}, collected up to 22 November 2026."


def test_a_source_is_counted_once_however_often_it_is_used(mini):
    ids = list(mini["sources"]["id"]) * 3
    assert f"Sources: {len(mini['sources'])} pages" in caption(mini, ids, ENGLISH)


def test_a_figure_without_sources_still_says_version_and_day(mini):
    assert caption(mini, (), ENGLISH).startswith("Data ")


def test_sources_are_counted_while_their_table_is_faulty():
    assert caption(Tables("2026.11.0", "", {}, {}), ("a", "b"), ENGLISH) == "Sources: 2 pages. Data 2026.11.0."


def test_what_a_figure_does_not_show_follows(mini):
    assert caption(mini, (), ENGLISH, "Known totals are higher.").endswith("Known totals are higher.")


@pytest.mark.parametrize("part", ["Natural Earth", "GeoNames", "CC BY 4.0", "do not imply", "UNSCR 1244/1999"])
def test_a_map_says_whose_boundaries_it_shows_and_what_they_do_not_mean(mini, part):
    assert part in map_caption(mini, (), ENGLISH)


def test_a_heatmap_says_that_coverage_is_not_burden(mini):
    assert "not how big a hurdle is" in heatmap_caption(mini, (), ENGLISH)


@pytest.mark.parametrize("lang", languages())
def test_captions_come_in_every_language(mini, lang):
    assert "{" not in map_caption(mini, ("example-page",), Words(lang, strict=True))
