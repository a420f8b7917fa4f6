"""The tables that an import of registry records gives: trials, their sites, and the decision on each record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mapping.importers.classifying import Verdict, classify, therapeutic_area
from mapping.importers.countries import Countries, country_code
from mapping.importers.locating import Locator, SiteMatch, Town, judged, position
from mapping.importers.personal_data import plain_line
from mapping.importers.studies import Study, StudySite, one_a_number
from mapping.tables.csvs import Row, join_cell

TRIAL_SITE_COLUMNS: Final = ("trial_id", "facility", "city", "country", "lat", "lon", "site_id")
DECISION_COLUMNS: Final = (
    *("id", "registry", "decision", "rule", "reason", "atmp_class", "modality"),
    *("trial_in_atlas", "times_met", "files"),
)
PLACE_COLUMNS: Final = (
    *("country", "city", "facility", "lat", "lon", "place_id", "town", "town_rule", "town_candidates"),
    *("site_id", "candidate_id", "score", "reason", "other_candidates"),
)
REGISTRY_PAGES: Mapping[str, str] = MappingProxyType(
    {
        "ctgov": "https://clinicaltrials.gov/study/{}",
        "ctis": "https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT={}",
    }
)
SOURCES: Mapping[str, Row] = MappingProxyType(
    {
        "ctgov": {
            "id": "clinicaltrials-gov-api-v2",
            "title": "ClinicalTrials.gov, API version 2",
            "publisher": "U.S. National Library of Medicine",
            "url": "https://clinicaltrials.gov/api/v2/studies",
        },
        "ctis": {
            "id": "ctis-public-api",
            "title": "CTIS, public portal",
            "publisher": "European Medicines Agency",
            "url": "https://euclinicaltrials.eu/ctis-public-api/search",
        },
    }
)
"""The row of `sources.csv` that imported trials rest on."""
KEPT, LEFT_OUT = "kept", "left out"


@dataclass(frozen=True)
class RegistryTables:
    """What an import of registry records gives."""

    trials: tuple[Row, ...]
    trial_sites: tuple[Row, ...]
    decisions: tuple[Row, ...]
    """One row a record, kept or left out, by which rule."""
    places: tuple[Row, ...]
    """One row a facility, where it was placed and which site it may be."""


@dataclass(frozen=True)
class Ground:
    """What the records are held against."""

    countries: Countries
    locator: Locator
    known_trials: Mapping[str, str]
    """Registry number, in whatever registry -> id of the trial in the Atlas."""
    retrieved: str
    """Day on which the records were read, YYYY-MM-DD."""


def registry_tables(studies: Iterable[Study], ground: Ground) -> RegistryTables:
    """Return trials, sites and decisions of records; the order of the records makes no difference."""
    trials: list[Row] = []
    trial_sites: list[Row] = []
    decisions: list[Row] = []
    places: dict[tuple[str, str, str], Row] = {}
    for study in one_a_number(studies):
        verdict = classify(study)
        european = [site for site in study.sites if country_code(site.country_name) in ground.countries.european]
        is_european = bool(european) or (study.is_summary and bool(_codes(study) & ground.countries.european))
        decisions.append(_decision(study, verdict, is_european, ground))
        if not (verdict.is_atmp and is_european):
            continue
        trials.append(_trial(study, verdict, ground))
        for site in european:
            row, place = _placed(study, site, ground)
            trial_sites.append(row)
            places[row["country"], row["city"], row["facility"]] = place
    trial_sites.sort(key=lambda row: (row["trial_id"], row["country"], row["city"], row["facility"]))
    return RegistryTables(
        tuple(trials), tuple(trial_sites), tuple(decisions), tuple(places[key] for key in sorted(places))
    )


def _decision(study: Study, verdict: Verdict, is_european: bool, ground: Ground) -> Row:
    """Return what was decided on a record."""
    rule, reason = verdict.rule, verdict.why
    if verdict.is_atmp and not is_european:
        rule = "no-european-site"
        reason = "No site lies in a European country of the Atlas" if study.sites else "The record names no site"
    is_kept = verdict.is_atmp and is_european
    return {
        "id": study.id,
        "registry": study.registry,
        "decision": KEPT if is_kept else LEFT_OUT,
        "rule": rule,
        "reason": reason,
        "atmp_class": verdict.atmp_class,
        "modality": verdict.modality,
        "trial_in_atlas": known_as(study, ground.known_trials),
        "times_met": str(len(study.files)),
        "files": join_cell(study.files),
    }


def known_as(study: Study, known: Mapping[str, str]) -> str:
    """Return the id of the trial in the Atlas that has one of a study's numbers, or nothing."""
    return next((known[number] for number in (study.id, *study.other_ids) if number in known), "")


def _trial(study: Study, verdict: Verdict, ground: Ground) -> Row:
    """Return a row of the table of trials."""
    codes = _codes(study)
    unknown = sorted(codes - ground.countries.known)
    notes = [f"class by rule {verdict.rule}", *study.notes]
    notes += [f"also in {', '.join(unknown)}"] if unknown else []
    snapshot = f"registry record, last updated {study.updated}" if study.updated else "registry record"
    return {
        "id": study.id,
        "registry": study.registry,
        "other_ids": join_cell(study.other_ids),
        "title": plain_line(study.title or study.official_title) or study.id,
        "atmp_class": verdict.atmp_class,
        "modality": verdict.modality,
        "product": "; ".join(dict.fromkeys(filter(None, map(plain_line, verdict.products)))),
        "condition": "; ".join(dict.fromkeys(filter(None, map(plain_line, study.conditions)))),
        "therapeutic_area": therapeutic_area(study),
        "phase": study.phase,
        "status": study.status,
        "sponsor": plain_line(study.sponsor),
        "sponsor_kind": study.sponsor_kind,
        "start_year": "" if study.start_year is None else str(study.start_year),
        "enrolment": "" if study.enrolment is None else str(study.enrolment),
        "countries": join_cell(sorted(codes & ground.countries.known)),
        "registry_url": REGISTRY_PAGES[study.registry].format(study.id),
        "snapshot": snapshot,
        "note": "; ".join(notes),
        "source_ids": SOURCES[study.registry]["id"],
        "confidence": "inferred",
        "retrieved": ground.retrieved,
    }


def _codes(study: Study) -> set[str]:
    """Return the codes of the countries a study names; names we cannot read are left to the record."""
    names = {*study.country_names, *(site.country_name for site in study.sites)}
    return {code for code in map(country_code, names) if code}


def _placed(study: Study, site: StudySite, ground: Ground) -> tuple[Row, Row]:
    """Return a trial's site as a row, and where it was placed and why."""
    country = country_code(site.country_name)
    facility, city = plain_line(site.facility), plain_line(site.city)
    stated = _stated(site)
    town = ground.locator.town(city, country, stated)
    match = ground.locator.site(facility, city, town, country)
    point = position(town, stated)
    row = {
        "trial_id": study.id,
        "facility": facility,
        "city": city,
        "country": country,
        "lat": f"{point[0]}" if point else "",
        "lon": f"{point[1]}" if point else "",
        "site_id": match.site_id,
    }
    return row, _place(row, town, match)


def _stated(site: StudySite) -> tuple[float, float] | None:
    """Return the position a registry gives, if it is one on Earth."""
    if site.lat is None or site.lon is None or abs(site.lat) > 90 or abs(site.lon) > 180:
        return None
    return site.lat, site.lon


def _place(row: Row, town: Town, match: SiteMatch) -> Row:
    """Return where a facility was placed and which site it may be, for the reviewer."""
    return {
        **{column: row[column] for column in ("country", "city", "facility", "lat", "lon")},
        **judged(town, match),
    }
