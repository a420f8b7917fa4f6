"""Where each bubble, mark and texture lies in the picture sheets that the maps fetch once."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from mapping.figures.palette import ROLE_STYLES

CELL_PX: Final = 64
"""Width and height of one cell of a sheet, in pixels."""

MARK_KINDS: Final = ("city", "hollow", "address")
"""A place known to its city, a place whose name is not disclosed, a place known to its address."""

TEXTURES: Final = ("hatch", "dots", "grid")
"""Not assessed, looked for and none found, not applicable."""

SHEETS: Final = Path(__file__).parent / "assets"
"""Holds ``bubbles.png``, ``marks.png`` and ``textures.png``."""

BUBBLE_PX: Final = 56
"""Width and height of a bubble's cell: a little more than the largest bubble on the screen."""
BUBBLE_COLUMNS: Final = 20
LABELLED_FROM: Final = 3
"""Sites from which a bubble has room for its number."""
MANY: Final = 99
BUBBLE_LABELS: Final = ("", *(str(count) for count in range(LABELLED_FROM, MANY + 1)), f"{MANY}+")

Cell = Mapping[str, int | bool]


def _cell(column: int, row: int, *, mask: bool = False) -> Cell:
    return {"x": column * CELL_PX, "y": row * CELL_PX, "width": CELL_PX, "height": CELL_PX, "mask": mask}


TOTAL: Final = "total"
"""The disc behind a country's number, which the map tints."""
MARK_CELLS: Final[Mapping[str, Cell]] = MappingProxyType(
    {
        **{
            f"{role}-{kind}": _cell(column, row)
            for column, role in enumerate(ROLE_STYLES)
            for row, kind in enumerate(MARK_KINDS)
        },
        TOTAL: _cell(len(ROLE_STYLES), 0, mask=True),
    }
)
"""Icon name, for instance ``facilities-hollow``, to its cell, in the words of deck.gl's ``iconMapping``."""

TEXTURE_CELLS: Final[Mapping[str, Cell]] = MappingProxyType(
    {texture: _cell(column, 0, mask=True) for column, texture in enumerate(TEXTURES)}
)
"""Texture name to its cell, in the words of deck.gl's ``fillPatternMapping``."""


def bubble_name(role: str, count: int) -> str:
    """Return the picture of a role's bubble for a number of sites."""
    label = "" if count < LABELLED_FROM else str(count) if count <= MANY else f"{MANY}+"
    return f"{role}-{label}"


def _bubble_cells() -> dict[str, Cell]:
    names = [f"{role}-{label}" for role in ROLE_STYLES for label in BUBBLE_LABELS]
    places = [divmod(number, BUBBLE_COLUMNS) for number in range(len(names))]
    size = {"width": BUBBLE_PX, "height": BUBBLE_PX}
    return {
        name: {"x": column * BUBBLE_PX, "y": row * BUBBLE_PX, **size}
        for name, (row, column) in zip(names, places, strict=True)
    }


BUBBLE_CELLS: Final[Mapping[str, Cell]] = MappingProxyType(_bubble_cells())
"""Icon name, of :func:`bubble_name`, to its cell."""
