"""The legend of the map as a small piece of HTML that lies on it: what shapes, sizes and textures mean."""

import html
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from mapping.figures.marks import bubble_px
from mapping.figures.palette import DENSITY_STEPS, MAP_COLOURS, ROLE_STYLES, Colour, Theme, hex_colour

SIZE_EXAMPLES: Final = (1, 5, 20)
"""Numbers of sites whose bubbles stand in the legend as its scale."""

_SHAPES: Final = {
    "diamond": '<path d="M8 0 16 8 8 16 0 8Z"/>',
    "square": '<path d="M1.5 1.5h13v13h-13Z"/>',
    "circle": '<circle cx="8" cy="8" r="7.2"/>',
    "triangle": '<path d="M8 .6 16 15H0Z"/>',
}
_PATTERNS: Final = {
    "hatch": '<path d="M-4 12 12-4M0 16 16 0M4 20 20 4" stroke-width="2"/>',
    "dots": '<g stroke="none" fill="currentColor"><circle cx="4" cy="4" r="1.6"/><circle cx="12" cy="4" r="1.6"/>'
    '<circle cx="4" cy="12" r="1.6"/><circle cx="12" cy="12" r="1.6"/></g>',
    "grid": '<path d="M4 0v16M12 0v16M0 4h16M0 12h16" stroke-width="1.5"/>',
}


def swatch(role: str) -> str:
    """Return the mark of a role as inline SVG."""
    style = ROLE_STYLES[role]
    return f'<svg viewBox="0 0 16 16" aria-hidden="true" fill="{hex_colour(style.colour)}">{_SHAPES[style.shape]}</svg>'


def hollow_swatch() -> str:
    """Return the drawing of a place whose name is not disclosed."""
    ring = '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="3.5"/>'
    return f'<svg viewBox="0 0 16 16" aria-hidden="true">{ring}</svg>'


def texture_swatch(texture: str) -> str:
    """Return a texture of nothing as inline SVG."""
    return (
        '<svg viewBox="0 0 16 16" aria-hidden="true" class="atlas-texture" fill="none" stroke="currentColor">'
        f"{_PATTERNS[texture]}</svg>"
    )


def colour_swatch(colour: Colour) -> str:
    """Return a class of a colour scale as inline SVG."""
    return f'<svg viewBox="0 0 16 16" aria-hidden="true"><path fill="{hex_colour(colour)}" d="M0 0h16v16H0Z"/></svg>'


def legend_html(title: str, entries: Sequence[tuple[str, str]], theme: Theme, *, scale: str = "") -> str:
    """Return the legend.

    Parameters
    ----------
    title : str
        First line: what is shown, with the count in view.
    entries : sequence of (swatch, words)
        The swatch is markup of this module; the words are plain text and are escaped here.
    theme : Theme
        Light or dark.
    scale : str
        Further markup of this module, such as :func:`size_scale`.
    """
    surface, ink = hex_colour(MAP_COLOURS[theme].land), hex_colour(MAP_COLOURS[theme].text)
    rows = "".join(f"<li>{mark}<span>{html.escape(words)}</span></li>" for mark, words in entries)
    return (
        f'<div class="atlas-legend" style="background:{surface}ee;color:{ink}">'
        f"<strong>{html.escape(title)}</strong><ul>{rows}</ul>{scale}</div>"
    )


def size_scale(label: str, theme: Theme) -> str:
    """Return bubbles of one, some and many sites with their numbers."""
    ink = hex_colour(MAP_COLOURS[theme].text)
    widths = bubble_px(np.array(SIZE_EXAMPLES, dtype=np.float64))
    parts, left = [], 0.0
    for count, width in zip(SIZE_EXAMPLES, widths, strict=True):
        middle = left + width / 2
        parts.append(
            f'<circle cx="{middle + 1}" cy="20" r="{width / 2}" fill="none" stroke="{ink}"/>'
            f'<text x="{left + width + 5}" y="24" fill="{ink}" font-size="12">{count}</text>'
        )
        left += width + 26
    return (
        f'<div class="atlas-scale"><svg viewBox="0 0 {left + 4:.0f} 40" width="{left + 4:.0f}" height="40"'
        ' aria-hidden="true">'
        f"{''.join(parts)}</svg><span>{html.escape(label)}</span></div>"
    )


def density_scale(few: str, many: str) -> str:
    """Return the colours of the density style from few to many."""
    steps = "".join(colour_swatch(colour) for colour in DENSITY_STEPS)
    return f'<div class="atlas-steps"><span>{html.escape(few)}</span>{steps}<span>{html.escape(many)}</span></div>'


def role_entries(labels: Mapping[str, str], counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return one entry a role shown, with its number of sites in view."""
    return [(swatch(role), f"{label} · {counts.get(role, 0):,}") for role, label in labels.items()]
