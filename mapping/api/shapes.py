"""What each column of each table holds: read from the package description, where everybody else reads it too."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mapping.tables.loading import read_package


@dataclass(frozen=True)
class ColumnShape:
    """What one column holds, apart from its type."""

    title: str = ""
    description: str = ""
    unit: str = ""
    many: bool = False
    """Whether a cell is a list."""
    vocabulary: str = ""
    """Vocabulary of ``codes`` that closes the column; empty where none does."""
    references: str = ""
    """Table whose ids the column holds; empty where it holds none."""


Shapes = Mapping[str, Mapping[str, ColumnShape]]
"""Table -> column -> what it holds."""


def read_shapes(folder: Path) -> Shapes:
    """Return the shapes of all tables of a data folder; where its description cannot be read, those of the schemas."""
    resources = read_package(folder).get("resources", ())
    tables = [resource for resource in resources if "schema" in resource]
    if not tables:
        return _from_schemas()
    return {
        table["name"]: {field["name"]: _described(field) for field in table["schema"]["fields"]} for table in tables
    }


def _described(field: Mapping[str, Any]) -> ColumnShape:
    """Return the shape of a field of the package description."""
    return ColumnShape(
        title=field.get("title") or "",
        description=field.get("description") or "",
        unit=field.get("unit") or "",
        many=bool(field.get("separator")),
        vocabulary=field.get("vocabulary") or "",
        references=field.get("references") or "",
    )


def _from_schemas() -> Shapes:
    """Return the shapes that the schemas state; they are imported only here, for that is slow."""
    from mapping.tables.schemas import SCHEMAS

    shapes = {}
    for name, model in SCHEMAS.items():
        columns = model.to_schema().columns
        shapes[name] = {
            str(key): _described(
                {
                    "title": column.title,
                    "description": column.description,
                    "unit": (column.metadata or {}).get("unit"),
                    "separator": (column.metadata or {}).get("many"),
                    "vocabulary": (column.metadata or {}).get("vocabulary"),
                    "references": (column.metadata or {}).get("references"),
                }
            )
            for key, column in columns.items()
        }
    return shapes
