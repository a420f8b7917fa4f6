"""``/api/v1/picture.svg``, ``picture.png`` and ``slides.pptx``: what a page shows as a still or as slides."""

from typing import Final

from starlette.datastructures import QueryParams
from starlette.requests import Request

from mapping.api.desk import Desk
from mapping.api.problems import ApiError, bad_value, shown, suggestion
from mapping.api.responses import Body, body
from mapping.api.view_asked import strict_page_view
from mapping.exports.screens import Screen, Step, screen_of
from mapping.words import Words

PICTURE: Final = "picture"
"""Key of the picture, from 1 in the order of importance; the view has a key ``figure`` of its own."""
SIZE: Final = "size"
SIZES: Final = ("slide", "print")
KINDS: Final = {"svg": "image/svg+xml", "png": "image/png"}
PPTX: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def picture(desk: Desk, request: Request) -> Body:
    """Return one picture of the view asked for, with its finding, legend, filters, source, version and link."""
    from mapping.exports.stills import png, svg  # with its painter, when a picture is made

    kind, asked = request.path_params["extension"], request.query_params
    if kind not in KINDS:
        hint = suggestion(f"picture.{kind}", [f"picture.{each}" for each in KINDS], "There are picture.svg and .png.")
        raise ApiError(404, "not_found", f"There is no picture {shown(kind)}.", hint)
    size = asked.get(SIZE, SIZES[0])
    if size not in SIZES:
        raise bad_value(SIZE, size, "is no size", suggestion(size, SIZES, f"Sizes: {', '.join(SIZES)}."))
    screen, words = _screen(desk, asked)
    number = _number(asked.get(PICTURE, "1"), len(screen.pictures))
    chosen, base = screen.pictures[number - 1], desk.address.of(request)
    drawing = svg(screen, chosen, words, base, size).encode() if kind == "svg" else b""
    content = drawing or png(screen, chosen, words, base, size)
    return body(content, KINDS[kind], file_name=f"{_name(screen)}-{number}.{kind}")


def presentation(desk: Desk, request: Request) -> Body:
    """Return the view asked for as slides, one a picture."""
    from mapping.exports.slides import slides  # python-pptx is slow to import

    screen, words = _screen(desk, request.query_params)
    content = slides([Step(screen)], words, desk.address.of(request), every_picture=True)
    return body(content, PPTX, file_name=f"{_name(screen)}.pptx")


def _screen(desk: Desk, asked: QueryParams) -> tuple[Screen, Words]:
    atlas = desk.atlas()
    pairs = [pair for pair in asked.multi_items() if pair[0] not in {PICTURE, SIZE}]
    page, view = strict_page_view(atlas, QueryParams(pairs))
    words = Words(view.lang)
    return screen_of(atlas, page, view, words, desk.home / "geo"), words


def _number(asked: str, most: int) -> int:
    if not asked.isdecimal() or not 1 <= int(asked) <= most:
        raise bad_value(PICTURE, asked, "is no picture of this page", f"Pictures: 1 to {most}.")
    return int(asked)


def _name(screen: Screen) -> str:
    return "-".join(filter(None, ["atmp-atlas", screen.page, screen.version]))
