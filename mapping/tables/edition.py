"""What the data say of themselves as a whole: ``edition.toml``, by hand, and ``datapackage.json``, written from it."""

import json
import tomllib
from pathlib import Path
from typing import Any

from mapping.errors import BuildError, Fault
from mapping.tables.files import PACKAGE_FILE, Folder, content_of

EDITION_FILE = "edition.toml"
"""Version, date, title and makers of the data, by hand."""


def read_package(folder: Folder) -> dict[str, Any]:
    """Return the package description of a data folder; an empty one where none can be read."""
    try:
        package = json.loads(content_of(folder, PACKAGE_FILE) or b"{}")
    except (ValueError, RecursionError):
        return {}
    return package if isinstance(package, dict) else {}


def check_description(folder: Path) -> dict[str, tuple[Fault, ...]]:
    """Return what is wrong with the files that tell of the data as a whole, by file; nothing where they can be read."""
    found: dict[str, tuple[Fault, ...]] = {}
    if "version" not in read_package(folder):
        rule = "the file is missing, or is not JSON with a version"
        found[PACKAGE_FILE] = (Fault(0, "", "", rule, "write it with `python -m mapping describe`"),)
    try:
        read_edition(folder)
    except BuildError as error:
        found[EDITION_FILE] = (Fault(0, "", "", str(error), "restore it from the repository"),)
    return found


def read_edition(folder: Path) -> dict[str, Any]:
    """Return what the edition of a data folder says of it: version, date, title, makers.

    Raises
    ------
    BuildError
        There is none, it is not TOML, or it lacks title or version.
    """
    content = content_of(folder, EDITION_FILE)
    if content is None:
        raise BuildError(f"{EDITION_FILE} is missing")
    try:
        edition = tomllib.loads(content.decode("utf-8"))
    except ValueError as error:
        raise BuildError(f"{EDITION_FILE} is not TOML: {error}") from error
    if lacking := [key for key in ("title", "version") if not isinstance(edition.get(key), str)]:
        raise BuildError(f"{EDITION_FILE} lacks {' and '.join(lacking)}")
    return edition
