"""A folder of saved answers that knows how far it came, so that a broken download goes on where it stopped."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mapping.importers.saved_files import BOOKKEEPING


@dataclass
class Download:
    """One download into a folder."""

    folder: Path
    asked: Mapping[str, Any]
    """What was asked for; a folder that holds answers to something else is begun anew."""
    state: dict[str, Any]
    """How far it came."""

    @classmethod
    def open(cls, folder: Path, asked: Mapping[str, Any], day: str) -> "Download":
        """Return the unfinished download of a folder if it asked the same, else an empty one."""
        folder.mkdir(parents=True, exist_ok=True)
        state = _state_in(folder)
        if state is None or state.get("asked") != fingerprint(asked) or state.get("is_done"):
            for old in folder.glob("*.json"):
                old.unlink()
            state = {"asked": fingerprint(asked), "query": dict(asked), "day": day, "is_done": False}
        download = cls(folder, asked, state)
        download.note()
        return download

    def has(self, name: str) -> bool:
        """Tell whether an answer was saved before."""
        return (self.folder / name).exists()

    def save(self, name: str, content: bytes, **reached: Any) -> None:
        """Save an answer, then note how far the download came."""
        _replace(self.folder / name, content)
        self.note(**reached)

    def note(self, **reached: Any) -> None:
        """Write down how far the download came."""
        self.state.update(reached)
        _replace(self.folder / BOOKKEEPING, json.dumps(self.state, indent=1, sort_keys=True).encode())


def fingerprint(asked: Mapping[str, Any]) -> str:
    """Return what tells one query from another."""
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def downloaded_day(folder: Path) -> str:
    """Return the day on which a folder's answers were fetched; empty where it does not say."""
    state = _state_in(folder) if folder.is_dir() else None
    return str(state.get("day", "")) if state else ""


def _state_in(folder: Path) -> dict[str, Any] | None:
    """Return the note in a folder, or nothing where there is none that can be read."""
    try:
        state = json.loads((folder / BOOKKEEPING).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return state if isinstance(state, dict) else None


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(content)
    partial.replace(path)
