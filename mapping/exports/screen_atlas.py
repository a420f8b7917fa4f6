"""The Atlas as data: the map of the view and, beside it, the obstacles published about its countries."""

from typing import Final

from mapping.analysis.evidence import evidence_sources, in_words, order_countries, stage_by_country
from mapping.analysis.findings import Finding, finding
from mapping.analysis.headlines import atlas_headline
from mapping.analysis.on_the_map import COUNTRIES_BESIDE, selected_countries
from mapping.analysis.provenance import sources_in_view
from mapping.analysis.rates import country_figures
from mapping.exports.told import PAPER, Asked, Told
from mapping.figures.captions import heatmap_caption
from mapping.figures.extents import extent_of
from mapping.figures.map_picture import atlas_picture, ground
from mapping.figures.matrix_picture import stage_picture
from mapping.figures.pictures import MapPicture, MatrixPicture
from mapping.view.address import EUROPE
from mapping.view.filtering import Selection, select
from mapping.words import mark

METHOD: Final = mark(
    "A site is one physical place; it counts once, however many roles it has. Each mark stands where a source says "
    "the place is, most of them at the centre of their city. Records are found on public pages and read by us; the "
    "share evidenced from a page that states it is part of the headline. What is not on the map may exist and not "
    "have been found: trials and treatment centres are a sample, never a full list. The number of sources about an "
    "obstacle says where figures were published, not how big the hurdle is."
)


def told(asked: Asked) -> Told:
    """Return what the Atlas shows."""
    atlas, view, words = asked.atlas, asked.view, asked.words
    selection = select(atlas, view)
    headline = atlas_headline(atlas, selection, view, words)
    return Told(
        headline=headline,
        pictures=(_map(asked, selection, headline), _matrix(asked, selection)),
        facts=_facts(asked, finding(atlas, selection)),
        method=words.text(METHOD),
        source_ids=sources_in_view(atlas, selection),
    )


def _map(asked: Asked, selection: Selection, headline: str) -> MapPicture:
    atlas, view, words = asked.atlas, asked.view, asked.words
    figures = country_figures(atlas, selection, view, words) if view.drawn_style == "countries" else None
    sources = (figures.source_ids if figures else ()) or sources_in_view(atlas, selection)
    on = ground(atlas, words, asked.geo, extent_of(view.focus, atlas.tables, asked.geo))
    return atlas_picture(on, view, selection, figures, sources, headline)


def _matrix(asked: Asked, selection: Selection) -> MatrixPicture:
    tables, view, words = asked.atlas.tables, asked.view, asked.words
    filters = {"stages": view.stages, "categories": view.categories, "stakeholders": view.stakeholders}
    in_view = view.countries or selected_countries(selection)
    countries = order_countries(tables, in_view, top=COUNTRIES_BESIDE, **filters)
    cells = in_words(stage_by_country(tables, countries, **filters), tables, words)
    more = len(in_view) - len(countries)
    others = words.plural("{n} more country is in view.", "{n} more countries are in view.", more) if more > 0 else ""
    caption = heatmap_caption(tables, evidence_sources(tables, countries, **filters), words)
    return stage_picture(
        cells,
        words,
        PAPER,
        title=words.text("What stands in the way: published figures by stage and country"),
        caption=f"{caption} {others}".strip(),
    )


def _facts(asked: Asked, found: Finding) -> tuple[tuple[str, str], ...]:
    tables, words = asked.atlas.tables, asked.words
    roles = tuple((words.label(tables, "role", role), words.number(count)) for role, count in found.roles.items())
    facts = (
        (words.text("Sites"), words.number(found.sites)),
        *roles,
        (words.text("Countries"), words.number(len(found.countries))),
        (words.text("Cities"), words.number(found.cities)),
        (words.text("Trials at these sites"), words.number(found.trials)),
        (words.text("Evidenced from a page that states it"), words.percent(found.share_verified)),
    )
    if asked.view.focus == EUROPE or not found.sites:
        return facts
    here = finding(asked.atlas, select(asked.atlas, asked.view), asked.view.focus)
    return ((words.text("Sites where the map looks"), words.number(here.sites)), *facts)
