"""Who is nearer than others, as data: the Lorenz curve of the distance, and the regions of each country."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from mapping.analysis.distance_bands import regions_in_rows
from mapping.analysis.inequality import inequality
from mapping.analysis.scenarios import Distances
from mapping.exports.told import PAPER, Asked
from mapping.figures.access_charts import lorenz_alt
from mapping.figures.captions import caption
from mapping.figures.pictures import ChartPicture, Series
from mapping.figures.region_tiles import ENDS, step_entries, tiles_alt
from mapping.figures.scales import HEAT
from mapping.tables.features import features_in

FOUND, EVEN = (11, 90, 140), (23, 32, 42)


def lorenz(asked: Asked, found: Distances, sources: Sequence[str]) -> ChartPicture:
    """Return what share of all kilometres falls on the people who live nearest, against everybody equally far."""
    words = asked.words
    shared = inequality(found.km, found.homes["people"].to_numpy(dtype=float))
    people = [float(share) for share in shared.curve["people"]]
    notes = [words.text("Gini index: 0 where everybody is equally far, near 1 where the way falls on few.")]
    if shared.left_out >= 0.5:
        notes.append(words.text("People without any site in their country have no distance and are left out."))
    return ChartPicture(
        title=words.text("How unequally the distance is shared: Gini index {gini}", gini=words.number(shared.gini, 2)),
        alt=lorenz_alt(shared.curve, shared.gini, words),
        caption=caption(asked.atlas.tables, sources, words, *notes),
        kind="lines",
        categories=tuple(words.percent(share) for share in people),
        series=(
            Series(words.text("As it is"), tuple(float(way) for way in shared.curve["kilometres"]), FOUND),
            Series(words.text("If everybody lived equally far"), tuple(people), EVEN, is_dashed=True),
        ),
        category_title=words.text("People, those who live nearest first"),
        unit="share",
        xs=tuple(people),
    )


def regions(asked: Asked, found: Distances, countries: Sequence[str], sources: Sequence[str]) -> ChartPicture:
    """Return how many of each country's people live in regions of each step: the tiles of the page, by colour."""
    tables, view, words = asked.atlas.tables, asked.view, asked.words
    names = {code: words.country(tables, code) for code in countries}
    table = regions_in_rows(found, view.km, countries)
    labels = _names(asked.geo / "regions.geojson")
    table = table.assign(
        label=[labels.get(code, code) for code in table["region"]],
        step=np.searchsorted(ENDS, table["within"].to_numpy(dtype=np.float64), side="right"),
    )
    rows = list(dict.fromkeys(table["country"]))
    parts = table.groupby(["country", "step"])["part"].sum().to_dict()
    return ChartPicture(
        title=words.text("Share of people within {km} km, by region", km=view.km),
        alt=tiles_alt(table, names, view.km, words),
        caption=caption(tables, sources, words, words.text(
            "Each bar is all people of a country; a colour is those who live in regions with such a share of people "
            "within the distance. Regions are of different size by country (NUTS 1 to 3, or the country)."
        )),
        kind="stacked",
        categories=tuple(names[code] for code in rows),
        series=tuple(
            Series(said, tuple(float(parts.get((code, step), 0.0)) for code in rows), HEAT[PAPER].steps[step])
            for step, (_, said) in enumerate(step_entries(words, PAPER))
        ),
        value_title=words.text("Share of the region’s people"),
        unit="share",
    )  # fmt: skip


@lru_cache(maxsize=4)
def _names(file: Path) -> Mapping[str, str]:
    """Return code and name of each region; none where the outlines do not lie there."""
    features = features_in(file) if file.exists() else []
    return {each["properties"]["code"]: each["properties"]["name"] for each in features}
