"""A heatmap made to fit: the rows with most evidence where there is no room for all, or page by page."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from mapping.figures.pictures import MatrixPicture, MatrixRow
from mapping.words import Words

MOST_COLUMNS: Final = 14
"""Columns from which those without a figure are left out where room is short."""
MOST_NAMED: Final = 8
"""Columns left out that a caption still names; the names of more would push out what else it has to say."""


def most_evidenced(picture: MatrixPicture, rows: int, words: Words) -> MatrixPicture:
    """Return a heatmap of at most so many rows, in their order, and say in its caption how many are left out."""
    if len(picture.rows) <= rows:
        return picture
    ranked = sorted(range(len(picture.rows)), key=lambda at: (-picture.rows[at].weight, at))
    kept = tuple(picture.rows[at] for at in sorted(ranked[:rows]))
    told = words.text("Shown: the {n} rows that hold most, of {all}.", n=len(kept), all=len(picture.rows))
    return replace(picture, rows=kept, caption=f"{told} {picture.caption}")


Lines = Callable[[MatrixRow], float]
"""Gives how many lines high a row is."""


def _one(_: MatrixRow) -> float:
    return 1


def paged(picture: MatrixPicture, rows: int, words: Words, lines: Lines = _one) -> Iterator[MatrixPicture]:
    """Yield a heatmap in parts of about equal length, of at most so many lines; each says which part it is.

    A heading counts as a line.
    """
    pages = _parts(picture, rows, lines)
    while len(pages) > 1 and rows > 1 and len(fewer := _parts(picture, rows - 1, lines)) == len(pages):
        pages, rows = fewer, rows - 1
    if len(pages) == 1:
        yield picture
        return
    for at, held in enumerate(pages, 1):
        told = words.text("Part {n} of {all}.", n=at, all=len(pages))
        yield replace(picture, rows=tuple(held), caption=f"{told} {picture.caption}")


def _parts(picture: MatrixPicture, rows: int, lines: Lines) -> list[list[MatrixRow]]:
    pages: list[list[MatrixRow]] = [[]]
    left, group = float(rows), ""
    for row in picture.rows:
        needed = lines(row) + (0 if row.group in {"", group} else 1)
        if needed > left and pages[-1]:
            pages.append([])
            left, needed = rows, lines(row) + (1 if row.group else 0)
        pages[-1].append(row)
        left, group = left - needed, row.group
    return pages


def without_empty_columns(picture: MatrixPicture, most: int, words: Words) -> MatrixPicture:
    """Return a heatmap without the columns that hold no figure, where it has more than so many.

    They are named, or counted if many.
    """
    filled = [any(row.cells[at].fill for row in picture.rows) for at in range(len(picture.heads))]
    if len(picture.heads) <= most or all(filled) or not any(filled):
        return picture
    kept = [at for at, holds in enumerate(filled) if holds]
    left = [name for name, holds in zip(picture.names, filled, strict=True) if not holds]
    told = (
        words.text("Without any figure and so not shown: {columns}.", columns=words.list(left))
        if len(left) <= MOST_NAMED
        else words.text("Without any figure and so not shown: {n} columns.", n=len(left))
    )
    return replace(
        picture,
        heads=tuple(picture.heads[at] for at in kept),
        names=tuple(picture.names[at] for at in kept),
        rows=tuple(replace(row, cells=tuple(row.cells[at] for at in kept)) for row in picture.rows),
        caption=f"{told} {picture.caption}",
    )
