"""A heatmap made to fit: the rows with most evidence where there is no room for all, or page by page."""

from collections.abc import Iterator
from dataclasses import replace

from mapping.figures.pictures import MatrixPicture, MatrixRow
from mapping.words import Words


def most_evidenced(picture: MatrixPicture, rows: int, words: Words) -> MatrixPicture:
    """Return a heatmap of at most so many rows, in their order, and say in its caption how many are left out."""
    if len(picture.rows) <= rows:
        return picture
    ranked = sorted(range(len(picture.rows)), key=lambda at: (-picture.rows[at].weight, at))
    kept = tuple(picture.rows[at] for at in sorted(ranked[:rows]))
    told = words.text("Shown: the {n} rows that hold most, of {all}.", n=len(kept), all=len(picture.rows))
    return replace(picture, rows=kept, caption=f"{told} {picture.caption}")


def paged(picture: MatrixPicture, rows: int, words: Words) -> Iterator[MatrixPicture]:
    """Yield a heatmap in parts of about equal length, of at most so many rows; each says which part it is.

    A heading counts as a row.
    """
    pages = _parts(picture, rows)
    while len(pages) > 1 and rows > 1 and len(fewer := _parts(picture, rows - 1)) == len(pages):
        pages, rows = fewer, rows - 1
    if len(pages) == 1:
        yield picture
        return
    for at, held in enumerate(pages, 1):
        told = words.text("Part {n} of {all}.", n=at, all=len(pages))
        yield replace(picture, rows=tuple(held), caption=f"{told} {picture.caption}")


def _parts(picture: MatrixPicture, rows: int) -> list[list[MatrixRow]]:
    pages: list[list[MatrixRow]] = [[]]
    left, group = rows, ""
    for row in picture.rows:
        needed = 1 if row.group in {"", group} else 2
        if needed > left and pages[-1]:
            pages.append([])
            left, needed = rows, 2 if row.group else 1
        pages[-1].append(row)
        left, group = left - needed, row.group
    return pages


def without_empty_columns(picture: MatrixPicture, most: int, words: Words) -> MatrixPicture:
    """Return a heatmap without the columns that hold no figure, where it has more than so many; they are named."""
    filled = [any(row.cells[at].fill for row in picture.rows) for at in range(len(picture.heads))]
    if len(picture.heads) <= most or all(filled) or not any(filled):
        return picture
    kept = [at for at, holds in enumerate(filled) if holds]
    left = [name for name, holds in zip(picture.names, filled, strict=True) if not holds]
    told = words.text("Without any figure and so not shown: {columns}.", columns=words.list(left))
    return replace(
        picture,
        heads=tuple(picture.heads[at] for at in kept),
        names=tuple(picture.names[at] for at in kept),
        rows=tuple(replace(row, cells=tuple(row.cells[at] for at in kept)) for row in picture.rows),
        caption=f"{told} {picture.caption}",
    )
