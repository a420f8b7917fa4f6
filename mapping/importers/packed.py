"""Workbooks are archives: looked through before anything is unpacked for good.

Each part is unpacked in pieces and counted, so a bomb is met by its size and not by what its directory claims. Each XML
part is walked once without building anything: entities are refused, the extent of the cells and their formulas noted.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from mapping.errors import SourceError
from mapping.importers.limits import (
    LARGEST_UNPACKED,
    LONGEST_TOKEN,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_PACKED,
    MOST_PARTS,
    MOST_ROWS,
    PACKED_FREELY,
)

PIECE: Final = 256 * 1024
REFUSED_PARTS: Mapping[str, str] = {
    r"vbaProject\.bin$|^Basic/|^Scripts/|macrosheets?/": "it holds macros; save it without them",
    r"externalLinks?/|connections\.xml$|queryTables?/": "it links to other files; break the links and save it again",
    r"embeddings/|activeX/|oleObject|^Object \d": "it holds embedded objects; remove them",
}
"""Parts that no table of ours needs -> why the file is refused."""


@dataclass
class Extent:
    """What one walk through a sheet's XML finds."""

    rows: int = 0
    """Last row with a filled cell."""
    columns: int = 0
    """Last column with a filled cell."""
    filled: int = 0
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    """Row and column, counted from 1 -> formula as text."""

    def note(self, row: int, column: int, times: int = 1) -> None:
        """Note a filled cell."""
        if row > self.rows:
            self.rows = row
        if column > self.columns:
            self.columns = column
        self.filled += times


def open_archive(name: str, content: bytes) -> zipfile.ZipFile:
    """Return an archive that may be unpacked, refused where its directory alone shows that it may not."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SourceError(f"{name}: the file is damaged or cut short; save it again") from error
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise SourceError(
            f"{name}: it holds {len(parts):,} parts, more than {MOST_PARTS:,}; copy the table to a new file"
        )
    names = [part.filename for part in parts]
    if len(set(names)) < len(names):
        raise SourceError(f"{name}: two parts have one name; save it again")
    for part in parts:
        if re.search(r"^[/\\]|\\|(?:^|/)\.\.(?:/|$)|^[A-Za-z]:", part.filename):
            raise SourceError(f"{name}: a part tries to leave the file ({part.filename[:40]!r}); save it again")
        if part.flag_bits & 0x1:
            raise SourceError(f"{name}: it is protected by a password; save it without")
        for pattern, why in REFUSED_PARTS.items():
            if re.search(pattern, part.filename, re.IGNORECASE):
                raise SourceError(f"{name}: {why}")
    return archive


def pieces(name: str, archive: zipfile.ZipFile, part: str, spent: list[int]) -> Iterator[bytes]:
    """Yield a part unpacked in pieces; `spent` counts the bytes of the whole file."""
    packed, size = max(1, archive.getinfo(part).compress_size), 0
    try:
        with archive.open(part) as opened:
            while piece := opened.read(PIECE):
                size += len(piece)
                spent[0] += len(piece)
                if spent[0] > LARGEST_UNPACKED or (size > PACKED_FREELY and size > MOST_PACKED * packed):
                    raise SourceError(f"{name}: it unpacks to more than a table can be; it is not opened")
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise SourceError(f"{name}: the file is damaged or cut short; save it again") from error


def walk(name: str, archive: zipfile.ZipFile, part: str, spent: list[int], parser: expat.XMLParserType) -> None:
    """Feed a part to a parser that refuses entities."""

    def refuse(*_: object) -> None:
        raise SourceError(f"{name}: it defines words of its own (a DOCTYPE); it is not opened")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    fed = 0
    try:
        for piece in pieces(name, archive, part, spent):
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > LONGEST_TOKEN:
                raise SourceError(f"{name}: {part[:60]!r} holds a word longer than a cell can be; it is not opened")
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last two: an encoding nobody writes
        raise SourceError(f"{name}: the file is damaged ({part[:60]!r} cannot be read); save it again") from error


def check_extent(name: str, extent: Extent) -> None:
    """Refuse a sheet that spans more cells than can be read, before they are laid out."""
    if extent.rows > MOST_ROWS:
        raise SourceError(f"{name}: a sheet has a cell in row {extent.rows:,}; at most {MOST_ROWS:,} rows are read")
    if extent.columns > MOST_COLUMNS:
        raise SourceError(
            f"{name}: a sheet has {extent.columns:,} columns; at most {MOST_COLUMNS} are read, remove empty ones"
        )
    if extent.rows * extent.columns > MOST_CELLS:
        raise SourceError(f"{name}: a sheet spans more than {MOST_CELLS:,} cells; split it")


def column_number(letters: str) -> int:
    """Return the number of a column by its letters, counted from 1; of anything else, one past every limit."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            return MOST_COLUMNS + 1
        number = number * 26 + ord(letter) - 64
    return number
