"""Stories: what is read strictly, what is kept, and what travels in a link."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapping.view.address import STORY_CHARACTERS
from mapping.view.atlas import Atlas, open_atlas
from mapping.view.links import LONGEST_LINK
from mapping.view.state import ViewState
from mapping.view.stories import MINE, PAGES, Story, moved, reworded, said, step_of, titled, with_step, without_step
from mapping.view.story_files import LARGEST_FILE, read_story, stories_in, story_yaml
from mapping.view.story_links import packed, unpacked
from tests.unit.paths import ROOT

DATA = ROOT / "data"
SOUND = """\
id: example-story
title: {en: Example, de: Beispiel}
steps:
  - link: /access?km=100
    note: Say this.
  - link: https://example.org/atlas/obstacles?stage=manufacturing&v=2026.11.0&lang=de
    headline: {de: Überschrift}
"""


@pytest.fixture(scope="module")
def real() -> Atlas:
    return open_atlas(DATA)


def read(text: str, atlas: Atlas) -> tuple[Story | None, list[tuple[int, str, str]]]:
    story, faults = read_story(text.encode(), atlas.known)
    assert (story is None) == bool(faults)
    assert all(fault.remedy for fault in faults)
    return story, [(fault.line, fault.column, fault.value) for fault in faults]


def test_a_sound_story_is_read_as_it_stands(real: Atlas) -> None:
    story, faults = read(SOUND, real)
    assert story
    assert not faults
    assert [(step.page, step.view) for step in story.steps] == [
        ("access", ViewState(km=100)),
        ("obstacles", ViewState(stages=("manufacturing",))),
    ]
    assert said(story.steps[0].note, "de") == "Say this."
    assert said(story.steps[1].headline, "en") == "Überschrift"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("  - link: /nowhere", (4, "step 1, link", "nowhere")),
        ("  - link: /access?colour=red", (4, "step 1, link", "colour")),
        ("  - link: /access?country=XX", (4, "step 1, link", "country=XX")),
        ("  - link: /access?km=99999", (4, "step 1, link", "km=99999")),
        ("  - note: no link", (4, "step 1", "")),
        ("  - {link: /, colour: red}", (4, "step 1", "colour")),
        ("  - {link: /, link: /access}", (4, "step 1", "link")),
        ("  - {link: /, headline: {english: x}}", (4, "step 1, headline", "english")),
        ("  - {link: /, note: [a]}", (4, "step 1, note", "")),
        ("  - {link: &a /, note: *a}", (4, "", "")),
        ("  - [[[[[[[[[[]]]]]]]]]]", (4, "", "")),
        ("  - {link: !!python/name:os.system /}", None),
    ],
)
def test_a_fault_names_line_step_and_value(real: Atlas, line: str, fault: tuple[int, str, str] | None) -> None:
    story, faults = read(f"id: example-story\ntitle: Example\nsteps:\n{line}\n", real)
    if fault:
        assert faults == [fault]
    else:  # a tag makes nothing: the text is text
        assert story
        assert story.steps[0].page == ""


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"steps: [", b"- 1", b"a: \x01", b"x" * (LARGEST_FILE + 1)])
def test_what_is_no_story_is_a_fault_and_never_an_error(real: Atlas, content: bytes) -> None:
    story, faults = read_story(content, real.known)
    assert story is None
    assert faults


def test_an_id_that_two_files_have_is_a_fault_of_the_second(real: Atlas, tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    for name in ("a", "b"):
        (tmp_path / "stories" / f"{name}.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "stories" / "c.yaml").write_text(SOUND.replace("example-story", MINE), encoding="utf-8")
    stories, faults = stories_in(tmp_path, real.known)
    assert [story.id for story in stories] == ["example-story"]
    assert {file: fault.value for file, (fault,) in faults.items()} == {
        "stories/b.yaml": "example-story",
        "stories/c.yaml": MINE,
    }


def test_three_stories_ship_in_two_languages_without_a_fault(real: Atlas) -> None:
    stories, faults = stories_in(DATA, real.known)
    assert faults == {}
    assert len(stories) == 3
    for story in stories:
        assert set(story.title) == set(story.about) == {"en", "de"}
        assert 6 <= len(story.steps) <= 10
        for step in story.steps:
            assert set(step.note) == {"en", "de"}
            assert not any(letter.isdigit() for text in step.headline.values() for letter in text)


def test_a_story_survives_its_file_and_its_link(real: Atlas) -> None:
    story, _ = read(SOUND, real)
    assert story
    assert read_story(story_yaml(story).encode(), real.known) == (story, ())
    letters = packed(story)
    assert letters
    assert len(letters) <= STORY_CHARACTERS < LONGEST_LINK
    found = unpacked(letters, real.known)
    assert found
    assert (found.title, found.steps) == (story.title, story.steps)
    view = ViewState(story=MINE, mine=letters, step=2)
    assert ViewState.from_query(view.to_query()) == view


def test_a_story_too_long_for_a_link_gives_none(real: Atlas) -> None:
    story, _ = read(SOUND, real)
    assert story
    words = " ".join(f"word{number * 7919 % 10007}" for number in range(900))
    assert packed(reworded(story, 1, "en", headline="", note=words)) == ""


@pytest.mark.parametrize("letters", ["", "x", "!!!!", "AAAA", "eJwDAAAAAAE", "é" * 40])
def test_letters_that_are_no_story_give_none(real: Atlas, letters: str) -> None:
    assert unpacked(letters, real.known) is None


def test_steps_are_added_moved_worded_and_removed() -> None:
    story = Story(MINE, {})
    for page in PAGES[:3]:
        story = with_step(story, step_of(page, ViewState(lang="de", version="2026.11.0", story="x", km=50)))
    assert {step.view for step in story.steps} == {ViewState(km=50)}
    assert [step.page for step in moved(story, 3, -1).steps] == ["", "solutions", "obstacles"]
    assert [step.page for step in moved(story, 1, -1).steps] == ["", "obstacles", "solutions"]
    assert [step.page for step in without_step(story, 2).steps] == ["", "solutions"]
    told = reworded(titled(story, "en", "Example"), 1, "en", headline="Head", note="")
    assert (told.title, told.steps[0].headline, told.steps[0].note) == ({"en": "Example"}, {"en": "Head"}, {})
    assert (story.at(0), story.at(2), story.at(99)) == (1, 2, 3)
