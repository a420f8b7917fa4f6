"""A story as screens, and from there as slides and as a hand-out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from mapping.exports.screens import Screen, Step, screen_of
from mapping.figures.pictures import MatrixPicture, Picture
from mapping.long_work import Tell
from mapping.view.atlas import Atlas
from mapping.view.stories import Story, StoryStep, said
from mapping.words import Words

SHOWN_FIRST: Final[Mapping[tuple[str, str], int]] = MappingProxyType(
    {
        ("", "heatmap"): 1,
        ("access", "distances"): 2,
        ("trials", "phases"): 1,
        ("trials", "modalities"): 4,
        ("partners", "expertise"): 1,
    }
)
"""Page and picture asked for -> its place among the pictures of the screen, where that is not the first."""


def told_step(atlas: Atlas, step: StoryStep, words: Words) -> Step:
    """Return a step with all it tells, the picture it asks for first, in the language of the words."""
    view = replace(step.view, lang=words.lang)
    screen = _with_picture(screen_of(atlas, step.page, view, words), step)
    return Step(screen, said(step.headline, words.lang), said(step.note, words.lang))


def headline_of(step: Step) -> str:
    """Return what stands over a step: its own words, else the finding of the page."""
    return step.headline or step.screen.headline


def untold(step: str, done: int, of: int) -> None:
    """Tell nobody how far the work is."""


def story_slides(atlas: Atlas, story: Story, words: Words, base: str, tell: Tell = untold) -> bytes:
    """Return the story as a presentation, a slide a step."""
    from mapping.exports.slides import slides  # python-pptx is slow to import

    steps = _told_steps(atlas, story, words, tell)
    tell("slides", len(steps), len(steps) + 1)
    return slides(steps, words, base, title=said(story.title, words.lang))


def story_pdf(atlas: Atlas, story: Story, words: Words, base: str, link: str = "", tell: Tell = untold) -> bytes:
    """Return the story as a hand-out on A4; its link opens it step by step."""
    from mapping.exports.brief_pdf import brief_pdf  # with its typesetter

    steps = _told_steps(atlas, story, words, tell)
    address = link or f"{base.rstrip('/')}/present?story={story.id}"
    tell("pages", len(steps), len(steps) + 1)
    return brief_pdf(steps, atlas.tables, words, base, title=said(story.title, words.lang), link=address)


def _told_steps(atlas: Atlas, story: Story, words: Words, tell: Tell) -> Sequence[Step]:
    """Return the steps of a story with all they tell, telling how far it is before each."""
    steps = []
    for number, step in enumerate(story.steps):
        tell("steps", number, len(story.steps) + 1)
        steps.append(told_step(atlas, step, words))
    return steps


def _with_picture(screen: Screen, step: StoryStep) -> Screen:
    """Return the screen with the picture first that the step asks for."""
    pictures = list(screen.pictures)
    if (step.page, step.view.shown) == ("countries", "ranking"):
        pictures.sort(key=lambda picture: not isinstance(picture, MatrixPicture))
        return replace(screen, pictures=tuple(pictures))
    at = SHOWN_FIRST.get((step.page, step.view.shown), 0)
    first: list[Picture] = pictures[at : at + 1]
    return replace(screen, pictures=(*first, *pictures[:at], *pictures[at + 1 :]))
