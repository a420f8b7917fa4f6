"""The charts of the page Access: shares by country, the cumulative curve, the Lorenz curve."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from mapping.analysis.distance_bands import LIMITS, NO_SITE
from mapping.figures.access_colours import BAND_COLOURS, band_label
from mapping.figures.palette import Theme, hex_colour
from mapping.figures.plain_layout import FONT_PX, plain_layout
from mapping.figures.scales import HEAT
from mapping.words import Words

ROW_PX: Final = 17
PRINTED: Final = 0.2
"""Room for the number after each bar, as a share of the bar."""
GRID: Final = "rgba(128,136,148,0.3)"
CURVE_PX: Final = 215
LABEL_PX: Final = 116
ACCENT: Final[Mapping[Theme, str]] = {"light": "#0B5A8C", "dark": "#7CC4F2"}
OTHER: Final[Mapping[Theme, str]] = {"light": "#B3470E", "dark": "#F5A35C"}
DASHES: Final = ("solid", "dash", "dot")


def share_bars(table: pd.DataFrame, europe: float, km: int, words: Words, theme: Theme) -> go.Figure:
    """Draw what share of each country's people lives in each band, with the share within the reader's distance.

    Parameters
    ----------
    table : DataFrame
        From :func:`mapping.analysis.distance_bands.shares_by`, in the order drawn, with ``label`` and ``code``.
    europe : float
        Share of all people within the distance, drawn as a line.
    km : int
        The reader's distance.

    Returns
    -------
    Figure
        ``customdata`` of a selected bar is its code. Show it with ``theme=None``.
    """
    rows = [escape(label, quote=False) for label in table["label"]]
    bands = [band for band in range(NO_SITE + 1) if band < NO_SITE or (len(table) and table[f"band_{band}"].any())]
    traces: list[dict[str, Any]] = [_band_bars(table, rows, band, words, theme) for band in bands]
    traces.append(_printed(table, rows, km, words, theme))
    layout = chart_layout(theme) | {
        "barmode": "stack",
        "bargap": 0.22,
        "height": 46 + ROW_PX * max(len(rows), 1),
        "margin": {"l": LABEL_PX, "r": 0, "t": 22, "b": 22},
        "clickmode": "event+select",
        "xaxis": _axis(words, [0, 1 + PRINTED], "percent", [0, 0.5, 1]),
        "yaxis": {"autorange": "reversed", "fixedrange": True, "ticks": "", "showgrid": False, "type": "category"},
    }
    if rows:
        layout |= _line_at(europe, words.text("Europe {share}", share=words.percent(europe)), theme)
    return go.Figure(data=traces, layout=layout, _validate=False)


def _band_bars(table: pd.DataFrame, rows: Sequence[str], band: int, words: Words, theme: Theme) -> dict[str, Any]:
    shares = [float(share) for share in table[f"band_{band}"]]
    label = band_label(band, words)
    said = [
        f"{row}, {escape(label, quote=False)}: {words.percent(share)}" for row, share in zip(rows, shares, strict=True)
    ]
    kept = {"marker": {"opacity": 1}}
    return {
        "type": "bar",
        "orientation": "h",
        "name": label,
        "x": shares,
        "y": list(rows),
        "customdata": [str(code) for code in table["code"]],
        "hovertext": said,
        "hoverinfo": "text",
        "marker": {"color": hex_colour(BAND_COLOURS[theme][band]), "line": {"width": 0}},
        "selected": kept,
        "unselected": kept,
        "showlegend": False,
    }


def _printed(table: pd.DataFrame, rows: Sequence[str], km: int, words: Words, theme: Theme) -> dict[str, Any]:
    """Return the share within the reader's distance, printed at the end of each bar."""
    shares = [words.percent(float(share)) for share in table["within"]]
    said = [
        words.text("{country}: {share} within {km} km", country=row, share=share, km=km)
        for row, share in zip(rows, shares, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [1.01] * len(rows),
        "y": list(rows),
        "text": shares,
        "textposition": "middle right",
        "textfont": {"size": FONT_PX, "color": hex_colour(HEAT[theme].text)},
        "hovertext": said,
        "hoverinfo": "text",
        "showlegend": False,
    }


def _line_at(share: float, label: str, theme: Theme) -> dict[str, Any]:
    """Return Europe's share as a line across all bars, with its words above."""
    text = hex_colour(HEAT[theme].text)
    line = {"type": "line", "x0": share, "x1": share, "yref": "paper", "y0": 0, "y1": 1}
    side = "right" if share > 0.6 else "left"
    note = {"x": share, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": side, "showarrow": False}
    return {
        "shapes": [line | {"line": {"color": text, "width": 2, "dash": "dot"}}],
        "annotations": [note | {"text": f"<b>{escape(label, quote=False)}</b>", "font": {"color": text}}],
    }


def cumulative_lines(curves: Mapping[str, pd.DataFrame], km: int, words: Words, theme: Theme) -> go.Figure:
    """Draw what share of people lives within each distance, one line a case; the first is the one on the map.

    Parameters
    ----------
    curves : Mapping
        What a line is called -> ``km`` and ``share`` from :func:`mapping.analysis.distance_bands.cumulative`.
    """
    inks = (ACCENT[theme], OTHER[theme], hex_colour(HEAT[theme].text))
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": escape(name, quote=False),
            "x": [int(at) for at in curve["km"]],
            "y": [float(share) for share in curve["share"]],
            "line": {"color": ink, "width": 3 if dash == "solid" else 2, "dash": dash},
            "hovertemplate": f"%{{y:.0%}} · %{{x}} km<extra>{escape(name, quote=False)}</extra>",
        }
        for (name, curve), ink, dash in zip(curves.items(), inks, DASHES, strict=False)
    ]
    layout = _curve_layout(theme, words) | {
        "xaxis": _axis(words, [0, 600], "km", range(0, 601, 100)) | {"tickangle": 0},
        "shapes": [_reader_line(km, theme)],
    }
    return go.Figure(data=traces, layout=layout, _validate=False)


def lorenz_line(curve: pd.DataFrame, words: Words, theme: Theme) -> go.Figure:
    """Draw what share of all kilometres falls on the people who live nearest, against everybody equally far."""
    text = hex_colour(HEAT[theme].text)
    even = {
        "type": "scatter",
        "mode": "lines",
        "name": words.text("If everybody lived equally far"),
        "x": [0, 1],
        "y": [0, 1],
        "line": {"color": text, "width": 1.5, "dash": "dot"},
        "hoverinfo": "skip",
    }
    found = {
        "type": "scatter",
        "mode": "lines",
        "name": words.text("As it is"),
        "x": [float(share) for share in curve["people"]],
        "y": [float(share) for share in curve["kilometres"]],
        "line": {"color": ACCENT[theme], "width": 3},
        "hovertemplate": "%{x:.0%} → %{y:.0%}<extra></extra>",
    }
    ends = [0, 0.25, 0.5, 0.75, 1]
    layout = _curve_layout(theme, words) | {
        "xaxis": _axis(words, [0, 1], "percent", ends)
        | {"title": {"text": words.text("People, those who live nearest first"), "standoff": 8}},
        "height": CURVE_PX + 45,
        "margin": {"l": 46, "r": 16, "t": 8, "b": 48},
        "legend": {"x": 0.02, "y": 1.0, "xanchor": "left", "yanchor": "top", "bgcolor": "rgba(0,0,0,0)"},
    }
    return go.Figure(data=[found, even], layout=layout, _validate=False)


def bars_alt(table: pd.DataFrame, europe: float, km: int, words: Words) -> str:
    """Return what the bars show for readers who do not see them."""
    if table.empty:
        return words.text("An empty chart: nobody to show.")
    first, last = table.iloc[0], table.iloc[-1]
    if len(table) == 1:
        return words.text(
            "Bar: {share} of the people of {country} live within {km} km; Europe {europe}.",
            share=words.percent(float(first["within"])),
            country=str(first["label"]),
            km=km,
            europe=words.percent(europe),
        )
    return words.text(
        "Bars: share of people within {km} km, from {first} with {low} to {last} with {high}; Europe {share}.",
        km=km,
        first=str(first["label"]),
        low=words.percent(float(first["within"])),
        last=str(last["label"]),
        high=words.percent(float(last["within"])),
        share=words.percent(europe),
    )


def curve_alt(curve: pd.DataFrame, words: Words) -> str:
    """Return what the cumulative curve shows for readers who do not see it."""
    at = dict(zip(curve["km"], curve["share"], strict=True))
    said = [words.text("{share} within {km} km", share=words.percent(float(at[km])), km=km) for km in LIMITS]
    return words.text("Curve: share of people within a distance: {shares}.", shares=words.list(said))


def lorenz_alt(curve: pd.DataFrame, gini: float, words: Words) -> str:
    """Return what the Lorenz curve shows for readers who do not see it."""
    half = float(np.interp(0.5, curve["people"], curve["kilometres"]))
    return words.text(
        "Lorenz curve: the half of the people who live nearest have {share} of all kilometres; Gini index {gini}.",
        share=words.percent(half),
        gini=words.number(gini, 2),
    )


def chart_layout(theme: Theme) -> dict[str, Any]:
    """Return what the layouts of the charts of this page share."""
    return {"template": {"data": {}, "layout": {}}} | plain_layout(HEAT[theme])


def _curve_layout(theme: Theme, words: Words) -> dict[str, Any]:
    return chart_layout(theme) | {
        "height": CURVE_PX,
        "margin": {"l": 46, "r": 16, "t": 8, "b": 30},
        "yaxis": _axis(words, [0, 1.02], "percent", [0, 0.25, 0.5, 0.75, 1]),
        "showlegend": True,
        "legend": {"x": 0.99, "y": 0.04, "xanchor": "right", "yanchor": "bottom", "bgcolor": "rgba(0,0,0,0)"},
    }


def share_axis(words: Words, ends: list[float], ticks: Sequence[float]) -> dict[str, Any]:
    """Return an axis of shares, its ticks in per cent."""
    return _axis(words, ends, "percent", ticks)


def _axis(words: Words, ends: list[float], kind: str, ticks: Sequence[float]) -> dict[str, Any]:
    labels = [words.percent(tick) if kind == "percent" else _km(tick, tick == ticks[-1], words) for tick in ticks]
    return {
        "range": ends,
        "fixedrange": True,
        "gridcolor": GRID,
        "zeroline": False,
        "tickvals": list(ticks),
        "ticktext": labels,
    }


def _km(tick: float, is_last: bool, words: Words) -> str:
    """Return a tick in km; only the last says the unit."""
    return words.text("{km} km", km=round(tick)) if is_last else words.number(tick)


def _reader_line(km: int, theme: Theme) -> dict[str, Any]:
    line = {"color": hex_colour(HEAT[theme].text), "width": 1.5, "dash": "dot"}
    return {"type": "line", "x0": km, "x1": km, "yref": "paper", "y0": 0, "y1": 1, "line": line}
