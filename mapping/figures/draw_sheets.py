"""Draw the picture sheets of the maps: bubbles with their numbers, marks of the roles, textures of nothing.

A bubble carries its number in the picture, so that a bubble that lies on another covers its number too; bubbles and
marks have a white rim that keeps them apart. Textures, and the disc behind a number, are white masks that the map
tints. Drawn too large and shrunk, for smooth edges.
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from mapping.figures.palette import ROLE_STYLES, RoleStyle
from mapping.figures.sheets import (
    BUBBLE_COLUMNS,
    BUBBLE_LABELS,
    BUBBLE_PX,
    CELL_PX,
    MARK_CELLS,
    MARK_KINDS,
    SHEETS,
    TEXTURES,
    TOTAL,
)

_OVERSIZE = 8


def draw_sheets(folder: Path) -> None:
    """Write ``bubbles.png``, ``marks.png`` and ``textures.png`` into the folder, the same bytes each time."""
    cells = [_bubble(style, label) for style in ROLE_STYLES.values() for label in BUBBLE_LABELS]
    bubbles = Image.new("RGBA", (BUBBLE_PX * BUBBLE_COLUMNS, BUBBLE_PX * -(-len(cells) // BUBBLE_COLUMNS)))
    for number, cell in enumerate(cells):
        row, column = divmod(number, BUBBLE_COLUMNS)
        bubbles.paste(cell, (column * BUBBLE_PX, row * BUBBLE_PX))
    bubbles.quantize(256, method=Image.Quantize.FASTOCTREE).save(folder / "bubbles.png", optimize=True)
    marks = Image.new("RGBA", (CELL_PX * (len(ROLE_STYLES) + 1), CELL_PX * len(MARK_KINDS)), (255, 255, 255, 0))
    for role, style in ROLE_STYLES.items():
        for kind in MARK_KINDS:
            marks.paste(_mark(style, kind), _corner(f"{role}-{kind}"))
    marks.paste(_disc(), _corner(TOTAL))
    marks.save(folder / "marks.png", optimize=True)
    textures = Image.new("RGBA", (CELL_PX * len(TEXTURES), CELL_PX))
    for column, texture in enumerate(TEXTURES):
        textures.paste(_white(_texture(texture)), (column * CELL_PX, 0))
    textures.save(folder / "textures.png", optimize=True)


def _bubble(style: RoleStyle, label: str) -> Image.Image:
    """Return the shape of a role in its colour, with a white rim and the number in it."""
    size = BUBBLE_PX * _OVERSIZE
    picture = Image.new("RGBA", (size, size), (255, 255, 255, 0))
    pen = ImageDraw.Draw(picture)
    _shape(pen, style.shape, size * 0.47, (255, 255, 255, 255))
    _shape(pen, style.shape, size * 0.42, (*style.colour, 255))
    share = {0: 0.0, 1: 0.54, 2: 0.46}.get(len(label), 0.34) * (0.82 if style.shape in {"diamond", "triangle"} else 1)
    if label:
        font = ImageFont.load_default(size * share)
        middle = size * (0.6 if style.shape == "triangle" else 0.5)
        width = max(1, round(size * 0.012))
        pen.text(
            (size / 2, middle), label, (*style.ink, 255), font, "mm", stroke_width=width, stroke_fill=(*style.ink, 255)
        )
    return picture.resize((BUBBLE_PX, BUBBLE_PX), Image.Resampling.LANCZOS)


def _white(mask: Image.Image) -> Image.Image:
    """Return a white picture that is as opaque as the mask is bright."""
    picture = Image.new("RGBA", mask.size, (255, 255, 255, 255))
    picture.putalpha(mask)
    return picture


def _corner(name: str) -> tuple[int, int]:
    """Return where the cell of a mark begins in its sheet."""
    return MARK_CELLS[name]["x"], MARK_CELLS[name]["y"]


def _mark(style: RoleStyle, kind: str) -> Image.Image:
    """Return the mark of a role: filled, hollow (undisclosed place) or with a hole (known to the address)."""
    size = CELL_PX * _OVERSIZE
    picture = Image.new("RGBA", (size, size), (255, 255, 255, 0))
    pen = ImageDraw.Draw(picture)
    _shape(pen, style.shape, size * 0.47, (255, 255, 255, 255))
    _shape(pen, style.shape, size * 0.4, (*style.colour, 255))
    if kind == "hollow":
        _shape(pen, style.shape, size * 0.24, (255, 255, 255, 255))
    if kind == "address":
        _shape(pen, "circle", size * 0.11, (255, 255, 255, 255), lowered=style.shape == "triangle")
    return picture.resize((CELL_PX, CELL_PX), Image.Resampling.LANCZOS)


def _disc() -> Image.Image:
    """Return the mask of a disc."""
    size = CELL_PX * _OVERSIZE
    mask = Image.new("L", (size, size), 0)
    _shape(ImageDraw.Draw(mask), "circle", size * 0.46, 255)
    return _white(mask.resize((CELL_PX, CELL_PX), Image.Resampling.LANCZOS))


def _shape(
    pen: ImageDraw.ImageDraw, shape: str, radius: float, fill: int | tuple[int, ...], *, lowered: bool = False
) -> None:
    middle = pen.im.size[0] / 2
    centre_y = middle + (radius * 1.2 if lowered else 0)
    corners = {
        "square": [(-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86)],
        "diamond": [(0, -1.06), (1.06, 0), (0, 1.06), (-1.06, 0)],
        "triangle": [(0, -0.98), (1.05, 0.86), (-1.05, 0.86)],
    }
    if shape == "circle":
        pen.ellipse((middle - radius, centre_y - radius, middle + radius, centre_y + radius), fill=fill)
    else:
        pen.polygon([(middle + x * radius, centre_y + y * radius) for x, y in corners[shape]], fill=fill)


def _texture(texture: str) -> Image.Image:
    """Return one tile that repeats without a seam."""
    picture = Image.new("L", (CELL_PX, CELL_PX), 0)
    pen = ImageDraw.Draw(picture)
    if texture == "hatch":
        for start in range(-CELL_PX, CELL_PX, 16):
            pen.line((start, CELL_PX, start + CELL_PX, 0), fill=255, width=4)
    elif texture == "dots":
        for x in range(8, CELL_PX, 16):
            for y in range(8, CELL_PX, 16):
                pen.ellipse((x - 3, y - 3, x + 3, y + 3), fill=255)
    else:
        for start in range(8, CELL_PX, 16):
            pen.line((start, 0, start, CELL_PX), fill=255, width=3)
            pen.line((0, start, CELL_PX, start), fill=255, width=3)
    return picture


if __name__ == "__main__":
    draw_sheets(SHEETS)
