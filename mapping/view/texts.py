"""What search reads: one line of text for each site, record, trial and code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mapping.tables.loading import Tables
from mapping.view.options import VOCABULARIES, column_list
from mapping.view.presence import positions

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "sites": ("name", "aliases", "city"),
        "organisations": ("name", "short_name", "networks", "work_packages"),
        "facilities": ("name", "operator", "products"),
        "trial_sites": ("facility_names",),
        "treatment_centres": ("name", "scope"),
        "trials": ("id", "other_ids", "title", "product", "condition", "sponsor"),
    }
)
"""Table -> columns that are searched."""
CODE_KEYS: Final = ("country", "class", "kind", "capability", "modality", "area", "phase", "status", "sponsor")
"""Filters whose codes are found by label and synonym, and stand for the records that carry them."""
EVERYDAY_NAMES: Final = {"CZ": "Czech Republic", "GB": "UK Great Britain England Scotland Wales", "NL": "Holland"}
"""What people type for countries that the table calls otherwise."""


@dataclass(frozen=True)
class Texts:
    """The lines searched, and which of them belong to what."""

    lines: Sequence[str]
    """One line a document."""
    blocks: Mapping[str, slice]
    """Table, or key of the address for codes -> its lines, in the order of its rows or options."""


def _products(tables: Tables) -> dict[str, str]:
    products = tables.frames.get("products")
    if products is None:
        return {}
    named = zip(column_list(products, "id"), column_list(products, "name"), column_list(products, "inn"), strict=True)
    return {product: f"{name} {inn}" for product, name, inn in named}


def _town_names(tables: Tables) -> list[str]:
    """Return what the table of places calls the town of each site: "Köln" where the table of sites says Cologne."""
    sites, places = tables.frames["sites"], tables.frames.get("places")
    if places is None:
        return [""] * len(sites)
    names = [*column_list(places, "name"), ""]
    return [names[place] for place in positions(places["id"], sites["place_id"])]


def _table_lines(tables: Tables, table: str) -> list[str]:
    """Return one line a row; a site's also has its town's other name, a treatment centre's those of its products."""
    frame = tables.frames[table]
    columns = [column_list(frame, column) for column in COLUMNS[table]]
    if table == "sites":
        columns.append(_town_names(tables))
    if table == "treatment_centres":
        named = _products(tables)
        cells = column_list(frame, "product_ids")
        columns.append([" ".join(named.get(product, "") for product in cell.split("|")) for cell in cells])
    return [" ".join(cells).replace("\n", " ") for cells in zip(*columns, strict=True)]


def _code_lines(tables: Tables, key: str, codes: Sequence[str]) -> list[str]:
    """Return one line a code: what it is called and also called."""
    if key == "country":
        countries = tables.frames.get("countries")
        names = {} if countries is None else dict(zip(countries["id"], countries["name"], strict=True))
        return [f"{names.get(code, code)} {EVERYDAY_NAMES.get(code, '')}" for code in codes]
    frame = tables.frames.get("codes")
    said: dict[str, str] = {}
    if frame is not None:
        frame = frame[frame["vocabulary"].isin(VOCABULARIES[key])]
        labels, synonyms = column_list(frame, "label"), column_list(frame, "synonyms")
        said = {code: f"{label} {also}" for code, label, also in zip(frame["code"], labels, synonyms, strict=True)}
    return [f"{code} {said.get(code, '')}".replace("\n", " ") for code in codes]


def texts_of(tables: Tables, options: Mapping[str, Sequence[str]]) -> Texts:
    """Return the texts of everything that can be found; a table that is not there has none."""
    lines: list[str] = []
    blocks: dict[str, slice] = {}
    for name in (*(table for table in COLUMNS if table in tables.frames), *CODE_KEYS):
        more = _code_lines(tables, name, options[name]) if name in CODE_KEYS else _table_lines(tables, name)
        blocks[name] = slice(len(lines), len(lines) + len(more))
        lines.extend(more)
    return Texts(lines, MappingProxyType(blocks))
