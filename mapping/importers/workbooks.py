"""Workbooks of Excel and of LibreOffice: values as text, formulas as text too."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from xml.parsers import expat
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from mapping.errors import SourceError
from mapping.importers.limits import LONGEST_CELL, MOST_CHARACTERS, MOST_SHEETS, megabytes
from mapping.importers.packed import Extent, check_extent, column_number, open_archive, pieces, walk
from mapping.importers.sheets import Sheet, sheet_of

ODS_TYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"
MACRO_TYPE = re.compile(rb"macroEnabled|vnd\.ms-office\.vbaProject")
DIGITS: Final = "0123456789"
LONGEST_REFERENCE: Final = 11
"""Letters and digits of a cell's address, such as XFD1048576, and one more."""
SPACE: Final = "|"
"""What stands between the namespace of a name and the name."""


def read_xlsx(name: str, content: bytes) -> list[Sheet]:
    """Return the worksheets of an Excel workbook."""
    archive = open_archive(name, content)
    parts = archive.namelist()
    if "[Content_Types].xml" not in parts or not any(part.startswith("xl/") for part in parts):
        raise SourceError(f"{name}: the file is not XLSX, whatever its name says")
    spent, extents = [0], {}
    if MACRO_TYPE.search(b"".join(pieces(name, archive, "[Content_Types].xml", spent))):
        raise SourceError(f"{name}: it holds macros; save it as .xlsx without them")
    lengths = _shared_lengths(name, archive, parts, spent)
    for part in parts:
        if part.endswith(".xml") and re.match(r"/?xl/(?!sharedStrings|styles|theme/)", part):
            extent = _xlsx_extent(name, archive, part, spent)
            check_extent(name, extent)
            if extent.filled and max(lengths, default=0) * extent.filled > MOST_CHARACTERS:
                _check_repeats(name, archive, part, lengths)
            extents[part] = extent
    return _sheets(name, content, _by_sheet(name, archive, extents))


def read_ods(name: str, content: bytes) -> list[Sheet]:
    """Return the sheets of a LibreOffice workbook."""
    archive = open_archive(name, content)
    parts = archive.namelist()
    kind = b"".join(pieces(name, archive, "mimetype", [0])) if "mimetype" in parts else b""
    if "content.xml" not in parts or kind.strip() != ODS_TYPE:
        raise SourceError(f"{name}: the file is not ODS, whatever its name says")
    extents = _ods_extents(name, archive)
    for extent in extents:
        check_extent(name, extent)
    return _sheets(name, content, extents)


def _sheets(name: str, content: bytes, extents: Sequence[Extent]) -> list[Sheet]:
    """Return the values of a workbook that was looked through, its formulas in their place."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        kinds = book.sheets_metadata
        if len(kinds) > MOST_SHEETS:
            raise SourceError(f"{name}: it has {len(kinds)} sheets; at most {MOST_SHEETS} are read")
        found = []
        for index, kind in enumerate(kinds):
            if kind.typ is not SheetTypeEnum.WorkSheet:
                continue
            formulas = extents[index].formulas if index < len(extents) else {}
            notes = [f"{len(formulas):,} formulas read as text"] if formulas else []
            rows = _with_formulas(_placed(book.get_sheet_by_index(index)), formulas)
            found.append(sheet_of(name, kind.name, rows, notes))
        return found
    except CalamineError as error:
        raise SourceError(f"{name}: the workbook cannot be read ({str(error).splitlines()[0][:100]})") from error


def _placed(sheet: CalamineSheet) -> Iterator[list[object]]:
    """Yield the rows of a sheet from the first row and column on."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        yield [*left, *row]


def _with_formulas(rows: Iterable[list[object]], formulas: dict[tuple[int, int], str]) -> Iterator[list[object]]:
    """Yield rows with each formula in place of its last result, rows of nothing but formulas included."""
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in formulas.items():
        by_row.setdefault(row, []).append((column, text))
    number = 0
    for number, values in enumerate(rows, start=1):
        yield _filled(values, by_row.get(number, ()))
    for row in range(number + 1, max(by_row, default=0) + 1):
        yield _filled([], by_row.get(row, ()))


def _filled(values: list[object], formulas: Sequence[tuple[int, str]] | tuple[()]) -> list[object]:
    """Return a row with its formulas as text."""
    if not formulas:
        return values
    wide = [*values, *[""] * (max(column for column, _ in formulas) - len(values))]
    for column, text in formulas:
        wide[column - 1] = f"={text.lstrip('=')}"
    return wide


def _local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition(SPACE)[2]


def _xlsx_extent(name: str, archive: ZipFile, part: str, spent: list[int]) -> Extent:
    """Return how far a sheet reaches, and its formulas; of any other part, nothing.

    It is called for each cell of a file, so it does little: names without their namespace and numbers of columns are
    looked up, and text is only listened to inside a formula.
    """
    extent, names, columns = Extent(), dict[str, str](), dict[str, int]()
    row = column = 0
    texts: list[str] = []
    parser = expat.ParserCreate(namespace_separator=SPACE)

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column
        local = names.get(tag) or names.setdefault(tag, _local(tag))
        if local == "c":
            reference = attributes.get("r", "")
            letters = reference.rstrip(DIGITS)
            if letters and len(reference) < LONGEST_REFERENCE:
                column = columns.get(letters) or columns.setdefault(letters, column_number(letters))
                row = int(reference[len(letters) :] or row)
            else:
                column += 1
            extent.note(row, column)
        elif local == "row":
            told = attributes.get("r", "")
            row, column = int(told) if told.isdecimal() and len(told) < LONGEST_REFERENCE else row + 1, 0
        elif local == "f" and column:
            texts.clear()
            parser.CharacterDataHandler, parser.EndElementHandler = texts.append, end

    def end(tag: str) -> None:
        if _local(tag) == "f":
            extent.formulas[row, column or 1] = "".join(texts)[: LONGEST_CELL - 1] or "(a shared formula)"
            parser.CharacterDataHandler = parser.EndElementHandler = None

    parser.StartElementHandler = start
    walk(name, archive, part, spent, parser)
    return extent


def _shared_lengths(name: str, archive: ZipFile, parts: Iterable[str], spent: list[int]) -> list[int]:
    """Return the length of each text that cells share."""
    lengths: list[int] = []
    for part in parts:
        if not re.search(r"sharedStrings[^/]*\.xml$", part):
            continue
        parser = expat.ParserCreate(namespace_separator=SPACE)

        def start(tag: str, _: dict[str, str]) -> None:
            if _local(tag) == "si":
                lengths.append(0)

        def text(piece: str) -> None:
            if lengths:
                lengths[-1] += len(piece)
                if lengths[-1] > 2 * LONGEST_CELL:
                    raise SourceError(f"{name}: a cell is longer than {LONGEST_CELL:,} characters; shorten it")

        parser.StartElementHandler, parser.CharacterDataHandler = start, text
        walk(name, archive, part, spent, parser)
    return lengths


def _check_repeats(name: str, archive: ZipFile, part: str, lengths: Sequence[int]) -> None:
    """Refuse a sheet whose cells repeat long shared texts until they fill the memory."""
    total, is_shared = [0], [False]
    texts: list[str] = []
    parser = expat.ParserCreate(namespace_separator=SPACE)

    def start(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "c":
            is_shared[0] = attributes.get("t") == "s"
            texts.clear()

    def text(piece: str) -> None:
        if is_shared[0]:
            texts.append(piece)

    def end(tag: str) -> None:
        index = "".join(texts) if _local(tag) == "v" and is_shared[0] else ""
        if index.strip().isdigit() and len(index) < 9 and int(index) < len(lengths):
            total[0] += lengths[int(index)]
            if total[0] > MOST_CHARACTERS:
                raise SourceError(
                    f"{name}: its texts repeat to more than {megabytes(MOST_CHARACTERS)}; it is not opened"
                )

    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, text, end
    walk(name, archive, part, [0], parser)


def _by_sheet(name: str, archive: ZipFile, extents: dict[str, Extent]) -> list[Extent]:
    """Return the extents in the order of the workbook's sheets, by its own list of them."""
    targets: dict[str, str] = {}
    order: list[str] = []

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship":
            if attributes.get("TargetMode") == "External":
                raise SourceError(f"{name}: it links to other files; break the links and save it again")
            targets[attributes.get("Id", "")] = attributes.get("Target", "").removeprefix("/xl/").removeprefix("xl/")

    def listed(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            order.append(next((value for key, value in attributes.items() if _local(key) == "id"), ""))

    for part, handler in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", listed)):
        if part not in archive.namelist():
            raise SourceError(f"{name}: the workbook is damaged ({part} is missing); save it again")
        parser = expat.ParserCreate(namespace_separator=SPACE)
        parser.StartElementHandler = handler
        walk(name, archive, part, [0], parser)
    return [extents.get(f"xl/{targets.get(one, '')}", Extent()) for one in order]


def _ods_extents(name: str, archive: ZipFile) -> list[Extent]:
    """Return how far each sheet of a LibreOffice workbook reaches, repeats counted out, and its formulas."""
    extents: list[Extent] = []
    row, column, repeats = [0], [0], [1]
    parser = expat.ParserCreate(namespace_separator=SPACE)

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = _local(tag)
        if local == "table":
            extents.append(Extent())
            row[0], repeats[0] = 0, 0
        elif local == "table-row" and extents:
            row[0] += repeats[0]
            column[0], repeats[0] = 0, _times(attributes, "number-rows-repeated")
        elif local in ("table-cell", "covered-table-cell") and extents:
            times = _times(attributes, "number-columns-repeated")
            kinds = {_local(key): value for key, value in attributes.items()}
            column[0] += times
            if "value-type" in kinds or "formula" in kinds:
                extents[-1].note(row[0] + repeats[0], column[0], times * repeats[0])
                check_extent(name, extents[-1])
            if "formula" in kinds:
                text = re.sub(r"^(?:of|oooc|msoxl):", "", kinds["formula"])[: LONGEST_CELL - 1]
                for offset in range(repeats[0]):
                    for back in range(times):
                        extents[-1].formulas[row[0] + 1 + offset, column[0] - back] = text
        elif local in ("table-source", "dde-source", "cell-range-source"):
            raise SourceError(f"{name}: it links to other files; break the links and save it again")

    parser.StartElementHandler = start
    walk(name, archive, "content.xml", [0], parser)
    return extents


def _times(attributes: dict[str, str], local: str) -> int:
    """Return how often a row or cell repeats."""
    told = next((value for key, value in attributes.items() if _local(key) == local), "1")
    return int(told) if told.isdigit() and len(told) < 10 else 1
