"""The features in the files of outlines, or what keeps them from being read."""

import json
from pathlib import Path
from typing import Any

from mapping.errors import Fault, TableError
from mapping.tables.files import GEOMETRY_FILES, Folder, content_of

MENDING = "restore the file from the repository"


def missing_outlines() -> Fault:
    """Return the fault of outlines without a file."""
    return Fault(0, "", "", "the file is missing", MENDING)


def features_of(folder: Folder, name: str) -> list[dict[str, Any]]:
    """Return the features of one set of outlines, countries, regions or lakes.

    Raises
    ------
    TableError
        The file is missing, or is no GeoJSON of outlines.
    """
    file = GEOMETRY_FILES[name]
    return read_features(content_of(folder, file), file)


def features_in(path: Path) -> list[dict[str, Any]]:
    """Return the features of a file of outlines by its path; raises as :func:`features_of` does."""
    return read_features(content_of(path.parent, path.name), f"{path.parent.name}/{path.name}")


def read_features(content: bytes | None, file: str) -> list[dict[str, Any]]:
    """Return the features in the bytes of a file; None is a file that is not there. Raises as the others do."""
    if content is None:
        raise TableError(file, (missing_outlines(),))
    try:
        features: list[dict[str, Any]] = json.loads(content)["features"]
        if not all(isinstance(each[part], dict) for each in features for part in ("properties", "geometry")):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise TableError(file, (Fault(0, "", "", "the file is not GeoJSON as we write it", MENDING),)) from error
    return features
