"""What the trials shown are a sample of, said on the page itself."""

import pandas as pd
import streamlit as st

from mapping.analysis.pipeline import Pipeline
from mapping.analysis.trial_sample import reported_total, snapshots, with_eu_number
from mapping.view.atlas import Atlas
from mapping.words import Words
from pages.parts import card_markdown


def show(atlas: Atlas, found: Pipeline, words: Words) -> None:
    """Say which registries, as of which days, what share of the known total, and what is not known."""
    st.subheader(words.text("What these numbers cannot tell"), anchor=False)
    st.markdown("\n".join(f"- {line}" for line in _lines(atlas, found, words) if line))
    table = st.expander(words.text("Registries and snapshot days"), key="snapshots_table", on_change="rerun")
    if table.open:
        table.table(_snapshots(atlas, found.trials, words))


def _lines(atlas: Atlas, found: Pipeline, words: Words) -> list[str]:
    unlinked, shown = found.lacking("registry_url"), int(found.rows.sum())
    return [
        _sample(atlas, words),
        words.text(
            "Coverage is uneven: strong for CAR-T and mesenchymal cells, thin for gene therapies. A small bar may mean "
            "few trials or few found."
        ),
        words.plural(
            "A status is that of the day the registry record was read; {undated} of {n} trial in view names no day.",
            "A status is that of the day the registry record was read; {undated} of {n} trials in view name no day.",
            shown,
            undated=found.lacking("snapshot"),
        )
        if shown
        else "",
        words.text(
            "Start year not known: {years}. Participants not known: {sizes}. Countries not known: {countries}. "
            "They are counted apart, never left out of the table.",
            years=found.lacking("start_year"),
            sizes=found.lacking("enrolment"),
            countries=found.lacking("countries"),
        )
        if shown
        else "",
        words.plural(
            "{n} trial in view bears a registry number that was not confirmed, so it is not linked.",
            "{n} trials in view bear a registry number that was not confirmed, so they are not linked.",
            unlinked,
        )
        if unlinked
        else "",
        words.text("How long trials last cannot be said: the data hold no end dates."),
    ]


def _sample(atlas: Atlas, words: Words) -> str:
    """Return how many trials the Atlas holds beside the number that the project reports, with its source."""
    reported, held = reported_total(atlas.tables), len(atlas.tables["trials"])
    if reported is None:
        return words.plural("A sample of {n} trial.", "A sample of {n} trials.", held)
    sources = atlas.tables["sources"]
    [(url, title)] = sources.loc[sources["id"] == reported.source_ids[0], ["url", "title"]].itertuples(index=False)
    named = card_markdown.web_link(title if isinstance(title, str) else reported.source_ids[0], str(url))
    return words.text(
        "A sample: {held} trials, {share} of the nearly {all} ATMP-related studies that the project reports "
        "({source}). The two sets need not overlap: {eu} of these trials are known to bear an EU register number.",
        held=held,
        share=card_markdown.plain(words.percent(held / reported.studies)),
        all=reported.studies,
        source=named,
        eu=with_eu_number(atlas.tables),
    )


def _snapshots(atlas: Atlas, trials: pd.DataFrame, words: Words) -> pd.DataFrame:
    rows = snapshots(trials)
    days = [words.date(day) if day else words.text("no day named") for day in rows["snapshot"]]
    return pd.DataFrame(
        {
            words.text("Registry"): [words.label(atlas.tables, "registry", code) for code in rows["registry"]],
            words.text("As of"): days,
            words.text("Trials"): rows["trials"],
        }
    ).set_index(words.text("Registry"))
