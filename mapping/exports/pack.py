"""An offline pack: a view as one page for any browser, with brief, slides and data; needs no network to open."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

from mapping.exports.brief_pdf import brief_pdf
from mapping.exports.citing import citation_of
from mapping.exports.download import sites_csv, sites_geojson, sites_in_view
from mapping.exports.listing import Listing, csv_file
from mapping.exports.markup import Html, element
from mapping.exports.packages import zipped
from mapping.exports.readme import as_text, view_readme
from mapping.exports.screens import Screen, Step
from mapping.exports.slides import slides
from mapping.exports.stills import svg
from mapping.exports.storytelling import untold
from mapping.exports.web_page import WebPage, hash_of, style, web_page
from mapping.long_work import Tell
from mapping.view.atlas import Atlas
from mapping.words import Words, mark

MEDIA: Final = "application/zip"
PAGE: Final = "index.html"
BRIEF: Final = "brief.pdf"
SLIDES: Final = "slides.pptx"
SORT_FILE: Final = Path(__file__).with_name("page_sort.js")
TEXTS: Final[Mapping[str, str]] = {
    "name": mark("Site"),
    "city": mark("City"),
    "country": mark("Country"),
    "roles": mark("Roles"),
    "confidence": mark("Confidence"),
}
"""Columns of the table of sites that hold text."""
COUNTS: Final[Mapping[str, str]] = {
    "partners": mark("Partners"),
    "facilities": mark("Units"),
    "trials": mark("Trials"),
    "treatment_centres": mark("Treatment"),
}
"""Columns that hold numbers; an empty cell stands for no record."""


def pack(atlas: Atlas, screen: Screen, words: Words, base: str, tell: Tell = untold) -> bytes:
    """Return the pack of a view.

    Parameters
    ----------
    atlas, screen
        The data, and what the page shows of them.
    words : Words
        The language.
    base : str
        Address of the Atlas, for links that need a network.
    tell : callable
        Is told how far the work is before each file.

    Returns
    -------
    bytes
        A zip: ``index.html``, ``brief.pdf``, ``slides.pptx``, the pictures as SVG, and in ``data/`` the sites in view
        as CSV and GeoJSON, the figures behind the headline, README and citation.
    """
    of = len(screen.pictures) + 3
    rows = sites_in_view(atlas, screen.view)
    pictures: dict[str, bytes] = {}
    for number, picture in enumerate(screen.pictures, 1):
        tell("pictures", number - 1, of)
        pictures[f"pictures/{number}.svg"] = svg(screen, picture, words, base).encode()
    tell(BRIEF, of - 3, of)
    files = {BRIEF: brief_pdf([Step(screen)], atlas.tables, words, base)}
    tell(SLIDES, of - 2, of)
    files[SLIDES] = slides([Step(screen)], words, base, every_picture=True)
    tell(PAGE, of - 1, of)
    files |= {**pictures, **_data(atlas, screen, rows, words)}
    return zipped({PAGE: pack_page(atlas, screen, words, base, rows, tuple(files)), **files})


def pack_page(
    atlas: Atlas, screen: Screen, words: Words, base: str, rows: pd.DataFrame, files: tuple[str, ...]
) -> bytes:
    """Return the page of a pack: everything it shows is in it, and the other files lie beside it."""
    address = screen.address(base)
    policy = f"default-src 'none'; style-src {hash_of(style())}; script-src {hash_of(_script())}; base-uri 'none'"
    page = WebPage(
        open=address,
        address=address,
        head=(element("meta", http_equiv="Content-Security-Policy", content=policy),),
        more=(_sites(atlas, rows, words), _beside(files, words)),
        end=(element("script", Html(_script())),),
    )
    return web_page(screen, atlas.tables, words, page)


@cache
def _script() -> str:
    return SORT_FILE.read_text(encoding="utf-8")


def _sites(atlas: Atlas, rows: pd.DataFrame, words: Words) -> Html:
    """Return the sites in view as a table; the script lets a reader sort it."""
    tables = atlas.tables
    said: dict[str, Callable[[str], str]] = {
        "country": lambda code: words.country(tables, code),
        "roles": lambda cell: ", ".join(words.label(tables, "role", code) for code in cell.split("|")),
        "confidence": lambda code: words.label(tables, "confidence", code),
    }
    heads = [element("th", words.text(label), scope="col") for label in (*TEXTS.values(), *COUNTS.values())]
    lines = []
    for row in rows[[*TEXTS, *COUNTS]].to_dict("records"):
        first, *others = (said.get(name, str)(str(row[name])) for name in TEXTS)
        cells = [element("td", text) for text in others]
        numbers = [element("td", words.number(int(row[name])) if row[name] else "", class_="number") for name in COUNTS]
        lines.append(element("tr", element("th", first, scope="row"), *cells, *numbers))
    title = words.plural("{n} site in view", "{n} sites in view", len(rows))
    caption = element("caption", words.text("The sites in view; an empty cell stands for no record in view."))
    table = element(
        "table", caption, element("thead", element("tr", *heads)), element("tbody", *lines), class_="sortable"
    )
    scrolling = element("div", table, class_="scroll", tabindex="0", role="region", aria_label=title)
    return Html.joined([element("h2", title), scrolling])


def _beside(files: tuple[str, ...], words: Words) -> Html:
    """Return what else lies in the pack."""
    items = [element("li", element("a", name, href=name)) for name in files]
    return Html.joined([element("h2", words.text("In this pack")), element("ul", *items)])


def _data(atlas: Atlas, screen: Screen, rows: pd.DataFrame, words: Words) -> dict[str, bytes]:
    """Return the files of the folder of data."""
    figures = pd.DataFrame(list(screen.facts), columns=["figure", "value"], dtype="str")
    told = [
        words.plural(
            "sites.csv: {n} site, UTF-8, lists joined with |.",
            "sites.csv: {n} sites, UTF-8, lists joined with |.",
            len(rows),
        ),
        words.text("sites.geojson: the same, WGS 84."),
        words.text("figures.csv: the figures behind the headline, as the page prints them."),
    ]
    return {
        "data/sites.csv": sites_csv(rows),
        "data/sites.geojson": sites_geojson(rows, atlas.tables, screen.view),
        "data/figures.csv": csv_file(Listing("figures", figures)),
        "data/README.txt": as_text(view_readme(atlas, screen.view, rows, told)).encode(),
        "data/CITATION.cff": citation_of(atlas.tables),
    }
