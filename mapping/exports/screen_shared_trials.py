"""More of the trials as data: the countries that share trials, and how many people take part by phase."""

import numpy as np
import pandas as pd

from mapping.analysis.flows import arcs, country_pairs, country_totals, sharing
from mapping.analysis.pipeline import Pipeline, enrolment
from mapping.analysis.pipeline_words import option_words
from mapping.exports.told import PAPER, Asked
from mapping.figures.captions import caption
from mapping.figures.extents import extent_of
from mapping.figures.flow_map import ARC_COLOURS, ARCS_DRAWN, WIDEST_PX, flow_alt
from mapping.figures.map_picture import SYMBOL, Ground, disc, ground, picture
from mapping.figures.pictures import ChartPicture, LegendItem, MapLine, MapPicture, Point, Series
from mapping.figures.pipeline_charts import COLOURS
from mapping.view.address import EUROPE

NARROWEST = 0.8
DISC = 20.0
BEND = 0.15
"""How far a line bends from the straight one, as a share of its length; so two lines of one course are told apart."""
POINTS = 13
INK = (23, 32, 42)


def flows(asked: Asked, found: Pipeline) -> MapPicture:
    """Return the pairs of countries of Europe that share most trials as lines, the widest on top."""
    atlas, words = asked.atlas, asked.words
    pairs = country_pairs(found.codes, found.rows)
    drawn, share = arcs(pairs, atlas.tables), sharing(found.codes, found.rows)
    named = {code: words.country(atlas.tables, code) for code in {*drawn["one"], *drawn["other"]}}
    totals = country_totals(found.codes, found.rows, atlas.tables)
    on = ground(atlas, words, asked.geo, extent_of(EUROPE, atlas.tables, asked.geo))
    marks = [
        disc(on, (lon, lat), DISC, SYMBOL, INK, words.number(trials), words.country(atlas.tables, code))
        for code, lon, lat, trials in totals[["country", "lon", "lat", "trials"]].itertuples(index=False, name=None)
    ]
    title = words.plural("{n} trial in several countries", "{n} trials in several countries", share.several)
    told = words.text(
        "A line joins two countries that share trials, its width their number; a number counts a country's trials in "
        "several countries. Drawn: the {drawn} pairs of {all} in Europe that share most. Countries are at least those "
        "named; trials that name none: {unknown}.",
        drawn=min(len(drawn), ARCS_DRAWN),
        all=len(drawn),
        unknown=share.unknown,
    )
    return picture(
        on,
        marks,
        [
            LegendItem(words.text("A country's trials in several countries"), SYMBOL, "circle", sign=words.text("n")),
            LegendItem(words.text("Shared trials"), ARC_COLOURS[PAPER][0]),
            on.outside,
        ],
        title=title,
        alt=flow_alt(drawn, words, named),
        caption=caption(atlas.tables, found.source_ids, words, told),
        legend_title=title,
        lines=_lines(on, drawn.head(ARCS_DRAWN), named),
    )


def _lines(on: Ground, drawn: pd.DataFrame, named: dict[str, str]) -> list[MapLine]:
    """Return a bent line a pair, the widest last."""
    most, words = max(int(drawn["trials"].max()), 1) if len(drawn) else 1, on.words
    made = []
    for one, other, trials, *ends in drawn[["one", "other", "trials", "lon", "lat", "to_lon", "to_lat"]].itertuples(
        index=False, name=None
    ):
        (left, right), (top, bottom) = on.frame.place([ends[0], ends[2]], [ends[1], ends[3]])
        pair = words.text("{one} and {other}", one=named[one], other=named[other])
        told = words.plural("{pair}: {n} shared trial", "{pair}: {n} shared trials", int(trials), pair=pair)
        wide = round(NARROWEST + (WIDEST_PX - NARROWEST) * trials / most, 1)
        made.append(MapLine(_bent((left, top), (right, bottom)), wide, ARC_COLOURS[PAPER][0], told))
    return made[::-1]


def _bent(start: Point, end: Point) -> tuple[Point, ...]:
    """Return points along a parabola between two places."""
    at = np.linspace(0.0, 1.0, POINTS)
    across, down = end[0] - start[0], end[1] - start[1]
    aside = 4 * BEND * at * (1 - at)
    x, y = start[0] + at * across - aside * down, start[1] + at * down + aside * across
    return tuple(zip(x.round(1).tolist(), y.round(1).tolist(), strict=True))


def sizes(asked: Asked, found: Pipeline) -> ChartPicture:
    """Return the median number of participants by phase, with how many trials each rests on."""
    words, labels = asked.words, option_words(asked.atlas, "phase", asked.words)
    table = enrolment(found, "phase", list(labels))
    rows = [row for row in table.to_dict("records") if row["known"]]
    printed = tuple(
        words.text(
            "{median} (n = {n})",
            median=words.number(row["median"], 0 if float(row["median"]).is_integer() else 1),
            n=row["known"],
        )
        for row in rows
    )
    names, title = tuple(labels[row["code"]] for row in rows), words.text("Median number of participants, by phase")
    said = [words.text("{filter}: {value}", filter=name, value=n) for name, n in zip(names, printed, strict=True)]
    told = words.text(
        "Planned or reached, as the registry gives it. Left out: {nobody} trials that enrolled nobody and "
        "{unknown} without a figure. Duration: the data hold start years only and no end dates, so none is shown.",
        nobody=int(table["nobody"].sum()),
        unknown=int(table["unknown"].sum()),
    )
    medians = tuple(float(row["median"]) for row in rows)
    return ChartPicture(
        title=title,
        alt=f"{title}. {'; '.join(said)}.",
        caption=caption(asked.atlas.tables, found.source_ids, words, told),
        kind="bars",
        categories=names,
        series=(Series(words.text("Median number of participants"), medians, COLOURS[PAPER].bar, printed),),
    )
