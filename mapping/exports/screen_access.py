"""Access as data: the map of places by distance, the shares by country and the cumulative curve."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from mapping.analysis.access_words import access_headline, people_words, road_words
from mapping.analysis.distance_bands import (
    LIMITS,
    NO_SITE,
    band_of,
    cumulative,
    people_beyond,
    share_within,
    shares_by,
)
from mapping.analysis.provenance import sources_in_view
from mapping.analysis.scenarios import Distances, distances_today, sites_to_add, sites_view, with_scenario
from mapping.exports.screen_shares import lorenz, regions
from mapping.exports.told import PAPER, Asked, Told
from mapping.figures.access_charts import bars_alt, curve_alt
from mapping.figures.access_colours import BAND_COLOURS, band_label
from mapping.figures.access_map import METRES_A_ROOT
from mapping.figures.captions import caption, map_caption
from mapping.figures.extents import extent_of
from mapping.figures.map_lands import Floats
from mapping.figures.map_picture import SYMBOL, Ground, disc, ground, picture
from mapping.figures.pictures import ChartPicture, LegendItem, MapPicture, Mark, Series
from mapping.view.address import EUROPE
from mapping.view.filtering import select
from mapping.view.state import ViewState
from mapping.words import mark

METHOD: Final = mark(
    "Each populated place stands for its share of its country's people. Its distance is that to the nearest site that "
    "counts, as the crow flies, across borders unless the view says otherwise. Figures are estimates. A site that the "
    "Atlas does not know makes people look farther away than they are; nearly all sites stand at the centre of their "
    "city. Only people of the EU, the EEA, the United Kingdom and Switzerland are counted."
)
PLACES_DRAWN: Final = 2500
"""Places with most people that a picture draws; all of them are counted."""
SMALLEST: Final = 4.0
"""Width of the smallest place drawn: its colour is still seen from the back of a room."""
SITE: Final = 7.0
"""Width of a site that counts."""
EARTH_M: Final = 40_075_017.0
"""Circumference of the Earth at the equator."""
CURVES: Final = ((11, 90, 140), (179, 71, 14), (23, 32, 42))
"""Colours of the lines, the first that of the map."""


@dataclass(frozen=True)
class Study:
    """The distances of one view."""

    today: Distances
    then: Distances
    """With the scenario; the same where there is none."""
    other: Distances
    """With the other answer to whether only the own country counts."""
    countries: pd.DataFrame
    share: float
    """Share of all people of Europe within the distance, whichever countries are in view."""


def study(asked: Asked) -> Study:
    """Return the distances of a view, from the same functions as the page."""
    view = asked.view
    base, everybody = _pair(asked, view)
    _, other = _pair(asked, view.with_only("own", *(() if view.own else ("1",))))
    today = base.among(view.countries)
    then = today if everybody is base else everybody.among(view.countries)
    countries = shares_by(then, "country", view.km)
    return Study(today, then, other.among(view.countries), countries, share_within(everybody, view.km))


def _pair(asked: Asked, view: ViewState) -> tuple[Distances, Distances]:
    """Return the distances of everybody today and with the scenario; the same where there is none."""
    base = distances_today(asked.atlas, view)
    return base, with_scenario(asked.atlas.tables, base, view)


def told(asked: Asked) -> Told:
    """Return what the page Access shows."""
    atlas, view, words = asked.atlas, asked.view, asked.words
    found = study(asked)
    headline = access_headline(atlas.tables, found.today, found.then, view, words)
    sources = sources_in_view(atlas, select(atlas, sites_view(view)))
    return Told(
        headline=headline,
        pictures=(
            _map(asked, found, headline, sources),
            _bars(asked, found),
            _curves(asked, found),
            lorenz(asked, found.then, sources),
            regions(asked, found.then, found.countries["country"].tolist(), sources),
        ),
        facts=_facts(asked, found),
        method=f"{words.text(METHOD)} {road_words(view, words)}",
        source_ids=sources,
    )


def _map(asked: Asked, found: Study, headline: str, sources: tuple[str, ...]) -> MapPicture:
    atlas, view, words = asked.atlas, asked.view, asked.words
    focus = view.countries[0] if view.focus == EUROPE and len(view.countries) == 1 else view.focus
    on = ground(atlas, words, asked.geo, extent_of(focus, atlas.tables, asked.geo))
    marks, note = _places(on, found.then)
    bands = range(NO_SITE + 1 if view.own else NO_SITE)
    entries = [LegendItem(band_label(band, words), BAND_COLOURS[PAPER][band], "circle") for band in bands]
    sites = words.plural("{n} site that counts", "{n} sites that count", len(found.then.sites))
    notes = words.text("Estimates. Core countries only (EU, EEA, UK, Switzerland).")
    return picture(
        on,
        [*marks, *_sites(on, found.then), *_changed(on, view)],
        [*entries, LegendItem(sites, SYMBOL, "circle"), on.outside],
        title=words.text("Distance to the nearest site; size: people"),
        alt=headline,
        caption=map_caption(atlas.tables, sources, words, notes),
        legend_title=words.text("Distance to the nearest site; size: people"),
        differs=[note] if note else [],
    )


def _places(on: Ground, found: Distances) -> tuple[list[Mark], str]:
    """Return the largest places of the frame as discs, those with most people first, and which they are."""
    homes = found.homes.assign(band=band_of(found.km))
    x, y = on.frame.place(homes["lon"], homes["lat"])
    shown = homes[on.frame.holds(x, y)].sort_values("people", ascending=False, kind="stable")
    drawn = shown.head(PLACES_DRAWN)
    lat, people = drawn["lat"].to_numpy(dtype=np.float64), drawn["people"].to_numpy(dtype=np.float64)
    wide = np.maximum(2 * METRES_A_ROOT * np.sqrt(people) / _metres(on, lat), SMALLEST)
    x, y = on.frame.place(drawn["lon"], lat)
    columns = (x.round(1), y.round(1), wide, drawn["band"], drawn["name"], drawn["country"])
    marks = [
        Mark(left, down, size, "circle", BAND_COLOURS[PAPER][band], (0, 0, 0), "", f"{name}, {country}")
        for left, down, size, band, name, country in zip(*(column.tolist() for column in columns), strict=True)
    ]
    told = on.words.text("Drawn: the {n} places with most people, of {all}; all count.", n=len(drawn), all=len(shown))
    return marks, told if len(drawn) < len(shown) else ""


def _sites(on: Ground, found: Distances) -> list[Mark]:
    """Return the sites that count."""
    return [
        disc(on, (row["lon"], row["lat"]), SITE, SYMBOL, (0, 0, 0), "", str(row["name"]))
        for row in found.sites.to_dict("records")
    ]


def _metres(on: Ground, lat: Floats) -> Floats:
    """Return how many metres of ground a unit of the map is at each latitude."""
    metres: Floats = EARTH_M / on.frame.world * np.cos(np.radians(lat))
    return metres


def _changed(on: Ground, view: ViewState) -> list[Mark]:
    """Return the sites of the scenario with their sign."""
    tables = on.atlas.tables
    return [
        disc(on, (row["lon"], row["lat"]), 18.0, SYMBOL, (0, 0, 0), sign, str(row["name"]))
        for ids, sign in ((view.added, "+"), (view.closed, "×"))
        if ids
        for row in sites_to_add(tables, ids).to_dict("records")
    ]


def _bars(asked: Asked, found: Study) -> ChartPicture:
    tables, view, words, table = asked.atlas.tables, asked.view, asked.words, found.countries
    labels = tuple(words.country(tables, code) for code in table["country"])
    rows = table.assign(label=list(labels), code=table["country"])
    note = words.text("Estimates; people by distance to the nearest site.")
    europe = words.text("Europe {share}", share=words.percent(found.share))
    bands = [band for band in range(NO_SITE + 1) if band < NO_SITE or (len(table) and table[f"band_{band}"].any())]
    return ChartPicture(
        title=words.text("Share of people within {km} km, by country", km=view.km),
        alt=bars_alt(rows, found.share, view.km, words),
        caption=caption(tables, (), words, f"{europe}.", note, road_words(view, words)),
        kind="stacked",
        categories=labels,
        series=tuple(
            Series(band_label(band, words), tuple(map(float, table[f"band_{band}"])), BAND_COLOURS[PAPER][band])
            for band in bands
        ),
        unit="share",
        ends=tuple(words.percent(float(share)) for share in table["within"]),
        marker=(found.share, europe),
    )


def _curves(asked: Asked, found: Study) -> ChartPicture:
    tables, view, words = asked.atlas.tables, asked.view, asked.words
    here, there = words.text("Nearest anywhere"), words.text("Own country only")
    if view.own:
        here, there = there, here
    cases = {here: found.then, there: found.other}
    if found.then is not found.today:
        cases[words.text("Today")] = found.today
    curves = {name: cumulative(case) for name, case in cases.items()}
    first = curves[here]
    return ChartPicture(
        title=words.text("People by distance to the nearest site"),
        alt=curve_alt(first, words),
        caption=caption(tables, (), words, words.text("Estimates; distances as the crow flies.")),
        kind="lines",
        categories=tuple(words.number(int(km)) for km in first["km"]),
        series=tuple(
            Series(name, tuple(map(float, curve["share"])), colour, is_dashed=bool(at))
            for at, ((name, curve), colour) in enumerate(zip(curves.items(), CURVES, strict=False))
        ),
        category_title=words.text("Kilometres to the nearest site"),
        unit="share",
        xs=tuple(float(km) for km in first["km"]),
        marker=(float(view.km), words.text("{km} km", km=view.km)),
    )


def _facts(asked: Asked, found: Study) -> tuple[tuple[str, str], ...]:
    words, view = asked.words, asked.view
    reached = [
        (
            words.text("Within {km} km", km=km),
            words.percent(share_within(found.then, km)),
        )
        for km in sorted({*LIMITS, view.km})
    ]
    beyond = people_words(people_beyond(found.then, view.km), words)
    return (
        (words.text("People farther than {km} km", km=view.km), beyond),
        *reached,
        (words.text("Sites that count"), words.number(len(found.then.sites))),
    )
