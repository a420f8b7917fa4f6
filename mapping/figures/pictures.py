"""Pictures as data: a map, a heatmap or a chart with its words, before anyone decides in what file it is drawn.

Slides, stills and briefs draw the same picture, so none can show another number, colour or texture than the others.
"""

from dataclasses import dataclass, field
from typing import Literal

from mapping.figures.palette import Colour

Point = tuple[float, float]
"""Right and down, in units of the picture."""
Shape = Literal["diamond", "square", "circle", "triangle"]
Texture = Literal["", "hatch", "dots", "grid"]
"""How a kind of nothing is drawn; the texture is never the low end of a scale."""


@dataclass(frozen=True)
class LegendItem:
    """What one shape, colour or texture means."""

    text: str
    colour: Colour | None = None
    """Fill; None for a plain or textured surface."""
    shape: Shape | Literal["swatch"] = "swatch"
    texture: Texture = ""
    sign: str = ""
    """What is printed in it, such as the number of a bubble."""
    size: float = 0.0
    """Width in units of the picture, where size means something."""
    is_hollow: bool = False


@dataclass(frozen=True)
class Land:
    """One country, or one lake, where it lies within the frame of a map."""

    country: str
    """ISO 3166-1 alpha-2 code; empty for a lake."""
    name: str
    rings: tuple[tuple[Point, ...], ...]
    """Outer rings, not closed; what lies inside another land is drawn after it."""
    fill: Colour
    texture: Texture = ""
    edges: tuple[tuple[Point, ...], ...] = ()
    """Its border as open lines, where the outlines end within the frame; elsewhere none, and each ring is border."""


@dataclass(frozen=True)
class Mark:
    """One mark of a map."""

    x: float
    y: float
    size: float
    """Width."""
    shape: Shape
    colour: Colour
    ink: Colour
    """Colour of the label on it."""
    label: str
    """What is printed on it, empty for none."""
    name: str
    """What it is, in words."""
    role: str = ""
    is_hollow: bool = False


@dataclass(frozen=True)
class MapLine:
    """One line of a map, between two places."""

    points: tuple[Point, ...]
    width: float
    colour: Colour
    name: str
    """What it is, in words."""


@dataclass(frozen=True)
class MapPicture:
    """A map: land, marks and legend in one frame."""

    title: str
    alt: str
    caption: str
    width: float
    height: float
    lands: tuple[Land, ...]
    marks: tuple[Mark, ...]
    """Those drawn first come first."""
    legend_title: str
    legend: tuple[LegendItem, ...]
    sea: Colour
    border: Colour
    hatch: Colour
    """Colour of the lines of a texture."""
    lines: tuple[MapLine, ...] = ()
    """Over the land and under the marks; those drawn first come first."""
    live_caption: str = ""
    """The line under the same map where it is drawn live: without what this drawing leaves out or draws otherwise."""


@dataclass(frozen=True)
class MatrixCell:
    """One cell of a heatmap."""

    text: str
    """What is printed in it."""
    state: str
    """``found`` or a kind of nothing."""
    told: str
    """What it means, one sentence."""
    fill: Colour | None = None
    ink: Colour = (0, 0, 0)
    texture: Texture = ""


@dataclass(frozen=True)
class MatrixRow:
    """One row of a heatmap."""

    label: str
    cells: tuple[MatrixCell, ...]
    group: str = ""
    """Heading it stands under."""
    weight: float = 0.0
    """How much evidence it holds, so that a small page may show the rows with most."""


@dataclass(frozen=True)
class MatrixPicture:
    """A heatmap."""

    title: str
    alt: str
    caption: str
    row_head: str
    """What a row is: obstacle, stage."""
    heads: tuple[str, ...]
    """What stands over each column."""
    names: tuple[str, ...]
    """What each column is, in full."""
    rows: tuple[MatrixRow, ...]
    legend_title: str
    legend: tuple[LegendItem, ...]

    def lines(self) -> list[MatrixRow | str]:
        """Return headings and rows from top to bottom."""
        lines: list[MatrixRow | str] = []
        group = ""
        for row in self.rows:
            if row.group and row.group != group:
                lines.append(row.group)
                group = row.group
            lines.append(row)
        return lines


@dataclass(frozen=True)
class Series:
    """One line of a chart, or the bars of one colour."""

    name: str
    values: tuple[float, ...]
    """As many as categories; NaN where there is none."""
    colour: Colour
    printed: tuple[str, ...] = ()
    """The same values as the screen prints them."""
    is_dashed: bool = False
    texture: Texture = ""


@dataclass(frozen=True)
class ChartPicture:
    """A chart that spreadsheets and slides can draw themselves."""

    title: str
    alt: str
    caption: str
    kind: Literal["bars", "stacked", "columns", "lines"]
    """Bars lie, columns stand; both columns and stacked bars are stacked where there are several series."""
    categories: tuple[str, ...]
    """Names of the bars; of lines, the numbers below as words."""
    series: tuple[Series, ...]
    category_title: str = ""
    value_title: str = ""
    unit: Literal["number", "share"] = "number"
    xs: tuple[float, ...] = ()
    """Of lines: where each value lies along the axis."""
    ends: tuple[str, ...] = ()
    """What is printed at the end of each bar, where that is not the sum of its values."""
    marker: tuple[float, str] | None = None
    """A line across all bars, or at one place of the axis of lines, and what it is called."""
    legend: tuple[LegendItem, ...] = field(default=())


Picture = MapPicture | MatrixPicture | ChartPicture


def chart_legend(picture: ChartPicture) -> tuple[LegendItem, ...]:
    """Return what the colours of a chart mean: nothing where there is but one series."""
    if picture.legend or len(picture.series) < 2:
        return picture.legend
    return tuple(LegendItem(one.name, one.colour, texture=one.texture) for one in picture.series)
