"""The map of the Atlas as a picture: the same rows, sizes, colours and framing as on the screen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from mapping.analysis.on_the_map import role_counts
from mapping.analysis.rates import CountryFigures
from mapping.figures.captions import map_caption
from mapping.figures.country_fills import country_fills
from mapping.figures.country_layers import CountryFill
from mapping.figures.extents import Extent
from mapping.figures.map_lands import Frame, lands
from mapping.figures.marks import MARK_PX, bubble_px, map_rows
from mapping.figures.palette import MAP_COLOURS, ROLE_STYLES, Colour, Theme
from mapping.figures.pictures import LegendItem, MapLine, MapPicture, Mark, Shape, Texture
from mapping.figures.sheets import bubble_name
from mapping.view.atlas import Atlas
from mapping.view.filtering import Selection
from mapping.view.state import ViewState
from mapping.words import Words

SIZE_EXAMPLES: Final = (1, 4, 16)
"""Numbers of sites whose bubbles stand in the legend as its scale."""
PICTURE_PX: Final = (860, 560)
"""Frame of a picture: as much of the world as the page shows beside its panel."""
SYMBOL: Final[Colour] = (255, 255, 255)
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Ground:
    """What every map of one view stands on."""

    atlas: Atlas
    words: Words
    geo: Path
    """Folder of the outlines."""
    frame: Frame
    theme: Theme = "light"

    def fill(self, fills: Sequence[CountryFill] = ()) -> dict[str, tuple[Colour | None, Texture]]:
        """Return the filled countries as :func:`mapping.figures.map_lands.lands` takes them."""
        return {one.country: (one.colour, _texture(one.texture)) for one in fills}

    def names(self) -> dict[str, str]:
        """Return code and name of each country of the Atlas."""
        return {code: self.words.country(self.atlas.tables, code) for code in self.atlas.known.core_countries}

    def middles(self) -> dict[str, tuple[float, float]]:
        """Return code of each country -> longitude and latitude of where its label stands."""
        countries = self.atlas.tables["countries"]
        places = zip(countries["label_lon"].astype(float), countries["label_lat"].astype(float), strict=True)
        return dict(zip(countries["id"], places, strict=True))

    @property
    def outside(self) -> LegendItem:
        """Return the legend entry of land that the Atlas does not cover."""
        return LegendItem(self.words.text("Outside the Atlas"), MAP_COLOURS[self.theme].outside)


def ground(atlas: Atlas, words: Words, geo: Path, extent: Extent, size: tuple[int, int] = PICTURE_PX) -> Ground:
    """Return what a map stands on."""
    return Ground(atlas, words, geo, Frame(extent, *size))


def _texture(name: str | None) -> Texture:
    known: dict[str, Texture] = {"hatch": "hatch", "dots": "dots", "grid": "grid"}
    return known.get(name or "", "")


def picture(
    on: Ground,
    marks: Sequence[Mark],
    legend: Sequence[LegendItem],
    *,
    title: str,
    alt: str,
    caption: str,
    legend_title: str,
    fills: Sequence[CountryFill] = (),
    lines: Sequence[MapLine] = (),
    differs: Sequence[str] = (),
) -> MapPicture:
    """Return a map of these marks and fills; marks outside its frame are left out and counted in the caption.

    What ``differs`` in this drawing from the live map, as sentences, stands in the caption too.
    """
    held = on.frame.holds(np.array([mark.x for mark in marks]), np.array([mark.y for mark in marks]))
    inside = [mark for mark, is_held in zip(marks, held.tolist(), strict=True) if is_held]
    away = len(marks) - len(inside)
    told = on.words.plural(
        "{n} mark lies outside this frame.", "{n} marks lie outside this frame.", away
    )  # such as the Canaries
    alone = [told, *differs] if away else differs
    colours = MAP_COLOURS[on.theme]
    return MapPicture(
        title=title,
        alt=alt,
        caption=" ".join([*alone, caption]),
        live_caption=caption,
        width=on.frame.width,
        height=on.frame.height,
        lands=lands(on.frame, on.geo, on.theme, on.names(), on.fill(fills)),
        marks=tuple(inside),
        legend_title=legend_title,
        legend=tuple(legend),
        sea=colours.sea,
        border=colours.border,
        hatch=colours.hatch,
        lines=tuple(lines),
    )


def atlas_picture(
    on: Ground, view: ViewState, selection: Selection, figures: CountryFigures | None, sources: Sequence[str], alt: str
) -> MapPicture:
    """Return the map of the Atlas.

    Parameters
    ----------
    on : Ground
        Data, language and window.
    view, selection
        What is asked for and what is in view.
    figures : CountryFigures or None
        What countries are coloured by; only for that style.
    sources : sequence of str
        Sources the map rests on.
    alt : str
        The finding, for readers who do not see the map.
    """
    words = on.words
    title = words.plural("{n} site in view", "{n} sites in view", len(selection.sites))
    differs = []
    if figures is not None:
        fills = country_fills(figures.frame, figures.title, figures.decimals, on.theme, words)
        total = LegendItem(words.text("Number of sites in view"), SYMBOL, "circle", sign=words.text("n"))
        marks, legend, legend_title = _drawn(on, view, "countries"), [*fills.items, total], fills.title
        shown = fills.fills
    else:
        style = "points" if view.drawn_style == "points" else "cities"
        if view.drawn_style == "density":
            differs.append(words.text("Density is drawn as cities here."))
        marks, legend, legend_title, shown = _drawn(on, view, style), _roles(on, view, selection, style), title, ()
    return picture(
        on,
        marks,
        [*legend, on.outside],
        title=title,
        alt=alt,
        caption=map_caption(on.atlas.tables, sources, words),
        legend_title=legend_title,
        fills=shown,
        differs=differs,
    )


def _roles(on: Ground, view: ViewState, selection: Selection, style: str) -> list[LegendItem]:
    """Return the roles shown with their number of sites in view, and what size or a hollow mark means."""
    counts, words = role_counts(selection), on.words
    entries = [
        LegendItem(
            f"{words.label(on.atlas.tables, 'role', role)} {words.number(counts.get(role, 0))}",
            ROLE_STYLES[role].colour,
            shape_of(role),
        )
        for role in on.atlas.known.options["layers"]
        if role in view.layers
    ]
    if style == "points":
        return [*entries, LegendItem(words.text("Site not disclosed by the sponsor"), None, "circle", is_hollow=True)]
    return [*entries, *size_scale(words)]


def size_scale(words: Words) -> list[LegendItem]:
    """Return bubbles of one, some and many sites with their numbers."""
    widths = bubble_px(np.array(SIZE_EXAMPLES, dtype=np.float64)).tolist()
    return [
        LegendItem(
            words.plural("{n} site in a city", "{n} sites in a city", count), (150, 158, 166), "circle", size=width
        )
        for count, width in zip(SIZE_EXAMPLES, widths, strict=True)
    ]


def shape_of(role: str) -> Shape:
    """Return the shape of a role."""
    shapes: dict[str, Shape] = {
        "diamond": "diamond",
        "square": "square",
        "circle": "circle",
        "triangle": "triangle",
    }
    return shapes[ROLE_STYLES[role].shape]


def _drawn(on: Ground, view: ViewState, style: str) -> list[Mark]:
    rows = map_rows(on.atlas, view, style)
    x, y = on.frame.place([row["lon"] for row in rows], [row["lat"] for row in rows])
    made = [_MAKERS[style](row, left, down) for row, left, down in zip(rows, x.tolist(), y.tolist(), strict=True)]
    return sorted(made, key=lambda mark: -mark.size)


def _bubble(row: Mapping[str, Any], x: float, y: float) -> Mark:
    role = ROLE_STYLES[row["role"]]
    label = bubble_name(row["role"], row["count"]).removeprefix(f"{row['role']}-")
    place = (round(x + row["dx"], 1), round(y + row["dy"], 1), float(row["size"]))
    return Mark(
        *place, shape_of(row["role"]), role.colour, role.ink, label, f"{row['head']}: {row['tip']}", row["role"]
    )


def _point(row: Mapping[str, Any], x: float, y: float) -> Mark:
    role, hollow = ROLE_STYLES[row["role"]], str(row["icon"]).endswith("-hollow")
    place = (round(x + row["dx"], 1), round(y + row["dy"], 1), float(MARK_PX))
    name = f"{row['head']}, {str(row['tip']).splitlines()[0]}"
    return Mark(*place, shape_of(row["role"]), role.colour, role.ink, "", name, row["role"], hollow)


def _total(row: Mapping[str, Any], x: float, y: float) -> Mark:
    name = f"{row['head']}: {row['tip']}"
    return Mark(round(x, 1), round(y, 1), float(row["size"]), "circle", SYMBOL, (23, 32, 42), row["label"], name)


_MAKERS: Final[Mapping[str, Callable[[Mapping[str, Any], float, float], Mark]]] = {
    "cities": _bubble,
    "points": _point,
    "countries": _total,
}


def disc(
    on: Ground, place: tuple[float, float], size: float, colour: Colour, ink: Colour, label: str, name: str
) -> Mark:
    """Return a disc with its value at a place of longitude and latitude."""
    x, y = on.frame.place(*place)
    return Mark(round(float(x), 1), round(float(y), 1), size, "circle", colour, ink, label, name)
