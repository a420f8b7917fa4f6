"""The map with its legend and the controls that belong to it."""

from typing import Any, Final

import streamlit as st

from mapping.analysis.on_the_map import role_counts
from mapping.analysis.provenance import sources_in_view
from mapping.analysis.rates import country_figures, indicator_choices
from mapping.figures import decks, legend
from mapping.figures.captions import map_caption
from mapping.figures.country_fills import CountryFills, country_fills
from mapping.figures.country_layers import country_layers
from mapping.figures.extents import MAP_PX, PHONE_PX, country_in_focus, extent_of
from mapping.figures.marks import country_order
from mapping.figures.palette import MAP_COLOURS, Theme
from mapping.view.address import EUROPE
from mapping.view.atlas import Atlas
from mapping.view.filtering import Selection
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import cached, card_markdown, link

_STYLES: Final = {
    "cities": mark("Cities"),
    "points": mark("Sites"),
    "density": mark("Density"),
    "countries": mark("Countries"),
}


def is_phone() -> bool:
    """Return whether the reader holds a phone."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def theme() -> Theme:
    """Return the theme the reader sees."""
    return "dark" if st.context.theme.type == "dark" else "light"


def controls(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the choice of style, of where to look, and, for countries, of the figure to colour by."""
    with st.container(horizontal=True, key="map_controls", vertical_alignment="bottom"):
        st.session_state["style"] = view.drawn_style
        st.segmented_control(
            words.text("Show on the map"),
            list(_STYLES),
            label_visibility="collapsed",
            required=True,
            format_func=lambda code: words.text(_STYLES[code]),
            key="style",
            on_change=link.from_widget,
            args=("style",),
        )
        _focus(atlas, view, words)
        if view.drawn_style == "countries":
            _indicator(atlas, view, words)


def _indicator(atlas: Atlas, view: ViewState, words: Words) -> None:
    choices = indicator_choices(atlas.tables, words)
    st.session_state["indicator"] = view.indicator if view.indicator in choices else ""
    st.selectbox(
        words.text("Colour countries by"),
        list(choices),
        label_visibility="collapsed",
        format_func=choices.__getitem__,
        key="indicator",
        on_change=link.from_widget,
        args=("indicator",),
        width=330,
    )


def _focus(atlas: Atlas, view: ViewState, words: Words) -> None:
    names = {"EUROPE": words.text("Europe"), **cached.country_names(atlas, words)}
    if view.focus not in names:
        names[view.focus] = cached.place_name(atlas, view.focus)
    st.session_state["focus"] = view.focus
    st.selectbox(
        words.text("Look at"),
        list(names),
        label_visibility="collapsed",
        format_func=names.__getitem__,
        key="focus",
        on_change=_look_at,
        width=200,
    )


def _look_at() -> None:
    link.set_fields(focus=st.session_state["focus"], style="")


def show(
    atlas: Atlas, view: ViewState, selection: Selection, words: Words, alt: str, size: tuple[int, int] = MAP_PX
) -> None:
    """Draw the map for a view; picking a mark or a city writes it into the address."""
    version, look = cached.map_version(atlas), theme()
    figures = country_figures(atlas, selection, view, words) if view.drawn_style == "countries" else None
    fills = country_fills(figures.frame, figures.title, figures.decimals, look, words) if figures else None
    phone = "Mobi" in st.context.headers.get("User-Agent", "")
    deck = decks.atlas_deck(
        [
            *decks.base_layers(look, version, _detail(view)),
            *_layers(atlas, view, fills, look),
            *_chosen(atlas, view, look),
        ],
        extent_of(view.focus, atlas.tables, cached.DATA / "geo", PHONE_PX if phone else size),
        decks.tooltip_style(look),
        decks.ROW_TIP,
    )
    with st.container(key="map_frame"):
        st.pydeck_chart(deck, height="stretch", key="map", on_select=_picked, alt=alt)
        with st.container(key="legend"):
            st.html(_legend(atlas, view, selection, fills, words))
        sources = (figures.source_ids if figures else ()) or sources_in_view(atlas, selection)
        st.caption(card_markdown.plain(map_caption(atlas.tables, sources, words)))


def _layers(atlas: Atlas, view: ViewState, fills: CountryFills | None, look: Theme) -> list[Any]:
    version = cached.map_version(atlas)
    if fills is not None:
        return country_layers(fills.fills, view, look, version, _detail(view))
    if view.drawn_style == "points":
        near = country_in_focus(view.focus, atlas.tables)
        return decks.point_layers(view, look, version, country_order(atlas), near)
    if view.drawn_style == "density":
        return decks.density_layers(view, look, version)
    return decks.city_layers(view, version)


def _detail(view: ViewState) -> decks.Detail:
    return "overview" if view.focus == EUROPE else "full"


def _chosen(atlas: Atlas, view: ViewState, look: Theme) -> list[Any]:
    """Return the ring around the open card's city; a single mark tells itself by its size instead."""
    if not view.site or view.drawn_style == "points":
        return []
    sites = atlas.tables["sites"]
    found = sites[sites["id"] == view.site]
    return [layer for row in found.itertuples() for layer in decks.chosen_layers(row.lon, row.lat, row.name, look)]


def _picked() -> None:
    """Open the card of a picked mark; go to a picked city or country."""
    for layer, rows in st.session_state["map"].selection.objects.items():
        for row in rows:
            if layer == "points":
                link.set_fields(site=row["id"])
            elif layer in {"cities", "country-totals"} and row["focus"]:
                link.set_fields(focus=row["focus"], style="", site="")
                st.session_state["panel"] = "site" if layer == "cities" else "obstacles"


def _legend(atlas: Atlas, view: ViewState, selection: Selection, fills: CountryFills | None, words: Words) -> str:
    title = words.plural("{n} site in view", "{n} sites in view", len(selection.sites))
    outside = (legend.colour_swatch(MAP_COLOURS[theme()].outside), words.text("Outside the Atlas"))
    if fills is not None:
        total = (legend.symbol_swatch(), words.text("Number of sites in view"))
        return legend.legend_html(fills.title, [*fills.legend, total, outside])
    if view.drawn_style == "density":
        scale = legend.density_scale(words.text("fewer"), words.text("more sites"), theme())
        return legend.legend_html(title, [outside], scale=scale)
    roles = {
        role: words.label(atlas.tables, "role", role) for role in atlas.known.options["layers"] if role in view.layers
    }
    entries = legend.role_entries(roles, role_counts(selection), words)
    if view.drawn_style == "points":
        entries.append((legend.hollow_swatch(), words.text("Site not disclosed by the sponsor")))
        return legend.legend_html(title, [*entries, outside])
    scale = legend.size_scale(words.text("sites in a city"))
    return legend.legend_html(title, [*entries, outside], scale=scale)
