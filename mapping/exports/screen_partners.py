"""The partners as data: who covers which stage where, and who of the consortium knows which stage."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from mapping.analysis.partner_matrix import in_view, masks, partners, seatless, stage_coverage
from mapping.analysis.partner_words import matrix_rows, partners_headline
from mapping.analysis.trial_sample import sampled_sources
from mapping.exports.told import PAPER, Asked, Told
from mapping.figures.captions import caption
from mapping.figures.matrix_picture import TEXTURES
from mapping.figures.partner_charts import NOTHING_WORDS, coverage_alt, expertise_alt
from mapping.figures.pictures import LegendItem, MatrixCell, MatrixPicture, MatrixRow
from mapping.figures.scales import HEAT, STEP_STARTS, ink_on, step_label, step_of
from mapping.tables.vocabulary import labels
from mapping.words import mark

METHOD: Final = mark(
    "An organisation counts once. A stage of expertise counts where a page says so; that none is stated is not the "
    "same as no expertise. Nought means that organisations of the country are known, none of them for this stage; "
    "hatched means that nobody has assessed the country. A gap in the record is not proof of a gap in the world."
)


def told(asked: Asked) -> Told:
    """Return what the page of partners shows."""
    atlas, view, words = asked.atlas, asked.view, asked.words
    shown = in_view(masks(atlas, view), partners(atlas.tables))
    stages = {code: words.label(atlas.tables, "stage", code) for code in labels(atlas.tables, "stage")}
    return Told(
        headline=partners_headline(shown, atlas, view, words),
        pictures=(_coverage(asked, shown, stages), _expertise(asked, shown, stages)),
        facts=(
            (words.text("Organisations"), words.number(len(shown))),
            (words.text("Of the consortium"), words.number(int((shown["group"] == "consortium").sum()))),
            (words.text("Countries"), words.number(int(shown["country"].nunique()))),
            (words.text("Without a known seat"), words.number(int(seatless(shown).sum()))),
        ),
        method=words.text(METHOD),
        source_ids=tuple(sampled_sources(shown)),
    )


def _coverage(asked: Asked, shown: pd.DataFrame, stages: Mapping[str, str]) -> MatrixPicture:
    tables, words = asked.atlas.tables, asked.words
    cells = stage_coverage(tables, shown, stages)
    rows = []
    for code in dict.fromkeys(cells["country"]):
        held = cells[cells["country"] == code]
        made = tuple(
            _cell(asked, words.country(tables, code), stages[stage], int(count), str(state))
            for stage, count, state in zip(held["stage"], held["partners"], held["state"], strict=True)
        )
        rows.append(MatrixRow(words.country(tables, code), made, weight=float(held["partners"].sum())))
    states = [state for state in NOTHING_WORDS if state in set(cells["state"])]
    steps = [LegendItem(step_label(step), HEAT[PAPER].steps[step]) for step in range(len(STEP_STARTS))]
    return MatrixPicture(
        title=words.text("Who covers which stage where, and where nobody is recorded"),
        alt=coverage_alt(cells, words),
        caption=caption(tables, sampled_sources(shown), words, words.text("Each number counts organisations in view.")),
        row_head=words.text("Country"),
        heads=tuple(stages.values()),
        names=tuple(stages.values()),
        rows=tuple(rows),
        legend_title=words.text("Organisations"),
        legend=(
            *steps,
            *(
                LegendItem(
                    words.text(NOTHING_WORDS[state]),
                    texture=TEXTURES.get(state, ""),
                    sign="0" if state == "none_found" else "",
                )
                for state in states
            ),
        ),
    )


def _cell(asked: Asked, country: str, stage: str, count: int, state: str) -> MatrixCell:
    words = asked.words
    said = words.number(count) if state == "found" else words.text(NOTHING_WORDS.get(state, state))
    told = words.text("{place}: {nothing}", place=f"{country}, {stage}", nothing=said)
    if state != "found":
        text = "0" if state == "none_found" else ""
        return MatrixCell(text, state, told, ink=HEAT[PAPER].text, texture=TEXTURES.get(state, ""))
    colour = HEAT[PAPER].steps[step_of(count)]
    return MatrixCell(words.number(count), state, told, colour, ink_on(colour))


def _expertise(asked: Asked, shown: pd.DataFrame, stages: Mapping[str, str]) -> MatrixPicture:
    tables, words = asked.atlas.tables, asked.words
    lines, rows, group = matrix_rows(shown, asked.atlas, words), [], ""
    colour = HEAT[PAPER].steps[2]
    known = words.text("A page says so")
    silent = words.text("Not stated")
    for line in lines:
        if "head" in line:
            group = str(line["head"])
            continue
        made = tuple(
            MatrixCell("●", "found", f"{line['label']}, {name}: {known}", colour, ink_on(colour))
            if code in line["known"]
            else MatrixCell("", "not_stated", f"{line['label']}, {name}: {silent}")
            for code, name in stages.items()
        )
        rows.append(MatrixRow(str(line["label"]), made, group, float(len(line["known"]))))
    ours = shown[shown["group"] == "consortium"]
    note = words.text("A dot: a page says so. No dot: not stated, which is not the same as no expertise.")
    return MatrixPicture(
        title=words.text("Who knows which stage, of those who take part in JOIN4ATMP"),
        alt=expertise_alt(lines, stages, words),
        caption=caption(tables, sampled_sources(ours), words, note),
        row_head=words.text("Partner"),
        heads=tuple(stages.values()),
        names=tuple(stages.values()),
        rows=tuple(rows),
        legend_title="",
        legend=(LegendItem(known, colour), LegendItem(silent)),
    )
