"""Slides, opened again with python-pptx and, where it is installed, with LibreOffice."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pypdf import PdfReader

from mapping.errors import ViewError
from mapping.exports.screens import PAGE_WORDS, Screen, screen_of
from mapping.exports.slide_foot import EMBLEM, LEFT_PT
from mapping.exports.slides import Step, slides
from mapping.figures.pictures import ChartPicture, Land, MapPicture, MatrixPicture
from mapping.view.atlas import Atlas, open_atlas
from mapping.view.state import ViewState
from mapping.words import Words
from tests.unit.paths import ROOT

WORDS = Words(strict=True)
BASE = "https://atlas.example.org"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
OFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def real() -> Atlas:
    return open_atlas(ROOT / "data")


@pytest.fixture(scope="module")
def screens(real: Atlas) -> list[Screen]:
    """Every page, once bare and once filtered."""
    views = (ViewState(), ViewState(countries=("DE",), classes=("GTMP",)))
    return [screen_of(real, page, view, WORDS) for page in PAGE_WORDS for view in views]


@pytest.fixture(scope="module")
def story(screens: list[Screen]) -> bytes:
    return slides([Step(screen, note="example note") for screen in screens], WORDS, BASE)


@pytest.fixture(scope="module")
def pages(story: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(story)).slides)


def shapes_of(group: Any) -> Iterator[Any]:
    for shape in group.shapes:
        yield shape
        if shape.shape_type == 6:
            yield from shapes_of(shape)


def texts_of(slide: Any) -> str:
    found = [shape.text_frame.text for shape in shapes_of(slide) if shape.has_text_frame]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    return "\n".join([*found, *(cell.text for table in tables for row in table.rows for cell in row.cells)])


def described(shape: Any) -> str:
    return str(shape._element.xpath(".//p:cNvPr")[0].get("descr") or "")


def test_slides_are_16_to_9_and_one_a_view(story: bytes, screens: list[Screen]) -> None:
    deck = Presentation(io.BytesIO(story))
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    assert len(deck.slides) == len(screens)
    assert screens[0].version in deck.core_properties.keywords


def test_the_title_is_the_finding(pages: list[Any], screens: list[Screen]) -> None:
    assert [slide.shapes.title.text_frame.text for slide in pages] == [screen.headline for screen in screens]


def test_no_letter_is_under_14_points_and_titles_are_24_or_more(pages: list[Any]) -> None:
    for slide in pages:
        xml = [shape._element for shape in slide.shapes]
        charts = [shape.chart._chartSpace for shape in slide.shapes if shape.has_chart]
        sizes = [int(size) for element in (*xml, *charts) for size in element.xpath(".//@sz")]
        assert min(sizes) >= 1400
        assert {run.font.size.pt >= 24 for run in slide.shapes.title.text_frame.paragraphs[0].runs} == {True}


def test_every_slide_names_filters_source_version_and_link(pages: list[Any], screens: list[Screen]) -> None:
    for slide, screen in zip(pages, screens, strict=True):
        said = " ".join(texts_of(slide).split())
        for part in (*screen.filters, f"Data {screen.version}", "22 November 2026", "Funded by the European Union"):
            assert " ".join(part.split()) in said
        linked = {relation.target_ref for relation in slide.part.rels.values() if relation.is_external}
        assert linked == {screen.address(BASE)}


def test_every_picture_group_table_and_chart_has_words_for_who_does_not_see_it(pages: list[Any]) -> None:
    for slide in pages:
        drawn = [shape for shape in slide.shapes if shape.shape_type in {3, 6, 13, 19}]
        assert drawn
        assert all(described(shape) for shape in drawn)
        assert any(shape.name == "QR code" for shape in drawn)


def test_notes_hold_the_method_the_figures_and_the_speakers_words(pages: list[Any], screens: list[Screen]) -> None:
    for slide, screen in zip(pages, screens, strict=True):
        note = slide.notes_slide.notes_text_frame.text
        assert note.startswith("example note")
        assert screen.method in note
        assert screen.address(BASE) in note
        assert all(value in note for _, value in screen.facts)


def test_the_map_is_countries_and_marks_that_can_be_edited(pages: list[Any], screens: list[Screen]) -> None:
    groups = {shape.name: shape for shape in pages[0].shapes if shape.shape_type == 6}
    countries = [shape for shape in groups["Map: countries"].shapes if shape.shape_type == 5]
    assert {"Germany", "Malta", "Cyprus"} <= {shape.name for shape in countries}
    assert len(list(groups["Map: marks"].shapes)) == len(screens[0].pictures[0].marks)  # type: ignore[union-attr]


def test_a_land_whose_outlines_end_is_one_shape_without_a_line_there(real: Atlas) -> None:
    screen = screen_of(real, "", ViewState(), WORDS)
    picture = screen.pictures[0]
    assert isinstance(picture, MapPicture)
    ring, edge = ((0.0, 0.0), (90.0, 0.0), (90.0, 70.0), (0.0, 70.0)), ((90.0, 70.0), (0.0, 70.0), (0.0, 0.0))
    cut = Land("XX", "example", (ring,), (1, 2, 3), edges=(edge,))
    only = replace(screen, pictures=(replace(picture, lands=(cut,), marks=(), lines=()),))
    [slide] = Presentation(io.BytesIO(slides([Step(only)], WORDS, BASE))).slides
    [group] = [shape for shape in slide.shapes if shape.name == "Map: countries"]
    [country] = [shape for shape in group.shapes if shape.name == "example"]
    filled, drawn = country._element.spPr.custGeom.pathLst.findall(f"{DRAWING}path")
    assert (filled.get("stroke"), len(filled.findall(f"{DRAWING}close"))) == ("0", 1)
    assert (drawn.get("fill"), len(drawn.findall(f"{DRAWING}close"))) == ("none", 0)
    assert len(drawn.findall(f"{DRAWING}lnTo")) == len(edge) - 1


def test_tables_print_what_the_heatmap_prints(real: Atlas) -> None:
    screen = screen_of(real, "solutions", ViewState(tab="gaps"), WORDS)
    deck = Presentation(io.BytesIO(slides([Step(screen)], WORDS, BASE, every_picture=True)))
    picture = screen.pictures[0]
    assert isinstance(picture, MatrixPicture)
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert len(tables) > 1
    rows = [[cell.text for cell in row.cells][1:] for table in tables for row in list(table.rows)[1:]]
    held = [row for row in rows if any(row)]
    assert held == [texts for row in picture.rows if any(texts := [cell.text for cell in row.cells])]


def test_the_kinds_of_nothing_have_patterns_of_their_own(real: Atlas) -> None:
    screen = screen_of(real, "obstacles", ViewState(matrix="stage"), WORDS)
    deck = Presentation(io.BytesIO(slides([Step(screen)], WORDS, BASE, every_picture=True)))
    tables = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]
    patterns = {prst for table in tables for prst in table._element.xpath(".//a:tcPr/a:pattFill/@prst")}
    assert patterns == {"wdUpDiag", "diagCross"}


def test_a_large_heatmap_says_that_it_shows_the_fullest_rows(real: Atlas) -> None:
    screen = screen_of(real, "obstacles", ViewState(), WORDS)
    [slide] = Presentation(io.BytesIO(slides([Step(screen)], WORDS, BASE))).slides
    assert re.search(r"Shown: the \d+ rows that hold most, of 64\.", texts_of(slide))


def test_charts_hold_the_numbers_of_the_page(real: Atlas) -> None:
    screen = screen_of(real, "trials", ViewState(), WORDS)
    deck = Presentation(io.BytesIO(slides([Step(screen)], WORDS, BASE, every_picture=True)))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    drawn = [one for one in screen.pictures if isinstance(one, ChartPicture)]
    assert len(charts) == len(drawn)
    for chart, picture in zip(charts, drawn, strict=True):
        held = [tuple(series.values) for series in chart.plots[0].series]
        assert held == [one.values for one in picture.series]
        assert tuple(chart.plots[0].categories) == picture.categories


def test_a_title_of_the_story_replaces_the_finding_which_stays_in_the_notes(screens: list[Screen]) -> None:
    made = slides([Step(screens[0], headline="Example title & <more>")], WORDS, BASE)
    [slide] = Presentation(io.BytesIO(made)).slides
    assert slide.shapes.title.text_frame.text == "Example title & <more>"
    assert screens[0].headline in slide.notes_slide.notes_text_frame.text


def test_words_of_readers_cannot_break_a_slide(real: Atlas) -> None:
    view = ViewState(text='<a:t>&amp;"]]> \x0b example')
    made = slides([Step(screen_of(real, "", view, WORDS))], WORDS, BASE)
    [slide] = Presentation(io.BytesIO(made)).slides
    assert "<a:t>&amp;" in texts_of(slide)


def test_a_view_with_every_filter_set_still_fits_and_is_whole_in_the_notes(real: Atlas) -> None:
    keys = ("country", "class", "kind", "capability", "modality", "area", "phase", "status", "sponsor", "stage")
    view = ViewState.from_query({key: list(real.known.options[key])[1:] for key in keys})
    screen = screen_of(real, "", view, WORDS)
    [slide] = Presentation(io.BytesIO(slides([Step(screen)], WORDS, BASE))).slides
    assert len(screen.filtered_by) > 1000
    assert screen.filtered_by in slide.notes_slide.notes_text_frame.text
    assert len(screen.address(BASE)) < 2000
    for shape in slide.shapes:
        assert shape.height > 0
        assert shape.top + shape.height <= 7.5 * 914400


def test_a_presentation_needs_a_view() -> None:
    with pytest.raises(ViewError, match="at least one view"):
        slides([], WORDS, BASE)


def test_a_story_of_twelve_slides_is_made_in_less_than_ten_seconds(screens: list[Screen]) -> None:
    start = time.process_time()
    slides([Step(screen) for screen in screens[:12]], WORDS, BASE)
    assert time.process_time() - start < 10


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_every_slide_with_its_words(story: bytes, screens: list[Screen], tmp_path: Path) -> None:
    file = tmp_path / "story.pptx"
    file.write_bytes(story)
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    asked = [str(OFFICE), home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(asked, check=True, capture_output=True, timeout=240)
    reader = PdfReader(tmp_path / "story.pdf")
    assert len(reader.pages) == len(screens)
    box = reader.pages[0].mediabox
    assert float(box.width) / float(box.height) == pytest.approx(16 / 9, abs=0.01)
    for page, screen in zip(reader.pages, screens, strict=True):
        said = "".join(page.extract_text().split())
        assert "".join(screen.headline.split())[:30] in said
        assert f"Data{screen.version}" in said


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_no_line_of_a_slide_runs_into_the_next_or_off_the_page(story: bytes, tmp_path: Path) -> None:
    file = tmp_path / "story.pptx"
    file.write_bytes(story)
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    asked = [str(OFFICE), home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(asked, check=True, capture_output=True, timeout=240)
    for number, page in enumerate(PdfReader(tmp_path / "story.pdf").pages, 1):
        lines = baselines_at_the_left(page)
        for (upper, _), (lower, size) in itertools.pairwise(lines):
            assert upper - lower > size * 0.9, f"slide {number}: lines at {upper} and {lower}"
        assert min(y for y, _ in lines) > 3, f"slide {number}"


def baselines_at_the_left(page: Any) -> list[tuple[float, float]]:
    """Return height and size of each line of title, filters and foot, from top to bottom."""
    found: dict[float, float] = {}

    def line(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        x, y = cm[0] * tm[4] + cm[4], cm[3] * tm[5] + cm[5]
        is_foot = x == pytest.approx(LEFT_PT + EMBLEM[0] + 14, abs=1) and y < 120
        if text.strip() and (x == pytest.approx(34, abs=1) or is_foot):
            found[round(y)] = max(found.get(round(y), 0.0), abs(size * tm[3]))

    page.extract_text(visitor_text=line)
    return sorted(found.items(), reverse=True)


def test_each_chart_of_a_page_has_a_finding_of_its_own(real: Atlas) -> None:
    screen = screen_of(real, "trials", ViewState(), WORDS)
    deck = Presentation(io.BytesIO(slides([Step(screen)], WORDS, BASE, every_picture=True)))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    per_phase = real.tables["trials"]["phase"].value_counts()
    told = next(title for title in titles if title.startswith("Trials by phase"))
    assert titles[0] == screen.headline
    assert str(per_phase.max()) in told
    assert WORDS.text("Phase 1/2") in told
    assert per_phase.idxmax() == "1/2"
    shown = next(slide for slide in deck.slides if slide.shapes.title.text_frame.text == told)
    assert screen.headline in shown.notes_slide.notes_text_frame.text


def test_the_letters_are_those_that_every_computer_has(story: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(story)) as held:
        assert b'latin typeface="Arial"' in held.read("ppt/theme/theme1.xml")


def test_the_lines_of_a_map_are_shapes_with_the_pair_in_words(real: Atlas) -> None:
    screen = screen_of(real, "trials", ViewState(), WORDS)
    wanted = next(one for one in screen.pictures if isinstance(one, MapPicture) and one.lines)
    deck = Presentation(io.BytesIO(slides([Step(replace(screen, pictures=(wanted,)))], WORDS, BASE)))
    [group] = [shape for shape in next(iter(deck.slides)).shapes if shape.name == "Map: lines"]
    assert [shape.name for shape in group.shapes] == [one.name for one in wanted.lines]
