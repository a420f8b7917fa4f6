"""Colours and shapes: one place that says how a role, a surface and each kind of nothing looks, light and dark."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Colour = tuple[int, int, int]
Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class RoleStyle:
    """How one role is drawn everywhere; shape and colour both carry it."""

    colour: Colour
    """Fill, from the Okabe-Ito set that colour-blind readers tell apart (https://jfly.uni-koeln.de/color/)."""
    shape: str
    """Name of the mark in the icon sheet."""
    glyph: str
    """The same shape as a character, for legends and lists."""
    ink: Colour
    """Colour of a number printed on the fill, chosen for contrast of at least 4.5 to 1."""


ROLE_STYLES: Mapping[str, RoleStyle] = MappingProxyType(
    {
        "partners": RoleStyle((0, 114, 178), "diamond", "◆", (255, 255, 255)),
        "facilities": RoleStyle((213, 94, 0), "square", "■", (0, 0, 0)),
        "trial_sites": RoleStyle((0, 158, 115), "circle", "●", (0, 0, 0)),
        "treatment_centres": RoleStyle((204, 121, 167), "triangle", "▲", (0, 0, 0)),
    }
)


@dataclass(frozen=True)
class MapColours:
    """The surfaces of a map in one theme."""

    sea: Colour
    land: Colour
    outside: Colour
    """Land of countries the Atlas does not cover."""
    border: Colour
    hatch: Colour
    halo: Colour
    """The thin line that keeps touching marks apart."""
    text: Colour


MAP_COLOURS: Mapping[Theme, MapColours] = MappingProxyType(
    {
        "light": MapColours(
            sea=(220, 232, 241),
            land=(253, 253, 251),
            outside=(231, 234, 236),
            border=(168, 178, 188),
            hatch=(150, 158, 166),
            halo=(255, 255, 255),
            text=(23, 32, 42),
        ),
        "dark": MapColours(
            sea=(11, 17, 27),
            land=(40, 53, 69),
            outside=(23, 31, 42),
            border=(92, 108, 126),
            hatch=(120, 134, 150),
            halo=(11, 17, 27),
            text=(236, 241, 246),
        ),
    }
)


DENSITY_STEPS: Mapping[Theme, tuple[Colour, ...]] = MappingProxyType(
    {
        "light": ((198, 219, 239), (133, 182, 219), (74, 139, 194), (28, 92, 158), (8, 48, 107)),
        "dark": ((28, 66, 112), (40, 98, 158), (74, 139, 194), (133, 182, 219), (222, 235, 247)),
    }
)
"""Few to many, one hue, away from the colour of the land."""


def hex_colour(colour: Colour) -> str:
    """Return a colour as plotly, CSS and spreadsheets write it, for instance ``#0072B2``."""
    return "#{:02X}{:02X}{:02X}".format(*colour)
