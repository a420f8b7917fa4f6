"""The finding in one plain sentence, for exactly what is in view."""

from typing import Final

from mapping.analysis.filter_words import filters_in_words, key_words
from mapping.analysis.findings import Blocking, Finding, blocking_filters, finding
from mapping.tables.loading import Tables
from mapping.view.address import ALL_LAYERS, EUROPE
from mapping.view.atlas import Atlas
from mapping.view.filtering import Selection
from mapping.view.state import ViewState
from mapping.words import Words, mark_plural

__all__ = ["Blocking", "atlas_headline", "blocking_filters", "dateline"]

SITE_WORDS: Final = {
    "partners": mark_plural("{n} partner site", "{n} partner sites"),
    "facilities": mark_plural("{n} manufacturing site", "{n} manufacturing sites"),
    "trial_sites": mark_plural("{n} trial site", "{n} trial sites"),
    "treatment_centres": mark_plural("{n} treatment centre", "{n} treatment centres"),
}


def atlas_headline(atlas: Atlas, selection: Selection, view: ViewState, words: Words) -> str:
    """Return the finding for what is in view, as one sentence without a full stop.

    Where the map looks at one country or city without a filter on it, the finding is about that place, and the
    number for the whole view follows. An empty view says which filter leaves nothing.
    """
    whole = finding(atlas, selection)
    if not whole.sites:
        return _nothing(atlas, view, words)
    here = finding(atlas, selection, view.focus) if view.focus != EUROPE else whole
    if not here.sites or here.sites == whole.sites:
        return _with_evidence(_where(atlas, whole, view, words), whole, words)
    told = words.text(
        "{finding}, of {all} in {countries}",
        finding=_where(atlas, here, view, words),
        all=whole.sites,
        countries=words.plural("{n} country", "{n} countries", len(whole.countries)),
    )
    return _with_evidence(told, here, words)


def dateline(tables: Tables, words: Words) -> str:
    """Return version and date of the data in words."""
    if not tables.released:
        return words.text("Data {version}", version=tables.version)
    return words.text(
        "Data {version}, collected up to {date}", version=tables.version, date=words.date(tables.released)
    )


def _where(atlas: Atlas, found: Finding, view: ViewState, words: Words) -> str:
    """Return sites and place: "Spain: 14 manufacturing sites in 6 cities", with the roles where some were chosen."""
    sites = _sites(found, view, words)
    if len(found.countries) > 1:
        said = words.text(
            "{sites} in {countries}",
            sites=sites,
            countries=words.plural("{n} country", "{n} countries", len(found.countries)),
        )
    else:
        said = _in_one_country(atlas, found, sites, words)
    if len(found.roles) == 1 or view.layers == ALL_LAYERS:
        return said
    return words.text("{finding} ({roles})", finding=said, roles=words.list(_roles(found, words)))


def _in_one_country(atlas: Atlas, found: Finding, sites: str, words: Words) -> str:
    country = words.country(atlas.tables, found.countries[0])
    if found.cities > 1:
        cities = words.plural("{n} city", "{n} cities", found.cities)
        return words.text("{country}: {sites} in {cities}", country=country, sites=sites, cities=cities)
    place = words.text("{city}, {country}", city=found.city, country=country)
    if found.name:
        return words.text("{place}: {sites}, {name}", place=place, sites=sites, name=found.name)
    return words.text("{place}: {sites}", place=place, sites=sites)


def _sites(found: Finding, view: ViewState, words: Words) -> str:
    roles = _roles(found, words)
    said = roles[0] if len(roles) == 1 else words.plural("{n} site", "{n} sites", found.sites)
    if list(found.roles) == ["trial_sites"]:
        trials = words.plural("{n} trial", "{n} trials", found.trials)
        said = words.text("{sites} of {trials}", sites=said, trials=trials)
    return words.text("{sites} found for “{text}”", sites=said, text=view.text) if view.text else said


def _roles(found: Finding, words: Words) -> list[str]:
    return [words.plural(*SITE_WORDS[role], count) for role, count in found.roles.items()]


def _with_evidence(said: str, found: Finding, words: Words) -> str:
    if found.sites > 1:
        share = words.percent(found.share_verified)
        return words.text("{finding}; {share} evidenced from a page that states it", finding=said, share=share)
    if found.verified:
        return words.text("{finding}; evidenced from a page that states it", finding=said)
    return words.text("{finding}; not evidenced from a page that states it", finding=said)


def _nothing(atlas: Atlas, view: ViewState, words: Words) -> str:
    told = words.text("No site matches: {filters}", filters=filters_in_words(atlas.tables, view, words))
    freeing = [blocking for blocking in blocking_filters(atlas, view) if blocking.key != "include"]
    if not freeing:
        return told
    sites = words.plural("{n} site", "{n} sites", freeing[0].sites)
    without = words.text(
        "without “{filter}” there would be {sites}", filter=key_words(words, freeing[0].key), sites=sites
    )
    return f"{told}; {without}"
