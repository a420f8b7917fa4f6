"""Where the rows of an upload lie. They are at no address, so a bounded list of them travels with the deck."""

from typing import Final

import pandas as pd
import pydeck as pdk

from mapping.figures.palette import Colour

MOST_MARKS: Final = 2_000
"""Marks drawn; more would make each rerun slow, for they travel with it."""
KINDS: Final = ("added", "changed", "unchanged")
COLOURS: Final[dict[str, Colour]] = {"added": (213, 94, 0), "changed": (0, 114, 178), "unchanged": (128, 138, 148)}
"""Okabe-Ito orange and blue, and a grey."""
RADIUS_PX: Final = {"added": 7, "changed": 6, "unchanged": 3}
FILLED: Final = {"added": 255, "changed": 0, "unchanged": 160}
"""Opacity of the inside: added rows are discs, changed ones rings, unchanged ones dots."""


def drawn(positions: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are drawn, what is new first, at most :data:`MOST_MARKS`."""
    order = positions["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    return positions.assign(order=order).sort_values(["order", "row"]).drop(columns="order").head(MOST_MARKS)


def upload_layer(positions: pd.DataFrame) -> pdk.Layer:
    """Return one mark a row; what is new lies on top."""
    looks = {
        kind: {"r": RADIUS_PX[kind], "c": [*COLOURS[kind], FILLED[kind]], "l": list(COLOURS[kind])} for kind in KINDS
    }
    on_top_last = drawn(positions).iloc[::-1]
    columns = (on_top_last[name].tolist() for name in ("row", "id", "lat", "lon", "kind"))
    marks = [
        {
            "p": [round(lon, 4), round(lat, 4)],
            "head": str(name),
            "tip": str(number),
            **looks[kind],
        }
        for number, name, lat, lon, kind in zip(*columns, strict=True)
    ]
    return pdk.Layer(
        "ScatterplotLayer",
        id="upload",
        data=marks,
        get_position="p",
        get_radius="r",
        radius_units=pdk.types.String("pixels"),
        get_fill_color="c",
        get_line_color="l",
        line_width_units=pdk.types.String("pixels"),
        get_line_width=2,
        stroked=True,
        pickable=True,
    )
