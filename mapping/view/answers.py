"""Which solutions and which paths forward are in view, and how many each option of a filter would leave.

The stage of a solution is its own or that of an obstacle it answers, so that choosing a stage never hides an answer to
an obstacle of that stage. A filter on country leaves out what holds for the EU as a whole.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.tables.loading import Tables
from mapping.tables.vocabulary import labels
from mapping.view.address import FIELDS
from mapping.view.folding import words as folded_words
from mapping.view.state import ViewState
from mapping.view.word_index import WordIndex

Bools = npt.NDArray[np.bool_]

SOLUTION_KEYS: Final = ("q", "type", "solution_status", "stage", "country", "confidence", "obstacle")
"""Keys of the address that narrow the solutions."""
PATH_KEYS: Final = ("q", "horizon", "stage", "confidence", "obstacle")
"""Keys of the address that narrow the paths."""
COUNTED: Final = ("type", "solution_status", "stage", "country", "confidence")
"""Filters of solutions whose options tell a count."""
PATHS_COUNTED: Final = ("horizon", "stage", "confidence")
_COLUMNS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "solutions": {"type": "type", "solution_status": "status", "country": "countries", "confidence": "confidence"},
        "pathways": {"horizon": "horizon", "confidence": "confidence"},
    }
)
"""Table -> key of the address -> its column."""
_TEXTS: Final = {
    "solutions": ("title", "organisation", "description", "outcome", "transferability", "start_year"),
    "pathways": ("title", "lead_actor", "description", "proposed_by", "year"),
}
"""Table -> columns that are searched, beside the titles of the obstacles answered."""
_CODES: Final = {
    "solutions": (("type", "solution_type"), ("status", "solution_status")),
    "pathways": (("horizon", "horizon"),),
}
_KEYS: Final = {"solutions": SOLUTION_KEYS, "pathways": PATH_KEYS}


def solutions_in_view(tables: Tables, view: ViewState, free: Collection[str] = ()) -> pd.DataFrame:
    """Return the solutions that match every filter set, in table order; filters named in ``free`` do not count."""
    return _in_view(tables, "solutions", view, free)


def paths_in_view(tables: Tables, view: ViewState, free: Collection[str] = ()) -> pd.DataFrame:
    """Return the paths forward that match every filter set, the project's own first, then in table order."""
    found = _in_view(tables, "pathways", view, free)
    return found.iloc[np.argsort(~is_own(found), kind="stable")]


def is_own(paths: pd.DataFrame) -> Bools:
    """Return which paths JOIN4ATMP itself proposes."""
    return paths["proposed_by"].fillna("").str.startswith("JOIN4ATMP").to_numpy(np.bool_)


def solution_counts(tables: Tables, view: ViewState) -> Mapping[str, Mapping[str, int]]:
    """Return filter -> option -> number of solutions it would match under the other filters, zeros included."""
    return {key: _counts(tables, "solutions", view, key) for key in COUNTED}


def path_counts(tables: Tables, view: ViewState) -> Mapping[str, Mapping[str, int]]:
    """Return filter -> option -> number of paths it would match under the other filters, zeros included."""
    return {key: _counts(tables, "pathways", view, key) for key in PATHS_COUNTED}


def _counts(tables: Tables, table: str, view: ViewState, key: str) -> Mapping[str, int]:
    found = _matching(tables, table, view, {key})
    return {code: int((found & rows).sum()) for code, rows in _carried(tables, table, key).items()}


def _in_view(tables: Tables, table: str, view: ViewState, free: Collection[str]) -> pd.DataFrame:
    return tables[table][_matching(tables, table, view, free)]


def _matching(tables: Tables, table: str, view: ViewState, free: Collection[str]) -> Bools:
    """Return which rows of a table match every filter set."""
    mask: Bools = np.ones(len(tables[table]), dtype=np.bool_)
    for key in _KEYS[table]:
        asked = getattr(view, FIELDS[key])
        if not asked or key in free:
            continue
        if key == "q":
            mask &= _searched(tables, table, view.text)
        else:
            codes = (asked,) if isinstance(asked, str) else asked
            carried = _carried(tables, table, key)
            mask &= np.logical_or.reduce([carried[code] for code in codes if code in carried], initial=False)
    return mask


def _carried(tables: Tables, table: str, key: str) -> Mapping[str, Bools]:
    """Return option of a filter -> which rows carry it, in the order of the screens."""
    return tables.kept(("carried", table, key), lambda: _found_carriers(tables, table, key))


def _found_carriers(tables: Tables, table: str, key: str) -> Mapping[str, Bools]:
    if key == "obstacle":
        pairs = tables.pairs(table, "obstacle_ids")
    elif key == "stage":
        pairs = _stage_pairs(tables, table)
    else:
        pairs = tables.pairs(table, _COLUMNS[table][key])
    found = {str(code): frozenset(rows["id"]) for code, rows in pairs.groupby("value", sort=True)}
    options, ids = dict.fromkeys([*_options(tables, key), *found]), tables[table]["id"]
    return {code: ids.isin(found.get(code, frozenset())).to_numpy(np.bool_) for code in options}


def _options(tables: Tables, key: str) -> tuple[str, ...]:
    vocabulary = {"type": "solution_type"}.get(key, key)
    return () if key in {"obstacle", "country"} else tuple(labels(tables, vocabulary))


def _stage_pairs(tables: Tables, table: str) -> pd.DataFrame:
    """Return pairs of a row and a stage: its own, and those of the obstacles it answers."""
    stages = dict(zip(tables["obstacles"]["id"], tables["obstacles"]["stage"], strict=True))
    answered = tables.pairs(table, "obstacle_ids")
    pairs = pd.concat([tables.pairs(table, "stage"), answered.assign(value=answered["value"].map(stages))])
    return pairs.dropna().drop_duplicates()


def _searched(tables: Tables, table: str, text: str) -> Bools:
    asked = folded_words(text)
    if not asked:
        return np.ones(len(tables[table]), dtype=np.bool_)
    index = tables.kept(("words of", table), lambda: WordIndex.of(_lines(tables, table)))
    return np.asarray(np.logical_and.reduce(list(index.find(asked))), dtype=np.bool_)


def _lines(tables: Tables, table: str) -> list[str]:
    """Return the text of each row that is searched."""
    frame, titles = tables[table], dict(zip(tables["obstacles"]["id"], tables["obstacles"]["title"], strict=True))
    parts = [frame[column].astype("str").fillna("") for column in _TEXTS[table]]
    parts += [frame[column].map(dict(labels(tables, vocabulary))).fillna("") for column, vocabulary in _CODES[table]]
    parts.append(frame["obstacle_ids"].fillna("").map(lambda cell: _named(cell, titles)))
    if table == "solutions":
        names = dict(zip(tables["countries"]["id"], tables["countries"]["name"], strict=True))
        parts.append(frame["countries"].fillna("").map(lambda cell: _named(cell, names)))
    return [" ".join(" ".join(words).split()) for words in zip(*parts, strict=True)]


def _named(cell: str, names: Mapping[str, str]) -> str:
    return " ".join(names.get(part, part) for part in cell.split("|"))
