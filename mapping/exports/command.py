"""``python -m mapping export``: a view of the Atlas as a file."""

from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from mapping.errors import ViewError
from mapping.exports.download import package
from mapping.view.atlas import Atlas, open_atlas
from mapping.view.state import ViewState, read_view

KINDS: Final = ("xlsx", "geojson", "gpkg")


def export(kind: str, query: str, out: Path, folder: Path) -> None:
    """Write the sites of a view to a file.

    Parameters
    ----------
    kind : str
        xlsx, geojson or gpkg.
    query : str
        What stands after the question mark of the page's address, such as ``country=DE&class=GTMP``; without one
        a workbook holds every table.
    out : Path
        The file to write.
    folder : Path
        The data folder.

    Raises
    ------
    ViewError
        There is no such kind, the query asks for what the data does not have, or the file cannot be written.
    """
    if kind not in KINDS:
        raise ViewError(f"there is no export of kind {kind!r}; there are {', '.join(KINDS)}")
    atlas = open_atlas(folder)
    view, dropped = read_view(parse_qs(query.lstrip("?")), atlas.known)
    if dropped:
        told = ", ".join(f"{drop.key}={drop.value}" for drop in dropped)
        raise ViewError(f"the data does not have {told}")
    content = _content(kind, atlas, view, query)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise ViewError(f"{out} cannot be written: {error.strerror}") from error


def _content(kind: str, atlas: Atlas, view: ViewState, query: str) -> bytes:
    """Return the file: the view in one of the forms that the pages give, or every table."""
    if kind == "xlsx" and not query:
        from mapping.exports.all_tables import tables_workbook  # openpyxl is slow to import

        return tables_workbook(atlas.tables)
    return package(atlas, view, kind)[0]
