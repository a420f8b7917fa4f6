"""``python -m mapping export``: a view of the Atlas as a file."""

from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from mapping.errors import ViewError
from mapping.exports.download import package
from mapping.view.atlas import open_atlas
from mapping.view.state import read_view

KINDS: Final = ("xlsx", "geojson")


def export(kind: str, query: str, out: Path, folder: Path) -> None:
    """Write the sites of a view to a file.

    Parameters
    ----------
    kind : str
        xlsx or geojson.
    query : str
        What stands after the question mark of the page's address, such as ``country=DE&class=GTMP``.
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
    content, _, _ = package(atlas, view, kind)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise ViewError(f"{out} cannot be written: {error.strerror}") from error
