"""What the layouts of our plotly figures share: our letters, no background, words on hover in our colours."""

from typing import Any, Final

from mapping.figures.palette import hex_colour
from mapping.figures.scales import HeatColours

FONT: Final = '"Source Sans", "Source Sans Pro", sans-serif'
FONT_PX: Final = 12
CLICKABLE: Final[dict[str, Any]] = {"clickmode": "event+select"}
"""What a figure needs besides, whose marks can be picked."""


def plain_layout(colours: HeatColours, font_px: int = FONT_PX) -> dict[str, Any]:
    """Return the layout of a figure without legend, zoom and background.

    Parameters
    ----------
    colours : HeatColours
        Colours of text and surface.
    font_px : int
        Size of its letters; those on hover are one pixel larger.

    Returns
    -------
    dict
        Layout to which a figure adds its axes and margins.
    """
    text, surface = hex_colour(colours.text), hex_colour(colours.surface)
    return {
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": surface, "bordercolor": text, "font": {"color": text, "size": font_px + 1}},
        "font": {"family": FONT, "size": font_px, "color": text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
    }


def bare_axis() -> dict[str, Any]:
    """Return an axis without lines."""
    return {"fixedrange": True, "showgrid": False, "zeroline": False, "showline": False, "ticks": ""}
