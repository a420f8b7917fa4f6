"""Saved answers of a registry: one file, or a folder of pages, as JSON or JSON lines."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from mapping.errors import SourceError

ENDINGS: Final = (".json", ".jsonl", ".ndjson")
LARGEST_FILE: Final = 512 * 1024 * 1024
"""Bytes; a thousand full records are about 30 MB, and a larger file would not fit in the memory of a laptop."""
BOOKKEEPING: Final = "download-state.json"
"""The client's own note of how far a download came; not an answer."""


def saved_answers(source: Path) -> Iterator[tuple[str, Any]]:
    """Yield the name and the content of each saved answer, in the order of the names.

    Raises
    ------
    SourceError
        There is no such file, the folder holds none, or one is not JSON; the message is one line.
    """
    if source.is_dir():
        files = sorted(
            path for path in source.rglob("*") if path.suffix.lower() in ENDINGS and path.name != BOOKKEEPING
        )
        if not files:
            raise SourceError(f"{source}: the folder holds no JSON file")
        for path in files:
            yield from _answers(path, path.relative_to(source).as_posix())
        return
    yield from _answers(source, source.name)


def _answers(path: Path, name: str) -> Iterator[tuple[str, Any]]:
    """Yield the content of one file; of JSON lines, one a line."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise SourceError(f"{name}: larger than {LARGEST_FILE // 1024**2} MB; split it into pages")
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror})") from error
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        for number, line in enumerate(content.splitlines(), start=1):
            if line.strip():
                yield f"{name}, line {number}", parsed(line, f"{name}, line {number}")
        return
    yield name, parsed(content, name)


def parsed(content: bytes, name: str) -> Any:
    """Return JSON read from bytes, or say in one line that it is none."""
    if not content.strip():
        raise SourceError(f"{name}: the file is empty")
    try:
        return json.loads(content)
    except UnicodeDecodeError as error:
        raise SourceError(f"{name}: not JSON; it is not text in UTF-8") from error
    except json.JSONDecodeError as error:
        raise SourceError(f"{name}: not JSON, or cut short (line {error.lineno}, column {error.colno})") from error
    except (RecursionError, ValueError) as error:
        raise SourceError(
            f"{name}: not JSON that can be read; it is nested too deep or holds an endless number"
        ) from error
