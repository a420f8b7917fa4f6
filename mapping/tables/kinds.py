"""What a column holds, as a reader of its description sees it, and the pandas types of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
"""The dtype of every column of words: pandas' own `str`, null as NaN."""


@dataclass(frozen=True)
class Column:
    """One column of a table, in words and kinds."""

    name: str
    """Name in the file."""
    kind: str
    """string, number or integer."""
    title: str
    """Heading, in English."""
    description: str
    """What it says, in one line."""
    required: bool
    """Whether no cell may be empty."""
    unit: str | None
    """Unit of its numbers."""
    is_list: bool
    """Whether a cell holds a list; see `Tables.pairs`."""
    vocabulary: str | None
    """Vocabulary of codes.csv that its codes are from; for ids of countries, further codes that are let in."""
    references: str | None
    """Table whose ids it holds."""


def described_columns(package: Mapping[str, Any]) -> Mapping[str, tuple[Column, ...]]:
    """Return the columns of each table that a data package describes; a KeyError or TypeError where it does not."""
    return MappingProxyType(
        {
            resource["name"]: tuple(_column(told) for told in resource["schema"]["fields"])
            for resource in package["resources"]
            if "schema" in resource
        }
    )


def _column(told: Mapping[str, Any]) -> Column:
    """Return one column from its description."""
    return Column(
        name=told["name"],
        kind=told["type"],
        title=told["title"],
        description=told["description"],
        required=told["constraints"]["required"],
        unit=told.get("unit"),
        is_list="separator" in told,
        vocabulary=told.get("vocabulary"),
        references=told.get("references"),
    )
