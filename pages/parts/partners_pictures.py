"""The pictures of the partners: the network, who knows which stage, and where there is nobody."""

from typing import Final

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from mapping.analysis.partner_matrix import partners, stage_coverage
from mapping.analysis.partner_network import FEWEST_TRIALS, partner_network
from mapping.analysis.partner_words import links_in_words, matrix_rows, named_nodes
from mapping.analysis.trial_sample import sampled_sources
from mapping.exports.partner_sheets import network_svg
from mapping.figures.captions import caption
from mapping.figures.network_chart import GLYPHS, GROUP_WORDS, PHONE_PX, TIE_WORDS, WIDTH_PX, network_alt, network_chart
from mapping.figures.palette import Theme
from mapping.figures.partner_charts import coverage_alt, coverage_chart, expertise_alt, expertise_chart
from mapping.tables.vocabulary import labels
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import atlas_map, cached, card_markdown, frame_downloads, link, sheet_downloads

CONFIG: Final = {"displayModeBar": False}
_HASHES: Final = {Words: lambda words: words.lang, Atlas: lambda _: ""}


def show_network(atlas: Atlas, view: ViewState, shown: pd.DataFrame, words: Words) -> None:
    """Draw the network; a click on a node shows its links."""
    network, everybody = partner_network(atlas.tables), partners(atlas.tables)
    key = f"network-{view.partner}"
    phone = "Mobi" in st.context.headers.get("User-Agent", "")
    ids, version = tuple(shown["id"]), atlas.tables.version
    figure, alt = _drawn(atlas, words, atlas_map.theme(), ids, view.partner, phone, version)
    st.markdown(words.text("**Who is linked with whom**"))
    st.plotly_chart(
        figure,
        theme=None,
        key=key,
        on_select=lambda: _node_picked(key),
        selection_mode="points",
        config=CONFIG,
        alt=alt,
    )
    groups = [*dict.fromkeys(network.nodes["group"])]
    told = " · ".join(f"{GLYPHS[group]} {words.text(name)}" for group, name in GROUP_WORDS.items() if group in groups)
    st.caption(told)
    note = words.text(
        "Grey lines: member of a network. Green: at least {few} of the trials found run at both sites. Dotted: "
        "a product both hold, make or give. Places on this picture mean nothing and do not change. Without "
        "such a link and so only in the lists: {alone}.",
        few=FEWEST_TRIALS,
        alone=int((~everybody["id"].isin(network.nodes["id"])).sum()),
    )
    st.caption(card_markdown.plain(caption(atlas.tables, sampled_sources(everybody), words, note)))
    address = link.citable(version)
    sheet_downloads.row("network", lambda: network_svg(atlas, view, words, address), version, words)


@st.cache_resource(show_spinner=False, max_entries=128, hash_funcs=_HASHES)
def _drawn(
    atlas: Atlas, words: Words, theme: Theme, shown: tuple[str, ...], chosen: str, phone: bool, version: str
) -> tuple[Figure, str]:
    """Return the network and its description; the version stands for the data."""
    nodes, links = named_nodes(atlas, words), partner_network(atlas.tables).drawn
    width = PHONE_PX if phone else WIDTH_PX
    return network_chart(nodes, links, set(shown), chosen, theme, width), network_alt(nodes, links, words)


def _node_picked(key: str) -> None:
    points = [point for point in st.session_state[key].selection.points if point.get("customdata")]
    if points:
        chosen = points[0]["customdata"][0]
        link.change(lambda view: view.with_only("partner", *([] if chosen == view.partner else [chosen])))


def show_links(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Show what is known of the partner chosen: its network, trials and products shared, strongest first."""
    everybody = partners(atlas.tables)
    nodes = named_nodes(atlas, words)
    hubs = nodes[nodes["group"] == "hub"]
    names = dict(zip(everybody["id"], everybody["name"], strict=True)) | dict(
        zip(hubs["id"], hubs["label"], strict=True)
    )
    st.session_state["partner"] = view.partner
    st.selectbox(
        words.text("Links of one partner"),
        ["", *names],
        format_func=lambda code: names.get(code, words.text("Choose a partner, or click one in a picture")),
        key="partner",
        on_change=link.from_widget,
        args=("partner",),
    )
    if view.partner not in names:
        return
    network = partner_network(atlas.tables)
    rows = links_in_words(network, network.links_of(view.partner).drop(columns="with"), atlas, words)
    lines = [_link_line(row, names[view.partner], words) for row in rows.to_dict("records")]
    with st.container(height=230, key="partner_links"):
        st.markdown("\n".join(lines) or words.text("No link is recorded: no network, no shared trial, no product."))


def _link_line(row: dict[str, object], ours: str, words: Words) -> str:
    other = str(row["other"] if row["one"] == ours else row["one"])
    tie, count = str(row["tie"]), int(str(row["count"]))
    told = {
        "network": words.text("network"),
        "trials": words.plural("{n} shared trial", "{n} shared trials", count),
        "products": words.plural("{n} shared product", "{n} shared products", count),
    }[tie]
    shared = "" if tie == "network" else f" :gray[({card_markdown.plain(str(row['shared']))})]"
    return f"- {card_markdown.plain(other)}: {told}{shared}"


def show_expertise(atlas: Atlas, view: ViewState, shown: pd.DataFrame, words: Words) -> None:
    """Draw which partner of the consortium is said to know which stage; a click shows its links."""
    ours = shown.loc[shown["group"] == "consortium"]
    theme, version = atlas_map.theme(), atlas.tables.version
    figure, alt = _drawn_expertise(atlas, ours, words, theme, tuple(ours["id"]), view.partner, version)
    key = f"expertise-{view.partner}"
    st.markdown(words.text("**Who knows which stage, of those who take part in JOIN4ATMP**"))
    st.plotly_chart(
        figure,
        theme=None,
        key=key,
        on_select=lambda: _node_picked(key),
        selection_mode="points",
        config=CONFIG,
        alt=alt,
    )
    note = words.text("A dot: a page says so. No dot: not stated, which is not the same as no expertise.")
    st.caption(card_markdown.plain(caption(atlas.tables, sampled_sources(ours), words, note)))


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs=_HASHES)
def _drawn_expertise(
    atlas: Atlas, _ours: pd.DataFrame, words: Words, theme: Theme, ids: tuple[str, ...], chosen: str, version: str
) -> tuple[Figure, str]:
    """Return the chart of who knows which stage, and its description; ids and version stand for the partners."""
    rows, stages = matrix_rows(_ours, atlas, words), stage_names(atlas, words)
    return expertise_chart(rows, stages, chosen, words, theme), expertise_alt(rows, stages, words)


def show_coverage(atlas: Atlas, view: ViewState, shown: pd.DataFrame, words: Words) -> None:
    """Draw how many organisations of each country know each stage; a click filters to the cell."""
    theme, phone, version = atlas_map.theme(), atlas_map.is_phone(), atlas.tables.version
    cells, figure, alt = _drawn_coverage(atlas, shown, words, theme, phone, tuple(shown["id"]), version)
    key = f"coverage-{'-'.join((*view.countries, *view.stages))}"
    st.markdown(words.text("**Who covers which stage where, and where nobody is recorded**"))
    st.plotly_chart(
        figure,
        theme=None,
        key=key,
        on_select=lambda: _cell_picked(key),
        selection_mode="points",
        config=CONFIG,
        alt=alt,
    )
    elsewhere = int(shown["country"].isna().sum())
    notes = words.text(
        "Each number counts organisations in view. 0: organisations of the country are known, none of them for this "
        "stage. Hatched: nobody has assessed the country. A gap in the record is not proof of a gap in the world. "
        "Without a country and so not here: {elsewhere}. Click a cell to list who it counts.",
        elsewhere=elsewhere,
    )
    st.caption(card_markdown.plain(caption(atlas.tables, sampled_sources(shown), words, notes)))
    table = st.expander(words.text("The same as a table"), key="coverage_table", on_change="rerun")
    if table.open:
        stages, countries = stage_names(atlas, words), cached.country_names(atlas, words)
        counts = cells.assign(country=cells["country"].map(countries), stage=cells["stage"].map(stages))
        wide = counts.pivot_table(index="country", columns="stage", values="partners", sort=False).astype(int)
        with table:
            st.table(wide.rename_axis(index=words.text("Country"), columns=None))
            frame_downloads.row("stage-coverage", words.text("This table:"), lambda: cells, atlas, view, words)


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs=_HASHES)
def _drawn_coverage(
    atlas: Atlas, _shown: pd.DataFrame, words: Words, theme: Theme, phone: bool, ids: tuple[str, ...], version: str
) -> tuple[pd.DataFrame, Figure, str]:
    """Return the cells, their chart and its description; ids and version stand for the partners."""
    stages, countries = stage_names(atlas, words), cached.country_names(atlas, words)
    cells = stage_coverage(atlas.tables, _shown, stages)
    return cells, coverage_chart(cells, countries, stages, words, theme, phone), coverage_alt(cells, words)


def _cell_picked(key: str) -> None:
    points = st.session_state[key].selection.points
    if points:
        country, stage = points[0]["customdata"]
        link.change(
            lambda view: (
                view.with_only("country").with_only("stage")
                if (view.countries, view.stages) == ((country,), (stage,))
                else view.with_only("country", country).with_only("stage", stage)
            )
        )


def stage_names(atlas: Atlas, words: Words) -> dict[str, str]:
    """Return code and label of each stage, in the order of a therapy's life."""
    return {code: words.label(atlas.tables, "stage", code) for code in labels(atlas.tables, "stage")}


def show_link_table(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Offer all links of the network as a table, those too weak to be drawn too."""
    network = partner_network(atlas.tables)
    title = words.plural(
        "{n} link of the network as a table", "{n} links of the network as a table", len(network.links)
    )
    table = st.expander(title, key="links_table", on_change="rerun")
    if not table.open:
        return
    rows = links_in_words(network, network.links, atlas, words)
    names = {
        "one": words.text("Partner"),
        "other": words.text("Linked with"),
        "tie": words.text("Linked by"),
        "count": words.text("How many"),
        "shared": words.text("Shared"),
    }
    ties = {tie: words.text(label) for tie, label in TIE_WORDS.items()}
    with table:
        st.dataframe(
            rows.assign(tie=rows["tie"].map(ties)).rename(columns=names),
            hide_index=True,
            alt=words.text("Table of links"),
        )
        frame_downloads.row("partner-links", words.text("All links:"), lambda: network.links, atlas, view, words)
