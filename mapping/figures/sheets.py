"""Where each mark and texture lies in the two picture sheets that the maps fetch once."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

CELL_PX: Final = 64
"""Width and height of one cell of a sheet, in pixels."""

MARK_SHAPES: Final = ("diamond", "square", "circle", "triangle")
MARK_KINDS: Final = ("city", "hollow", "address")
"""A place known to its city, a place whose name is not disclosed, a place known to its address."""

TEXTURES: Final = ("hatch", "dots", "grid")
"""Not assessed, looked for and none found, not applicable."""

SHEETS: Final = Path(__file__).parent / "assets"
"""Holds ``marks.png`` and ``textures.png``."""

Cell = Mapping[str, int | bool]


def _cell(column: int, row: int) -> Cell:
    return {"x": column * CELL_PX, "y": row * CELL_PX, "width": CELL_PX, "height": CELL_PX, "mask": True}


MARK_CELLS: Final[Mapping[str, Cell]] = MappingProxyType(
    {
        f"{shape}-{kind}": _cell(column, row)
        for column, shape in enumerate(MARK_SHAPES)
        for row, kind in enumerate(MARK_KINDS)
    }
)
"""Icon name, for instance ``circle-hollow``, to its cell, in the words of deck.gl's ``iconMapping``."""

TEXTURE_CELLS: Final[Mapping[str, Cell]] = MappingProxyType(
    {texture: _cell(column, 0) for column, texture in enumerate(TEXTURES)}
)
"""Texture name to its cell, in the words of deck.gl's ``fillPatternMapping``."""
