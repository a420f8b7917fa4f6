"""What a request asks of a table, read from its query and turned into the rows it keeps."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from starlette.datastructures import QueryParams

from mapping.api.catalogue import Catalogue, Shown
from mapping.api.problems import bad_value, nearest, unknown_column
from mapping.exports.listing import Mask
from mapping.tables.kinds import Column
from mapping.tables.loading import Tables
from mapping.view.folding import fold

RESERVED: Final = ("q", "limit", "offset", "v")
"""Keys that are no columns: text to find, rows at most, rows left out at the start, and the version asked for."""
WHOLE_NUMBER: Final = re.compile(r"\d{1,12}")
TRUTHS: Final = {"true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}


@dataclass(frozen=True)
class TableQuery:
    """What to keep of a table."""

    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Columns with the values that are kept; an empty value keeps rows with nothing there."""
    texts: tuple[str, ...] = ()
    """Folded texts; a row is kept that has any of them."""
    limit: int | None = None
    offset: int = 0

    @property
    def is_bare(self) -> bool:
        """Return whether the whole table is asked for."""
        return self == TableQuery()


def read_table_query(params: QueryParams, shown: Shown, catalogue: Catalogue) -> TableQuery:
    """Return what a request asks of a table.

    Raises
    ------
    ApiError
        A key is no column, or a value cannot stand in its column.
    """
    filters = {}
    for key in dict.fromkeys(key for key, _ in params.multi_items()):
        if key in RESERVED:
            continue
        if key not in shown.listing.columns:
            raise unknown_column(key, shown.listing.name, [*shown.listing.columns, *RESERVED])
        filters[key] = tuple(dict.fromkeys(params.getlist(key)))
        _check_values(key, filters[key], shown, catalogue)
    texts = tuple(folded for text in params.getlist("q") if (folded := fold(text).strip()))
    limit, offset = whole_number(params, "limit"), whole_number(params, "offset")
    return TableQuery(tuple(filters.items()), texts, limit, offset or 0)


def rows_kept(query: TableQuery, shown: Shown) -> tuple[Mask | None, int]:
    """Return the rows to write (None for all), and how many there are before limit and offset."""
    if query.is_bare:
        return None, len(shown.listing.frame)
    mask = np.ones(len(shown.listing.frame), dtype=bool)
    for column, values in query.filters:
        mask &= _column_mask(column, values, shown)
    if query.texts:
        mask &= np.fromiter((any(text in row for text in query.texts) for row in shown.folded), bool, len(mask))
    positions = np.flatnonzero(mask)
    end = len(positions) if query.limit is None else query.offset + query.limit
    window = np.zeros(len(mask), dtype=bool)
    window[positions[query.offset : end]] = True
    return window, len(positions)


def whole_number(params: QueryParams, key: str) -> int | None:
    """Return a whole number of the query; None where it is not given."""
    values = params.getlist(key)
    if not values:
        return None
    if len(set(values)) > 1:
        raise bad_value(key, ", ".join(values), "is given more than once", "Give it once.")
    if not WHOLE_NUMBER.fullmatch(values[0], 0) or not values[0].isascii():
        raise bad_value(key, values[0], "is not a whole number from 0", f"Write for example {key}=100.")
    return int(values[0])


def _check_values(name: str, values: Sequence[str], shown: Shown, catalogue: Catalogue) -> None:
    """Raise an error where a value cannot stand in a column, so that a slip is not taken for an empty answer."""
    kind = shown.listing.kinds[name]
    for value in values:
        if value == "":
            continue
        if kind == "number" and _finite(value) is None:
            raise bad_value(name, value, "is not a number", "Write digits with a point, such as 52.52.")
        if kind == "truth" and value.lower() not in TRUTHS:
            raise bad_value(name, value, "is neither true nor false", "Write true or false.")
        known = known_codes(shown.columns[name], catalogue.tables)
        if known and value not in known and not _column_mask(name, (value,), shown).any():
            raise bad_value(name, value, "is not one of the known codes", code_hint(value, known))


def known_codes(column: Column, tables: Tables) -> Mapping[str, str]:
    """Return code -> label of what may stand in a column of codes or countries; nothing where that is open."""
    known: dict[str, str] = {}
    codes, countries = tables.frames.get("codes"), tables.frames.get("countries")
    if column.vocabulary and codes is not None:
        ours = codes[codes["vocabulary"] == column.vocabulary]
        known |= dict(zip(ours["code"], ours["label"], strict=True))
    if column.references == "countries":
        known = {} if countries is None else known | dict(zip(countries["id"], countries["name"], strict=True))
    return known


def code_hint(value: str, known: Mapping[str, str]) -> str:
    """Return the code that is nearest, by itself or by its label, or all codes where none is near."""
    by_label = {label: code for code, label in known.items()}
    near = nearest(value, known) or by_label.get(nearest(value, by_label) or "")
    return f"Did you mean '{near}'?" if near else "Codes: " + ", ".join(known) + "."


def _finite(text: str) -> float | None:
    """Return the number a text stands for, or None where it stands for none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and text.isascii() and "_" not in text else None


def _column_mask(column: str, values: Sequence[str], shown: Shown) -> Mask:
    """Return the rows whose cell is one of the values; for a list, that hold one of them; an empty value, nothing."""
    listing = shown.listing
    cells, given = listing.frame[column], [value for value in values if value != ""]
    if listing.kinds[column] == "list":
        mask = np.zeros(len(cells), dtype=bool)
        for value in given:
            mask[shown.elements[column].get(value, [])] = True
    elif listing.kinds[column] == "number":
        mask = cells.astype("Float64").isin([float(value) for value in given]).to_numpy(bool)
    elif listing.kinds[column] == "truth":
        mask = cells.isin([TRUTHS[value.lower()] for value in given]).to_numpy(bool)
    else:
        mask = cells.isin(given).to_numpy(bool)
    return mask | cells.isna().to_numpy() if len(given) < len(values) else mask
