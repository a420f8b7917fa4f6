"""A chart as SVG, in a box of a still: lying or standing bars, or lines."""

import math
from collections.abc import Sequence
from typing import Final

from mapping.exports.svg_parts import INK, LINE, QUIET, box, fitting, outlined, text
from mapping.exports.typesetting import cut, width_of, wrapped
from mapping.figures.palette import hex_colour
from mapping.figures.pictures import ChartPicture, Series

Box = tuple[float, float, float, float]
"""Left, top, width, height."""
LETTERS: Final = 26.0
"""Largest letters beside a bar."""
LABELS: Final = 0.4
"""Share of the width that the names beside the bars may take."""
ROUND: Final = ("1", "2", "25", "5")
"""Digits of the numbers that are easiest to count by."""
MOST_LINES: Final = 3
"""Lines of a name."""


def chart_markup(picture: ChartPicture, left: float, top: float, width: float, height: float) -> str:
    """Return the chart in a box."""
    if not picture.categories or not picture.series:
        return ""
    place = (left, top, width, height)
    if picture.kind == "lines":
        return _lines(picture, place)
    return _columns(picture, place) if picture.kind == "columns" else _bars(picture, place)


def totals(picture: ChartPicture) -> list[float]:
    """Return the length of each bar: the sum of its parts."""
    return [sum(_known(one.values[at]) for one in picture.series) for at in range(len(picture.categories))]


def _known(value: float) -> float:
    return 0.0 if math.isnan(value) else value


def ends_of(picture: ChartPicture) -> tuple[str, ...]:
    """Return what stands at the end of each bar."""
    if picture.ends:
        return picture.ends
    if len(picture.series) == 1 and picture.series[0].printed:
        return picture.series[0].printed
    return tuple("" for _ in picture.categories)


def label_lines(picture: ChartPicture, width: float) -> int:
    """Return how many lines the longest name beside the bars of a chart of this width takes, at most three."""
    room = width * LABELS - 12
    return max([1, *(len(wrapped(name, LETTERS, room, most=MOST_LINES)) for name in picture.categories)])


def _bars(picture: ChartPicture, place: Box) -> str:
    left, top, width, height = place
    lines = label_lines(picture, width)
    row = min(height / len(picture.categories), 44.0 * lines)
    size, ends = min(row * (0.66 if lines == 1 else 0.76 / lines), LETTERS), ends_of(picture)
    labels = min(max(width_of(name, size) for name in picture.categories) + 14, width * LABELS)
    room = width - labels - max((width_of(end, size) for end in ends), default=0) - 18
    most = 1.0 if picture.unit == "share" and picture.kind == "stacked" else max([*totals(picture), 1e-9])
    parts = []
    for at, (name, end) in enumerate(zip(picture.categories, ends, strict=True)):
        y, x = top + at * row, left + labels
        shown = [cut(line, size, labels - 12) for line in wrapped(name, size, labels - 12, most=lines)]
        for line, words in enumerate(shown):
            lower = size * (0.34 + 1.12 * (line - (len(shown) - 1) / 2))
            parts.append(text(x - 10, y + row * 0.5 + lower, words, size, anchor="end"))
        for one in picture.series:
            wide = _known(one.values[at]) / most * room
            parts.append(box(x, y + row * 0.12, wide, row * 0.76, one.colour, texture=one.texture))
            x += wide
        x = left + labels + room if picture.kind == "stacked" else x
        parts.append(text(x + 8, y + row * 0.5 + size * 0.34, end, size))
    if picture.marker:
        share, said = picture.marker
        x = left + labels + share / most * room
        parts.append(_dotted(x, top - 4, x, top + row * len(picture.categories)))
        anchor = "end" if share > most * 0.6 else "start"
        parts.append(text(x, top - 9, said, size, bold=True, anchor=anchor))
    return "".join(parts)


def _columns(picture: ChartPicture, place: Box) -> str:
    left, top, width, height = place
    size = min(22.0, height * 0.05)
    foot, most = size * 1.8, max([*totals(picture), 1e-9])
    whole = all(total.is_integer() for total in totals(picture))
    scale, side = _steps(most, whole), width_of(f"{most:,.0f}", size) + 14
    room, column = height - foot - 10, (width - side) / len(picture.categories)
    parts = _grid(scale, [f"{value:,.0f}" for value in scale], left, side, top, room, width, scale[-1], size)
    skip = max(1, math.ceil(max(width_of(name, size) for name in picture.categories) * 1.15 / column))
    for at, name in enumerate(picture.categories):
        x, y = left + side + at * column, top + room
        for one in picture.series:
            high = _known(one.values[at]) / scale[-1] * room
            y -= high
            parts += box(x + column * 0.1, y, column * 0.8, high, one.colour, texture=one.texture)
        if at % skip == 0:
            parts += text(x + column / 2, top + room + size * 1.3, name, size, anchor="middle")
    return "".join(parts)


def _grid(
    values: Sequence[float], said: Sequence[str], left: float, side: float, top: float, room: float, width: float,
    most: float, size: float,
) -> list[str]:  # fmt: skip
    parts = []
    for value, label in zip(values, said, strict=True):
        y = top + room * (1 - value / most)
        parts.append(f'<path d="M{left + side:.1f} {y:.1f}H{left + width:.1f}"{outlined((218, 224, 230))}/>')
        parts.append(text(left + side - 8, y + size * 0.34, label, size, colour=QUIET, anchor="end"))
    return parts


def _steps(most: float, whole: bool) -> list[float]:
    """Return about five even steps from zero to the largest value at least, never zero alone; counts get whole ones."""
    rough = max(most / 5, 1.0 if whole else 0.0)
    unit = 10 ** math.floor(math.log10(max(rough, 1e-9)))
    steps = (unit * times for times in (1, 2, 2.5, 5, 10))
    step = next(step for step in steps if step >= rough and not (whole and step % 1))
    return [step * at for at in range(max(math.ceil(most / step - 1e-9), 1) + 1)]


def _lines(picture: ChartPicture, place: Box) -> str:
    left, top, width, height = place
    size = min(22.0, height * 0.06)
    side, foot = size * 3.4, size * 3.2
    room, across = height - foot, width - side - size
    ticks = [0, 0.25, 0.5, 0.75, 1.0]
    parts = _grid(ticks, [f"{tick:.0%}" for tick in ticks], left, side, top, room, width - size, 1.0, size)
    end = picture.xs[-1] or 1.0
    for at in range(0, len(picture.xs), _every(picture.xs)):
        x = left + side + picture.xs[at] / end * across
        parts.append(text(x, top + room + size * 1.3, picture.categories[at], size, colour=QUIET, anchor="middle"))
    if picture.marker:
        x = left + side + picture.marker[0] / end * across
        parts.append(_dotted(x, top, x, top + room))
        parts.append(text(x + 6, top + size, picture.marker[1], size, bold=True))
    for one in reversed(picture.series):
        parts.append(_curve(one, [left + side + x / end * across for x in picture.xs], top, room))
    said = fitting(picture.category_title, size, across)
    parts.append(text(left + side + across / 2, top + room + size * 2.7, picture.category_title, said, anchor="middle"))
    return "".join(parts)


def _every(xs: Sequence[float]) -> int:
    """Return every how many places a line's foot is labelled: four to seven labels, at the roundest numbers."""
    fewest = max(1, math.ceil(len(xs) / 7))
    choices = range(fewest, min(max(fewest, len(xs) // 4), len(xs) - 1) + 1)
    return min(choices, key=lambda every: (f"{xs[every]:g}".replace(".", "").strip("0") not in ROUND, every), default=1)


def _curve(one: Series, xs: Sequence[float], top: float, room: float) -> str:
    points = " ".join(f"{x:.1f},{top + room * (1 - y):.1f}" for x, y in zip(xs, one.values, strict=True) if y == y)
    dash = ' stroke-dasharray="10 7"' if one.is_dashed else ""
    wide = 3 if one.is_dashed else 4.5
    return f'<polyline points="{points}" fill="none" stroke="{hex_colour(one.colour)}" stroke-width="{wide}"{dash}/>'


def _dotted(x: float, y: float, to_x: float, to_y: float) -> str:
    line = outlined(INK if x else LINE, 2)
    return f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}"{line} stroke-dasharray="3 5"/>'
