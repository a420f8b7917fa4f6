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
    told = words.text("Shown: the {n} rows with most sources, of {all}.", n=len(kept), all=len(picture.rows))
    return replace(picture, rows=kept, caption=f"{told} {picture.caption}")


def paged(picture: MatrixPicture, rows: int, words: Words) -> Iterator[MatrixPicture]:
    """Yield a heatmap in parts of at most so many rows, a heading counted as a row; each says which part it is."""
    pages: list[list[MatrixRow]] = [[]]
    left, group = rows, None
    for row in picture.rows:
        needed = 1 if row.group in {"", group} else 2
        if needed > left:
            pages.append([])
            left, needed = rows, 2 if row.group else 1
        pages[-1].append(row)
        left, group = left - needed, row.group
    if len(pages) == 1:
        yield picture
        return
    for at, held in enumerate(pages, 1):
        told = words.text("Part {n} of {all}.", n=at, all=len(pages))
        yield replace(picture, rows=tuple(held), caption=f"{told} {picture.caption}")
