"""The releases of the data: what was published under a version stays what it was.

A release is a folder of its own under ``releases/`` in the data folder: ``release.json`` says of each file where its
compressed copy lies and what its fingerprint is. A file that did not change since an earlier release is stored once,
there. A release opens like any data folder, see :class:`ReleasedFolder`.
"""

import gzip
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mapping.errors import ReleaseError
from mapping.tables.files import PACKAGE_FILE, TABLE_FILES, combined, fingerprint

RELEASES: Final = "releases"
"""Folder of the releases, from the data folder."""
MANIFEST: Final = "release.json"
CHANGES_FILE: Final = "changes.json"
"""Every row that a release added, changed or removed, beside its description."""
VERSION: Final = re.compile(r"(\d{4})\.([1-9]|1[0-2])\.(0|[1-9]\d{0,2})")
"""A calendar version: year, month, and a number that counts up inside the month."""
CHANGED: Final = "-changed."
"""Between the version a folder came from and the fingerprint of what it is now: ``2026.11.0-changed.3f2a91c0``."""
BUILD: Final = re.compile(r"-[0-9a-z]{1,16}$")
"""What an address of the map adds to the version: the build of the code that makes its rows."""


@dataclass(frozen=True)
class StoredFile:
    """One file of a release."""

    stored: str
    """Where its compressed copy lies, from the folder of the releases; an earlier release where it did not change."""
    fingerprint: str
    """Of the file before it was compressed."""
    rows: int | None = None
    """Rows of a table; None for what is no table."""


@dataclass(frozen=True)
class Release:
    """What a release says about itself."""

    version: str
    created: str
    """Day of the release, YYYY-MM-DD."""
    previous: str
    """Version of the release before; empty for the first."""
    notes: str
    """What its makers say about it."""
    files: Mapping[str, StoredFile]
    """Path in the data folder -> file."""
    changes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Table -> number of rows added, changed, removed, read again; tables without a change are left out."""
    text: str = ""
    """The change log of this release as people read it, in English."""

    @property
    def fingerprint(self) -> str:
        """Return what changes when any table or outline does."""
        return combined({file: stored.fingerprint for file, stored in self.files.items() if file != PACKAGE_FILE})

    @property
    def rows(self) -> dict[str, int]:
        """Return the number of rows of each table."""
        names = {file: name for name, file in TABLE_FILES.items()}
        return {names[file]: stored.rows for file, stored in self.files.items() if stored.rows is not None}


@dataclass(frozen=True)
class ReleasedFile:
    """One file of a release, read as if it lay in a data folder."""

    path: Path
    fingerprint: str

    def read_bytes(self) -> bytes:
        """Return the bytes as they were released.

        Raises
        ------
        ReleaseError
            They are not what was released.
        """
        try:
            content = gzip.decompress(self.path.read_bytes())
        except (OSError, EOFError, ValueError) as error:
            raise ReleaseError(f"{self.path.name} of the release cannot be read ({error})") from error
        if fingerprint(content) != self.fingerprint:
            raise ReleaseError(f"{self.path.name} is not the file that was released; restore it from version control")
        return content


@dataclass(frozen=True)
class ReleasedFolder:
    """A release as a data folder: ``folder / "sites.csv"`` is its file."""

    root: Path
    """The folder of all releases."""
    release: Release

    def __truediv__(self, file: str) -> ReleasedFile:
        """Return a file of the release; one it does not have raises FileNotFoundError, as a folder would on reading."""
        if file not in self.release.files:
            raise FileNotFoundError(file)
        stored = self.release.files[file]
        return ReleasedFile(self.root / stored.stored, stored.fingerprint)


def order(version: str) -> tuple[int, ...]:
    """Return the key that sorts calendar versions by time."""
    return tuple(int(part) for part in version.split("."))


def releases(folder: Path) -> tuple[Release, ...]:
    """Return the releases of a data folder, the newest first; what is half written or no release is left out."""
    found = [path for path in (folder / RELEASES).glob(f"*/{MANIFEST}") if VERSION.fullmatch(path.parent.name)]
    return tuple(sorted(map(_read, found), key=lambda release: order(release.version), reverse=True))


def released_folder(folder: Path, version: str) -> ReleasedFolder:
    """Return the folder of one release.

    Raises
    ------
    ReleaseError
        There is no release of that version.
    """
    path = folder / RELEASES / version / MANIFEST
    if not VERSION.fullmatch(version) or not path.is_file():
        raise ReleaseError(f"there is no release {version}")
    return ReleasedFolder(folder / RELEASES, _read(path))


def plain_version(asked: str) -> str:
    """Return the version that an address asks for, without the build of the map's rows behind it."""
    return BUILD.sub("", asked)


def told_version(folder: Path, version: str, found: str) -> str:
    """Return the version of the data in a folder.

    Parameters
    ----------
    folder : Path
        The data folder.
    version : str
        What its description says.
    found : str
        Fingerprint of the files that are there.

    Returns
    -------
    str
        The version of the newest release where the files are those of that release; else what the description says,
        and, where something was released before, that it was changed since and the fingerprint of what it is now.
    """
    known = releases(folder)
    if not known:
        return version
    newest = known[0]
    return newest.version if newest.fingerprint == found else f"{version}{CHANGED}{found[:8]}"


def _read(path: Path) -> Release:
    """Return what the description of a release says."""
    try:
        told = json.loads(path.read_bytes())
        files = {
            entry["path"]: StoredFile(entry["stored"], entry["hash"], entry.get("rows")) for entry in told["files"]
        }
        fields = {name: str(told[name]) for name in ("version", "created", "previous", "notes", "text")}
        return Release(files=files, changes=told["changes"], **fields)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReleaseError(f"the description of the release {path.parent.name} cannot be read ({error!r})") from error
