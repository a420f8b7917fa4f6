"""The description of the data folder for other people's software: a Frictionless Data Package.

Columns are described once, in the schemas; this turns that into JSON, with the fingerprint of each file.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mapping.errors import BuildError
from mapping.tables.checking import check_folder
from mapping.tables.edition import read_edition
from mapping.tables.files import GEOMETRY_FILES, PACKAGE_FILE, TABLE_FILES, content_of, fingerprint
from mapping.tables.reading import read_rows
from mapping.tables.schemas import SCHEMAS, column_names

NO_CODES: Mapping[str, list[str]] = MappingProxyType({})
"""For descriptions that need not list the codes."""
FIELD_TYPES = {"float64": "number", "Int64": "integer"}
"""Frictionless type of a pandas dtype; any other is a string."""


def write_package(folder: Path) -> None:
    """Write `datapackage.json` for the files that are in the data folder now; they have to be without fault.

    Loading trusts every file whose fingerprint stands in the description, so a faulty one must not get there.

    Raises
    ------
    BuildError
        Names every fault of the folder; the description is then left as it was.
    """
    found = check_folder(folder)
    if found:
        told = [f"{file}:{fault}" for file, faults in found.items() for fault in faults]
        raise BuildError("\n".join(told))
    text = json.dumps(describe(folder), ensure_ascii=False, indent=1) + "\n"
    (folder / PACKAGE_FILE).write_text(text, encoding="utf-8", newline="\n")


def describe(folder: Path) -> dict[str, Any]:
    """Return the description of the files in the data folder, ready for JSON."""
    edition = read_edition(folder)
    vocabularies = codes_by_vocabulary(_content(folder, TABLE_FILES["codes"]))
    tables = [_table_resource(folder, name, vocabularies) for name in TABLE_FILES]
    told = {**edition, "citation": package_citation(edition)}
    return {"profile": "data-package", **told, "resources": [*tables, *_geometry_resources(folder)]}


def package_citation(edition: Mapping[str, Any]) -> str:
    """Return how to cite the data as a whole, from what the edition says of them."""
    makers = ", ".join(str(maker["title"]) for maker in edition.get("contributors", ()))
    licences = ", ".join(str(licence["name"]) for licence in edition.get("licenses", ()))
    return f"{makers}. {edition['title']}, data version {edition['version']}. {licences}."


def codes_by_vocabulary(content: bytes) -> dict[str, list[str]]:
    """Return the codes of each vocabulary, in the order of the file."""
    sheet = read_rows(content)
    found: dict[str, list[str]] = {}
    for cells in sheet.rows:
        row = dict(zip(sheet.header, cells, strict=False))
        found.setdefault(row.get("vocabulary", ""), []).append(row.get("code", ""))
    return found


def _table_resource(folder: Path, name: str, vocabularies: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return the description of one table."""
    schema = SCHEMAS[name].to_schema()
    content = _content(folder, TABLE_FILES[name])
    return {
        "name": name,
        "profile": "tabular-data-resource",
        "title": name.replace("_", " ").capitalize(),
        "description": " ".join((SCHEMAS[name].__doc__ or "").split()),
        **_file_facts(TABLE_FILES[name], content, "csv", "text/csv"),
        "rows": len(read_rows(content).rows),
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": described_fields(name, vocabularies),
            "missingValues": [""],
            "primaryKey": "id" if "id" in schema.columns else ["vocabulary", "code"],
            "foreignKeys": _foreign_keys(name),
        },
    }


def described_fields(name: str, vocabularies: Mapping[str, list[str]] = NO_CODES) -> list[dict[str, Any]]:
    """Return the descriptions of the columns of one table, in the order of its file."""
    schema = SCHEMAS[name].to_schema()
    return [_field(schema.columns[column], vocabularies) for column in column_names(name)]


def _field(column: Any, vocabularies: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return the description of one column; what Frictionless has no word for stands under names of our own."""
    told = column.metadata or {}
    field = {
        "name": column.name,
        "type": FIELD_TYPES.get(str(column.dtype), "string"),
        "title": column.title,
        "description": column.description,
        "constraints": _constraints(column, vocabularies),
    }
    ours = {
        "unit": told.get("unit"),
        "separator": "|" if told.get("many") else None,
        "vocabulary": told.get("vocabulary") or told.get("or_vocabulary"),
        "references": told.get("references"),
    }
    return field | {name: value for name, value in ours.items() if value}


def _constraints(column: Any, vocabularies: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return what a cell of the column may hold, as far as Frictionless can say it."""
    told = column.metadata or {}
    rules = {name: value for check in column.checks for name, value in check.statistics.items()}
    constraints: dict[str, Any] = {"required": not column.nullable}
    if column.unique:
        constraints["unique"] = True
    if "pattern" in rules:
        pattern = rules["pattern"]
        constraints["pattern"] = pattern if isinstance(pattern, str) else pattern.pattern
    if "min_value" in rules:
        constraints["minimum"] = rules["min_value"]
    if "max_value" in rules:
        constraints["maximum"] = rules["max_value"]
    if told.get("vocabulary") and not told.get("many"):
        constraints["enum"] = vocabularies.get(told["vocabulary"], [])
    return constraints


def _foreign_keys(name: str) -> list[dict[str, Any]]:
    """Return the links to other tables; lists have none in Frictionless, their fields say `references`."""
    told = {column.name: column.metadata or {} for column in SCHEMAS[name].to_schema().columns.values()}
    return [
        {"fields": column, "reference": {"resource": told[column]["references"], "fields": "id"}}
        for column in column_names(name)
        if told[column].get("references") and not told[column].get("many")
    ]


def _geometry_resources(folder: Path) -> list[dict[str, Any]]:
    """Return the descriptions of the outlines."""
    return [
        {
            "name": f"geo-{name}",
            "profile": "data-resource",
            "title": f"Outlines of {name}",
            "description": f"Outlines of {name}, WGS 84 (Natural Earth, public domain, adapted)",
            **_file_facts(file, _content(folder, file), "geojson", "application/geo+json"),
        }
        for name, file in GEOMETRY_FILES.items()
    ]


def _file_facts(file: str, content: bytes, form: str, media: str) -> dict[str, Any]:
    """Return where a file is, what it is, how long, and its fingerprint."""
    return {
        "path": file,
        "format": form,
        "mediatype": media,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": fingerprint(content),
    }


def _content(folder: Path, file: str) -> bytes:
    """Return the bytes of a file that has to be there."""
    content = content_of(folder, file)
    if content is None:
        message = f"{file} is missing from the data folder, so it cannot be described"
        raise BuildError(message)
    return content
