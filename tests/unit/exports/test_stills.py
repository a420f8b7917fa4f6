"""Stills, read again by an XML parser and by Pillow."""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from mapping.exports import slide_words
from mapping.exports.bare_picture import NARROW, bare_svg, fullest
from mapping.exports.screens import PAGE_WORDS, Screen, screen_of
from mapping.exports.still_chart import chart_markup
from mapping.exports.still_map import map_markup
from mapping.exports.stills import SIZES, painted, png, svg
from mapping.exports.svg_parts import box, textures
from mapping.exports.typesetting import balanced, width_of, wrapped
from mapping.figures.pictures import ChartPicture, Land, MapPicture, MatrixPicture, Series
from mapping.view.atlas import Atlas, open_atlas
from mapping.view.state import ViewState
from mapping.words import Words
from tests.unit.paths import ROOT

WORDS = Words(strict=True)
BASE = "https://atlas.example.org"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def real() -> Atlas:
    return open_atlas(ROOT / "data")


def said_in(drawing: str) -> str:
    root = ElementTree.fromstring(drawing)  # our own drawing
    return " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


def joined(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("page", PAGE_WORDS)
def test_a_still_bears_finding_filters_legend_source_version_and_link(real: Atlas, page: str) -> None:
    screen = screen_of(real, page, ViewState(countries=("DE",)), WORDS)
    for picture in screen.pictures:
        said = joined(said_in(svg(screen, picture, WORDS, BASE)))
        assert joined(screen.headline) in said
        assert joined(screen.filtered_by) in said
        assert joined(picture.caption)[-30:] in said
        assert joined(f"{screen.dateline} · {screen.address(BASE)}") in said
        if isinstance(picture, MapPicture):
            assert all(joined(item.text) in said for item in picture.legend)


@pytest.mark.parametrize(("most", "wanted"), [(1, ["0", "1"]), (2, ["0", "1", "2"]), (7, ["0", "2", "4", "6", "8"])])
def test_an_axis_of_counts_names_whole_numbers_once(most: int, wanted: list[str]) -> None:
    series = (Series("example", (1.0, float(most)), (0, 0, 0)),)
    picture = ChartPicture(
        title="example", alt="example", caption="example", kind="columns", categories=("one", "other"), series=series
    )
    drawn = said_in(f'<svg xmlns="http://www.w3.org/2000/svg">{chart_markup(picture, 0, 0, 900, 500)}</svg>')
    assert drawn.split() == [*wanted, "one", "other"]


def test_no_word_over_a_column_is_cut_apart(real: Atlas) -> None:
    screen = screen_of(real, "obstacles", ViewState(matrix="category"), WORDS)
    heatmap = screen.pictures[0]
    assert isinstance(heatmap, MatrixPicture)
    drawn = svg(screen, heatmap, WORDS, BASE)
    words = ["".join(text.itertext()) for text in ElementTree.fromstring(drawn).iter(f"{SVG}text")]
    assert set(heatmap.heads) <= set(words)


def test_the_kilometres_under_a_curve_are_round(real: Atlas) -> None:
    curve = screen_of(real, "access", ViewState(), WORDS).pictures[2]
    assert isinstance(curve, ChartPicture)
    drawn = said_in(f'<svg xmlns="http://www.w3.org/2000/svg">{chart_markup(curve, 0, 0, 900, 500)}</svg>')
    feet = [word for word in drawn.split() if word.isdigit()]
    assert feet == ["0", "100", "200", "300", "400", "500", "600", "200"]  # the last is the reader's distance


@pytest.mark.parametrize(("size", "pixels"), [("slide", (1920, 1080)), ("print", (3508, 2480)), ("card", (1200, 630))])
def test_a_png_has_the_pixels_of_its_size(real: Atlas, size: str, pixels: tuple[int, int]) -> None:
    screen = screen_of(real, "", ViewState(), WORDS)
    assert Image.open(io.BytesIO(png(screen, screen.pictures[0], WORDS, BASE, size))).size == pixels
    assert size in SIZES


def test_letters_are_painted_in_our_own_font() -> None:
    blank = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><rect width="200" height="40" fill="#fff"/>'
    )
    lettered = f'{blank}<text x="4" y="30" font-size="28" font-family="Source Sans 3">Ærø ł ş Ω</text></svg>'
    assert painted(lettered) != painted(f"{blank}</svg>")


def test_words_of_readers_are_escaped(real: Atlas) -> None:
    text = "<script>alert(1)</script>&\"'"
    drawing = svg(*first(real, ViewState(text=text)), WORDS, BASE)
    assert "<script" not in drawing
    assert joined(text) in joined(said_in(drawing))


def first(real: Atlas, view: ViewState) -> tuple[Screen, Any]:
    screen = screen_of(real, "", view, WORDS)
    return screen, screen.pictures[0]


def test_the_textures_of_nothing_differ_from_each_other_and_from_plain() -> None:
    drawn = set()
    for texture in ("", "hatch", "grid", "dots"):
        inside = box(0, 0, 60, 60, (255, 255, 255), texture=texture)  # type: ignore[arg-type]
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><defs>{textures((9, 9, 9))}</defs>'
        drawn.add(painted(f"{drawing}{inside}</svg>"))
    assert len(drawn) == 4


def test_no_line_is_wider_than_its_room() -> None:
    text = "Divergent GMO routes (contained use or deliberate release) " + "x" * 90
    for lines in (wrapped(text, 20, 260), balanced(text, 20, 260)):
        assert all(width_of(line, 20) <= 260 for line in lines)
        assert joined("".join(lines)) == joined(text)
    assert len(wrapped(text, 20, 260, most=2)) == 2


def test_a_long_name_beside_a_bar_of_half_a_page_is_wrapped_and_not_cut() -> None:
    name = "People within 100 km of an example centre that treats"
    chart = ChartPicture("t", "a", "c", "bars", (name, "Short"), (Series("s", (1.0, 2.0), (0, 0, 0)),), value_title="v")
    drawing = bare_svg(chart, NARROW)
    lines = [str(text.text) for text in ElementTree.fromstring(drawing).iter(f"{SVG}text")]
    assert name in " ".join(lines)
    assert not any("…" in line for line in lines)
    assert len(lines) > 2


def test_a_line_is_not_broken_between_a_number_and_its_unit() -> None:
    lines = wrapped("about 62\N{NO-BREAK SPACE}% left", 10, width_of("about 62", 10))
    assert lines == ["about", "62\N{NO-BREAK SPACE}% left"]


def test_a_word_too_long_for_its_line_is_broken_between_syllables_and_a_link_anywhere() -> None:
    room = width_of("Auftragsh-", 20)
    assert wrapped("Auftragshersteller", 20, room) == ["Auftrags-", "hersteller"]
    link = "https://example.org/averylongpath"
    assert "".join(wrapped(link, 20, room)) == link


def test_words_over_columns_are_as_large_as_those_beside_rows(real: Atlas) -> None:
    screen = screen_of(real, "obstacles", ViewState(matrix="stakeholder", lang="de"), Words("de"))
    drawing = ElementTree.fromstring(bare_svg(fullest(screen.pictures[0], Words("de"))))
    sizes = {float(text.attrib["font-size"]) for text in drawing.iter(f"{SVG}text")}
    assert min(sizes) * 170 / 1500 / 25.4 * 72 >= 5.5  # the drawing is 1,500 units across the 170 mm of a page


def test_on_web_pages_words_keep_apart_in_the_wider_letters_of_browsers(real: Atlas) -> None:
    screen = screen_of(real, "obstacles", ViewState(), WORDS)
    picture = fullest(screen.pictures[0], WORDS)
    assert isinstance(picture, MatrixPicture)
    drawing = ElementTree.fromstring(bare_svg(picture, measure=slide_words.width_of))
    texts = list(drawing.iter(f"{SVG}text"))[: len(picture.heads)]
    ends = []
    for text in texts:
        half = slide_words.width_of(text.text or "", float(text.attrib["font-size"])) / 2
        ends.append((float(text.attrib["x"]) - half, float(text.attrib["x"]) + half))
    assert [text.text for text in texts] == list(picture.heads)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(ends))


@pytest.mark.parametrize("page", PAGE_WORDS)
@pytest.mark.parametrize("view", [ViewState(countries=("MT",)), ViewState(text="zzzz")], ids=["a country", "a search"])
def test_a_view_that_leaves_nothing_is_drawn_too(real: Atlas, page: str, view: ViewState) -> None:
    screen = screen_of(real, page, view, WORDS)
    for picture in screen.pictures:
        assert joined(screen.headline) in joined(said_in(svg(screen, picture, WORDS, BASE)))


def test_no_line_is_drawn_where_the_outlines_of_a_land_end(real: Atlas) -> None:
    picture = screen_of(real, "", ViewState(), WORDS).pictures[0]
    assert isinstance(picture, MapPicture)
    ring, edge = ((0.0, 0.0), (90.0, 0.0), (90.0, 70.0), (0.0, 70.0)), ((90.0, 70.0), (0.0, 70.0), (0.0, 0.0))
    cut = Land("XX", "example", (ring,), (1, 2, 3), edges=(edge,))
    drawn = map_markup(replace(picture, lands=(cut,), marks=(), lines=()), 0, 0, 1)
    filled, stroked = re.findall(r"<path [^>]*>", drawn)
    assert 'd="M0 0L90 0L90 70L0 70Z" fill="#010203"' in filled
    assert "stroke" not in filled
    assert 'd="M90 70L0 70L0 0" fill="none" stroke="#' in stroked
