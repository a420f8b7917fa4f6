"""What a shared link restores: the one frozen view, read from an address and written to it."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from mapping.view.address import (
    ALL_LAYERS,
    AMONG,
    DETOUR,
    EUROPE,
    FIELDS,
    FILTER_KEYS,
    GROUP,
    KEYS,
    KM,
    LIST_FIELDS,
    LONGEST,
    MATRICES,
    NUMBER_FIELDS,
    OBSTACLE_FILTERS,
    ORDERS,
    PARTS,
    SOURCES,
    SPEED,
    TABS,
    TEXT_CHARACTERS,
    WORD_FIELDS,
    Dropped,
    K,
    bounded,
    clean,
    dropped,
    read_fields,
    tidy_list,
    tidy_years,
)
from mapping.view.known import Known

__all__ = ["Dropped", "ViewState", "read_view"]

_RESULT_FIELDS = tuple(FIELDS[key] for key in FILTER_KEYS if key not in {"q", *OBSTACLE_FILTERS})
_KEPT_ON_RESET = ("lang", "version", "present", "style")


@dataclass(frozen=True)
class ViewState:
    """Everything a reader can set; an empty filter restricts nothing.

    Values are tidied on the way in (lists sorted and each once, text cut, years and numbers inside their
    bounds), so two views that mean the same are equal and every view survives the trip through its link.
    """

    layers: tuple[str, ...] = ALL_LAYERS
    """Roles shown; none means all four, as an address cannot name an empty list."""
    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 codes of the sites' countries."""
    classes: tuple[str, ...] = ()
    """ATMP classes of facilities, trials and treatment centres."""
    kinds: tuple[str, ...] = ()
    """Kinds of organisation and of facility."""
    capabilities: tuple[str, ...] = ()
    """What a facility can make or do."""
    modalities: tuple[str, ...] = ()
    """What a trial tests: CAR-T, gene therapy by AAV, and so on."""
    areas: tuple[str, ...] = ()
    """Therapeutic areas of trials."""
    phases: tuple[str, ...] = ()
    """Phases of trials."""
    statuses: tuple[str, ...] = ()
    """States of trials as of their snapshot."""
    sponsors: tuple[str, ...] = ()
    """Kinds of sponsor of trials."""
    years: tuple[int, int] | None = None
    """First and last year in which a trial started; None for any, unknown included."""
    confidences: tuple[str, ...] = ()
    """How sure we are of a record."""
    text: str = ""
    """Free text, every word of which must be found."""
    stages: tuple[str, ...] = ()
    """Stages of obstacles."""
    categories: tuple[str, ...] = ()
    """Categories of obstacles."""
    stakeholders: tuple[str, ...] = ()
    """Whom obstacles concern."""
    obstacle: str = ""
    """Id of the one obstacle looked at."""
    include: tuple[str, ...] = ()
    """What is shown beside today's sites: closed, planned."""
    site: str = ""
    """Id of the site whose card is open."""
    focus: str = EUROPE
    """What the map shows: EUROPE, a country code, or the id of a populated place."""
    style: str = ""
    """How the map draws: cities, points, density, countries; empty for what suits the focus."""
    indicator: str = ""
    """Code of the figure that the style countries colours by."""
    km: int = KM
    """Kilometres within which a place counts as served."""
    lang: str = "en"
    """Language of the screens."""
    present: bool = False
    """Whether the screen is set for a projector."""
    version: str = ""
    """Data version the link was made with; empty for today's."""
    sort: str = ""
    """Column the table of sites is ordered by, a minus before it for descending; empty for the name."""
    page: int = 1
    """Page of the table of sites, from 1."""
    matrix: str = MATRICES[0]
    """Which heatmap of obstacles: by country, stage, stakeholder, or categories by country."""
    measure: str = SOURCES
    """What the heatmap's colour means: sources, or a kind of figure with its unit, direction and scope."""
    order: str = ORDERS[0]
    """Order of the heatmap's rows: evidence, value, az, similarity."""
    evidence: tuple[str, ...] = ()
    """How much evidence the cells shown have: limited, medium, robust."""
    agreement: tuple[str, ...] = ()
    """How far the sources of the cells shown agree: low, medium, high."""
    cell: str = ""
    """The open cell of the heatmap, as ``row:column``."""
    tab: str = TABS[0]
    """Which part of the page of solutions: catalogue, gaps, chains, paths, brief."""
    types: tuple[str, ...] = ()
    """Types of solutions."""
    solution_statuses: tuple[str, ...] = ()
    """States of solutions: proposed, pilot, in_use, discontinued."""
    horizons: tuple[str, ...] = ()
    """Horizons of paths forward: short, medium, long."""
    solution: str = ""
    """Id of the solution whose card is open."""
    path: str = ""
    """Id of the path forward that is open."""
    about: tuple[str, ...] = ()
    """Ids of the obstacles that a brief is about."""
    pair: str = ""
    """Two countries whose shared trials are listed, as ``DE-FR`` in alphabetical order."""
    partner: str = ""
    """Id of the organisation whose links are shown."""
    role: str = ""
    """Kind of site that distances are measured to; empty for the one layer shown, else treatment centres."""
    added: tuple[str, ...] = ()
    """Ids of populated places or of sites where a new site is supposed to stand."""
    closed: tuple[str, ...] = ()
    """Ids of sites that are supposed to be closed."""
    own: bool = False
    """Whether only sites in the own country count as near."""
    detour: int = DETOUR
    """Kilometres of road for 100 as the crow flies."""
    speed: int = SPEED
    """Kilometres an hour on the way."""
    k: int = K
    """New sites looked for."""
    among: str = AMONG[0]
    """Where new sites may stand: towns, sites."""
    table: str = ""
    """Table opened on the Data page."""
    part: str = PARTS[0]
    """Which part of the Data page: tables, countries, check, correct, proposals, release."""
    row: str = ""
    """Id of the row that the form is about, ``_new`` for one to be added; of a code ``vocabulary/code``."""
    proposal: int = 0
    """Number of the open proposal; 0 for the list of them."""
    group: str = GROUP
    """Which group of figures the ranking of countries shows."""
    figure: str = ""
    """The open figure of a country, as ``trials:DE``."""
    shown: str = ""
    """The one picture that is shown where the page is embedded or presented; empty for the page's first."""
    story: str = ""
    """Id of the story presented; ``mine`` for the reader's own."""
    step: int = 1
    """Step of the story, from 1."""
    notes: bool = False
    """Whether the window shows the speaker's notes instead of the step."""
    mine: str = ""
    """The reader's own story, packed (:mod:`mapping.view.story_links`)."""

    def __post_init__(self) -> None:
        tidy: dict[str, Any] = {field: tidy_list(getattr(self, field)) for field in LIST_FIELDS.values()}
        tidy |= {f: clean(getattr(self, f), LONGEST.get(f, TEXT_CHARACTERS)) for f in WORD_FIELDS.values()}
        tidy |= {field: bounded(getattr(self, field), bounds) for field, bounds in NUMBER_FIELDS.values()}
        tidy["years"] = tidy_years(self.years)
        for field in ("layers", "focus", "lang", "matrix", "measure", "order", "tab", "among", "group", "part"):
            tidy[field] = tidy[field] or _DEFAULTS[field]
        for field, value in tidy.items():
            object.__setattr__(self, field, value)

    @property
    def near_role(self) -> str:
        """Return the kind of site that distances are measured to."""
        return self.role or (self.layers[0] if len(self.layers) == 1 else "treatment_centres")

    @property
    def drawn_style(self) -> str:
        """Return the style of the map: the one set, else cities for all of Europe and points for less."""
        return self.style or ("cities" if self.focus == EUROPE else "points")

    def to_query(self) -> dict[str, list[str]]:
        """Return the address of this view, a key repeated for each value; the default view has a bare one."""
        changed = {key: getattr(self, FIELDS[key]) for key in KEYS if self._is_set(key)}
        return {key: _texts(value) for key, value in changed.items()}

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> Self:
        """Read a view from an address; what is not ours or makes no sense is ignored, so nothing raises."""
        return cls(**read_fields(query)[0])

    def with_only(self, key: str, *values: str) -> Self:
        """Return this view with a key of the address set to the values and to no others; none clears it."""
        field = FIELDS[key]
        read, _ = read_fields({key: list(values)})
        change = {field: read.get(field, _DEFAULTS[field])}
        return replace(self, **(change | ({"page": 1} if key in FILTER_KEYS or key == "sort" else {})))

    def without(self, key: str, value: str = "") -> Self:
        """Return this view without one value of a key, as a chip's cross does; a key of one value is cleared."""
        if key not in LIST_FIELDS:
            return self.with_only(key)
        return self.with_only(key, *(kept for kept in getattr(self, FIELDS[key]) if kept != value))

    def active(self) -> tuple[tuple[str, str], ...]:
        """Return key and value of each filter that is set, for the chips; years as ``2015-2020``."""
        shown = {key: _texts(getattr(self, FIELDS[key])) for key in FILTER_KEYS if self._is_set(key)}
        if "years" in shown:
            shown["years"] = ["-".join(shown["years"])]
        return tuple((key, value) for key, values in shown.items() for value in values)

    def reset(self) -> Self:
        """Return the default view in this reader's language, version, style and setting."""
        return type(self)(**{field: getattr(self, field) for field in _KEPT_ON_RESET})

    def filter_key(self) -> Hashable:
        """Return what decides which sites are in view, and nothing else: a key to cache results by."""
        return (*(getattr(self, field) for field in _RESULT_FIELDS), self.text.casefold())

    def _is_set(self, key: str) -> bool:
        return bool(getattr(self, FIELDS[key]) != _DEFAULTS[FIELDS[key]])


_DEFAULTS: dict[str, Any] = {field.name: field.default for field in fields(ViewState)}


def _texts(value: Any) -> list[str]:
    """Return a field of a view as the texts its key is given in the address."""
    if value is True:
        return ["1"]
    return [str(part) for part in value] if isinstance(value, tuple) else [str(value)]


def read_view(query: Mapping[str, Sequence[str]], known: Known) -> tuple[ViewState, tuple[Dropped, ...]]:
    """Read a view from an address, and split off what today's data does not have.

    Parameters
    ----------
    query : Mapping
        The address: each key with its values.
    known : Known
        What today's data has.

    Returns
    -------
    tuple of ViewState and tuple of Dropped
        The view, with only values that can be shown; and each value dropped, in the order of the keys, so
        that the page can say so. Keys that are not ours are ignored without a word.
    """
    values, faults = read_fields(query)
    notices = list(faults)
    for key in (*LIST_FIELDS, *WORD_FIELDS):
        field = FIELDS[key]
        if field not in values or key == "q":
            continue
        asked = values[field] if key in LIST_FIELDS else (values[field],)
        kept = tuple(value for value in asked if known.knows(key, value))
        notices.extend(dropped(key, value) for value in asked if value not in kept)
        values[field] = kept if key in LIST_FIELDS else (kept[0] if kept else _DEFAULTS[field])
    return ViewState(**values), tuple(sorted(notices, key=lambda notice: KEYS.index(notice.key)))
