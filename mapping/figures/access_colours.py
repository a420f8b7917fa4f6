"""How a distance looks: one colour a band, from blue (near) over sand to red (far), safe for colour-blind readers."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mapping.analysis.distance_bands import BEYOND, LIMITS, NO_SITE
from mapping.figures.legend import colour_swatch
from mapping.figures.palette import Colour, Theme
from mapping.words import Words

BAND_COLOURS: Final[Mapping[Theme, tuple[Colour, ...]]] = MappingProxyType(
    {
        "light": ((33, 102, 172), (120, 176, 214), (240, 190, 88), (226, 106, 50), (150, 8, 32), (92, 92, 102)),
        "dark": ((66, 133, 210), (150, 200, 236), (247, 214, 120), (245, 140, 74), (255, 84, 84), (168, 172, 184)),
    }
)
"""Bands in order: the four limits, beyond them, no site at all."""


def band_label(band: int, words: Words) -> str:
    """Return what a band is called."""
    if band == NO_SITE:
        return words.text("No site in the country")
    if band == BEYOND:
        return words.text("Over {km} km", km=LIMITS[-1])
    if not band:
        return words.text("Up to {km} km", km=LIMITS[0])
    return words.text("{from_km}–{to_km} km", from_km=LIMITS[band - 1], to_km=LIMITS[band])


def band_entries(with_no_site: bool, words: Words, theme: Theme) -> list[tuple[str, str]]:
    """Return swatch and words of each band for a legend; of having no site only where that can be."""
    bands = range(NO_SITE + 1 if with_no_site else NO_SITE)
    return [(colour_swatch(BAND_COLOURS[theme][band]), band_label(band, words)) for band in bands]
