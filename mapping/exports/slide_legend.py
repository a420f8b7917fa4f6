"""The legend on a slide: shapes and words beside a map, or in lines under a heatmap or a chart."""

from collections.abc import Iterator, Sequence
from typing import Final

from mapping.exports.slide_map import LEAST_MARK_PT
from mapping.exports.slide_words import width_of, wrapped
from mapping.exports.slide_xml import LINE, QUIET, WHITE, Box, Pen, body, filled, line, paragraph, run, solid
from mapping.figures.pictures import LegendItem

SIZES_PT: Final = (24, 22, 20, 18, 16, 14)
"""Sizes tried for a legend, the largest that fits is taken."""
STRIP_SIZES_PT: Final = (24, 22, 20, 18, 16)
"""The same for a legend in lines; the smallest takes as many lines as it needs."""
STRIP_LEADING: Final = 1.45
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
    size = _strip_size(title, items, width)
    return len(_lines(title, items, width, size)) * size * STRIP_LEADING if items else 0.0


def strip(title: str, items: Sequence[LegendItem], place: Box, pen: Pen) -> str:
    """Return the legend in lines, from left to right, in the largest letters that need one."""
    size = _strip_size(title, items, place.width)
    parts: list[str] = []
    for at, held in enumerate(_lines(title, items, place.width, size)):
        top = place.top + at * size * STRIP_LEADING
        parts.extend(_line(held, Box(place.left, top, place.width, size * 1.25), size, pen))
    told = "; ".join(item.text for item in items)
    return pen.group("Legend", place, parts, f"{title}: {told}" if title else told)


def _strip_size(title: str, items: Sequence[LegendItem], width: float) -> float:
    return next((size for size in STRIP_SIZES_PT if len(_lines(title, items, width, size)) == 1), STRIP_SIZES_PT[-1])


def _wide(item: LegendItem | str, size: float) -> float:
    if isinstance(item, str):
        return width_of(item, size, bold=True) + size
    return width_of(item.text, size) + size * 2.8


def _lines(title: str, items: Sequence[LegendItem], width: float, size: float) -> list[list[LegendItem | str]]:
    lines: list[list[LegendItem | str]] = [[]]
    held: list[LegendItem | str] = [*([title] if title else []), *items]
    for item in held:
        if lines[-1] and sum(_wide(one, size) for one in lines[-1]) + _wide(item, size) - size > width:
            lines.append([])
        lines[-1].append(item)
    return lines


def _line(held: Sequence[LegendItem | str], place: Box, size: float, pen: Pen) -> Iterator[str]:
    x = place.left
    for item in held:
        said, bold = (item, True) if isinstance(item, str) else (item.text, False)
        left, wide = x, _wide(item, size)
        if not isinstance(item, str):
            yield _picture(item, x, place.top + place.height / 2, size, 1.0, pen)
            left += size * 1.8
        words = paragraph(run(said, size, bold=bold), size)
        yield pen.words("Legend entry", Box(left, place.top, x + wide - left, place.height), [words], anchor="ctr")
        x += wide


def _picture(item: LegendItem, left: float, middle: float, size: float, unit: float, pen: Pen) -> str:
    wide, high, fill, edge = size * 1.4, size * 0.9, filled(item.colour, item.texture), line(LINE)
    if item.shape != "swatch":
        wide = high = min(max(item.size * unit, LEAST_MARK_PT), size * 1.7) if item.size else size * 0.9
        fill, edge = solid(item.colour or WHITE), line(WHITE)
        if item.is_hollow or item.colour in {None, WHITE}:
            wide = high = size * 1.2 if item.sign else wide
            edge = line(QUIET, 1.5)
    place = Box(left + size * 0.7 - wide / 2, middle - high / 2, wide, high)
    said = body([paragraph(run(item.sign, 14), 14, "ctr")], "ctr", wrap="none") if item.sign else ""
    return pen.preset("Legend sign", item.shape, place, fill, edge, said=said, alt=item.text)
