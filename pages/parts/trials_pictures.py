"""The pictures of the trials: starts over approvals, and bars that filter each other at a click."""

from typing import Any, Final

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from mapping.analysis.approvals import lives_of, products_in_view
from mapping.analysis.pipeline import Pipeline, enrolment
from mapping.analysis.pipeline_words import option_words
from mapping.analysis.trial_sample import sampled_sources
from mapping.exports.life_sheets import lives_svg
from mapping.figures import legend
from mapping.figures.approvals_timeline import STEP_WORDS, timeline, timeline_alt
from mapping.figures.captions import caption
from mapping.figures.palette import Theme
from mapping.figures.pipeline_charts import COLOURS, Bar, bars_alt, facet_bars
from mapping.view.address import FIELDS
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words, mark
from pages.parts import atlas_map, card_markdown, link, sheet_downloads

TITLES: Final = {
    "phase": mark("Phase"),
    "status": mark("Status"),
    "class": mark("ATMP class"),
    "sponsor": mark("Sponsor"),
    "modality": mark("Modality"),
    "area": mark("Therapeutic area"),
}
BESIDE: Final = ("phase", "status", "class", "sponsor")
BELOW: Final = ("modality", "area")
LABEL_PX: Final = 178
CONFIG: Final = {"displayModeBar": False}


def show_timeline(atlas: Atlas, view: ViewState, found: Pipeline, words: Words) -> None:
    """Draw the trials by start year over the lives of the products; a click on a year filters."""
    theme = atlas_map.theme()
    products = products_in_view(atlas.tables, view)
    key = f"timeline-{'-'.join(map(str, view.years or ()))}"
    version = atlas.tables.version
    figure, alt = _timeline(found, products, view.years, atlas, words, theme, view.active(), version)
    st.plotly_chart(
        figure,
        theme=None,
        key=key,
        on_select=lambda: _year_picked(key),
        selection_mode="points",
        config=CONFIG,
        alt=alt,
    )
    steps = COLOURS[theme].steps
    entries = [(legend.colour_swatch(steps[step]), words.text(STEP_WORDS[step])) for step in STEP_WORDS]
    entries[-1] = (legend.texture_swatch("hatch"), entries[-1][1])
    st.html(legend.legend_html(words.text("Trials"), entries))
    how = words.text(
        "Click a year, then another, to choose the years between. Status is as of each trial's snapshot. Products "
        "follow the filters on class, area and confidence only."
    )
    sources = [*found.source_ids, *sampled_sources(products)]
    st.caption(card_markdown.plain(caption(atlas.tables, sources, words, how)))
    address = link.citable(version)
    sheet_downloads.row("lives", lambda: lives_svg(atlas, view, words, address), version, words)


@st.cache_resource(
    show_spinner=False, max_entries=256, hash_funcs={Words: lambda words: words.lang, Atlas: lambda _: ""}
)
def _timeline(
    _found: Pipeline,
    _products: pd.DataFrame,
    years: tuple[int, int] | None,
    atlas: Atlas,
    words: Words,
    theme: Theme,
    active: tuple[tuple[str, str], ...],
    version: str,
) -> tuple[Figure, str]:
    """Return the timeline and its description; filters and version stand for the data."""
    starts, undated, shown = _found.years(), sum(_found.undated().values()), lives_of(_products, atlas.tables)
    return timeline(starts, undated, shown, years, words, theme), timeline_alt(starts, undated, shown, words)


def _year_picked(key: str) -> None:
    """Choose a year, the years between it and those chosen, or, where it alone was chosen, all years again."""
    points = [point for point in st.session_state[key].selection.points if point.get("customdata")]
    year = points[0]["customdata"][0] if points else 0
    if year:
        link.change(lambda view: _with_year(view, int(year)))


def _with_year(view: ViewState, year: int) -> ViewState:
    if view.years is None or view.years[0] < year < view.years[1]:
        return view.with_only("years", str(year), str(year))
    if view.years == (year, year):
        return view.with_only("years")
    return view.with_only("years", str(min(view.years[0], year)), str(max(view.years[1], year)))


def show_bars(keys: tuple[str, ...], atlas: Atlas, view: ViewState, found: Pipeline, words: Words) -> None:
    """Draw one chart a filter, counted under the other filters; a click on a bar sets or drops its value."""
    for key in keys:
        chart(key, bars_of(key, atlas, view, found, words), words.text(TITLES[key]), words)


def show_below(atlas: Atlas, view: ViewState, found: Pipeline, words: Words) -> None:
    """Draw the longer charts and the number of participants side by side."""
    *places, last = st.columns(len(BELOW) + 1, gap="medium")
    for place, key in zip(places, BELOW, strict=True):
        with place:
            show_bars((key,), atlas, view, found, words)
    with last:
        show_enrolment(atlas, view, found, words)


def chart(key: str, bars: list[Bar], title: str, words: Words) -> None:
    """Draw one chart whose bars set a key of the address."""
    chosen = "-".join(bar.code for bar in bars if bar.chosen)
    name = f"bars-{key}-{chosen}"
    with st.container(gap=None):
        st.markdown(f"**{title}**")
        st.plotly_chart(
            facet_bars(bars, atlas_map.theme(), LABEL_PX if key in BESIDE else None),
            theme=None,
            key=name,
            on_select=lambda: _bar_picked(name, key),
            selection_mode="points",
            config=CONFIG,
            alt=bars_alt(title, bars, words),
        )


def _bar_picked(name: str, key: str) -> None:
    """Set the value of the bar picked, or drop it where it was set."""
    points = st.session_state[name].selection.points
    if points:
        code = points[0]["customdata"][0]
        link.change(lambda view: _toggled(view, key, code))


def _toggled(view: ViewState, key: str, code: str) -> ViewState:
    values: tuple[str, ...] = getattr(view, FIELDS[key])
    return view.without(key, code) if code in values else view.with_only(key, *values, code)


def bars_of(key: str, atlas: Atlas, view: ViewState, found: Pipeline, words: Words) -> list[Bar]:
    """Return the bars of one filter; those it leaves out are muted."""
    active, counts = getattr(view, FIELDS[key]), found.counts(key)
    labels = option_words(atlas, key, words)
    return [
        Bar(
            code,
            label,
            counts[code],
            words.number(counts[code]),
            words.plural("{label}: {n} trial", "{label}: {n} trials", counts[code], label=label),
            not active or code in active,
        )
        for code, label in labels.items()
    ]


def show_enrolment(atlas: Atlas, view: ViewState, found: Pipeline, words: Words) -> None:
    """Draw the median number of participants by phase, with how many trials each rests on; and say what is unknown."""
    labels = option_words(atlas, "phase", words)
    sizes = enrolment(found, "phase", list(labels))
    bars = [_size_bar(row, labels[row["code"]], words) for row in sizes.to_dict("records") if row["known"]]
    title = words.text("Median number of participants, by phase")
    with st.container(gap=None):
        st.markdown(f"**{title}**")
        st.plotly_chart(
            facet_bars(bars, atlas_map.theme(), LABEL_PX),
            theme=None,
            key="enrolment",
            config=CONFIG,
            alt=bars_alt(title, bars, words),
        )
    notes = [
        words.text("Planned or reached, as the registry gives it."),
        _left_out(int(sizes["nobody"].sum()), int(sizes["unknown"].sum()), words),
        words.text("Duration: the data hold start years only and no end dates, so none is shown."),
    ]
    st.caption(" ".join(note for note in notes if note))


def _left_out(nobody: int, unknown: int, words: Words) -> str:
    """Return which trials no median counts; nothing where it counts all."""
    left = [
        words.plural("{n} trial that enrolled nobody", "{n} trials that enrolled nobody", nobody) if nobody else "",
        words.plural("{n} trial without a figure", "{n} trials without a figure", unknown) if unknown else "",
    ]
    told = "; ".join(part for part in left if part)
    return words.text("Left out: {trials}.", trials=told) if told else ""


def _size_bar(row: dict[str, Any], label: str, words: Words) -> Bar:
    decimals = 0 if float(row["median"]).is_integer() else 1
    printed = words.text("{median} (n = {n})", median=words.number(row["median"], decimals), n=row["known"])
    return Bar(row["code"], label, row["median"], printed, f"{label}: {printed}", True)


def show_tables(atlas: Atlas, view: ViewState, found: Pipeline, words: Words) -> None:
    """Offer the same numbers as tables."""
    tables = st.expander(words.text("The same charts as tables"), key="pipeline_tables", on_change="rerun")
    if not tables.open:
        return
    with tables:
        for key in (*BESIDE, *BELOW):
            title, bars = words.text(TITLES[key]), bars_of(key, atlas, view, found, words)
            frame = pd.DataFrame(
                {title: [bar.label for bar in bars], words.text("Trials"): [bar.printed for bar in bars]}
            )
            st.table(frame.set_index(title))
        st.table(_years_table(found, words))


def _years_table(found: Pipeline, words: Words) -> pd.DataFrame:
    names = {step: words.text(label) for step, label in STEP_WORDS.items()}
    years, undated, start = found.years(), found.undated(), words.text("Start year")
    without = pd.DataFrame([{"year": words.text("not known"), **undated, "trials": sum(undated.values())}])
    return (
        pd.concat([without, years.astype({"year": "str"})])
        .rename(columns={"year": start})
        .rename(columns=names | {"trials": words.text("Trials")})
        .set_index(start)
    )
