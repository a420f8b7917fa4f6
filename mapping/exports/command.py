"""``python -m mapping export``: a view of the Atlas as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from mapping.errors import ViewError
from mapping.exports.download import package
from mapping.tables.releases import plain_version
from mapping.view.atlas import Atlas, open_atlas, open_release
from mapping.view.state import ViewState, read_view
from mapping.words import Words

SITES: Final = ("xlsx", "geojson", "gpkg")
KINDS: Final = (*SITES, "pptx", "brief", "pack", "svg", "png")
VERSION: Final = "v"
"""Key of the data version in an address."""
BASE: Final = "http://localhost:8501"
"""Address of the Atlas in links and QR codes, where none is given."""


@dataclass(frozen=True)
class Look:
    """What slides, briefs, packs and stills need besides the view."""

    page: str = ""
    """Path of the page in the address, such as ``obstacles``; empty for the Atlas."""
    base: str = BASE
    picture: int = 1
    """Which of the page's pictures a still shows, from 1."""
    size: str = "slide"
    """Of a still: slide or print."""
    story: str = ""
    """Id of the story told instead of one view; empty for none."""


def export(kind: str, query: str, out: Path, folder: Path, look: Look = Look()) -> None:
    """Write the sites of a view, or what a page shows of it, to a file.

    Parameters
    ----------
    kind : str
        xlsx, geojson or gpkg for the sites; pptx for slides; brief for a PDF on A4; pack for a zip
        that opens without a network; svg or png for one picture.
    query : str
        What stands after the question mark of the page's address, such as ``country=DE&class=GTMP``; with no filter
        a workbook holds every table. ``v=`` opens the data of that release.
    out : Path
        The file to write.
    folder : Path
        The data folder.
    look : Look
        Of what is drawn: which page, and where the Atlas is.

    Raises
    ------
    ViewError
        There is no such kind, the query asks for what the data does not have, or the file cannot be written.
    ReleaseError
        There is no release of the version that the query names.
    """
    if kind not in KINDS:
        raise ViewError(f"there is no export of kind {kind!r}; there are {', '.join(KINDS)}")
    asked = parse_qs(query.lstrip("?"))
    atlas = _atlas(folder, asked)
    view, dropped = read_view(asked, atlas.known)
    if dropped:
        told = ", ".join(f"{drop.key}={drop.value}" for drop in dropped)
        raise ViewError(f"the data does not have {told}")
    if look.story:
        content = _story(kind, atlas, Words(view.lang), folder, look)
    else:
        whole = not asked.keys() - {VERSION}
        content = _content(kind, atlas, view, whole) if kind in SITES else _drawn(kind, atlas, view, folder, look)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise ViewError(f"{out} cannot be written: {error.strerror}") from error


def _atlas(folder: Path, asked: Mapping[str, Sequence[str]]) -> Atlas:
    """Return the data of the version asked for; that of now where none is asked for, or it is that one."""
    newest = open_atlas(folder)
    version = plain_version(asked[VERSION][-1]) if VERSION in asked else ""
    return open_release(folder, version) if version and version != newest.tables.version else newest


def _content(kind: str, atlas: Atlas, view: ViewState, whole: bool) -> bytes:
    """Return the file: the view in one of the forms that the pages give, or, of the whole data, every table."""
    if kind == "xlsx" and whole:
        from mapping.exports.all_tables import tables_workbook  # openpyxl is slow to import

        return tables_workbook(atlas.tables)
    return package(atlas, view, kind)[0]


def _story(kind: str, atlas: Atlas, words: Words, folder: Path, look: Look) -> bytes:
    """Return a story of the data folder as slides or as a hand-out."""
    from mapping.exports.storytelling import story_pdf, story_slides
    from mapping.view.story_files import stories_in

    if kind not in {"pptx", "brief"}:
        raise ViewError(f"a story is exported as pptx or brief, not as {kind}")
    stories = {story.id: story for story in stories_in(folder, atlas.known)[0]}
    if look.story not in stories:
        raise ViewError(f"there is no sound story {look.story!r}; there are {', '.join(stories) or 'none'}")
    made = story_slides if kind == "pptx" else story_pdf
    return made(atlas, stories[look.story], words, look.base)


def _drawn(kind: str, atlas: Atlas, view: ViewState, folder: Path, look: Look) -> bytes:
    """Return what a page shows as slides, one a picture, as a brief, as a pack, or as one still."""
    from mapping.exports.brief_pdf import brief_pdf  # these are slow to import
    from mapping.exports.pack import pack
    from mapping.exports.screens import Step, screen_of
    from mapping.exports.slides import slides
    from mapping.exports.stills import SIZES, png, svg

    words = Words(view.lang)
    screen = screen_of(atlas, look.page.strip("/"), view, words, folder / "geo")
    if kind == "pptx":
        return slides([Step(screen)], words, look.base, every_picture=True)
    if kind == "brief":
        return brief_pdf([Step(screen)], atlas.tables, words, look.base)
    if kind == "pack":
        return pack(atlas, screen, words, look.base)
    if not 1 <= look.picture <= len(screen.pictures):
        raise ViewError(f"there is no picture {look.picture}; this page has {len(screen.pictures)}")
    if look.size not in SIZES:
        raise ViewError(f"there is no size {look.size!r}; there are {', '.join(SIZES)}")
    picture = screen.pictures[look.picture - 1]
    if kind == "svg":
        return svg(screen, picture, words, look.base, look.size).encode()
    return png(screen, picture, words, look.base, look.size)
