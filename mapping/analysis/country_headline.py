"""The finding of the page of countries in one sentence: about all of them, about one, or about those side by side."""

from collections.abc import Sequence

from mapping.analysis.country_profile import CountryProfile
from mapping.analysis.ranking import ranking
from mapping.view.atlas import Atlas
from mapping.words import Words


def countries_headline(atlas: Atlas, profiles: Sequence[CountryProfile], words: Words) -> str:
    """Return the finding as one sentence without a full stop."""
    if not profiles:
        return _all(atlas, words)
    if len(profiles) == 1:
        return _one(profiles[0], words)
    told = words.list([f"{profile.name} {_rate(profile, words)}" for profile in profiles])
    return words.text("Sites per million people: {countries}", countries=told)


def _rate(profile: CountryProfile, words: Words) -> str:
    if profile.sites_per_million is None:
        return words.text("(none known)")
    return words.number(profile.sites_per_million, 1)


def _all(atlas: Atlas, words: Words) -> str:
    cells = ranking(atlas)
    centres = cells[cells["figure"] == "treatment_centres"]
    without = int((centres["state"] != "found").sum())
    sites = cells[(cells["figure"] == "sites") & (cells["state"] == "found")].sort_values("value", ascending=False)
    if sites.empty:
        return words.text("No country has a site in the Atlas")
    told = words.plural(
        "{n} of {all} countries has no treatment centre in the Atlas",
        "{n} of {all} countries have no treatment centre in the Atlas",
        without,
        all=len(centres),
    )
    country = words.country(atlas.tables, str(sites["country"].iloc[0]))
    return words.text(
        "{told}; {country} has most sites, {sites}", told=told, country=country, sites=int(sites["value"].iloc[0])
    )


def _one(profile: CountryProfile, words: Words) -> str:
    if not profile.sites or profile.sites_per_million is None:
        return words.text("{country}: no site in the Atlas; what was looked for is said below", country=profile.name)
    told = words.plural("{country}: {n} site", "{country}: {n} sites", profile.sites, country=profile.name)
    near = next((row for row in profile.access if row.role == "treatment_centres" and row.km == 100), None)
    rate = words.text(
        "{told}, {rate} per million people", told=told, rate=words.number(profile.sites_per_million, 1)
    )  # fmt: skip
    if near is None or near.share is None:
        return rate
    if not near.share:
        return words.text("{told}; nobody lives within 100 km of a treatment centre", told=rate)
    share = words.percent(near.share / 100)
    if near.share < 1 or near.share > 99:  # "about >99 %" would round twice
        return words.text("{told}; {share} of people live within 100 km of a treatment centre", told=rate, share=share)
    return words.text(
        "{told}; about {share} of people live within 100 km of a treatment centre", told=rate, share=share
    )
