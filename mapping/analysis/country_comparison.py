"""When comparing countries misleads: the rules, and what they say about the countries put side by side.

Six rules, each about how the figures came to be and none about the figures themselves:

1. A subject was looked for in one country and not in another: a missing figure there is no zero.
2. A subject rests on at least five times as many pages in one country as in another.
3. Sources report national totals of CAR-T centres, and the shares of them that the Atlas holds lie 25 points or more
   apart, or are half or less.
4. The shares of verified records lie 30 points or more apart.
5. The listed places hold too few or too many of a country's people (under 75 % or over 110 %), or the shares lie
   20 points or more apart: figures of access are rough.
6. The newest published figures are of different years, that is of different surveys.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mapping.analysis.country_gaps import LISTED_RANGE, SUBJECTS, centres_held, reported_centres
from mapping.analysis.country_profile import figures_of
from mapping.analysis.ranking import coverage_state
from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas
from mapping.view.ranked import ranked
from mapping.words import Words

PAGES_RATIO: Final = 5
HELD_POINTS: Final = 25.0
HELD_HALF: Final = 50.0
VERIFIED_POINTS: Final = 30.0
LISTED_POINTS: Final = 20.0


@dataclass(frozen=True)
class Caveat:
    """One reason why a comparison misleads."""

    rule: str
    """looked_for, pages, known_totals, confidence, population, years."""
    subject: str
    """What must not be compared, as a code: a subject of the table of coverage, or a figure."""
    told: str


def caveats(atlas: Atlas, countries: Sequence[str], words: Words) -> tuple[Caveat, ...]:
    """Return why comparing these countries misleads; nothing where no rule speaks against it."""
    if len(countries) < 2:
        return ()
    names = {code: words.country_within(atlas.tables, code) for code in countries}
    known = {code: figures_of(atlas, code) for code in countries}
    found: list[Caveat | None] = []
    for subject in SUBJECTS:
        found += [_looked_for(atlas.tables, subject, names, words), _pages(atlas.tables, subject, names, words)]
    found += [_known_totals(atlas.tables, names, words), _confidence(known, names, words)]
    found += [_population(known, names, words), *_years(atlas.tables, known, names, words)]
    return tuple(caveat for caveat in found if caveat is not None)


def _looked_for(tables: Tables, subject: str, names: Mapping[str, str], words: Words) -> Caveat | None:
    states = {code: coverage_state(tables, code, subject) for code in names}
    unseen = [code for code, state in states.items() if state == "not_assessed"]
    if not unseen or len(unseen) == len(states):
        return None
    told = words.text(
        "{subject}: not assessed in {countries}, so a missing figure there is not a zero.",
        subject=words.text(SUBJECTS[subject]),
        countries=words.list([names[code] for code in unseen]),
    )
    return Caveat("looked_for", subject, told)


def pages_read(tables: Tables, country: str, subject: str) -> int:
    """Return on how many pages the coverage of a subject in a country rests."""
    coverage = tables["coverage"]
    cells = coverage.loc[(coverage["country"] == country) & (coverage["subject"] == subject), "source_ids"].dropna()
    return len({source for cell in cells for source in cell.split("|")})


def _pages(tables: Tables, subject: str, names: Mapping[str, str], words: Words) -> Caveat | None:
    pages = {
        code: pages_read(tables, code, subject) for code in names if coverage_state(tables, code, subject) == "found"
    }
    most, fewest = _ends({code: float(count) for code, count in pages.items()})
    if not fewest or pages[most] < PAGES_RATIO * pages[fewest]:
        return None
    told = words.text(
        "{subject}: what is known of {most} rests on {many}, of {fewest} on {few}; part of any difference is how much "
        "was read.",
        subject=words.text(SUBJECTS[subject]),
        most=names[most],
        many=words.plural("{n} page", "{n} pages", pages[most]),
        fewest=names[fewest],
        few=words.plural("{n} page", "{n} pages", pages[fewest]),
    )
    return Caveat("pages", subject, told)


def _ends(values: Mapping[str, float]) -> tuple[str, str]:
    """Return the country with the highest and the one with the lowest value, nothing where there are not two."""
    if len(values) < 2:
        return "", ""
    return max(values, key=lambda code: values[code]), min(values, key=lambda code: values[code])


def _known_totals(tables: Tables, names: Mapping[str, str], words: Words) -> Caveat | None:
    reported = {code: total[0] for code in names if (total := reported_centres(tables, code)) is not None}
    held = {code: centres_held(tables, code) for code in reported}
    shares = {code: held[code] * 100 / reported[code] for code in reported}
    if not shares:
        return None
    apart = max(shares.values()) - min(shares.values()) >= HELD_POINTS
    if not apart and min(shares.values()) > HELD_HALF:
        return None
    parts = [
        words.text("{held} of {all} in {country}", held=held[code], all=reported[code], country=names[code])
        for code in reported
    ]
    without = [names[code] for code in names if code not in reported]
    told = words.text(
        "Treatment centres: of the CAR-T centres that sources report, the Atlas holds {parts}", parts=words.list(parts)
    )
    if without:
        told = words.text("{told}; no total was found for {countries}", told=told, countries=words.list(without))
    return Caveat("known_totals", "treatment_centres", f"{told}.")


def _confidence(known: Mapping[str, Mapping[str, Any]], names: Mapping[str, str], words: Words) -> Caveat | None:
    shares = _values(known, "verified")
    most, fewest = _ends(shares)
    if not most or shares[most] - shares[fewest] < VERIFIED_POINTS:
        return None
    told = words.text(
        "Confidence: {high} % of the records of {most} are verified, {low} % of those of {fewest}.",
        high=words.number(shares[most]),
        most=names[most],
        low=words.number(shares[fewest]),
        fewest=names[fewest],
    )
    return Caveat("confidence", "verified", told)


def _population(known: Mapping[str, Mapping[str, Any]], names: Mapping[str, str], words: Words) -> Caveat | None:
    shares = _values(known, "listed_share")
    outside = any(not LISTED_RANGE[0] <= share <= LISTED_RANGE[1] for share in shares.values())
    most, fewest = _ends(shares)
    if not most or (not outside and shares[most] - shares[fewest] < LISTED_POINTS):
        return None
    told = words.text(
        "Access: the listed places hold {low} % of the people of {fewest} and {high} % of {most}, so shares within a "
        "distance are rough.",
        high=words.number(shares[most]),
        most=names[most],
        low=words.number(shares[fewest]),
        fewest=names[fewest],
    )
    return Caveat("population", "listed_share", told)


def _years(
    tables: Tables, known: Mapping[str, Mapping[str, Any]], names: Mapping[str, str], words: Words
) -> list[Caveat]:
    found = []
    for figure in ranked(tables).get("medicines", ()):
        years = {
            code: int(cells[figure]["year"])
            for code, cells in known.items()
            if cells[figure]["state"] in {"found", "zero"} and cells[figure]["year"] == cells[figure]["year"]
        }
        if len(set(years.values())) > 1:
            told = words.text(
                "{figure}: {parts}; these are different surveys.",
                figure=words.label(tables, "indicator", figure),
                parts=words.list([f"{names[code]} {year}" for code, year in years.items()]),
            )
            found.append(Caveat("years", figure, told))
    return found


def _values(known: Mapping[str, Mapping[str, Any]], figure: str) -> dict[str, float]:
    return {
        code: float(cells[figure]["value"])
        for code, cells in known.items()
        if cells[figure]["state"] in {"found", "zero"}
    }
