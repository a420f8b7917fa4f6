"""The parts of a site card: plain values in the reader's words, each with the sources it rests on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A document or page a fact rests on."""

    id: str
    title: str
    """Its title, or its publisher where it was not catalogued."""
    publisher: str
    url: str
    year: int | None
    """Year of publication, where the page states one."""
    retrieved: str
    """Day on which it was read, ISO."""
    kind: str
    """What sort of document it is, in words."""


@dataclass(frozen=True)
class Evidence:
    """What a fact rests on."""

    confidence: str
    """Code: verified, inferred, unverified."""
    confidence_label: str
    sources: tuple[Source, ...]
    """Empty only where the fact is unverified."""
    retrieved: str


@dataclass(frozen=True)
class Partner:
    """An organisation seated at the site."""

    id: str
    name: str
    kind: str
    consortium_role: str
    """In words; empty where it has none."""
    work_packages: tuple[str, ...]
    networks: tuple[str, ...]
    expertise: tuple[str, ...]
    website: str
    note: str
    evidence: Evidence


@dataclass(frozen=True)
class Unit:
    """A manufacturing unit at the site."""

    id: str
    name: str
    operator: str
    kind: str
    classes: tuple[str, ...]
    capabilities: tuple[str, ...]
    """Often inferred: show them under ``SiteCard.capabilities_note``."""
    status: str
    """GMP status with the year of its source; never says that the unit works today."""
    products: tuple[str, ...]
    clean_room: str
    """Clean-room area in words; empty where not stated."""
    life: str
    """Opened and closed in words; empty where not stated."""
    website: str
    note: str
    evidence: Evidence


@dataclass(frozen=True)
class Trial:
    """A trial run at the site."""

    id: str
    """Registry number."""
    title: str
    phase: str
    modality: str
    status: str
    """Status with the date it is as of."""
    start_year: int | None
    registry_url: str
    """Empty where the number is not confirmed: then do not link it."""
    names_here: tuple[str, ...]
    """Names of the site as the registry spells them."""
    note: str
    evidence: Evidence
    """What the trial's own facts rest on."""
    evidence_here: Evidence
    """What it rests on that the trial is run at this site."""


@dataclass(frozen=True)
class Treatment:
    """A centre at the site that is qualified to give ATMPs."""

    id: str
    name: str
    scope: str
    status: str
    products: tuple[str, ...]
    classes: tuple[str, ...]
    note: str
    evidence: Evidence


@dataclass(frozen=True)
class Neighbour:
    """Another site near by."""

    id: str
    name: str
    city: str
    country: str
    """Code."""
    km: float
    """Great-circle distance."""
    distance: str
    """The same in words."""


@dataclass(frozen=True)
class Tally:
    """How many there are of something."""

    code: str
    label: str
    count: int


@dataclass(frozen=True)
class CountryObstacles:
    """The published figures about obstacles in the site's country."""

    country: str
    figures: int
    sources: int
    told: str
    """The same in words, none included."""


@dataclass(frozen=True)
class SiteCard:
    """Everything known about one site."""

    id: str
    name: str
    aliases: tuple[str, ...]
    place: str
    """City and country."""
    precision: str
    """How exactly the site is placed, in words."""
    undisclosed: str
    """Why the site has no name; empty where it is named."""
    website: str
    note: str
    roles: tuple[Tally, ...]
    """The site's roles with their numbers of records."""
    partners: tuple[Partner, ...]
    units: tuple[Unit, ...]
    capabilities_note: str
    phases: tuple[Tally, ...]
    """Trials by phase."""
    trials: tuple[Trial, ...]
    """The latest start first."""
    treatments: tuple[Treatment, ...]
    obstacles: CountryObstacles
    neighbours: tuple[Neighbour, ...]
    """The nearest first."""
    confidence_mix: tuple[Tally, ...]
    """How many of the site's records are verified, inferred, unverified."""
    evidence: Evidence
    """What name and place rest on."""
