"""A map on a slide: each country a freeform, each mark a shape, so that all of it can be edited in PowerPoint."""

from collections.abc import Iterator
from typing import Final

from mapping.exports.slide_words import width_of
from mapping.exports.slide_xml import INK, NO_FILL, QUIET, WHITE, Box, Pen, body, filled, line, paragraph, run, solid
from mapping.figures.pictures import Land, MapLine, MapPicture, Mark

SMALLEST_PT: Final = 14
"""No letter of a slide is smaller; a bubble too small for its number goes without, and its size tells it."""
ROLE_NAMES: Final = {"": "Marks"}


def map_shapes(picture: MapPicture, place: Box, pen: Pen) -> Iterator[str]:
    """Yield the map as two groups, land and marks, filling the place from its upper left corner."""
    unit = min(place.width / picture.width, place.height / picture.height)
    frame = Box(place.left, place.top, picture.width * unit, picture.height * unit)
    sea = pen.preset("Sea", "square", frame, solid(picture.sea), line(picture.border))
    land = [_land(one, picture, frame, unit, pen) for one in picture.lands]
    yield pen.group("Map: countries", frame, [sea, *land], picture.alt)
    lines = [_line(one, frame, unit, pen) for one in picture.lines]
    if lines:
        yield pen.group("Map: lines", frame, lines, picture.alt)
    marks = [_mark(one, frame, unit, pen) for one in picture.marks]
    if marks:
        told = "; ".join(item.text for item in picture.legend)
        yield pen.group("Map: marks", frame, marks, f"{picture.legend_title}: {told}")


def map_width(picture: MapPicture, height: float, most: float) -> float:
    """Return how wide the map becomes in a place of this height."""
    return min(picture.width * height / picture.height, most)


def _land(land: Land, picture: MapPicture, frame: Box, unit: float, pen: Pen) -> str:
    rings, edges = (
        [
            [
                (frame.left + min(max(x, 0), picture.width) * unit, frame.top + min(max(y, 0), picture.height) * unit)
                for x, y in points
            ]
            for points in lines
        ]
        for lines in (land.rings, land.edges)
    )
    edge = line(picture.border, 0.5) if land.country else ""
    return pen.freeform(land.name, rings, filled(land.fill, land.texture), edge, alt=land.name, edges=edges)


def _line(one: MapLine, frame: Box, unit: float, pen: Pen) -> str:
    points = [(frame.left + x * unit, frame.top + y * unit) for x, y in one.points]
    there_and_back = [*points, *points[-2:0:-1]]  # an outline is closed, so it returns along itself
    return pen.freeform(one.name, [there_and_back], NO_FILL, line(one.colour, one.width * unit), alt=one.name)


def _mark(one: Mark, frame: Box, unit: float, pen: Pen) -> str:
    size, label = one.size * unit, one.label
    is_total, is_value = one.colour == WHITE, bool(label) and not one.role
    needed = width_of(label, SMALLEST_PT, bold=True) + 7
    if is_value:
        size = max(size, needed, SMALLEST_PT * 1.45)
    elif size < max(needed, SMALLEST_PT * 1.5):
        label = ""
    place = Box(frame.left + one.x * unit - size / 2, frame.top + one.y * unit - size / 2, size, size)
    fill, edge = solid(one.colour), line(QUIET if is_total else WHITE, min(0.75, size * 0.08))
    if one.is_hollow:
        fill, edge = solid(WHITE), line(one.colour, 1.5)
    said = ""
    if label:
        ink = INK if is_total else one.ink
        letters = paragraph(run(label, SMALLEST_PT, bold=True, colour=ink), SMALLEST_PT, "ctr")
        said = body([letters], "ctr", wrap="none")
    return pen.preset(one.name, one.shape, place, fill, edge, said=said)
