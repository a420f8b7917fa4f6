"""Workbooks for Excel and its kin: a README sheet, then tables with a frozen header, filters and real numbers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from mapping.exports.behind import records_behind
from mapping.exports.edition import TITLE
from mapping.exports.listing import Listing
from mapping.exports.readme import Section, table_readme, view_readme
from mapping.exports.sheet_rows import with_rows
from mapping.exports.spreadsheet_safety import workbook_text
from mapping.tables.loading import Tables
from mapping.view.state import ViewState
from mapping.words import Words

if TYPE_CHECKING:
    from mapping.view.atlas import Atlas

README: Final = "README"
NARROWEST, WIDEST = 8, 60
"""Width of a column, in characters."""
ROWS_MEASURED: Final = 200
"""Rows looked at to set a column's width."""
LONGEST_SHEET_NAME: Final = 31
DAY_FORMAT: Final = "yyyy-mm-dd"
HEADER_FONT: Final = Font(bold=True)
HEADER_FILL: Final = PatternFill("solid", fgColor="E8EDF2")
WRAPPED: Final = Alignment(wrap_text=True, vertical="top")


def table_workbook(listing: Listing, filters: Mapping[str, tuple[str, ...]], tables: Tables) -> bytes:
    """Return one table as a workbook.

    Parameters
    ----------
    listing : Listing
        The rows to write.
    filters : Mapping
        Column -> values that were asked for, for the README.
    tables : Tables
        The data they are of.
    """
    readme = table_readme(tables, listing.name, dict(filters), len(listing.frame))
    return workbook_of(readme, {listing.name: listing}, tables)


def view_workbook(atlas: "Atlas", view: ViewState, rows: pd.DataFrame) -> bytes:
    """Return the sites in view as a workbook: the sites, the records behind them by role, and the sources used.

    Parameters
    ----------
    atlas, view
        The data and what is asked of it.
    rows : DataFrame
        The sites to write, as :func:`mapping.view.site_table.site_table` gives them.
    """
    words = Words(view.lang)
    sheets = {words.text("Sites"): rows}
    sheets |= {words.text(title): frame for title, frame in records_behind(atlas, view, rows).items()}
    told = [
        words.plural("Sheet “{title}”: {n} row.", "Sheet “{title}”: {n} rows.", len(frame), title=title)
        for title, frame in sheets.items()
    ]
    readme = view_readme(atlas, view, rows, told)
    return workbook_of(readme, {title: Listing(title, frame) for title, frame in sheets.items()}, atlas.tables)


def workbook_of(readme: Sequence[Section], listings: Mapping[str, Listing], tables: Tables) -> bytes:
    """Return a workbook of a README and sheets."""
    book = Workbook(write_only=True)
    book.properties.title = TITLE
    book.properties.creator = TITLE
    if tables.released:
        book.properties.created = datetime.fromisoformat(tables.released)
    day_style = _day_style(_readme_sheet(book, readme))
    for title, listing in listings.items():
        _table_sheet(book, title, listing)
    out = BytesIO()
    book.save(out)
    parts = {f"xl/worksheets/sheet{number}.xml": listing for number, listing in enumerate(listings.values(), 2)}
    return with_rows(out.getvalue(), parts, day_style)


def _readme_sheet(book: Any, sections: Sequence[Section]) -> Any:
    """Write the sheet that explains the others, and return it."""
    sheet = book.create_sheet(README)
    sheet.column_dimensions["A"].width = 100
    sheet.append([_heading(sheet, TITLE)])
    for section in sections:
        sheet.append([])
        sheet.append([_heading(sheet, section.title)])
        for line in section.lines:
            cell = WriteOnlyCell(sheet, workbook_text(line))
            cell.alignment = WRAPPED
            sheet.append([cell])
    return sheet


def _day_style(sheet: Any) -> int:
    """Return the number of the style in which a workbook shows a day."""
    cell = WriteOnlyCell(sheet)
    cell.number_format = DAY_FORMAT
    return int(cell.style_id)


def _table_sheet(book: Any, title: str, listing: Listing) -> None:
    """Write the header of one table; its rows follow in :func:`with_rows`."""
    sheet = book.create_sheet(title[:LONGEST_SHEET_NAME])
    sheet.freeze_panes = "A2"
    sample = listing.kept(slice(ROWS_MEASURED))
    for number, name in enumerate(listing.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _width(name, sample.values(name))
    sheet.append([_heading(sheet, name) for name in listing.columns])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(listing.columns))}{len(listing.frame) + 1}"


def _heading(sheet: Any, text: str) -> Any:
    """Return a cell that stands above others."""
    cell = WriteOnlyCell(sheet, workbook_text(text))
    cell.font, cell.fill = HEADER_FONT, HEADER_FILL
    return cell


def _width(name: str, cells: Iterable[Any]) -> int:
    """Return a width that shows the name and most cells."""
    longest = max([len(name) + 2, *(len(str(cell)) for cell in cells if cell is not None)])
    return min(max(longest, NARROWEST), WIDEST)
