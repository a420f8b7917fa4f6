"""A map on a slide: each country a freeform, each mark a shape, so that all of it can be edited in PowerPoint."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from mapping.exports.slide_words import width_of
from mapping.exports.slide_xml import INK, NO_FILL, QUIET, WHITE, Box, Pen, body, filled, line, paragraph, run, solid
from mapping.figures.pictures import Land, MapLine, MapPicture, Mark

SMALLEST_PT: Final = 14
"""No letter of a slide is smaller; a bubble too small for its number goes without, and its size tells it."""
LEAST_MARK_PT: Final = 6.0
"""Width of the smallest mark of a site: 12 pixels on a projector of 1920 by 1080."""
ROUNDS: Final = 200
"""How often numbers that lie on each other are moved apart, at most."""


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
    discs = [_disc(one, frame, unit) for one in picture.marks]
    places = _apart(discs, [_is_number(one) for one in picture.marks], frame)
    marks = [_mark(one, place, pen) for one, place in zip(picture.marks, places, strict=True)]
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


def _is_number(one: Mark) -> bool:
    """Return whether a mark is there for the number in it, not for its place."""
    return bool(one.label) and not one.role


def _needed(one: Mark) -> float:
    """Return how wide a mark must be to hold its label."""
    return max(width_of(one.label, SMALLEST_PT, bold=True) + 7, SMALLEST_PT * 1.45)


def _disc(one: Mark, frame: Box, unit: float) -> Box:
    """Return the place of a mark, large enough for the number it is there for."""
    size = max(one.size * unit, _needed(one)) if _is_number(one) else one.size * unit
    size = max(size, LEAST_MARK_PT) if one.role else size
    return Box(frame.left + one.x * unit - size / 2, frame.top + one.y * unit - size / 2, size, size)


def _apart(discs: Sequence[Box], moved: Sequence[bool], frame: Box) -> list[Box]:
    """Return the places with the numbers moved apart where one would hide another, all within the frame."""
    places = np.array([[disc.left + disc.width / 2, disc.top + disc.width / 2] for disc in discs]).reshape(-1, 2)
    half = np.array([disc.width / 2 for disc in discs])
    free = np.flatnonzero(moved)
    low = np.array([frame.left, frame.top]) + half[free, None]
    high = np.array([frame.left + frame.width, frame.bottom]) - half[free, None]
    for _ in range(ROUNDS if free.size > 1 else 0):
        held = places[free]
        way = held[:, None] - held[None]
        far = np.hypot(way[..., 0], way[..., 1])
        over = half[free, None] + half[None, free] - far
        np.fill_diagonal(over, 0)
        if (over <= 0).all():
            break
        step = np.where(over > 0, over / np.maximum(far, 0.1) * 0.3, 0)[..., None] * way
        places[free] = np.clip(held + step.sum(axis=1), low, high)
    return [
        Box(x - disc.width / 2, y - disc.width / 2, disc.width, disc.width)
        for (x, y), disc in zip(places.tolist(), discs, strict=True)
    ]


def _mark(one: Mark, place: Box, pen: Pen) -> str:
    is_total, size = one.colour == WHITE, place.width
    label = one.label if _is_number(one) or size >= _needed(one) else ""
    fill, edge = solid(one.colour), line(QUIET if is_total else WHITE, min(0.75, size * 0.08))
    if one.is_hollow:
        fill, edge = solid(WHITE), line(one.colour, 1.5)
    said = ""
    if label:
        ink = INK if is_total else one.ink
        letters = paragraph(run(label, SMALLEST_PT, bold=True, colour=ink), SMALLEST_PT, "ctr")
        said = body([letters], "ctr", wrap="none")
    return pen.preset(one.name, one.shape, place, fill, edge, said=said)
