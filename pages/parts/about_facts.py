"""The parts of the About page that are read from the data."""

from typing import Final

import pandas as pd
import streamlit as st

from mapping.analysis.country_gaps import reported_beyond
from mapping.analysis.provenance import addresses
from mapping.analysis.table_titles import table_title
from mapping.analysis.trial_sample import reported_total
from mapping.exports.citing import Citation, as_text
from mapping.figures.captions import ATTRIBUTION, DISCLAIMER, KOSOVO
from mapping.tables.vocabulary import labels
from mapping.view.atlas import Atlas
from mapping.words import Words, mark
from pages.parts import card_markdown

_TABLES: Final = (
    "sites",
    "organisations",
    "facilities",
    "treatment_centres",
    "trials",
    "trial_sites",
    "products",
    "obstacles",
    "obstacle_evidence",
    "solutions",
    "pathways",
    "sources",
)
_LIMITS: Final = (
    mark("A manufacturing site is shown as its source described it in that year. The Atlas never calls a site active; "
         "capabilities and licence classes are indicative."),
    mark("Nearly all marks stand at the centre of their city, not at an address."),
    mark("An empty country means nobody has assessed it, or nothing was found; the two are told apart."),
)  # fmt: skip


def limits(atlas: Atlas, words: Words) -> None:
    """List what a reader must know before leaning on a figure; a total that others report names its source."""
    told = [_trials_are_a_sample(atlas, words), _centres_are_a_sample(atlas, words)]
    st.markdown("\n".join(f"- {line}" for line in (*told, *(words.text(limit) for limit in _LIMITS))))


def _trials_are_a_sample(atlas: Atlas, words: Words) -> str:
    said = words.text(
        "It is a sample. The trials are those found in copies of registries, strong for CAR-T and mesenchymal cells, "
        "thin for gene therapies."
    )
    reported = reported_total(atlas.tables) if "sources" in atlas.tables.frames else None
    if reported is None:
        return said
    source = card_markdown.web_link(words.text("source"), addresses(atlas.tables).get(reported.source_ids[0], ""))
    return said + " " + words.text(
        "The project reports nearly {all} studies in the EU register ({source}).", all=reported.studies, source=source
    )  # fmt: skip


def _centres_are_a_sample(atlas: Atlas, words: Words) -> str:
    said = words.text("Treatment centres are those that a page names as designated or treating at some date.")
    if not {"country_indicators", "treatment_centres", "sites", "sources"} <= set(atlas.tables.frames):
        return said
    urls = addresses(atlas.tables)
    parts = [
        words.text(
            "{country} {n} ({source})",
            country=words.country(atlas.tables, country),
            n=centres,
            source=card_markdown.web_link(words.text("source"), urls.get(source, "")),
        )
        for country, centres, source in reported_beyond(atlas.tables)
    ]
    if not parts:
        return said
    return said + " " + words.text("Others report more CAR-T centres: {totals}.", totals=words.list(parts))


def kinds_of_nothing(atlas: Atlas, words: Words) -> None:
    """Explain the four ways in which there can be no figure."""
    tables = atlas.tables
    told = {
        words.label(tables, "nothing", code): words.meaning(tables, "nothing", code)
        for code in labels(tables, "nothing")
    }
    st.markdown(
        "\n".join(
            f"- **{card_markdown.plain(label)}**: {card_markdown.plain(meaning)}" for label, meaning in told.items()
        )
    )


def table_sizes(atlas: Atlas, words: Words) -> None:
    """Count the rows of each table, and how many of them a page states."""
    rows = []
    for name in _TABLES:
        frame = atlas.tables.frames.get(name)
        if frame is None:
            continue
        verified = words.percent(float(frame["confidence"].eq("verified").mean())) if "confidence" in frame else ""
        verified = card_markdown.plain(verified)
        title = table_title(name, words)
        rows.append(
            {words.text("Table"): title, words.text("Rows"): words.number(len(frame)), words.text("Verified"): verified}
        )
    st.table(pd.DataFrame(rows).set_index(words.text("Table")))


def citation(atlas: Atlas, words: Words) -> None:
    """Give the citation, the licences and the address of the data."""
    cited = Citation(atlas.tables.version, atlas.tables.released, link="")
    st.code(as_text(cited, words), language=None, wrap_lines=True)
    st.markdown(
        words.text(
            "Data: CC BY 4.0. Code: Apache-2.0. Every table can be fetched: [list of tables](api/v1/tables), "
            "[description for programs](api/v1/openapi.json)."
        )
    )
    st.caption(" ".join(words.text(note) for note in (ATTRIBUTION, DISCLAIMER, KOSOVO)))
