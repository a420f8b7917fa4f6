"""The picture sheets of the map over HTTP: marks and textures, and where each lies in its sheet."""

from typing import Final

from starlette.requests import Request

from mapping.api.desk import Desk
from mapping.api.problems import ApiError, shown, suggestion
from mapping.api.responses import Body, body, json_body

PICTURES: Final = ("bubbles.png", "marks.png", "textures.png")
CELLS: Final = ("bubble-cells.json", "mark-cells.json", "texture-cells.json")


def sheet(_desk: Desk, request: Request) -> Body:
    """Return one sheet, or the positions of its pictures in the words of deck.gl."""
    from mapping.figures.sheets import BUBBLE_CELLS, MARK_CELLS, SHEETS, TEXTURE_CELLS

    name = request.path_params["name"]
    if name in PICTURES:
        return body((SHEETS / name).read_bytes(), "image/png")
    if name in CELLS:
        cells = dict(zip(CELLS, (BUBBLE_CELLS, MARK_CELLS, TEXTURE_CELLS), strict=True))[name]
        return json_body({key: dict(cell) for key, cell in cells.items()})
    known = (*PICTURES, *CELLS)
    raise ApiError(
        404,
        "unknown_sheet",
        f"There is no sheet {shown(name)}.",
        suggestion(name, known, f"There are {', '.join(known)}."),
    )
