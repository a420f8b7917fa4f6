"""The trials as data: starts by year, the bars by phase, status, class and so on, and the known trial sites."""

from dataclasses import replace
from typing import Final

from mapping.analysis.approvals import Tally, lives_of, products_in_view, tally
from mapping.analysis.pipeline import Pipeline, pipeline
from mapping.analysis.pipeline_words import option_words, pipeline_headline
from mapping.analysis.trial_sample import sampled_sources
from mapping.exports.screen_shared_trials import flows, sizes
from mapping.exports.told import PAPER, Asked, Told
from mapping.figures.approvals_timeline import STEP_WORDS, timeline_alt
from mapping.figures.captions import caption
from mapping.figures.extents import extent_of
from mapping.figures.map_picture import atlas_picture, ground
from mapping.figures.pictures import ChartPicture, MapPicture, Series
from mapping.figures.pipeline_charts import COLOURS
from mapping.view.address import EUROPE
from mapping.view.filtering import select
from mapping.words import mark

TITLES: Final = {
    "phase": mark("Trials by phase"),
    "status": mark("Trials by status"),
    "class": mark("Trials by ATMP class"),
    "modality": mark("Trials by modality"),
    "area": mark("Trials by therapeutic area"),
    "sponsor": mark("Trials by kind of sponsor"),
}
METHOD: Final = mark(
    "A trial counts once. The trials are a sample of what the registries hold, strong for CAR-T and mesenchymal cells "
    "and thin for gene therapies, so a small bar may mean few trials or few found. A status is that of the day the "
    "registry record was read. Trials without a start year, phase or site are counted apart and never left out of the "
    "table."
)


def told(asked: Asked) -> Told:
    """Return what the page of trials shows."""
    atlas, view, words = asked.atlas, asked.view, asked.words
    found, shown = pipeline(atlas, view), products_in_view(atlas.tables, view)
    products = tally(shown)
    bars = tuple(_bars(asked, found, key) for key in TITLES)
    return Told(
        headline=pipeline_headline(found, products, atlas, view, words),
        pictures=(_years(asked, found), *bars, _map(asked, found), flows(asked, found), sizes(asked, found)),
        facts=_facts(asked, found, products),
        method=words.text(METHOD),
        source_ids=(*found.source_ids, *sampled_sources(shown)),
    )


def _years(asked: Asked, found: Pipeline) -> ChartPicture:
    tables, words = asked.atlas.tables, asked.words
    years, undated = found.years(), sum(found.undated().values())
    lives = lives_of(products_in_view(tables, asked.view), tables)
    note = words.plural(
        "{n} trial without a known start year is in no bar.",
        "{n} trials without a known start year are in no bar.",
        undated,
    )
    return ChartPicture(
        title=words.text("Trials by start year"),
        alt=timeline_alt(years, undated, lives, words),
        caption=caption(tables, found.source_ids, words, note),
        kind="columns",
        categories=tuple(str(year) for year in years["year"]),
        series=tuple(
            Series(
                words.text(STEP_WORDS[step]),
                tuple(float(count) for count in years[step]),
                COLOURS[PAPER].steps[step],
                texture="hatch" if step == "none" else "",
            )
            for step in STEP_WORDS
        ),
        category_title=words.text("Start year"),
        value_title=words.text("Trials"),
    )


def _bars(asked: Asked, found: Pipeline, key: str) -> ChartPicture:
    words, counts, labels = asked.words, found.counts(key), option_words(asked.atlas, key, asked.words)
    title = words.text(TITLES[key])
    printed = tuple(words.number(counts[code]) for code in labels)
    said = [
        words.text("{filter}: {value}", filter=name, value=n) for name, n in zip(labels.values(), printed, strict=True)
    ]
    return ChartPicture(
        title=title,
        alt=f"{title}. {'; '.join(said)}.",
        caption=caption(asked.atlas.tables, found.source_ids, words, words.text("Counted under the other filters.")),
        kind="bars",
        categories=tuple(labels.values()),
        series=(
            Series(words.text("Trials"), tuple(float(counts[code]) for code in labels), COLOURS[PAPER].bar, printed),
        ),
    )  # fmt: skip


def _map(asked: Asked, found: Pipeline) -> MapPicture:
    """Return the known sites of the trials in view as one bubble a city."""
    atlas, words = asked.atlas, asked.words
    sites = replace(
        asked.view, layers=("trial_sites",), kinds=(), capabilities=(), include=(), style="cities", focus=EUROPE
    )
    selection = select(atlas, sites)
    title = words.plural("{n} known trial site", "{n} known trial sites", len(selection.sites))
    on = ground(atlas, words, asked.geo, extent_of(EUROPE, atlas.tables, asked.geo))
    drawn = atlas_picture(on, sites, selection, None, found.source_ids, words.text("Map: {what}", what=title))
    return replace(drawn, title=title, legend_title=title)


def _facts(asked: Asked, found: Pipeline, products: Tally) -> tuple[tuple[str, str], ...]:
    words = asked.words
    return (
        (words.text("Trials"), words.number(len(found.trials))),
        (words.text("Trials without a start year"), words.number(sum(found.undated().values()))),
        (words.text("Products ever authorised in the EU"), words.number(products.ever)),
        (words.text("Products authorised now"), words.number(products.authorised)),
        (words.text("Products withdrawn"), words.number(products.withdrawn)),
        (words.text("Products not renewed"), words.number(products.not_renewed)),
    )
