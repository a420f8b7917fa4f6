"""Slides as a room reads them: letters as large as they can be, names whole, no number behind another."""

from __future__ import annotations

import io
import itertools
from typing import Any

import pytest
from PIL import ImageFont
from pptx import Presentation

from mapping.exports.screens import Screen, Step, screen_of
from mapping.exports.slide_words import width_of
from mapping.exports.slides import slides
from mapping.exports.storytelling import told_step
from mapping.figures.pictures import ChartPicture, MapPicture, MatrixPicture
from mapping.view.atlas import Atlas, open_atlas
from mapping.view.state import ViewState
from mapping.view.story_files import stories_in
from mapping.words import Words
from tests.unit.paths import ROOT

WORDS, GERMAN = Words(strict=True), Words("de", strict=True)
BASE = "https://atlas.example.org"
LETTERS_OF_THE_SAME_WIDTH = "/usr/share/fonts/truetype/liberation/LiberationSans-{weight}.ttf"
SENTENCE = "Größe der Ärzteschaft: 62 % evidenced “so”, Łódź – 1,234 (n = 5)"


@pytest.fixture(scope="module")
def real() -> Atlas:
    return open_atlas(ROOT / "data")


def made(screen: Screen, words: Words = WORDS, *, every: bool = True) -> list[Any]:
    return list(Presentation(io.BytesIO(slides([Step(screen)], words, BASE, every_picture=every))).slides)


def tables_of(deck: list[Any]) -> list[Any]:
    return [shape.table for slide in deck for shape in slide.shapes if shape.has_table]


def sizes_in(shape: Any) -> set[int]:
    return {int(size) for size in shape._element.xpath(".//a:r/a:rPr/@sz")}


@pytest.mark.parametrize(("bold", "weight"), [(False, "Regular"), (True, "Bold")])
def test_a_line_is_measured_as_the_letters_of_the_slide_set_it(bold: bool, weight: str) -> None:
    try:
        font = ImageFont.truetype(LETTERS_OF_THE_SAME_WIDTH.format(weight=weight), 1000)
    except OSError:
        pytest.skip("no letters of the same widths are installed")
    set_in_1000 = sum(map(font.getlength, SENTENCE))
    assert set_in_1000 <= width_of(SENTENCE, 1000, bold=bold) <= set_in_1000 * 1.02


def test_names_of_rows_are_whole_on_every_part_of_a_heatmap(real: Atlas) -> None:
    screen = screen_of(real, "obstacles", ViewState(matrix="stakeholder", lang="de"), GERMAN)
    picture = screen.pictures[0]
    assert isinstance(picture, MatrixPicture)
    tables = tables_of(made(screen, GERMAN))
    names = [row.cells[0].text for table in tables for row in list(table.rows)[1:] if not row.cells[1].is_spanned]
    assert names == [row.label for row in picture.rows]


def test_a_long_word_over_a_column_is_broken_with_a_hyphen(real: Atlas) -> None:
    screen = screen_of(real, "obstacles", ViewState(matrix="stakeholder", lang="de"), GERMAN)
    [table, *_] = tables_of(made(screen, GERMAN))
    heads = [cell.text for cell in table.rows[0].cells][1:]
    assert "Auftrags-hersteller" in heads
    for column, head in zip(list(table.columns)[1:], heads, strict=True):
        pieces = head.replace("-", "- ").split()
        assert max(width_of(piece, 14, bold=True) for piece in pieces) <= column.width.pt


def test_the_largest_letters_that_fit_are_taken(real: Atlas) -> None:
    for screen in (screen_of(real, "", ViewState(), WORDS), screen_of(real, "trials", ViewState(), WORDS)):
        [slide] = made(screen, every=False)
        [filters] = [shape for shape in slide.shapes if shape.name == "Filters"]
        assert sizes_in(filters) == {2400}
    legend = [shape for shape in slide.shapes if shape.name == "Legend"]
    assert [sizes_in(shape) for shape in legend] == [{2400}]


@pytest.mark.parametrize("lang", ["en", "de"])
def test_no_slide_of_a_story_cuts_its_source_line_short(real: Atlas, lang: str) -> None:
    for story in stories_in(ROOT / "data", real.known)[0]:
        for step in story.steps:
            words = Words(lang)
            deck = Presentation(io.BytesIO(slides([told_step(real, step, words)], words, BASE)))
            [foot] = [shape for shape in deck.slides[0].shapes if shape.name == "Source, version and link"]
            assert "…" not in foot.text_frame.text, step.link


def test_numbers_on_a_map_do_not_hide_each_other_and_stay_on_it(real: Atlas) -> None:
    views = ((ViewState(style="countries"), ""), (ViewState(), "trials"))
    for view, page in views:
        screen = screen_of(real, page, view, WORDS)
        for slide in made(screen):
            groups = {shape.name: shape for shape in slide.shapes if shape.shape_type == 6}
            if "Map: marks" not in groups:
                continue
            frame = groups["Map: countries"]
            discs = [one for one in groups["Map: marks"].shapes if one.text_frame.text and one.width == one.height]
            numbers = [one for one in discs if "FFFFFF" in one._element.xpath("./p:spPr/a:solidFill/a:srgbClr/@val")]
            for one, other in itertools.combinations(numbers, 2):
                apart = ((one.left + one.width / 2 - other.left - other.width / 2) ** 2) + (
                    (one.top + one.height / 2 - other.top - other.height / 2) ** 2
                )
                assert apart**0.5 >= (one.width + other.width) / 2 * 0.9, (one.name, other.name)
            for one in numbers:
                assert frame.top <= one.top
                assert one.top + one.height <= frame.top + frame.height + 1


def test_a_bar_prints_what_the_page_prints(real: Atlas) -> None:
    screen = screen_of(real, "trials", ViewState(), WORDS)
    wanted = [one for one in screen.pictures if isinstance(one, ChartPicture) and "(n = " in str(one.series)]
    assert wanted
    charts = [shape.chart for slide in made(screen) for shape in slide.shapes if shape.has_chart]
    said = ["".join(chart._chartSpace.xpath(".//c:dLbl//a:t/text()")) for chart in charts]
    for picture in wanted:
        assert "".join(picture.series[0].printed) in said


def test_the_words_say_what_language_they_are_in(real: Atlas) -> None:
    screen = screen_of(real, "", ViewState(lang="de"), GERMAN)
    for slide in made(screen, GERMAN):
        for part in (slide._element, slide.notes_slide._element):
            assert set(part.xpath(".//a:r/a:rPr/@lang")) == {"de-DE"}


def test_parts_of_a_chart_are_drawn_to_one_scale(real: Atlas) -> None:
    screen = screen_of(real, "access", ViewState.from_query({"lang": ["de"], "own": ["1"]}), GERMAN)
    for slide in made(screen, GERMAN):
        charts = [shape.chart for shape in slide.shapes if shape.has_chart]
        if len(charts) > 1:
            rooms = {tuple(chart._chartSpace.xpath(".//c:manualLayout/*/@val")) for chart in charts}
            assert len(rooms) == 1


def test_a_map_mark_of_one_site_is_at_least_12_pixels_of_a_projector(real: Atlas) -> None:
    screen = screen_of(real, "", ViewState(layers=("treatment_centres",)), WORDS)
    assert isinstance(screen.pictures[0], MapPicture)
    [slide] = made(screen, every=False)
    [group] = [shape for shape in slide.shapes if shape.name == "Map: marks"]
    assert min(mark.width.pt for mark in group.shapes) >= 12 / 1920 * 960 - 0.01


def test_every_slide_of_a_view_has_a_title_of_its_own(real: Atlas) -> None:
    for page in ("obstacles", "trials"):
        screen = screen_of(real, page, ViewState(), WORDS)
        titles = [slide.shapes.title.text_frame.text for slide in made(screen)]
        assert len(set(titles)) == len(titles)
        assert titles[0] == screen.headline
        assert f"{screen.headline} (2)" in titles
