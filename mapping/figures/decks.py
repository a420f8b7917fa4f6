"""The map as Streamlit's pydeck chart is given it: addresses of data and a few numbers, never the data.

The browser fetches each address once; a filter on country, role or class changes only numbers for the graphics card.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Literal
from urllib.parse import urlencode

import pydeck as pdk
from pydeck.types import String

from mapping.analysis.on_the_map import NEAREST_NAMES_KM
from mapping.figures.extents import Extent
from mapping.figures.palette import DENSITY_STEPS, MAP_COLOURS, MapColours, Theme
from mapping.view.address import EUROPE, FILTER_KEYS, OBSTACLE_FILTERS, ROLES
from mapping.view.state import ViewState

API: Final = "api/v1"  # relative, so that the map works under any base path
WORLD: Final = [[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]]
FONT: Final = String("Source Sans, sans-serif")
MARK_PX, CHOSEN_PX = 19, 26
"""Width of a mark with its rim, and of the one whose card is open: its neighbours on the spiral keep their centres."""
RING_PX: Final = 24
ROW_TIP: Final = "<b>{head}</b><br>{tip}"
"""What stands under the pointer over a row of :mod:`mapping.figures.marks`."""
LETTERS: Final = "".join(map(chr, (*range(0x20, 0x7F), *range(0xC0, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x2019)))
"""Letters of the names of European towns."""
CLASSES: Final = ("GTMP", "sCTMP", "TEP", "cATMP")
"""ATMP classes in the order of their bits in the field ``f`` of the rows."""
Detail = Literal["overview", "full"]
"""How fine the outlines are: for all of Europe in sight, or for one country."""
ROW_KEYS: Final = frozenset({*FILTER_KEYS, "lang"}) - {*OBSTACLE_FILTERS}
"""Keys of the address that change the rows of the map."""


def data_url(name: str, view: ViewState, version: str) -> str:
    """Return the relative address of map rows for the filters of a view; the version makes it cacheable for ever."""
    kept = {key: values for key, values in view.to_query().items() if key in ROW_KEYS}
    query = {**kept, "v": [version]}
    return f"{API}/map/{name}.json?{urlencode(query, doseq=True)}"


def needs_server(view: ViewState) -> bool:
    """Return whether a view filters by more than the graphics card can."""
    rest = replace(view, layers=ViewState().layers, countries=(), classes=())
    return rest.filter_key() != ViewState().filter_key()


class _CompactDeck(pdk.Deck):  # type: ignore[misc]
    """A deck whose description travels without the blanks that pydeck writes it with."""

    def to_json(self) -> str:
        """Return the description that the browser is sent."""
        return json.dumps(json.loads(super().to_json()), separators=(",", ":"))

    def _set_api_keys(self, api_keys: Mapping[str, str] | None = None) -> None:
        """Take no keys of map hosts, not even of the environment: none is asked."""


def atlas_deck(
    layers: Sequence[pdk.Layer], extent: Extent, tooltip_style: Mapping[str, str], tip: str = "{tip}"
) -> pdk.Deck:
    """Return a deck without map tiles; Streamlit fills ``tip`` with escaped fields of the row under the pointer."""
    start = pdk.ViewState(
        longitude=extent.longitude, latitude=extent.latitude, zoom=extent.zoom, min_zoom=2, max_zoom=13
    )
    return _CompactDeck(
        layers=list(layers),
        map_provider=None,
        initial_view_state=start,
        views=[pdk.View(type="MapView", controller=True)],
        tooltip={"html": tip, "style": dict(tooltip_style)},
    )


def tooltip_style(theme: Theme) -> Mapping[str, str]:
    """Return the tooltip's look: high contrast against the map of the theme."""
    back, ink = ("#F4F7FA", "#17202A") if theme == "dark" else ("#17202A", "#FFFFFF")
    return {
        "backgroundColor": back,
        "color": ink,
        "fontSize": "14px",
        "borderRadius": "6px",
        "padding": "6px 10px",
        "whiteSpace": "pre-line",
        "maxWidth": "280px",
        "zIndex": "20",
    }


def base_layers(theme: Theme, version: str, detail: Detail = "overview") -> list[pdk.Layer]:
    """Return sea, land (muted where it is outside the Atlas), borders and lakes."""
    colours = MAP_COLOURS[theme]
    land = f"properties.scope == 'core' ? {list(colours.land)} : {list(colours.outside)}"
    sea = pdk.Layer(
        "PolygonLayer", id="sea", data=[{"p": WORLD}], get_polygon="p", get_fill_color=list(colours.sea), stroked=False
    )
    lakes = pdk.Layer(
        "GeoJsonLayer",
        id="lakes",
        data=f"{API}/geo/lakes.geojson?v={version}",
        get_fill_color=list(colours.sea),
        stroked=False,
    )
    return [sea, countries_layer("land", land, version, detail), borders("borders", colours, version, detail), lakes]


def countries_layer(name: str, fill: str, version: str, detail: Detail = "overview", **options: Any) -> pdk.Layer:
    """Return the countries filled by an expression on their properties."""
    coarse = "detail=overview&" if detail == "overview" else ""
    return pdk.Layer(
        "GeoJsonLayer",
        id=name,
        data=f"{API}/geo/countries.geojson?{coarse}v={version}",
        filled=True,
        stroked=False,
        get_fill_color=fill,
        **options,
    )


def borders(name: str, colours: MapColours, version: str, detail: Detail = "overview") -> pdk.Layer:
    """Return the countries' borders and coasts, each piece once: strokes of polygons take ten times as long to draw."""
    return _lines(name, f"of=countries&detail={detail}&v={version}", colours.border, 0.9)


def _lines(name: str, query: str, colour: Sequence[int], width_px: float) -> pdk.Layer:
    return pdk.Layer(
        "LineLayer",
        id=name,
        data=f"{API}/map/borders.json?{query}",
        get_source_position="a",
        get_target_position="b",
        get_color=list(colour),
        get_width=width_px,
    )


def city_layers(view: ViewState, version: str) -> list[pdk.Layer]:
    """Return one bubble a city and role, sized by its number of sites, which its picture carries."""
    return [
        icon_layer(
            "cities",
            data_url("cities", view, version),
            sheet="bubble",
            get_position="[lon, lat]",
            get_pixel_offset="[dx, dy]",
            get_size="size",
            pickable=True,
        )
    ]


def icon_layer(name: str, url: str, sheet: str = "mark", **options: Any) -> pdk.Layer:
    """Return pictures of one sheet at the rows of an address."""
    return pdk.Layer(
        "IconLayer",
        id=name,
        data=url,
        icon_atlas=String(f"{API}/map/sheets/{sheet}s.png"),
        icon_mapping=String(f"{API}/map/sheets/{sheet}-cells.json"),
        get_icon="icon",
        size_units=String("pixels"),
        highlight_color=[255, 255, 255, 90],
        **options,
    )


def point_layers(
    view: ViewState, theme: Theme, version: str, countries: Sequence[str], near: str = ""
) -> list[pdk.Layer]:
    """Return one mark a site and role, fanned out, filtered on the graphics card where it can be.

    Parameters
    ----------
    view, theme, version
        What is asked for, its look, and the data version for the browser's cache.
    countries : Sequence
        Codes in the order in which the rows count them.
    near : str
        The country looked at, whose regional borders are drawn; empty where all of Europe is in sight.
    """
    server, colours = needs_server(view), MAP_COLOURS[theme]
    bare = view if server else replace(view, layers=ViewState().layers, countries=(), classes=())
    return [
        *([_regions(near, colours, version)] if near else []),
        _town_names(view, colours, version),
        icon_layer(
            "points",
            data_url("points", bare, version),
            get_position="[lon, lat]",
            get_pixel_offset="[dx, dy]",
            get_size=f"id == '{view.site}' ? {CHOSEN_PX} : {MARK_PX}" if view.site else MARK_PX,
            update_triggers={"getSize": view.site or "none"},
            pickable=True,
            **({} if server else _by_graphics_card(view, countries)),
        ),
    ]


def _by_graphics_card(view: ViewState, countries: Sequence[str]) -> dict[str, Any]:
    """Return the options that filter rows by country, role and class without asking for others."""
    return {
        "extensions": [{"@@type": "DataFilterExtension", "filterSize": 0, "categorySize": 2}],
        "get_filter_category": "[c, f]",
        "filter_categories": [country_categories(view, countries), class_categories(view)],
    }


def _regions(country: str, colours: MapColours, version: str) -> pdk.Layer:
    """Return a country's faint regional borders, to see where in it one is."""
    return _lines("regions", f"of=regions&country={country}&v={version}", [*colours.border, 110], 0.7)


def _town_names(view: ViewState, colours: MapColours, version: str) -> pdk.Layer:
    """Return the names of towns with sites; of those too near to be read side by side, the one with more sites."""
    europe, country = view.focus == EUROPE, len(view.focus) == 2
    nearest_km = 150 if europe else 60 if country else NEAREST_NAMES_KM
    return pdk.Layer(
        "TextLayer",
        id="town-names",
        data=data_url("towns", view, version),
        get_text="city",
        get_position="[lon, lat]",
        get_pixel_offset="[0, dy]",
        get_size=13,
        get_color=list(colours.text),
        font_family=FONT,
        character_set=String(LETTERS),
        extensions=[{"@@type": "DataFilterExtension", "filterSize": 1}],
        get_filter_value="apart",
        filter_range=[nearest_km, 100_000],
    )


def country_categories(view: ViewState, countries: Sequence[str]) -> list[int]:
    """Return the numbers of the countries in view, as the field ``c`` of the rows counts them."""
    return [rank for rank, code in enumerate(countries) if not view.countries or code in view.countries]


def class_categories(view: ViewState) -> list[int]:
    """Return the numbers of role and class sets in view, as the field ``f`` of the rows counts them."""
    wanted = sum(1 << rank for rank, code in enumerate(CLASSES) if code in view.classes)
    return [
        ROLES.index(role) * 16 + bits for role in view.layers for bits in range(16) if not view.classes or bits & wanted
    ]


def density_layers(view: ViewState, theme: Theme, version: str) -> list[pdk.Layer]:
    """Return where sites crowd, whatever their role."""
    return [
        pdk.Layer(
            "HeatmapLayer",
            id="density",
            data=data_url("density", view, version),
            get_position="[lon, lat]",
            radius_pixels=34,
            intensity=1.2,
            threshold=0.04,
            color_range=[list(colour) for colour in DENSITY_STEPS[theme]],
        )
    ]


def chosen_layers(longitude: float, latitude: float, name: str, theme: Theme) -> list[pdk.Layer]:
    """Return a ring around the city of the site whose card is open, and the site's name over it."""
    colours, here = MAP_COLOURS[theme], [{"at": [longitude, latitude], "name": name}]
    ring = pdk.Layer(
        "ScatterplotLayer",
        id="chosen",
        data=here,
        get_position="at",
        filled=False,
        stroked=True,
        get_line_color=list(colours.text),
        get_radius=1,
        radius_min_pixels=RING_PX,
        radius_max_pixels=RING_PX,
        line_width_min_pixels=2.5,
    )
    label = pdk.Layer(
        "TextLayer",
        id="chosen-name",
        data=here,
        get_text="name",
        get_position="at",
        get_pixel_offset=[0, -RING_PX - 14],
        get_size=13,
        get_color=list(colours.text),
        font_family=FONT,
        font_weight=600,
        character_set=String(LETTERS),
        background=True,
        get_background_color=[*colours.land, 235],
        background_padding=[6, 3],
    )
    return [ring, label]
