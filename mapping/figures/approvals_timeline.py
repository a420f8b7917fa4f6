"""Trials by start year and, on the same axis, how long each authorised product has been authorised."""

from collections.abc import Sequence
from html import escape
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from mapping.figures.palette import Colour, Theme, hex_colour
from mapping.figures.pipeline_charts import COLOURS, shared_layout
from mapping.figures.plain_layout import FONT_PX, bare_axis
from mapping.figures.scales import HEAT
from mapping.words import Words, mark

BARS_PX: Final = 190
LIFE_PX: Final = 13
"""Height of one product's line."""
AXIS_PX: Final = 34
NOTE_PX: Final = 19
"""Height of one line of words over the bars or the products."""
FOOT_PX: Final = 22
HEAD_PX: Final = 2 * NOTE_PX + 3
LEGEND_PX: Final = 4 * NOTE_PX
"""Height kept for the legend of the products: on a phone their names reach as far to the left as its words."""

STEP_WORDS: Final = {
    "early": mark("Phase 1 or 1/2"),
    "middle": mark("Phase 2"),
    "late": mark("Phase 2/3 and later"),
    "none": mark("No phase stated"),
}
STATUS_WORDS: Final = {
    "authorised": mark("authorised"),
    "withdrawn": mark("withdrawn"),
    "not_renewed": mark("not renewed"),
}


def timeline(
    years: pd.DataFrame, undated: int, lives: pd.DataFrame, chosen: tuple[int, int] | None, words: Words, theme: Theme
) -> go.Figure:
    """Draw how many trials started each year and, on the same axis, how long each product has been authorised.

    Parameters
    ----------
    years : DataFrame
        From :meth:`mapping.analysis.pipeline.Pipeline.years`.
    undated : int
        Trials without a known start year: told in words, as a bar of them would stand on no year and dwarf all.
    lives : DataFrame
        From :func:`mapping.analysis.approvals.lives`.
    chosen : tuple of int, optional
        First and last year the reader has chosen; the others are muted.
    words, theme
        The reader's language; light or dark.

    Returns
    -------
    go.Figure
        The ``customdata`` of a bar is its year. Show it with ``theme=None``.
    """
    traces = [*_year_bars(years, chosen, words, theme), _totals(years, theme), *_life_lines(lives, words, theme)]
    return go.Figure(data=traces, layout=_timeline_layout(years, undated, lives, words, theme), _validate=False)


def timeline_height(products: int) -> int:
    """Return the height in pixels of the timeline with so many products."""
    return HEAD_PX + BARS_PX + AXIS_PX + LEGEND_PX + LIFE_PX * max(products, 4) + FOOT_PX


def timeline_alt(years: pd.DataFrame, undated: int, lives: pd.DataFrame, words: Words) -> str:
    """Return what the timeline shows for readers who do not see it."""
    dated = list(zip(years["year"].tolist(), years["trials"].tolist(), strict=True))
    if not years["trials"].any() and not undated:
        return words.text("An empty chart: no trial to show.")
    most = max(dated, key=lambda item: item[1], default=(0, 0))
    return words.text(
        "Bars of trials by start year from {first} to {last}, most in {year} with {count}; {undated} without a start "
        "year are in no bar. Below, on the same axis, one line for each of {products} products, {gone} of which ended.",
        first=str(dated[0][0]) if dated else "–",
        last=str(dated[-1][0]) if dated else "–",
        year=str(most[0]),
        count=most[1],
        undated=undated,
        products=len(lives),
        gone=int(lives["ended"].sum()),
    )


def _year_bars(years: pd.DataFrame, chosen: tuple[int, int] | None, words: Words, theme: Theme) -> list[dict[str, Any]]:
    places, texture = years["year"].tolist(), HEAT[theme].nothing["not_assessed"]
    muted = [0.35 if chosen and not chosen[0] <= year <= chosen[1] else 1.0 for year in places]
    traces = []
    for step, name in STEP_WORDS.items():
        counts = [int(count) for count in years[step]]
        marker: dict[str, Any] = {"color": hex_colour(COLOURS[theme].steps[step]), "opacity": muted}
        if step == "none":
            lines = hex_colour(texture.lines)
            marker["pattern"] = {"shape": "/", "fgcolor": lines, "bgcolor": hex_colour(texture.surface), "size": 5}
            marker["line"] = {"color": lines, "width": 1}
        told = [
            words.text("{year}, {step}: {trials}", year=str(year), step=words.text(name), trials=count)
            for year, count in zip(places, counts, strict=True)
        ]
        traces.append(
            {
                "type": "bar",
                "x": places,
                "y": counts,
                "width": 0.82,
                "customdata": [[year] for year in places],
                "hovertext": [escape(text, quote=False) for text in told],
                "hoverinfo": "text",
                "marker": marker,
                "selected": {"marker": {"opacity": 1}},
            }
        )
    return traces


def _totals(years: pd.DataFrame, theme: Theme) -> dict[str, Any]:
    """Return the numbers over the bars."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": years["year"].tolist(),
        "y": [int(count) for count in years["trials"]],
        "text": [str(count) if count else "" for count in years["trials"]],
        "textposition": "top center",
        "textfont": {"size": FONT_PX - 1, "color": hex_colour(HEAT[theme].text)},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _life_lines(lives: pd.DataFrame, words: Words, theme: Theme) -> list[dict[str, Any]]:
    """Return the line of each product, its beginning with its name, and its end where it has one."""
    colours, text = COLOURS[theme], hex_colour(HEAT[theme].text)
    rows: list[Any] = list(lives.itertuples(index=True))
    lines = [
        _line([row for row in rows if row.ended is ended], colour, width)
        for ended, colour, width in ((False, colours.life, 4), (True, colours.ended, 2))
    ]
    told = [escape(life_words(row, words), quote=False) for row in rows]
    begin = {
        "type": "scatter", "mode": "markers+text", "yaxis": "y2", "x": [row.begin for row in rows],
        "y": [row.Index for row in rows], "text": [f"{escape(row.name, quote=False)} " for row in rows],
        "textposition": "middle left", "textfont": {"size": FONT_PX - 1, "color": text}, "hovertext": told,
        "marker": {"size": 7, "color": [hex_colour(colours.ended if row.ended else colours.life) for row in rows]},
        "hoverinfo": "text", "cliponaxis": False,
    }  # fmt: skip
    gone = [row for row in rows if row.ended]
    end = {
        "type": "scatter", "mode": "markers", "yaxis": "y2", "x": [row.end for row in gone],
        "y": [row.Index for row in gone], "hovertext": [told[row.Index] for row in gone], "hoverinfo": "text",
        "marker": {
            "size": 9, "color": hex_colour(colours.ended), "line": {"width": 2, "color": hex_colour(colours.ended)},
            "symbol": ["x-thin" if row.status == "withdrawn" else "diamond-open" for row in gone],
        },
    }  # fmt: skip
    return [*lines, begin, end]


def _line(rows: Sequence[Any], colour: Colour, width: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "yaxis": "y2",
        "x": [at for row in rows for at in (row.begin, row.end, None)],
        "y": [at for row in rows for at in (row.Index, row.Index, None)],
        "line": {"color": hex_colour(colour), "width": width},
        "hoverinfo": "skip",
    }


def life_words(row: Any, words: Words) -> str:
    """Return the life of a product in words."""
    if row.ended:
        return words.text(
            "{product}: authorised {begin}, {status} {end}",
            product=row.name,
            begin=words.date(row.ma_date),
            status=words.text(STATUS_WORDS[row.status]),
            end=words.date(row.status_date),
        )
    return words.text("{product}: authorised {begin}", product=row.name, begin=words.date(row.ma_date))


def _timeline_layout(
    years: pd.DataFrame, undated: int, lives: pd.DataFrame, words: Words, theme: Theme
) -> dict[str, Any]:
    height, places = timeline_height(len(lives)), years["year"].tolist()
    plot = height - HEAD_PX - FOOT_PX
    split = 1 - BARS_PX / plot
    ticks = [year for year in places if year % 5 == 0]
    begin = [float(value) for value in lives["begin"]]
    left, right = min([*places, *begin], default=0) - 1.2, max([*places, *lives["end"]], default=1) + 0.8
    legend = split - AXIS_PX / plot
    bottom = legend - LEGEND_PX / plot
    return shared_layout(theme) | {
        "height": height,
        "barmode": "stack",
        "margin": {"l": 4, "r": 6, "t": HEAD_PX, "b": FOOT_PX},
        "annotations": [*_heading(undated, words, theme), *_legend(lives, legend, words, theme)],
        "xaxis": {
            "anchor": "y",
            "range": [left, right],
            "fixedrange": True,
            "tickvals": ticks,
            "ticktext": [str(year) for year in ticks],
            "tickangle": 0,
            "gridcolor": hex_colour(COLOURS[theme].grid),
            "zeroline": False,
        },
        "yaxis": {"domain": [split, 1], "visible": False, "fixedrange": True, "rangemode": "tozero"},
        "yaxis2": bare_axis() | {"domain": [0, bottom], "visible": False, "range": [max(len(lives), 4) - 0.4, -0.6]},
    }


def _heading(undated: int, words: Words, theme: Theme) -> list[dict[str, Any]]:
    """Return what the bars count, and how many trials are in none of them."""
    text = hex_colour(HEAT[theme].text)
    notes = [_note(words.text("Trials by start year"), 1, text, HEAD_PX)]
    if undated:
        said = words.plural(
            "{n} trial has no known start year: in no bar", "{n} trials have no known start year: in no bar", undated
        )
        notes.append(_note(said, 1, text, HEAD_PX - NOTE_PX))
    return notes


def _legend(lives: pd.DataFrame, top: float, words: Words, theme: Theme) -> list[dict[str, Any]]:
    """Return how many products there are of each status, in the colours of their lines."""
    colours = COLOURS[theme]
    gone = {status: sum(1 for found in lives["status"] if found == status) for status in STATUS_WORDS}
    told = [
        (words.text("Products authorised in the EU"), HEAT[theme].text),
        (f"● {words.text('still authorised: {n}', n=gone['authorised'])}", colours.life),
        (f"✕ {words.text('withdrawn: {n}', n=gone['withdrawn'])}", colours.ended),
        (f"◇ {words.text('not renewed: {n}', n=gone['not_renewed'])}", colours.ended),
    ]
    return [_note(said, top, hex_colour(colour), -NOTE_PX * line) for line, (said, colour) in enumerate(told)]


def _note(text: str, y: float, colour: str, shift: int) -> dict[str, Any]:
    return {
        "text": escape(text, quote=False), "x": 0, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left",
        "yanchor": "top", "yshift": shift, "showarrow": False, "font": {"color": colour, "size": FONT_PX + 1},
    }  # fmt: skip
