"""The layers of the style ``countries``: classes in colour, each kind of nothing in its texture, totals as symbols."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pydeck as pdk
from pydeck.types import String

from mapping.figures.decks import API, FONT, Detail, borders, countries_layer, data_url, icon_layer
from mapping.figures.palette import MAP_COLOURS, Colour, Theme
from mapping.view.state import ViewState

HATCH_SCALE: Final = 3000
"""Metres of one texture tile at zoom 0; seen as an even, calm texture from Europe down to one country."""


@dataclass(frozen=True)
class CountryFill:
    """How one country is filled in the style ``countries``."""

    country: str
    colour: Colour | None
    """The class's colour; None where there is no figure."""
    texture: str | None = None
    """Texture of the kind of nothing, of ``mapping.figures.sheets``."""


def country_layers(
    fills: Sequence[CountryFill], view: ViewState, theme: Theme, version: str, detail: Detail = "overview"
) -> list[pdk.Layer]:
    """Return the countries coloured by class or textured by why there is no figure, and the totals as symbols."""
    colours: dict[str, list[str]] = {}
    textures: dict[str, list[str]] = {}
    for fill in fills:
        if fill.colour is not None:
            colours.setdefault(str(list(fill.colour)), []).append(fill.country)
        elif fill.texture is not None:
            textures.setdefault(f"'{fill.texture}'", []).append(fill.country)
    none = "[0, 0, 0, 0]"
    colour, texture = _choice(colours, none), _choice(textures, "'hatch'")
    untold = [code for codes in textures.values() for code in codes]
    tint = _choice({str(list(MAP_COLOURS[theme].hatch)): untold}, none)
    return [
        countries_layer("choropleth", colour, version, detail, update_triggers={"getFillColor": colour}),
        _textured(
            "nothing", tint, texture, version, detail, update_triggers={"getFillColor": tint, "getFillPattern": texture}
        ),
        borders("choropleth-borders", MAP_COLOURS[theme], version, detail),
        *_country_symbols(view, theme, version),
    ]


def _country_symbols(view: ViewState, theme: Theme, version: str) -> list[pdk.Layer]:
    url, colours = data_url("countries", view, version), MAP_COLOURS[theme]
    return [
        icon_layer(
            "country-totals",
            url,
            get_position="[lon, lat]",
            get_size="size",
            get_color=[*colours.land, 235],
            pickable=True,
        ),
        pdk.Layer(
            "TextLayer",
            id="country-counts",
            data=url,
            get_text="label",
            get_position="[lon, lat]",
            get_size=12,
            get_color=list(colours.text),
            font_family=FONT,
            font_weight=600,
        ),
    ]


def _choice(values: Mapping[str, Sequence[str]], otherwise: str) -> str:
    """Return an expression that gives each country the value it is listed under."""
    expression = otherwise
    for value, countries in values.items():
        if countries:
            either = " || ".join(f"properties.iso2 == '{code}'" for code in countries)
            expression = f"({either}) ? {value} : {expression}"
    return expression


def _textured(name: str, fill: str, texture: str, version: str, detail: Detail, **options: Any) -> pdk.Layer:
    """Return the countries drawn with a texture; a transparent fill draws none."""
    return countries_layer(
        name,
        fill,
        version,
        detail,
        extensions=[{"@@type": "FillStyleExtension", "pattern": True}],
        fill_pattern_mask=True,
        fill_pattern_atlas=String(f"{API}/map/sheets/textures.png"),
        fill_pattern_mapping=String(f"{API}/map/sheets/texture-cells.json"),
        get_fill_pattern=texture,
        get_fill_pattern_scale=HATCH_SCALE,
        **options,
    )
