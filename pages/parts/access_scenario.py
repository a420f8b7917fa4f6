"""The bar above the pictures: which kind of site, how far, whose borders, and what would be if sites came or went."""

from collections.abc import Sequence

import streamlit as st

from mapping.analysis.access_words import people_words
from mapping.analysis.scenario_search import Found, scenario_names, sites_named, sites_relied_on, towns_named
from mapping.analysis.scenarios import MOST_CHANGES
from mapping.view.address import DETOUR_RANGE, KM_RANGE, ROLES, SPEED_RANGE
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import card_markdown, link
from pages.parts.access_state import Study


def bar(atlas: Atlas, view: ViewState, study: Study, words: Words) -> None:
    """Draw the controls, and the scenario as chips that can be taken away."""
    with st.container(horizontal=True, key="scenario_bar", vertical_alignment="bottom", gap="small"):
        _role(atlas, view, words)
        _number("km", words.text("Within (km)"), view.km, KM_RANGE, 50)
        st.session_state["own"] = view.own
        st.toggle(
            words.text("Own country only"),
            key="own",
            help=words.text("Count only sites in the country where people live; the difference shows what borders do."),
            on_change=_own_changed,
        )
        _add(atlas, view, words)
        _close(view, study, words)
        _road(view, words)
    _chips(atlas, view, words)


def _role(atlas: Atlas, view: ViewState, words: Words) -> None:
    st.session_state["role"] = view.near_role
    st.selectbox(
        words.text("Nearest"),
        list(reversed(ROLES)),
        format_func=lambda code: words.label(atlas.tables, "role", code),
        key="role",
        on_change=_role_changed,
        width=210,
    )


def _role_changed() -> None:
    role = st.session_state["role"]
    link.set_fields(role="" if role == "treatment_centres" else role, layers=ViewState().layers)


def _own_changed() -> None:
    link.set_fields(own=st.session_state["own"])


def _number(key: str, label: str, value: int, ends: tuple[int, int], step: int, width: int = 130) -> None:
    st.session_state[key] = value
    st.number_input(label, *ends, step=step, key=key, on_change=_number_changed, args=(key,), width=width)


def _number_changed(key: str) -> None:
    link.set_key(key, str(st.session_state[key]))


def _add(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the search for a town or site to add."""
    label = words.text("Add a site")
    with st.popover(label, icon=":material/add_location_alt:", key="add_popover") as place:
        text = place.text_input(words.text("Town, hospital or other known site"), key="find_add", placeholder="Cluj …")
        found = [*towns_named(atlas.tables, text), *sites_named(atlas.tables, text)]
        if text and not found:
            place.caption(words.text("Nothing of this name. Try its beginning, or the name in another language."))
        if not text:
            place.caption(words.text("Type a name, or click a place on the map."))
        _buttons([each for each in found if each.id not in view.added], "add", words, ":material/add:")


def _close(view: ViewState, study: Study, words: Words) -> None:
    """Draw the search for a site to close, those that most people rely on first."""
    label = words.text("Close a site")
    with st.popover(label, icon=":material/wrong_location:", key="close_popover", on_change="rerun") as place:
        if not place.open:
            return
        text = place.text_input(words.text("Name or city"), key="find_close")
        place.caption(words.text("With each site: people for whom it is the nearest."))
        found = [each for each in sites_relied_on(study.then, text) if each.id not in view.added]
        _buttons(found, "close", words, ":material/remove:")


def _buttons(found: Sequence[Found], key: str, words: Words, icon: str) -> None:
    for each in found:
        told = f" · {people_words(each.people, words)}" if each.people else ""
        st.button(
            f"{card_markdown.plain(each.name)}, {each.country}{told}",
            key=f"{key}-{each.id}",
            icon=icon,
            type="tertiary",
            on_click=change,
            args=(key, each.id),
        )


def change(key: str, *ids: str) -> None:
    """Add ids to a list of the scenario; for callbacks."""
    field = {"add": "added", "close": "closed"}[key]
    link.change(lambda view: view.with_only(key, *(*getattr(view, field), *ids)[:MOST_CHANGES]))


def _road(view: ViewState, words: Words) -> None:
    with st.popover(words.text("By road"), icon=":material/directions_car:", key="road_popover"):
        st.caption(words.text("Assumptions, not measurements: change them to see what they do."))
        _number("detour", words.text("Road km for 100 km straight"), view.detour, DETOUR_RANGE, 5, 240)
        _number("speed", words.text("Speed door to door (km/h)"), view.speed, SPEED_RANGE, 5, 240)


def _chips(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw what the scenario adds and closes, each a button that takes it back."""
    if not view.added and not view.closed:
        return
    named = scenario_names(atlas.tables, (*view.added, *view.closed))
    said = {"add": words.text("Added: {name}", name="{name}"), "close": words.text("Closed: {name}", name="{name}")}
    with st.container(horizontal=True, gap="small", key="chips_scenario"):
        for key, ids in (("add", view.added), ("close", view.closed)):
            for each in ids:
                label = said[key].replace("{name}", card_markdown.plain(named.get(each, each)))
                st.button(
                    label,
                    key=f"undo-{key}-{each}",
                    icon=":material/close:",
                    icon_position="right",
                    help=words.text("Take this change back"),
                    on_click=_undo,
                    args=(key, each),
                )
        st.button(
            words.text("Back to today"), key="undo_all", type="tertiary", on_click=link.set_fields,
            kwargs={"added": (), "closed": ()},
        )  # fmt: skip


def _undo(key: str, value: str) -> None:
    link.change(lambda view: view.without(key, value))
