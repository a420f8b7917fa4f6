"""What headlines count, against a recount that goes through the rows of the tables one by one."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from mapping.analysis.findings import blocking_filters, finding
from mapping.tables.loading import Tables
from mapping.view.filtering import select
from mapping.view.state import ViewState

ROLES = {
    "partners": "organisations",
    "facilities": "facilities",
    "trial_sites": "trial_sites",
    "treatment_centres": "treatment_centres",
}
SURENESS = ("verified", "inferred", "unverified")
HIDDEN = {"closed": {"closed"}, "planned": {"in_construction", "planned", "protocol_only"}}
CHOICES = {
    "layers": tuple(ROLES),
    "countries": ("DE", "FR", "IT", "RO", "ES", "LI"),
    "confidences": SURENESS,
    "phases": ("1", "1/2", "2", "3"),
    "include": tuple(HIDDEN),
}


@dataclass(frozen=True)
class Record:
    site: str
    role: str
    confidence: str
    phase: str | None
    trial: str | None
    state: object


def rows(tables: Tables, table: str) -> list[dict]:
    return tables[table].to_dict("records") if table in tables.frames else []


def records(tables: Tables) -> Iterator[Record]:
    """Every record that lies at a site."""
    trials = {row["id"]: row for row in rows(tables, "trials")}
    for role, table in ROLES.items():
        for row in rows(tables, table):
            if not isinstance(row["site_id"], str):
                continue
            trial = trials.get(row.get("trial_id"))
            weakest = max(row["confidence"], trial["confidence"] if trial else "verified", key=SURENESS.index)
            state = row.get({"facilities": "gmp_status", "treatment_centres": "status"}.get(role, ""))
            yield Record(row["site_id"], role, weakest, trial and trial["phase"], trial and trial["id"], state)


def in_view(tables: Tables, view: ViewState) -> list[Record]:
    sites = {row["id"]: row for row in rows(tables, "sites")}
    hidden = set().union(*(states for name, states in HIDDEN.items() if name not in view.include))
    return [
        record
        for record in records(tables)
        if record.role in view.layers
        and (not view.countries or sites[record.site]["country"] in view.countries)
        and (not view.confidences or record.confidence in view.confidences)
        and (not view.phases or record.phase in view.phases)
        and record.state not in hidden
    ]


def random_view(seed: int) -> ViewState:
    chance = random.Random(seed)
    chosen = {field: tuple(chance.sample(codes, chance.choice([0, 0, 1, 2]))) for field, codes in CHOICES.items()}
    return ViewState(**chosen)


def recount(tables: Tables, found: list[Record]) -> dict[str, object]:
    sites = {row["id"]: row for row in rows(tables, "sites")}
    ids = {record.site for record in found}
    cities = {(sites[site]["country"], sites[site]["city"]) for site in ids}
    return {
        "sites": len(ids),
        "roles": {role: n for role in ROLES if (n := len({r.site for r in found if r.role == role}))},
        "countries": tuple(sorted({country for country, _ in cities})),
        "cities": len(cities),
        "city": next(iter(cities))[1] if len(cities) == 1 else "",
        "name": sites[next(iter(ids))]["name"] if len(ids) == 1 else "",
        "trials": len({record.trial for record in found if record.trial}),
        "verified": len({record.site for record in found if record.confidence == "verified"}),
    }


@pytest.mark.parametrize("seed", range(30))
def test_a_finding_counts_what_a_recount_finds(atlas, seed):
    view = random_view(seed)
    assert vars(finding(atlas, select(atlas, view))) == recount(atlas.tables, in_view(atlas.tables, view))


@pytest.mark.parametrize("country", ["DE", "IT", "LI"])
def test_a_finding_in_a_country_counts_its_sites_only(atlas, country):
    view = ViewState(layers=("trial_sites",))
    sites = {row["id"]: row["country"] for row in rows(atlas.tables, "sites")}
    here = [record for record in in_view(atlas.tables, view) if sites[record.site] == country]
    assert vars(finding(atlas, select(atlas, view), country)) == recount(atlas.tables, here)


def test_a_finding_in_a_city_counts_its_sites_only(mini_atlas):
    assert finding(mini_atlas, select(mini_atlas, ViewState()), "1001").sites == 2


def test_nothing_in_view_is_counted_as_nothing(mini_atlas):
    nothing = finding(mini_atlas, select(mini_atlas, ViewState(countries=("LI",))))
    assert (nothing.sites, nothing.countries, nothing.share_verified) == (0, (), 0.0)


@pytest.mark.parametrize("seed", range(40))
def test_a_filter_blocks_when_dropping_it_alone_brings_sites_back(mini_atlas, seed):
    view = random_view(seed)
    freed = {}
    if not in_view(mini_atlas.tables, view):
        keys = {"layers": "layers", "country": "countries", "confidence": "confidences", "phase": "phases"}
        for key, field in keys.items():
            rest = len({r.site for r in in_view(mini_atlas.tables, view.with_only(key))})
            if rest and getattr(view, field) != getattr(ViewState(), field):
                freed[key] = rest
        everything = view.with_only("include", "closed", "planned")
        if shown := len({r.site for r in in_view(mini_atlas.tables, everything)}):
            freed["include"] = shown
    assert {blocking.key: blocking.sites for blocking in blocking_filters(mini_atlas, view)} == freed


def test_the_filter_that_frees_most_sites_is_named_first(mini_atlas):
    view = ViewState(countries=("RO",), phases=("3",))
    assert [blocking.key for blocking in blocking_filters(mini_atlas, view)] == ["country"]


def test_no_filter_blocks_a_view_that_has_sites(mini_atlas):
    assert blocking_filters(mini_atlas, ViewState()) == ()
