"""The parts of the About page that are read from the data."""

from typing import Final

import pandas as pd
import streamlit as st

from mapping.analysis.table_titles import table_title
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
    mark("It is a sample. The trials are those found in registry snapshots, strong for CAR-T and mesenchymal cells, "
         "thin for gene therapies; the project reports nearly 1,000 studies in the EU register."),
    mark("Treatment centres are those that a page names as designated or treating at some date. Known national "
         "totals are higher, for instance 45 in Germany, 44 in Italy, 40 in Spain and about 40 in France."),
    mark("A manufacturing site is shown as its source described it in that year. The Atlas never calls a site active; "
         "capabilities and licence classes are indicative."),
    mark("Nearly all marks stand at the centre of their city, not at an address."),
    mark("An empty country means nobody has assessed it, or nothing was found; the two are told apart."),
)  # fmt: skip


def limits(atlas: Atlas, words: Words) -> None:
    """List what a reader must know before leaning on a figure."""
    st.markdown("\n".join(f"- {words.text(limit)}" for limit in _LIMITS))


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
        rows.append({words.text("Table"): title, words.text("Rows"): len(frame), words.text("Verified"): verified})
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
