"""The steps of the heatmaps: how many sources make which colour, and how the kinds of nothing are drawn beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from mapping.figures.palette import Colour, Theme

STEP_STARTS = (1, 2, 3, 5, 10)
"""Smallest number of sources of each step; few, because a reader can look a step up and only guess a shade."""


@dataclass(frozen=True)
class Texture:
    """How a cell without a colour of the scale is drawn."""

    pattern: str
    """Plotly's name of the pattern; empty for a plain surface."""
    surface: Colour
    lines: Colour
    solidity: float
    """Share of the surface the lines take."""


@dataclass(frozen=True)
class HeatColours:
    """A heatmap in one theme: one hue, lightness in the order of the numbers, away from the page."""

    steps: tuple[Colour, ...]
    nothing: Mapping[str, Texture]
    """Kind of nothing (code) to its texture."""
    surface: Colour
    """The page behind the cells."""
    text: Colour


def step_of(count: int) -> int:
    """Return the step of a count of at least one, 0 for the lowest."""
    return sum(count >= start for start in STEP_STARTS) - 1


def step_label(step: int) -> str:
    """Return the counts of a step as a legend says them: "1", "3–4", "10+"."""
    start = STEP_STARTS[step]
    if step == len(STEP_STARTS) - 1:
        return f"{start}+"
    end = STEP_STARTS[step + 1] - 1
    return str(start) if start == end else f"{start}–{end}"


def luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour (WCAG 2.2), 0 for black and 1 for white."""
    channels = (value / 255 for value in colour)
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(colour: Colour) -> Colour:
    """Return black or white, whichever is read better on a colour."""
    black, white = (0, 0, 0), (255, 255, 255)
    return black if contrast(colour, black) >= contrast(colour, white) else white


def _textures(surface: Colour, lines: Colour) -> Mapping[str, Texture]:
    return MappingProxyType(
        {
            "not_assessed": Texture("/", surface, lines, 0.25),
            "none_found": Texture("", surface, lines, 0.0),
            "not_applicable": Texture("x", surface, lines, 0.15),
            "zero": Texture(".", surface, lines, 0.3),
        }
    )


HEAT: Mapping[Theme, HeatColours] = MappingProxyType(
    {
        "light": HeatColours(
            ((173, 186, 234), (126, 148, 212), (76, 112, 186), (34, 81, 151), (2, 50, 103)),
            _textures((255, 255, 255), (166, 173, 181)),
            (255, 255, 255),
            (23, 32, 42),
        ),
        "dark": HeatColours(
            ((55, 86, 147), (85, 117, 189), (128, 151, 215), (175, 189, 237), (225, 229, 248)),
            _textures((22, 30, 42), (88, 101, 117)),
            (22, 30, 42),
            (236, 241, 246),
        ),
    }
)
