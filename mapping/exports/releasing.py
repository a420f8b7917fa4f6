"""``python -m mapping release``: the data of today, checked, numbered and kept as they are.

A release is written into a folder beside its place and moved there in one step, so a process that is killed leaves
either all of it or nothing that counts. The version is stamped into the data folder only after that; the tables of a
killed process are known as that release all the same, by their fingerprint.
"""

import gzip
import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from mapping.analysis.release_words import release_text
from mapping.errors import ReleaseError
from mapping.exports.citing import citation_file
from mapping.tables.checking import check_folder
from mapping.tables.differences import TableDifference, as_json, differences
from mapping.tables.edition import EDITION_FILE
from mapping.tables.files import GEOMETRY_FILES, PACKAGE_FILE, TABLE_FILES, combined, content_of, fingerprint
from mapping.tables.loading import Tables, load_tables
from mapping.tables.package import describe, package_citation
from mapping.tables.releases import CHANGES_FILE, MANIFEST, RELEASES, VERSION, Release, order, released_folder, releases
from mapping.words import Words

TEXT_FILE: Final = "CHANGES.txt"
CITATION_FILE: Final = "CITATION.cff"
"""Beside the data folder; where it is there, a release writes its version into it."""
MAKING: Final = ".making"
"""Folder beside the releases in which one is made."""


def release(folder: Path, version: str, notes: str, day: str) -> Release | None:
    """Release the data of a folder.

    Parameters
    ----------
    folder : Path
        The data folder.
    version : str
        Calendar version such as 2026.12.0; empty for the next one of the month.
    notes : str
        What its makers say about it.
    day : str
        Day of the release, YYYY-MM-DD.

    Returns
    -------
    Release or None
        What was released; None where nothing changed since the newest release.

    Raises
    ------
    ReleaseError
        The data have faults (all are named), or the version is none, is not newer, or is there already.
    """
    _refuse_faults(folder)
    known = releases(folder)
    contents = {file: content_of(folder, file) or b"" for file in (*TABLE_FILES.values(), *GEOMETRY_FILES.values())}
    prints = {file: fingerprint(content) for file, content in contents.items()}
    if known and known[0].fingerprint == combined(prints):
        _stamp(folder, known[0].version, known[0].created)
        return None
    number = _allowed(version or next_version(known, day), known)
    package = _numbered(describe(folder), number, day)
    now = load_tables(folder)
    found = differences(load_tables(released_folder(folder, known[0].version)), now) if known else ()
    contents[PACKAGE_FILE] = _json(package)
    told = _description(number, day, known, notes, found, now)
    _write(folder / RELEASES, number, contents, {**told, "files": _files(number, contents, package, known)}, found)
    _stamp(folder, number, day)
    return releases(folder)[0]


def next_version(known: tuple[Release, ...], day: str) -> str:
    """Return the first version of a month, or the one after the newest of it."""
    year, month, _ = (int(part) for part in day.split("-"))
    numbers = [order(each.version)[2] for each in known if order(each.version)[:2] == (year, month)]
    return f"{year}.{month}.{max(numbers, default=-1) + 1}"


def _numbered(package: dict[str, Any], version: str, day: str) -> dict[str, Any]:
    """Return the description of the data with the version and the day of a release."""
    numbered = {**package, "version": version, "created": f"{day}T00:00:00Z"}
    return {**numbered, "citation": package_citation(numbered)}


def _refuse_faults(folder: Path) -> None:
    """Raise an error that names every fault of a data folder, if there is one."""
    found = check_folder(folder)
    if found:
        told = [f"{folder / file}:{fault}" for file, faults in found.items() for fault in faults]
        raise ReleaseError("\n".join([*told, "nothing was released: mend the data first"]))


def _allowed(version: str, known: tuple[Release, ...]) -> str:
    """Return the version, or raise an error where it cannot be released."""
    if not VERSION.fullmatch(version):
        raise ReleaseError(f"{version} is not a calendar version; write year.month.number, such as 2026.12.0")
    if known and order(version) <= order(known[0].version):
        raise ReleaseError(f"{version} is not newer than {known[0].version}, and a release is never overwritten")
    return version


def _description(
    version: str,
    day: str,
    known: tuple[Release, ...],
    notes: str,
    found: tuple[TableDifference, ...],
    now: Tables,
) -> dict[str, Any]:
    """Return what a release says about itself, its files left out."""
    return {
        "version": version,
        "created": day,
        "previous": known[0].version if known else "",
        "notes": notes.strip(),
        "text": release_text(version, found, now, Words(), notes),
        "changes": {difference.table: difference.counts for difference in found},
    }


def _files(
    version: str, contents: Mapping[str, bytes], package: Mapping[str, Any], known: tuple[Release, ...]
) -> list[dict[str, Any]]:
    """Return where each file is stored: here, or in an earlier release that has the same."""
    stored = {each.fingerprint: each.stored for old in reversed(known) for each in old.files.values()}
    rows = {resource["path"]: resource.get("rows") for resource in package["resources"]}
    told = []
    for file, content in contents.items():
        found = fingerprint(content)
        entry = {
            "path": file,
            "stored": stored.get(found, f"{version}/{file}.gz"),
            "hash": found,
            "rows": rows.get(file),
        }
        told.append({name: value for name, value in entry.items() if value is not None})
    return told


def _write(
    root: Path, version: str, contents: Mapping[str, bytes], told: dict[str, Any], found: tuple[TableDifference, ...]
) -> None:
    """Write a release beside its place and move it there."""
    making = root / f"{MAKING}-{version}"
    shutil.rmtree(making, ignore_errors=True)  # what a killed process left
    for entry in told["files"]:
        if entry["stored"].startswith(f"{version}/"):
            packed = gzip.compress(contents[entry["path"]], compresslevel=9, mtime=0)
            _put(making / entry["stored"].removeprefix(f"{version}/"), packed)
    _put(making / CHANGES_FILE, _json(as_json(found)))
    _put(making / TEXT_FILE, told["text"].encode())
    _put(making / MANIFEST, _json(told))
    try:
        making.rename(root / version)
    except OSError as error:
        raise ReleaseError(f"the release {version} is there already, and is never overwritten") from error


def _stamp(folder: Path, version: str, day: str) -> None:
    """Write version and day into the edition and the description of a data folder, each in one step."""
    edition = (folder / EDITION_FILE).read_text(encoding="utf-8")
    stamped = re.sub(r'(?m)^version = ".*"$', f'version = "{version}"', edition, count=1)
    stamped = re.sub(r'(?m)^created = ".*"$', f'created = "{day}T00:00:00Z"', stamped, count=1)
    if stamped != edition:
        _replace(folder / EDITION_FILE, stamped.encode())
    cited = folder.parent / CITATION_FILE
    if cited.is_file():
        _replace(cited, citation_file(version, load_tables(folder).released).encode())
    package = _json(describe(folder))
    if package != content_of(folder, PACKAGE_FILE):
        _replace(folder / PACKAGE_FILE, package)


def _replace(path: Path, content: bytes) -> None:
    """Exchange a file for another in one step."""
    beside = path.with_name(f".{path.name}{MAKING}")
    _put(beside, content)
    beside.replace(path)


def _put(path: Path, content: bytes) -> None:
    """Write a file and wait until the disk has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _json(value: Any) -> bytes:
    """Return JSON as the data folder writes it."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
