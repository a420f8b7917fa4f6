"""Text files of rows: encoding and separator are found out and told."""

import csv
import io
import re
from pathlib import PurePosixPath
from typing import Final

from charset_normalizer import from_bytes

from mapping.errors import SourceError
from mapping.importers.limits import LONGEST_CELL
from mapping.importers.sheets import Sheet, sheet_of

BYTE_ORDER_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
LIKELY: Final = ("cp1252", "cp1250", "cp1253", "cp1251", "cp1257", "cp1254")
"""Encodings that spreadsheets in Europe write beside UTF-8, the most used first."""
WESTERN: Final = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿðþÐÞšžŠŽŒœ")
"""Letters beyond ASCII of Western European languages."""
PUNCTUATION: Final = frozenset("–—‘’‚“”„•…‹›«»°·²³µ€£§©®™´¿¡½¼×± \u00a0")
MOST_ACCENTED: Final = 0.4
"""Part of the letters that may be beyond ASCII in a Western European text."""
SAMPLE: Final = 256 * 1024
"""Bytes that are looked at to tell the encoding."""
SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
LINES_TRIED: Final = 40
MULTI_BYTE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}")
"""A letter beyond ASCII as UTF-8 writes it."""


def read_delimited(name: str, content: bytes) -> list[Sheet]:
    """Return the one sheet of a text file."""
    text, encoding = decoded(name, content)
    separator = separator_of(text)
    notes = [f"read as {encoding}", f"columns separated by {SEPARATORS[separator]}"]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        sheet = sheet_of(name, PurePosixPath(name).stem, rows, notes)
    except csv.Error as error:
        if "field larger than field limit" in str(error):
            told = f"line {rows.line_num} has a cell longer than {LONGEST_CELL:,} characters; shorten it"
            raise SourceError(f"{name}: {told}, or look for a stray quotation mark") from error
        raise SourceError(
            f"{name}: line {rows.line_num} cannot be read ({error}); look for a stray quotation mark"
        ) from error
    return [sheet]


def decoded(name: str, content: bytes) -> tuple[str, str]:
    """Return the text of a file, and how it was encoded."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strictly(name, content, encoding), encoding.removesuffix("-sig").upper()
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise SourceError(f"{name}: line {line} holds a NUL byte, so this is not text; save it as CSV, UTF-8")
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
    if MULTI_BYTE.search(content):
        raise SourceError(f"{name}: line {line} is not UTF-8 although others are; save the whole file as UTF-8")
    encoding = _likely(content)
    return _strictly(name, content, encoding), encoding.replace("cp", "Windows-")


def _likely(content: bytes) -> str:
    """Return the encoding in which the text looks most like words.

    Western European unless that would put signs where letters belong (Polish, Czech), or make words of accented letters
    alone (Greek, Cyrillic); then charset-normalizer weighs the others.
    """
    lines = [line for line in content[:SAMPLE].split(b"\n") if not line.isascii()]
    western = b"\n".join(lines).decode(LIKELY[0], "replace")
    letters = [letter for letter in western if letter.isalpha()]
    beyond = [letter for letter in western if not letter.isascii() and letter not in PUNCTUATION]
    reads_well = all(letter in WESTERN for letter in beyond)
    if reads_well and len(beyond) < MOST_ACCENTED * len(letters):
        return LIKELY[0]
    best = from_bytes(b"\n".join(lines), cp_isolation=list(LIKELY)).best()
    return best.encoding if best is not None and best.encoding in LIKELY else LIKELY[0]


def _strictly(name: str, content: bytes, encoding: str) -> str:
    """Return the text, or refuse a file that is not in the encoding it seems to be in."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SourceError(f"{name}: line {line} cannot be read as text; save the file as CSV, UTF-8") from error


def separator_of(text: str) -> str:
    """Return the separator that cuts the first lines into the most columns, the same number in most lines."""
    lines = text.split("\n", LINES_TRIED)[:LINES_TRIED]

    def merit(separator: str) -> tuple[float, int]:
        try:
            widths = [len(cells) for cells in csv.reader(lines, delimiter=separator) if cells]
        except csv.Error:
            return 0.0, 0
        wide = widths[0] if widths else 1
        return (sum(width == wide for width in widths) / len(widths) if wide > 1 else 0.0), wide

    return max(SEPARATORS, key=merit)
