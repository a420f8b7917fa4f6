"""The legend on a slide: shapes and words beside a map, or in lines under a heatmap or a chart."""

from collections.abc import Iterator, Sequence
from typing import Final

from mapping.exports.slide_words import width_of, wrapped
from mapping.exports.slide_xml import LINE, QUIET, WHITE, Box, Pen, body, filled, line, paragraph, run, solid
from mapping.figures.pictures import LegendItem

SIZES_PT: Final = (24, 22, 20, 18, 16, 14)
"""Sizes tried for a legend, the largest that fits is taken."""
STRIP_PT: Final = 16
LEADING: Final = 1.22


def column(title: str, items: Sequence[LegendItem], place: Box, unit: float, pen: Pen) -> str:
    """Return the legend as a column, in the largest letters that fit; ``unit``: points a unit of the picture."""
    size, rows, heads = _chosen(title, items, place)
    parts, y = [], place.top
    if heads:
        lines = [paragraph(run(said, size, bold=True), size) for said in heads]
        parts.append(pen.words("Legend title", Box(place.left, y, place.width, size * LEADING * len(heads)), lines))
        y += size * (LEADING * len(heads) + 0.35)
    for item, said in zip(items, rows, strict=True):
        high = size * LEADING * len(said)
        parts.append(_picture(item, place.left, y + size * LEADING / 2, size, unit, pen))
        words = [paragraph(run(one, size), size) for one in said]
        beside = Box(place.left + size * 1.9, y, place.width - size * 1.9, high)
        parts.append(pen.words("Legend entry", beside, words))
        y += high + size * 0.3
    told = "; ".join(item.text for item in items)
    return pen.group("Legend", place, parts, f"{title}: {told}" if title else told)


def _chosen(title: str, items: Sequence[LegendItem], place: Box) -> tuple[float, list[list[str]], list[str]]:
    for size in SIZES_PT:
        rows = [wrapped(item.text, size, place.width - size * 2.2) or [""] for item in items]
        heads = wrapped(title, size, place.width, bold=True)
        needed = sum(len(row) * LEADING + 0.3 for row in rows) + len(heads) * LEADING + 0.35
        if needed * size <= place.height:
            break
    return size, rows, heads


def strip_height(title: str, items: Sequence[LegendItem], width: float) -> float:
    """Return how high the legend is in lines."""
    return len(_lines(title, items, width)) * STRIP_PT * 1.45 if items else 0.0


def strip(title: str, items: Sequence[LegendItem], place: Box, pen: Pen) -> str:
    """Return the legend in lines, from left to right."""
    parts: list[str] = []
    for at, held in enumerate(_lines(title, items, place.width)):
        parts.extend(_line(held, Box(place.left, place.top + at * STRIP_PT * 1.45, place.width, STRIP_PT * 1.25), pen))
    told = "; ".join(item.text for item in items)
    return pen.group("Legend", place, parts, f"{title}: {told}" if title else told)


def _wide(item: LegendItem | str) -> float:
    if isinstance(item, str):
        return width_of(item, STRIP_PT, bold=True) + STRIP_PT
    return width_of(item.text, STRIP_PT) + STRIP_PT * 3.2


def _lines(title: str, items: Sequence[LegendItem], width: float) -> list[list[LegendItem | str]]:
    lines: list[list[LegendItem | str]] = [[]]
    held: list[LegendItem | str] = [*([title] if title else []), *items]
    for item in held:
        if lines[-1] and sum(map(_wide, lines[-1])) + _wide(item) > width:
            lines.append([])
        lines[-1].append(item)
    return lines


def _line(held: Sequence[LegendItem | str], place: Box, pen: Pen) -> Iterator[str]:
    x = place.left
    for item in held:
        said, bold = (item, True) if isinstance(item, str) else (item.text, False)
        left = x
        if not isinstance(item, str):
            yield _picture(item, x, place.top + place.height / 2, STRIP_PT, 1.0, pen)
            left += STRIP_PT * 1.8
        words = paragraph(run(said, STRIP_PT, bold=bold), STRIP_PT)
        yield pen.words("Legend entry", Box(left, place.top, _wide(item), place.height), [words], anchor="ctr")
        x += _wide(item)


def _picture(item: LegendItem, left: float, middle: float, size: float, unit: float, pen: Pen) -> str:
    wide, high, fill, edge = size * 1.4, size * 0.9, filled(item.colour, item.texture), line(LINE)
    if item.shape != "swatch":
        wide = high = min(item.size * unit, size * 1.7) if item.size else size * 0.9
        fill, edge = solid(item.colour or WHITE), line(WHITE)
        if item.is_hollow or item.colour in {None, WHITE}:
            wide = high = size * 1.2 if item.sign else wide
            edge = line(QUIET, 1.5)
    place = Box(left + size * 0.7 - wide / 2, middle - high / 2, wide, high)
    said = body([paragraph(run(item.sign, 14), 14, "ctr")], "ctr", wrap="none") if item.sign else ""
    return pen.preset("Legend sign", item.shape, place, fill, edge, said=said, alt=item.text)
