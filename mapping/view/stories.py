"""A story: an ordered list of views with what the speaker says, to be presented step by step."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from mapping.view.address import STEP_RANGE, STORY_KEYS
from mapping.view.links import query_text
from mapping.view.state import ViewState
from mapping.words import SOURCE_LANGUAGE

Texts = Mapping[str, str]
"""Language code -> text; empty for none."""

PAGES: Final = ("", "obstacles", "solutions", "access", "countries", "trials", "partners")
"""Pages a step may show, by their path in the address; the first is the Atlas."""
MINE: Final = "mine"
"""Id of a reader's own story."""
MOST_STEPS: Final = STEP_RANGE[1]
NOT_OF_A_STEP: Final = frozenset({*STORY_KEYS, "v", "lang", "present", "embed", "embed_options"})
"""Keys a pasted link may carry that a step does not keep: a story is told in the reader's language and release."""


@dataclass(frozen=True)
class StoryStep:
    """One step: a view of a page."""

    page: str
    """Path in the address, one of :data:`PAGES`."""
    view: ViewState
    headline: Texts = field(default_factory=dict)
    """What stands over it; empty for the page's own finding, which follows the data."""
    note: Texts = field(default_factory=dict)
    """What the speaker wants to say."""

    @property
    def link(self) -> str:
        """Return where it is in the Atlas: path and query."""
        query = query_text(self.view)
        return f"/{self.page}?{query}" if query else f"/{self.page}"


@dataclass(frozen=True)
class Story:
    """Steps in the order told."""

    id: str
    title: Texts
    about: Texts = field(default_factory=dict)
    """What it tells, in a sentence."""
    steps: tuple[StoryStep, ...] = ()

    def at(self, number: int) -> int:
        """Return the number of a step that there is: the last one for a number beyond it."""
        return max(1, min(number, len(self.steps)))


def said(texts: Texts, lang: str) -> str:
    """Return a text in a language, else in English, else in the first it comes in; empty where there is none."""
    return texts.get(lang) or texts.get(SOURCE_LANGUAGE) or next(iter(texts.values()), "")


def step_of(page: str, view: ViewState) -> StoryStep:
    """Return the step that shows a page as it is, whatever language and release it is read in."""
    query = {key: values for key, values in view.to_query().items() if key not in NOT_OF_A_STEP}
    return StoryStep(page, ViewState.from_query(query))


def with_step(story: Story, step: StoryStep) -> Story:
    """Return the story with one more step at its end; as it is where it has as many as it may."""
    return replace(story, steps=(*story.steps, step)[:MOST_STEPS])


def without_step(story: Story, number: int) -> Story:
    """Return the story without a step, counted from 1."""
    return replace(story, steps=tuple(step for at, step in enumerate(story.steps, 1) if at != number))


def moved(story: Story, number: int, by: int) -> Story:
    """Return the story with a step, counted from 1, so many places later or, where negative, earlier."""
    steps = list(story.steps)
    step = steps.pop(number - 1)
    steps.insert(max(0, min(number - 1 + by, len(steps))), step)
    return replace(story, steps=tuple(steps))


def reworded(story: Story, number: int, lang: str, *, headline: str, note: str) -> Story:
    """Return the story with the words of a step, counted from 1, in a language; empty words are left out."""
    steps = list(story.steps)
    step = steps[number - 1]
    steps[number - 1] = replace(
        step, headline=_with_text(step.headline, lang, headline), note=_with_text(step.note, lang, note)
    )
    return replace(story, steps=tuple(steps))


def titled(story: Story, lang: str, title: str) -> Story:
    """Return the story with a title in a language."""
    return replace(story, title=_with_text(story.title, lang, title))


def _with_text(texts: Texts, lang: str, text: str) -> Texts:
    kept = {code: told for code, told in texts.items() if code != lang}
    return {**kept, lang: text} if text else kept
