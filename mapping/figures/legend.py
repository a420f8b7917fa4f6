"""The legend of the map as a small piece of HTML: what shapes, colours, sizes and textures mean."""

import html
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from mapping.figures.marks import bubble_px
from mapping.figures.palette import DENSITY_STEPS, ROLE_STYLES, Colour, Theme, hex_colour
from mapping.words import Words

SIZE_EXAMPLES: Final = (1, 4, 16)
"""Numbers of sites whose bubbles stand in the legend as its scale."""


def swatch(role: str) -> str:
    """Return the mark of a role."""
    style = ROLE_STYLES[role]
    return f'<i class="atlas-swatch atlas-{style.shape}" style="background:{hex_colour(style.colour)}"></i>'


def hollow_swatch() -> str:
    """Return the drawing of a place whose name is not disclosed."""
    return '<i class="atlas-swatch atlas-hollow"></i>'


def symbol_swatch() -> str:
    """Return the disc that carries a country's total."""
    return '<i class="atlas-swatch atlas-symbol"></i>'


def texture_swatch(texture: str) -> str:
    """Return a texture of nothing."""
    return f'<i class="atlas-swatch atlas-texture atlas-{texture}"></i>'


def colour_swatch(colour: Colour) -> str:
    """Return a class of a colour scale."""
    return f'<i class="atlas-swatch" style="background:{hex_colour(colour)}"></i>'


def legend_html(title: str, entries: Sequence[tuple[str, str]], *, scale: str = "") -> str:
    """Return the legend.

    Parameters
    ----------
    title : str
        What is shown, with the count in view.
    entries : sequence of (swatch, words)
        The swatch is markup of this module; the words are plain text and are escaped here.
    scale : str
        Further markup of this module, such as :func:`size_scale`.
    """
    rows = "".join(f"<li>{mark}<span>{html.escape(words)}</span></li>" for mark, words in entries)
    return f'<div class="atlas-legend"><strong>{html.escape(title)}</strong><ul>{rows}</ul>{scale}</div>'


def size_scale(label: str) -> str:
    """Return bubbles of one, some and many sites with their numbers."""
    widths = bubble_px(np.array(SIZE_EXAMPLES, dtype=np.float64))
    bubbles = "".join(
        f'<i class="atlas-bubble" style="width:{width:.0f}px;height:{width:.0f}px"></i><span>{count}</span>'
        for count, width in zip(SIZE_EXAMPLES, widths, strict=True)
    )
    return f'<div class="atlas-scale">{bubbles}<span>{html.escape(label)}</span></div>'


def density_scale(few: str, many: str, theme: Theme) -> str:
    """Return the colours of the density style from few to many."""
    steps = "".join(colour_swatch(colour) for colour in DENSITY_STEPS[theme])
    return f'<div class="atlas-steps"><span>{html.escape(few)}</span>{steps}<span>{html.escape(many)}</span></div>'


def role_entries(labels: Mapping[str, str], counts: Mapping[str, int], words: Words) -> list[tuple[str, str]]:
    """Return one entry a role shown, with its number of sites in view."""
    return [(swatch(role), f"{label} {words.number(counts.get(role, 0))}") for role, label in labels.items()]
