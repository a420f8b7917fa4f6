"""Evidence by agreement, the IPCC way: nine cells with their counts, drawn as a legend that is also a filter."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import plotly.graph_objects as go

from mapping.analysis.agreement import Confidence, confidence_words
from mapping.analysis.filter_words import CLASS_WORDS
from mapping.figures.palette import Theme, hex_colour
from mapping.figures.plain_layout import CLICKABLE, FONT_PX, bare_axis, plain_layout
from mapping.figures.scales import HEAT, HeatColours, ink_on
from mapping.view.address import AGREEMENT, EVIDENCE
from mapping.words import Words

HEIGHT_PX: Final = 158
GAP: Final = 0.04
CHOSEN_PX: Final = 3


def confidence_grid(
    counts: Mapping[Confidence, int], evidence: Sequence[str], agreement: Sequence[str], words: Words, theme: Theme
) -> go.Figure:
    """Draw how many cells of a heatmap have how much evidence and agreement.

    Parameters
    ----------
    counts : Mapping
        Class -> cells of the heatmap, before the filter by class.
    evidence, agreement : sequence of str
        What is filtered by; none for all. Cells that the filter keeps have a frame.
    words, theme
        The reader's language; light or dark.

    Returns
    -------
    go.Figure
        Shading grows with evidence and agreement; the ``customdata`` of a selected point is ``[evidence, agreement]``.
    """
    colours = HEAT[theme]
    text = hex_colour(colours.text)
    chosen = bool(evidence or agreement)
    bars = []
    for across, some in enumerate(EVIDENCE):
        for down, far in enumerate(reversed(AGREEMENT)):
            step = colours.steps[across + len(AGREEMENT) - 1 - down]
            kept = chosen and (not evidence or some in evidence) and (not agreement or far in agreement)
            cell = Confidence(some, far)
            bars.append(_bar(across, down, cell, counts.get(cell, 0), step, text if kept else "", words))
    layout = _layout(colours, words)
    return go.Figure(data=bars, layout=layout, _validate=False)


def grid_alt(counts: Mapping[Confidence, int], words: Words) -> str:
    """Return what the grid shows for readers who do not see it."""
    told = [
        words.text(
            "{said}: {cells}", said=confidence_words(cell, words), cells=words.plural("{n} cell", "{n} cells", n)
        )
        for some in EVIDENCE
        for far in AGREEMENT
        if (n := counts.get(cell := Confidence(some, far), 0))
    ]
    return words.text("Evidence by agreement. {told}.", told="; ".join(told))


def _bar(
    across: int, down: int, cell: Confidence, count: int, colour: tuple[int, int, int], frame: str, words: Words
) -> dict[str, Any]:
    told = words.text(
        "{said}: {cells}", said=confidence_words(cell, words), cells=words.plural("{n} cell", "{n} cells", count)
    )
    ink = {"color": hex_colour(ink_on(colour)), "size": FONT_PX + 1}
    return {
        "type": "bar",
        "x": [across + 0.5],
        "y": [1 - 2 * GAP],
        "base": [down + GAP],
        "width": [1 - 2 * GAP],
        "text": [str(count)],
        "customdata": [[cell.evidence, cell.agreement]],
        "hovertext": [escape(told, quote=False)],
        "hoverinfo": "text",
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": ink,
        "marker": {"color": hex_colour(colour), "line": {"color": frame or hex_colour(colour), "width": CHOSEN_PX}},
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": ink["color"]}},
    }


def _layout(colours: HeatColours, words: Words) -> dict[str, Any]:
    return {
        **plain_layout(colours),
        **CLICKABLE,
        "barmode": "overlay",
        "margin": {"l": 76, "r": 2, "t": 2, "b": 42},
        "height": HEIGHT_PX,
        "xaxis": bare_axis()
        | {
            "tickvals": [0.5, 1.5, 2.5],
            "ticktext": [escape(words.text(CLASS_WORDS["evidence"][code]), quote=False) for code in EVIDENCE],
            "range": [0, 3],
            "title": {"text": escape(words.text("Evidence →"), quote=False), "standoff": 4},
        },
        "yaxis": bare_axis()
        | {
            "tickvals": [0.5, 1.5, 2.5],
            "ticktext": [
                escape(words.text(CLASS_WORDS["agreement"][code]), quote=False) for code in reversed(AGREEMENT)
            ],
            "range": [3, 0],
            "title": {"text": escape(words.text("Agreement →"), quote=False), "standoff": 4},
        },
    }
