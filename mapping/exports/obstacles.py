"""The heatmap in view as files: its cells, the figures behind them and their sources, and the picture."""

from typing import Any, Final
from urllib.parse import urlencode

import numpy as np
import pandas as pd

from mapping.analysis.evidence import evidence_index
from mapping.analysis.filter_words import chips
from mapping.analysis.matrix_words import ToldMatrix, caption_notes, table_of
from mapping.exports.listing import Listing, csv_file
from mapping.exports.packages import data_package
from mapping.exports.readme import Section, edition_sections
from mapping.tables.loading import Tables
from mapping.view.state import ViewState
from mapping.words import Words

KINDS: Final = ("xlsx", "csv")
LISTS: Final = frozenset({"stakeholders", "source_ids"})


def obstacles_package(tables: Tables, view: ViewState, told: ToldMatrix, kind: str) -> bytes:
    """Return the heatmap in view, the figures behind it and their sources, as a workbook or as CSV files in a zip."""
    words = Words(view.lang)
    frames = {"cells": cells_frame(told), "figures": figures_frame(tables, told)}
    frames["sources"] = _sources(tables, frames["figures"])
    readme = _readme(tables, view, told, words)
    if kind == "xlsx":
        from mapping.exports.workbook import workbook_of  # openpyxl is slow to import

        wide = {"heatmap": table_of(told, words).reset_index()}
        sheets = {name: Listing(name, frame, LISTS & set(frame)) for name, frame in {**wide, **frames}.items()}
        return workbook_of(readme, sheets, tables)
    files = {f"{name}.csv": csv_file(Listing(name, frame, LISTS & set(frame))) for name, frame in frames.items()}
    return data_package(tables, files, readme)


def cells_frame(told: ToldMatrix) -> pd.DataFrame:
    """Return one row a cell, in the order drawn: row and column with their words, numbers, and the state as a code."""
    cells, measure = told.cells, told.matrix.asked.measure
    groups = dict(zip(told.matrix.rows, told.matrix.groups, strict=False))
    numbers = {key: cells[key] for key in ("sources", "figures")} | (
        {"median": cells["value"], "lowest": cells["low"], "highest": cells["high"]} if measure else {}
    )
    return pd.DataFrame(
        {
            "row": cells["row"],
            "title": cells["row"].map(told.row_labels),
            "stage": cells["row"].map(lambda row: groups.get(row, "")),
            "column": cells["column"],
            "column_title": cells["column"].map(told.column_labels),
            "measure": measure.code if measure else "sources",
            **numbers,
            "evidence": cells["evidence"],
            "agreement": cells["agreement"],
            "state": cells["state"],
        }
    )


def figures_frame(tables: Tables, told: ToldMatrix) -> pd.DataFrame:
    """Return the figures behind all cells, each once, as rows of their table."""
    held = np.array(sorted({at for found in told.matrix.held.values() for at in found}), dtype=np.int64)
    ids = evidence_index(tables).figures["id"].iloc[held]
    figures = tables["obstacle_evidence"]
    return figures[figures["id"].isin(ids)].reset_index(drop=True)


def _sources(tables: Tables, figures: pd.DataFrame) -> pd.DataFrame:
    known = tables.frames.get("sources")
    if known is None:
        return pd.DataFrame()
    used = {source for cell in figures["source_ids"].dropna() for source in str(cell).split("|")}
    return known[known["id"].isin(used)].reset_index(drop=True)


def _readme(tables: Tables, view: ViewState, told: ToldMatrix, words: Words) -> list[Section]:
    filters = tuple(chip.text for chip in chips(tables, view, words)) or (words.text("None: everything is here."),)
    query: Any = urlencode(view.to_query(), doseq=True)
    return [
        Section(
            words.text("What this is"),
            (
                words.text("A heatmap of obstacles: {measure}.", measure=told.measure),
                *caption_notes(tables, told.matrix, words),
            ),
        ),
        Section(words.text("Filters"), (*filters, words.text("Address: {query}", query=f"/obstacles?{query}"))),
        *edition_sections(tables, words),
    ]
