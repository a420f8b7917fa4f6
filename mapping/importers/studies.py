"""A trial as a registry tells it, in one shape whatever the registry."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from mapping.places.names import ascii_lower


@dataclass(frozen=True)
class Intervention:
    """Something given or done to the patients."""

    kind: str
    """Kind in the registry, such as GENETIC or DRUG; empty where it gives none."""
    names: tuple[str, ...]
    """Its name, then its other names."""
    description: str = ""
    """The registry's description."""


@dataclass(frozen=True)
class StudySite:
    """A place that runs a trial, as the registry spells it."""

    facility: str
    city: str
    country_name: str
    lat: float | None = None
    lon: float | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what makes two rows of a registry one place in a trial: country, town and facility, folded."""
        return ascii_lower(self.country_name), ascii_lower(self.city), ascii_lower(self.facility)


@dataclass(frozen=True)
class Study:
    """One record of a registry."""

    id: str
    registry: str
    """Code of the registry: ctgov or ctis."""
    title: str
    official_title: str = ""
    other_ids: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    study_type: str = ""
    """INTERVENTIONAL, OBSERVATIONAL, EXPANDED_ACCESS or empty."""
    phase: str = "na"
    status: str = "unknown"
    sponsor: str = ""
    sponsor_kind: str = "unknown"
    start_year: int | None = None
    enrolment: int | None = None
    country_names: tuple[str, ...] = ()
    """Countries named beside those of the sites."""
    sites: tuple[StudySite, ...] = ()
    updated: str = ""
    """Day of the last change of the record, YYYY-MM-DD; empty where it says none."""
    notes: tuple[str, ...] = ()
    """What could not be told from the record."""
    is_summary: bool = False
    """Whether this is the short row of a list of results, which the full record replaces."""
    files: tuple[str, ...] = field(default=(), compare=False)
    """Files in which the record was met, once a time."""


def one_a_number(studies: Iterable[Study]) -> list[Study]:
    """Return one study a registry number, sorted by number, each facility and city once.

    Of several records of one number the full one counts before the summary, then the one changed last. The answer does
    not depend on the order in which the records are met.
    """
    met: dict[str, list[Study]] = {}
    for study in studies:
        met.setdefault(study.id, []).append(study)
    return [_merged(met[number]) for number in sorted(met)]


def _merged(records: list[Study]) -> Study:
    """Return the record that counts, with what a summary alone tells, and the files all were met in."""
    ranked = sorted(records, key=lambda study: (not study.is_summary, study.updated, repr(study)), reverse=True)
    best, files = ranked[0], tuple(sorted(name for study in records for name in study.files))
    summary = next((study for study in ranked if study.is_summary), None)
    if summary and not best.is_summary:
        best = _completed(best, summary)
    sites: dict[tuple[str, str, str], StudySite] = {}
    for site in best.sites:
        sites.setdefault(site.key, site)
    return replace(best, files=files, sites=tuple(sites[key] for key in sorted(sites)))


def _completed(full: Study, summary: Study) -> Study:
    """Return a full record with phase, status and enrolment of the summary where the record gives only codes."""
    return replace(
        full,
        phase=summary.phase if full.phase == "na" else full.phase,
        status=summary.status if full.status == "unknown" else full.status,
        enrolment=summary.enrolment if full.enrolment is None else full.enrolment,
        updated=full.updated or summary.updated,
        notes=tuple(note for note in full.notes if not (note.startswith("phase") and summary.phase != "na")),
    )
