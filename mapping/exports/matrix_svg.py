"""A heatmap of obstacles as a drawing for papers and slides: title, legend, cells with numbers, source and date."""

from html import escape
from typing import Final

from mapping.analysis.matrix_words import STATE_WORDS, ToldMatrix
from mapping.figures.matrix_grid import Grid
from mapping.figures.matrix_scale import NOTHINGS, MatrixScale
from mapping.figures.palette import Theme, hex_colour
from mapping.figures.scales import HEAT, ink_on
from mapping.words import Words

ROW_PX: Final = 20
LABEL_PX: Final = 360
COLUMN_PX: Final = 26
WIDE_PX: Final = 100
TOP_PX: Final = 86
FOOT_PX: Final = 34
MARK_OF: Final = {"none_found": "0", "other": "–"}


def matrix_svg(
    told: ToldMatrix, scale: MatrixScale, title: str, footer: str, words: Words, theme: Theme = "light"
) -> bytes:
    """Return the drawing.

    Parameters
    ----------
    told, scale : ToldMatrix, MatrixScale
        What is drawn and its steps of colour.
    title, footer : str
        The finding; what the colour means and of what data.
    words, theme
        The reader's language; light for paper.
    """
    grid = Grid(told)
    column = COLUMN_PX if grid.head_rows == 1 else WIDE_PX
    width, height = round(LABEL_PX + grid.right * column + 12), round(TOP_PX + grid.bottom * ROW_PX + FOOT_PX)
    text = hex_colour(HEAT[theme].text)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="11" fill="{text}" role="img">',
        f"<title>{escape(title)}</title>",
        _patterns(theme),
        f'<rect width="100%" height="100%" fill="{hex_colour(HEAT[theme].surface)}"/>',
        f'<text x="12" y="24" font-size="17" font-weight="bold">{escape(title)}</text>',
        _legend(told, scale, words, theme),
        *_names(grid, column),
        *_cells(grid, scale, column, theme),
        f'<text x="12" y="{height - 12}">{escape(footer)}</text>',
        "</svg>",
    ]
    return "\n".join(parts).encode()


def _patterns(theme: Theme) -> str:
    """Return the textures of the kinds of nothing."""
    line = hex_colour(HEAT[theme].nothing["not_assessed"].lines)
    stroke = f'stroke="{line}" stroke-width="0.8" fill="none"'
    drawn = {
        "not_assessed": f'<path d="M0 6L6 0" {stroke}/>',
        "not_applicable": f'<path d="M0 0L6 6M0 6L6 0" {stroke}/>',
        "zero": f'<circle cx="3" cy="3" r="1.2" fill="{line}"/>',
    }
    made = "".join(
        f'<pattern id="{state}" width="6" height="6" patternUnits="userSpaceOnUse">{path}</pattern>'
        for state, path in drawn.items()
    )
    return f"<defs>{made}</defs>"


def _fill(state: str) -> str:
    return f"url(#{state})" if state in {"not_assessed", "not_applicable", "zero"} else "none"


def _legend(told: ToldMatrix, scale: MatrixScale, words: Words, theme: Theme) -> str:
    line = hex_colour(HEAT[theme].nothing["not_assessed"].lines)
    entries = [(hex_colour(colour), "", label) for colour, label in zip(scale.colours, scale.labels, strict=True)]
    held = set(told.cells["state"])
    entries += [
        (_fill(state), MARK_OF.get(state, ""), words.text(STATE_WORDS[state])) for state in NOTHINGS if state in held
    ]
    parts, left = [f'<text x="12" y="46">{escape(told.measure)}</text>'], 12
    for fill, sign, said in entries:
        parts.append(
            f'<rect x="{left}" y="56" width="14" height="14" fill="{fill}" stroke="{line}" stroke-width="0.6"/>'
        )
        parts.append(f'<text x="{left + 7}" y="67" text-anchor="middle">{sign}</text>')
        parts.append(f'<text x="{left + 20}" y="67">{escape(said)}</text>')
        left += 34 + round(6.2 * len(said))
    return "".join(parts)


def _names(grid: Grid, column: int) -> list[str]:
    """Return the names of rows, groups and columns."""
    told = grid.told
    parts = [
        f'<text x="{LABEL_PX - 6}" y="{_y(top + 0.7):.0f}" text-anchor="end">{escape(told.row_labels[row])}</text>'
        for row, top in grid.tops.items()
    ]
    for group, top in grid.heads.items():
        down = _y(top + grid.head_rows - 0.3)
        parts.append(
            f'<text x="{LABEL_PX - 6}" y="{down:.0f}" text-anchor="end" font-weight="bold">'
            f"{escape(told.group_labels.get(group, ''))}</text>"
        )
        parts += [
            f'<text x="{LABEL_PX + (grid.lefts[code] + grid.width(code) / 2) * column:.0f}" y="{down:.0f}" '
            f'text-anchor="middle" font-size="10">{escape(said)}</text>'
            for code, said in told.heads.items()
        ]
    return parts


def _cells(grid: Grid, scale: MatrixScale, column: int, theme: Theme) -> list[str]:
    line = hex_colour(HEAT[theme].nothing["not_assessed"].lines)
    parts = []
    cells = grid.told.cells
    wanted = ("row", "column", "state", "printed", "value", "sources", "told")
    for row, code, state, printed, value, sources, said in zip(*(cells[name] for name in wanted), strict=True):
        left, top = LABEL_PX + grid.lefts[code] * column + 1, _y(grid.tops[row]) + 1
        box = f'x="{left:.0f}" y="{top:.0f}" width="{grid.width(code) * column - 2:.0f}" height="{ROW_PX - 2}"'
        if state == "found":
            colour = scale.colours[scale.step(float(sources) if value != value else float(value))]
            parts.append(f'<rect {box} fill="{hex_colour(colour)}"><title>{escape(said)}</title></rect>')
            ink = hex_colour(ink_on(colour))
        else:
            parts.append(f'<rect {box} fill="{_fill(state)}" stroke="{line}" stroke-width="0.4"/>')
            ink = hex_colour(HEAT[theme].text)
        sign = printed or MARK_OF.get(state, "")
        if sign:
            middle = left + grid.width(code) * column / 2 - 1
            parts.append(
                f'<text x="{middle:.0f}" y="{top + ROW_PX * 0.65:.0f}" text-anchor="middle" fill="{ink}">{sign}</text>'
            )
    return parts


def _y(rows: float) -> float:
    return TOP_PX + rows * ROW_PX
