"""Stories without a browser: each step opens, and a reader's own story is made of views of any page."""

from __future__ import annotations

import io

import pytest
import yaml
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from mapping.view.state import ViewState
from mapping.view.stories import MINE, Story, step_of
from mapping.view.story_links import packed
from pages.parts import long_files
from tests.app.conftest import Open, letters
from tests.unit.paths import ROOT

STEPS = {"where-made": 8, "what-stands-in-the-way": 7, "who-is-left-out": 8}
OWN = Story(MINE, {"en": "Example"}, {}, (step_of("access", ViewState(km=100)), step_of("trials", ViewState())))


def at(opened: Open, **query: str) -> AppTest:
    return opened(query, page="present.py")


@pytest.mark.parametrize("story", STEPS)
def test_every_step_of_a_story_opens_by_its_link(opened: Open, story: str) -> None:
    for step in range(1, STEPS[story] + 1):
        app = at(opened, story=story, step=str(step))
        assert not app.exception
        assert app.title[0].value
        assert any(element.value == f"{step} of {STEPS[story]}" for element in app.markdown)


@pytest.mark.parametrize("step", range(1, STEPS["who-is-left-out"] + 1))
def test_the_line_under_a_live_map_tells_of_that_map_and_not_of_its_still(opened: Open, step: int) -> None:
    app = at(opened, story="who-is-left-out", step=str(step))
    [said] = [each.proto.body for each in app.get("html") if 'class="atlas-source"' in each.proto.body]
    assert "Data 2" in said
    assert "Drawn: the" not in said
    assert "outside this frame" not in said


def test_next_and_back_go_a_step_and_stop_at_the_ends(opened: Open) -> None:
    app = at(opened, story="where-made")
    assert app.button(key="present_back").disabled
    app.button(key="present_next").click().run()
    assert app.query_params["step"] in ("2", ["2"])
    app = at(opened, story="where-made", step="99")
    assert app.button(key="present_next").disabled


def test_a_story_nobody_has_is_said_and_the_others_are_offered(opened: Open) -> None:
    app = at(opened, story="no-such-story")
    assert "no-such-story" in app.warning[0].value.replace("\\", "")
    assert {app.button(key=f"present-{story}").label for story in STEPS} == {"Present"}


def test_a_story_of_ones_own_travels_in_its_link(opened: Open) -> None:
    app = at(opened, story=MINE, mine=packed(OWN), step="2")
    assert not app.exception
    assert any(element.value == "2 of 2" for element in app.markdown)
    assert "cannot be read" in at(opened, story=MINE, mine="nonsense").warning[0].value


def test_a_step_is_reordered_worded_and_removed(opened: Open) -> None:
    app = at(opened)
    app.session_state["my_story"] = OWN
    app.run()
    app.button(key="my_down_1").click().run()
    app.text_input(key="my_headline_1").set_value("Example headline").run()
    app.text_area(key="my_note_1").set_value("Example note").run()
    story: Story = app.session_state["my_story"]
    assert [step.page for step in story.steps] == ["trials", "access"]
    assert (story.steps[0].headline, story.steps[0].note) == ({"en": "Example headline"}, {"en": "Example note"})
    app.button(key="my_out_2").click().run()
    assert [step.page for step in app.session_state["my_story"].steps] == ["trials"]
    assert not app.exception


def test_the_notes_are_a_page_of_their_own(opened: Open) -> None:
    app = at(opened, story="where-made", step="2", notes="1")
    assert not app.exception
    assert letters(app.title[0].value) == "Where advanced therapies are made and tested"


def test_a_file_that_takes_long_shows_progress_then_waits_to_be_saved(opened: Open) -> None:
    app = opened(page="present.py")
    app.button(key="story-pptx-where-made").click().run()
    [saved] = [found for found in app.get("download_button") if "PowerPoint" in found.proto.label]
    assert "MB" in saved.proto.label
    jobs = app.session_state[long_files.JOBS]
    deck = Presentation(io.BytesIO(jobs["story-pptx-where-made"][1].result()))
    assert len(deck.slides) == len(yaml.safe_load((ROOT / "data/stories/1-where-made.yaml").read_text())["steps"])


def test_a_file_that_was_stopped_can_be_asked_for_again(opened: Open) -> None:
    app = opened(page="present.py")
    app.button(key="story-pptx-where-made").click().run()
    app.session_state[long_files.JOBS]["story-pptx-where-made"][1].stop()
    app.run()
    assert app.button(key="story-pptx-where-made").label == "PowerPoint"
    assert not [found for found in app.get("download_button") if "PowerPoint" in found.proto.label]
