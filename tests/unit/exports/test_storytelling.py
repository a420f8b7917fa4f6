"""Every step of every story that ships has a finding and a picture; a story becomes slides and a hand-out."""

from __future__ import annotations

import io
import re

import pytest
from pptx import Presentation
from pypdf import PdfReader

from mapping.exports.command import Look, export
from mapping.exports.screens import PAGE_WORDS
from mapping.exports.stage_picture import on_stage, stage_png, stage_svg
from mapping.exports.storytelling import headline_of, story_pdf, story_slides, told_step
from mapping.figures.pictures import MatrixPicture
from mapping.view.atlas import Atlas, open_atlas
from mapping.view.stories import PAGES, Story
from mapping.view.story_files import stories_in
from mapping.words import Words
from tests.unit.paths import ROOT

DATA = ROOT / "data"


@pytest.fixture(scope="module")
def real() -> Atlas:
    return open_atlas(DATA)


@pytest.fixture(scope="module")
def stories(real: Atlas) -> tuple[Story, ...]:
    return stories_in(DATA, real.known)[0]


def test_a_step_may_show_every_page_that_tells_itself_as_data() -> None:
    assert set(PAGES) == set(PAGE_WORDS)


@pytest.mark.parametrize("lang", ["en", "de"])
def test_every_step_has_a_headline_a_picture_and_a_source(real: Atlas, stories: tuple[Story, ...], lang: str) -> None:
    for story in stories:
        for step in story.steps:
            told = told_step(real, step, Words(lang))
            assert headline_of(told)
            assert told.note
            assert told.screen.pictures
            assert real.tables.version in told.screen.dateline
            content, alt = stage_png(told.screen.pictures[0], Words(lang))
            assert content.startswith(b"\x89PNG")
            assert alt


@pytest.mark.parametrize("lang", ["en", "de"])
def test_every_letter_of_a_heatmap_on_stage_is_24_points_on_a_projector(
    real: Atlas, stories: tuple[Story, ...], lang: str
) -> None:
    for story in stories:
        for step in story.steps:
            picture = told_step(real, step, Words(lang)).screen.pictures[0]
            if isinstance(picture, MatrixPicture):
                drawn = stage_svg(on_stage(picture, Words(lang)))
                units = min(float(size) for size in re.findall(r'font-size="([\d.]+)"', drawn))
                assert units * 1824 / 1420 * 0.75 >= 24, step.link  # drawn 1,824 pixels wide; a pixel is 0.75 points
                assert "…" not in drawn, step.link


def test_the_line_under_a_picture_leaves_the_date_to_the_line_beside_it(
    real: Atlas, stories: tuple[Story, ...]
) -> None:
    for step in stories[2].steps:
        screen = told_step(real, step, Words()).screen
        said = screen.undated(screen.pictures[0].caption)
        assert real.tables.version not in said
        assert set(said.split()) <= set(screen.pictures[0].caption.split())


def test_a_story_is_a_slide_a_step_and_a_hand_out(real: Atlas, stories: tuple[Story, ...]) -> None:
    story = stories[0]
    deck = Presentation(io.BytesIO(story_slides(real, story, Words(), "https://example.org")))
    heads = [headline_of(told_step(real, step, Words())) for step in story.steps]
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == heads
    pdf = PdfReader(io.BytesIO(story_pdf(real, story, Words(), "https://example.org")))
    text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    assert story.title["en"] in text


def test_the_command_line_writes_a_story(tmp_path) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "story.pptx"
    export("pptx", "lang=de", out, DATA, Look(story="where-made"))
    assert len(Presentation(str(out)).slides) == 8


class StoppedError(Exception):
    """The reader does not want it any more."""


def test_a_story_tells_how_far_it_is_and_ends_where_it_is_stopped(real: Atlas, stories: tuple[Story, ...]) -> None:
    story = stories[0]
    heard: list[tuple[int, int]] = []

    def stop_at_the_third(step: str, done: int, of: int) -> None:
        heard.append((done, of))
        if done == 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        story_slides(real, story, Words(), "https://example.org", stop_at_the_third)
    assert heard == [(0, len(story.steps) + 1), (1, len(story.steps) + 1), (2, len(story.steps) + 1)]
