"""What the page Access says: the finding in people, what a distance means by road, borders, changes, coverage."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from mapping.analysis.distance_bands import HIGH_COVERAGE, LOW_COVERAGE, people_beyond, road_minutes
from mapping.analysis.scenarios import Distances, sites_view
from mapping.tables.loading import Tables
from mapping.view.state import ViewState
from mapping.words import Words, mark

MILLION: Final = 1_000_000
FROM_NEAREST: Final[Mapping[str, str]] = {
    "partners": mark("from the nearest partner or stakeholder"),
    "facilities": mark("from the nearest manufacturing site"),
    "trial_sites": mark("from the nearest trial site"),
    "treatment_centres": mark("from the nearest treatment centre"),
}
FROM_OWN: Final[Mapping[str, str]] = {
    "partners": mark("from the nearest partner or stakeholder in their own country"),
    "facilities": mark("from the nearest manufacturing site in their own country"),
    "trial_sites": mark("from the nearest trial site in their own country"),
    "treatment_centres": mark("from the nearest treatment centre in their own country"),
}
HAVE_NONE: Final[Mapping[str, str]] = {
    "partners": mark("have no known partner or stakeholder in their own country"),
    "facilities": mark("have no known manufacturing site in their own country"),
    "trial_sites": mark("have no known trial site in their own country"),
    "treatment_centres": mark("have no known treatment centre in their own country"),
}


def people_words(count: float, words: Words) -> str:
    """Return a number of people as an estimate deserves it, to two digits: "4.1 million people", "310,000 people"."""
    if count >= 9.95 * MILLION:
        return words.text("{n} million people", n=words.number(count / MILLION))
    if count >= 0.995 * MILLION:
        return words.text("{n} million people", n=words.number(count / MILLION, 1))
    if count < 0.5:
        return words.text("no people")
    if count < 1000:
        return words.text("fewer than 1,000 people")
    step = 10 ** (len(str(round(count))) - 2)
    return words.text("{n} people", n=words.number(round(count / step) * step))


def access_headline(tables: Tables, today: Distances, then: Distances, view: ViewState, words: Words) -> str:
    """Return the finding as one sentence without a full stop: how many people live beyond the distance."""
    if then.sites.empty:
        return words.text("No site matches these filters, so nobody can be told how far one is")
    beyond, without = people_beyond(then, view.km), people_without(then)
    said = _distance_words(tables, beyond, without, view, words)
    if sites_view(view).filter_key() != sites_view(ViewState(role=view.near_role)).filter_key():
        said = words.text("{finding} that matches the filters", finding=said)
    if 0.5 <= without < beyond - 0.5:
        said = words.text("{finding}, or have none there", finding=said)
    return _with_change(said, beyond - people_beyond(today, view.km), words)


def people_without(found: Distances) -> float:
    """Return how many people have no site at all that counts for them, at whatever distance."""
    return float(found.homes["people"].to_numpy()[found.nearest < 0].sum())


def _distance_words(tables: Tables, beyond: float, without: float, view: ViewState, words: Words) -> str:
    where, people = _where(tables, view, words), people_words(beyond, words)
    from_nearest = words.text((FROM_OWN if view.own else FROM_NEAREST)[view.near_role])
    if beyond < 0.5:
        return words.text(
            "Nobody in {where} lives more than {km} km {from_nearest}",
            where=where, km=view.km, from_nearest=from_nearest,
        )  # fmt: skip
    if without >= beyond - 0.5:
        none = words.text(HAVE_NONE[view.near_role])
        return words.text("{people} in {where} {have_none}", people=people, where=where, have_none=none)
    return words.text(
        "{people} in {where} live more than {km} km {from_nearest}",
        people=people, where=where, km=view.km, from_nearest=from_nearest,
    )  # fmt: skip


def _where(tables: Tables, view: ViewState, words: Words) -> str:
    if not view.countries:
        return words.text("Europe’s towns")
    if len(view.countries) > 3:
        return words.plural("the towns of {n} country", "the towns of {n} countries", len(view.countries))
    names = words.list([words.country_within(tables, code) for code in view.countries])
    return words.text("the towns of {countries}", countries=names)


def _with_change(said: str, more: float, words: Words) -> str:
    if abs(more) < 0.5:
        return said
    people = people_words(abs(more), words)
    if more < 0:
        return words.text("{finding}; with these changes, {people} fewer than today", finding=said, people=people)
    return words.text("{finding}; with these changes, {people} more than today", finding=said, people=people)


def change_words(gain: float, loss: float, km: int, words: Words) -> str:
    """Return how many people a scenario brings within the distance and how many it puts beyond, in bold."""
    gained, lost = f"**{people_words(gain, words)}**", f"**{people_words(loss, words)}**"
    if gain < 0.5 and loss < 0.5:
        return words.text("As many people live within {km} km as today.", km=km)
    if loss < 0.5:
        return words.text("{gain} come within {km} km; nobody drops out.", gain=gained, km=km)
    if gain < 0.5:
        return words.text("{loss} are no longer within {km} km; nobody is added.", loss=lost, km=km)
    return words.text("{gain} come within {km} km, {loss} no longer are.", gain=gained, loss=lost, km=km)


def duration_words(minutes: float, words: Words) -> str:
    """Return minutes as hours and minutes, to five minutes."""
    rounded = round(minutes / 5) * 5
    hours, rest = divmod(rounded, 60)
    if not hours:
        return words.text("{minutes} min", minutes=max(rest, 5))
    return words.text("{hours} h {minutes} min", hours=hours, minutes=f"{rest:02d}")


def road_words(view: ViewState, words: Words) -> str:
    """Return what the distance means by road, and that this is an estimate by two assumptions."""
    return words.text(
        "{km} km as the crow flies is about {time} by road: an estimate that assumes roads {detour} times as long "
        "as the straight line and {speed} km/h door to door.",
        km=view.km,
        time=duration_words(road_minutes(view.km, view.detour, view.speed), words),
        detour=words.number(view.detour / 100, 2).rstrip("0").rstrip(".,"),
        speed=view.speed,
    )


def border_words(anywhere: Distances, own: Distances, km: int, words: Words) -> str:
    """Return what crossing borders changes: the difference between nearest anywhere and in the own country."""
    stuck, free = people_beyond(own, km), people_beyond(anywhere, km)
    if anywhere.sites.empty:
        return words.text("There is no site on either side of a border.")
    if stuck - free < 0.5:
        return words.text("Crossing a border brings nobody more within {km} km.", km=km)
    none = people_without(own)
    told = words.text(
        "Crossing borders brings {gain} within {km} km: {free} live farther from the nearest site anywhere, "
        "{stuck} from the nearest in their own country.",
        gain=people_words(stuck - free, words),
        km=km,
        free=people_words(free, words),
        stuck=people_words(stuck, words),
    )
    if none < 0.5:
        return told
    return told + " " + words.text("{people} have no such site in their own country.", people=_first_upper(none, words))


def _first_upper(count: float, words: Words) -> str:
    said = people_words(count, words)
    return said[:1].upper() + said[1:]


def coverage_words(coverage: pd.DataFrame, countries: Sequence[str], tables: Tables, words: Words) -> tuple[str, str]:
    """Return what the populated places hold of the people, and a warning about countries where that is little.

    Parameters
    ----------
    coverage : DataFrame
        From :func:`mapping.analysis.access.population_coverage`.
    countries : sequence of str
        Countries whose people are counted; all where none is named.

    Returns
    -------
    tuple of str
        The sentence, and the warning or an empty text.
    """
    asked = coverage[coverage["country"].isin(list(countries))] if countries else coverage
    if asked.empty:
        return "", ""
    return _listed_share(asked, tables, words), _weak_coverage(asked, tables, words)


def _listed_share(asked: pd.DataFrame, tables: Tables, words: Words) -> str:
    ordered = asked.sort_values("coverage", kind="stable")
    least, most = ordered.iloc[0], ordered.iloc[-1]
    if len(asked) == 1:
        return words.text(
            "The places listed hold {share} of the people of {country}; each place stands for its share of the "
            "national total, so figures are estimates.",
            share=words.percent(float(least["coverage"])),
            country=words.country_within(tables, str(least["country"])),
        )
    return words.text(
        "The places listed hold {share} of the people of these countries, between {least} ({least_where}) and {most} "
        "({most_where}); each place stands for its share of its country’s total, so figures are estimates.",
        share=words.percent(float(asked["listed"].sum() / asked["population"].sum())),
        least=words.percent(float(least["coverage"])),
        least_where=words.country(tables, str(least["country"])),
        most=words.percent(float(most["coverage"])),
        most_where=words.country(tables, str(most["country"])),
    )


def _weak_coverage(asked: pd.DataFrame, tables: Tables, words: Words) -> str:
    low = asked[asked["coverage"] < LOW_COVERAGE].sort_values("coverage")
    nested = asked[asked["coverage"] > HIGH_COVERAGE].sort_values("coverage", ascending=False)
    warnings = []
    if not low.empty:
        warnings.append(
            words.text(
                "Read with care: the places listed hold less than {share} of the people of {countries}; who lives in "
                "smaller places there is not seen.",
                share=words.percent(LOW_COVERAGE),
                countries=words.list([_covered(row, tables, words) for row in low.itertuples(index=False)]),
            )
        )
    if not nested.empty:
        warnings.append(
            words.text(
                "Some places are listed inside others in {countries}, so large towns weigh too much there.",
                countries=words.list([_covered(row, tables, words) for row in nested.itertuples(index=False)]),
            )
        )
    return " ".join(warnings)


def _covered(row: object, tables: Tables, words: Words) -> str:
    country, share = str(getattr(row, "country", "")), float(getattr(row, "coverage", 0.0))
    return words.text("{country} ({share})", country=words.country_within(tables, country), share=words.percent(share))
