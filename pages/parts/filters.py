"""The filter bar: every filter is a widget whose key is its key in the address; each option tells its count."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from mapping.view.address import FIELDS
from mapping.view.atlas import Atlas
from mapping.view.filtering import Selection, facet_counts
from mapping.view.options import VOCABULARIES
from mapping.view.state import ViewState
from mapping.words import Words, by_name, mark
from pages.parts import link

_DEFAULT: Final = ViewState()
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class _Facet:
    """One filter with a fixed list of options."""

    key: str
    label: str
    help: str | None = None
    short: bool = False
    """Few options: all of them are on the screen as pills; otherwise they open as a list that can be searched."""


_EVERYWHERE: Final = (
    _Facet("layers", mark("Role"), short=True),
    _Facet("country", mark("Country")),
    _Facet("class", mark("ATMP class"), mark("Of manufacturing sites, trials and treatment centres."), short=True),
)
_MANUFACTURING: Final = (
    _Facet("kind", mark("Kind of organisation"), mark("Of partners and of manufacturing sites.")),
    _Facet("capability", mark("Capability"), mark("Indicative: often inferred from what a page says a site makes.")),
)
_TRIALS: Final = (
    _Facet("modality", mark("Modality")),
    _Facet("area", mark("Therapeutic area")),
    _Facet("phase", mark("Phase"), short=True),
    _Facet("status", mark("Status"), mark("As of the registry snapshot the trial was read from.")),
    _Facet("sponsor", mark("Sponsor"), short=True),
)
_EVIDENCE: Final = (_Facet("confidence", mark("Confidence"), short=True),)


def bar(atlas: Atlas, view: ViewState, selection: Selection, words: Words) -> None:
    """Draw the filter bar for a view; the most used filters are open, the others fold."""
    counts = facet_counts(atlas, view, selection)
    search(view, words, words.text("Hospital, city, trial, product …"))
    _facets(_EVERYWHERE, atlas, view, words, counts)
    if group := _group("manufacturing", words.text("Manufacturing"), view, "kind", "capability", "include"):
        with group:
            _facets(_MANUFACTURING, atlas, view, words, counts)
            _include(view, words, counts["include"])
    if group := _group("trials", words.text("Trials"), view, "modality", "area", "phase", "status", "sponsor", "years"):
        with group:
            _facets(_TRIALS, atlas, view, words, counts)
            years(atlas, view, words)
    if group := _group("evidence", words.text("Evidence"), view, "confidence"):
        with group:
            _facets(_EVIDENCE, atlas, view, words, counts)
    reset(words, bool(view.active()))
    st.caption(
        words.text("A filter hides what does not carry the attribute: a phase shows trials only. Counts are sites.")
    )


def search(view: ViewState, words: Words, hint: str) -> None:
    """Draw the search box; the hint says what can be found by it."""
    st.session_state["q"] = view.text
    st.text_input(
        words.text("Search"),
        key="q",
        placeholder=hint,
        icon=":material/search:",
        on_change=link.from_widget,
        args=("q",),
    )


def reset(words: Words, is_filtered: bool, to: Callable[[ViewState], ViewState] = ViewState.reset) -> None:
    """Draw the button that drops every filter; ``to`` says what stays of the view."""
    st.button(
        words.text("Reset filters"),
        key="reset",
        icon=":material/restart_alt:",
        width="stretch",
        disabled=not is_filtered,
        on_click=link.change,
        args=(to,),
    )


def _group(name: str, label: str, view: ViewState, *keys: str) -> Any:
    """Draw a folding group, open where one of its filters is set; return it if it is open.

    What is folded away is not drawn: a page has half as many widgets to send, and a browser to build.
    """
    used = {key for key, _ in view.active()}
    group = st.expander(label, expanded=bool(used & set(keys)), key=f"filters_{name}", on_change="rerun")
    return group if group.open else None


def _facets(facets: tuple[_Facet, ...], atlas: Atlas, view: ViewState, words: Words, counts: Counts) -> None:
    for facet in facets:
        options = {code: option_label(atlas, facet.key, code, words) for code in counts.get(facet.key, {})}
        if facet.key == "country":
            options = {code: options[code] for code in by_name(options)}
        choice(facet.key, words.text(facet.label), options, counts.get(facet.key), view, words, facet.short, facet.help)


def choice(
    key: str,
    label: str,
    options: Mapping[str, str],
    counts: Mapping[str, int] | None,
    view: ViewState,
    words: Words,
    short: bool = False,
    explained: str | None = None,
) -> None:
    """Draw one filter whose widget has the key of the address; any page's filter bar is made of these.

    Parameters
    ----------
    key : str
        Key of the address, of a list.
    label : str
        In the reader's words.
    options : Mapping
        Code to what it is called, in the order shown.
    counts : Mapping, optional
        Code to how many there are under the other filters; zeros are shown.
    view, words
        What the reader asked for, and the reader's language.
    short : bool
        Few options: all of them are on the screen; otherwise they open as a list that can be searched.
    explained : str, optional
        English text, marked for translation, that says what the filter applies to.
    """
    before, after = (" :gray[", "]") if short else (" · ", "")

    def named(code: str) -> str:
        told = f"{before}{words.number(counts.get(code, 0))}{after}" if counts is not None else ""
        return f"{options[code]}{told}"

    asked = getattr(view, FIELDS[key])
    active = () if asked == getattr(_DEFAULT, FIELDS[key]) else asked
    st.session_state[key] = [code for code in options if code in active]
    shared: dict[str, Any] = {
        "label": label,
        "options": list(options),
        "format_func": named,
        "key": key,
        "help": words.text(explained) if explained else None,
        "on_change": link.from_widget,
        "args": (key,),
    }
    if short:
        st.pills(selection_mode="multi", **shared)
    else:
        st.multiselect(placeholder=words.text("All"), select_all=False, **shared)


def option_label(atlas: Atlas, key: str, code: str, words: Words) -> str:
    """Return what an option of a filter is called."""
    if key == "country":
        return words.country(atlas.tables, code)
    vocabularies = {"layers": ("role",), "confidence": ("confidence",), **VOCABULARIES}[key]
    spoken = (words.label(atlas.tables, vocabulary, code) for vocabulary in vocabularies)
    return next((label for label in spoken if label != code), code)


def _include(view: ViewState, words: Words, counts: Mapping[str, int]) -> None:
    names = {"closed": words.text("Closed sites"), "planned": words.text("Planned or in construction")}
    labels = {code: f"{name} · {words.number(counts[code])}" for code, name in names.items()}
    st.session_state["include"] = list(view.include)
    st.pills(
        words.text("Show as well"),
        list(labels),
        selection_mode="multi",
        format_func=labels.__getitem__,
        key="include",
        on_change=link.from_widget,
        args=("include",),
    )


def years(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Draw the range of years in which trials started."""
    first, last = atlas.known.years
    if first == last:
        return
    since, until = (min(max(year, first), last) for year in view.years or (first, last))
    st.session_state["years"] = (since, until)
    st.slider(
        words.text("Start year"),
        first,
        last,
        key="years",
        help=words.text("While all years are chosen, trials without a known start year are shown too."),
        on_change=_years_changed,
        args=(first, last),
    )


def _years_changed(first: int, last: int) -> None:
    chosen = st.session_state["years"]
    link.set_fields(years=None if chosen == (first, last) else chosen, page=1)
