"""Who takes part, who knows which stage and who is linked with whom, recounted from the files."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from mapping.analysis.partner_matrix import (
    GROUPS,
    expertise,
    in_view,
    masks,
    option_counts,
    partners,
    seatless,
    stage_coverage,
    uncovered,
)
from mapping.analysis.partner_network import FEWEST_TRIALS, HUB, hub_of, partner_network, stress_layout
from mapping.analysis.partner_words import matrix_rows, named_nodes, partners_headline, work_packages
from mapping.tables.loading import Tables, load_tables
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.state import ViewState
from mapping.words import Words

ROOT = Path(__file__).parents[3]
STAGES = (
    *("preclinical", "manufacturing", "clinical_trial", "regulatory_approval", "hta_reimbursement", "delivery_access"),
)
NOT_THE_PLACE = {"network", "patient_organisation", "project_management"}
ROLES = ["coordinator", "co_coordinator", "core_partner", "euha_member", "associated"]


def rows_of(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader((ROOT / "data" / f"{table}.csv").read_text(encoding="utf-8").splitlines()))


FILE = rows_of("organisations")


@pytest.fixture(scope="module")
def whole(real: Tables) -> Atlas:
    return atlas_of(real)


def test_everybody_is_listed_once_and_the_consortium_first_by_role(real: Tables) -> None:
    listed = partners(real)
    assert sorted(listed["id"]) == sorted(row["id"] for row in FILE)
    roles = [role for role in listed["consortium_role"] if isinstance(role, str)]
    assert roles == sorted(roles, key=ROLES.index)
    assert set(listed["group"].head(len(roles))) == {"consortium"}
    assert list(dict.fromkeys(listed["group"])) == [group for group in GROUPS if group in set(listed["group"])]


def test_organisations_without_a_seat_are_all_listed(real: Tables) -> None:
    assert set(partners(real)["id"][seatless(partners(real))]) == {row["id"] for row in FILE if not row["site_id"]}
    assert set(partners(real)["id"][seatless(partners(real))]) <= set(partners(real)["id"])


def test_expertise_is_what_the_file_says(real: Tables) -> None:
    listed = partners(real)
    known = expertise(listed, STAGES)
    for stage in STAGES:
        assert int(known[stage].sum()) == sum(stage in row["expertise"].split("|") for row in FILE)
    assert uncovered(listed, STAGES) == tuple(
        stage for stage in STAGES if not any(stage in row["expertise"].split("|") for row in FILE)
    )


def test_coverage_counts_each_country_of_the_atlas_and_names_its_nothing(real: Tables) -> None:
    cells = stage_coverage(real, partners(real), STAGES)
    core = {row["id"] for row in rows_of("countries") if row["scope"] == "core"}
    assert len(cells) == len(core) * len(STAGES)
    recount: dict[tuple[str, str], int] = defaultdict(int)
    for row in FILE:
        for stage in filter(None, row["expertise"].split("|")):
            recount[row["country"], stage] += 1
    states = {row["country"]: row["state"] for row in rows_of("coverage") if row["subject"] == "organisations"}
    for cell in cells.itertuples(index=False):
        assert cell.partners == recount[cell.country, cell.stage]
        if not cell.partners:
            assert cell.state == {"found": "none_found"}.get(states[cell.country], states[cell.country])


def test_filters_keep_who_matches_all_and_count_under_the_others(whole: Atlas) -> None:
    view = ViewState(countries=("DE",), stages=("manufacturing",))
    shown = in_view(masks(whole, view), partners(whole.tables))
    wanted = {r["id"] for r in FILE if r["country"] == "DE" and "manufacturing" in r["expertise"].split("|")}
    assert set(shown["id"]) == wanted
    counts = option_counts(whole, masks(whole, view), "country")
    assert counts["NL"] == sum(r["country"] == "NL" and "manufacturing" in r["expertise"].split("|") for r in FILE)
    assert sum(option_counts(whole, {}, "kind").values()) == len(FILE)


def test_members_of_a_network_are_linked_with_it(real: Tables) -> None:
    links, ids = partner_network(real).links, {row["id"] for row in FILE}
    told = {(r.one, r.other) for r in links[links["tie"] == "network"].itertuples(index=False)}
    wanted = {(r["id"], hub_of(n, ids)) for r in FILE for n in filter(None, r["networks"].split("|"))}
    assert told == {(one, hub) for one, hub in wanted if one != hub}
    assert all(hub in ids or hub.startswith(HUB) for _, hub in told)


def test_shared_trials_are_those_at_the_sites_of_both(real: Tables) -> None:
    at_site: dict[str, set[str]] = defaultdict(set)
    for row in rows_of("trial_sites"):
        at_site[row["site_id"]].add(row["trial_id"])
    seats = {row["id"]: row["site_id"] for row in FILE if row["site_id"] and row["kind"] not in NOT_THE_PLACE}
    links = partner_network(real).links
    told = links[links["tie"] == "trials"]
    assert len(told) > 0
    for row in told.itertuples(index=False):
        assert set(row.shared.split("|")) == at_site[seats[row.one]] & at_site[seats[row.other]]
        assert row.count == len(row.shared.split("|"))
    expected = sum(
        1
        for one in seats
        for other in seats
        if one < other and seats[one] != seats[other] and at_site[seats[one]] & at_site[seats[other]]
    )
    assert len(told) == expected


def test_shared_products_are_products_of_the_data(real: Tables) -> None:
    links = partner_network(real).links
    told = links[links["tie"] == "products"]
    known = {row["id"] for row in rows_of("products")}
    assert len(told) > 0
    assert {product for cell in told["shared"] for product in cell.split("|")} <= known


def test_weak_links_are_listed_and_not_drawn(real: Tables) -> None:
    network = partner_network(real)
    hidden = network.links.drop(network.drawn.index)
    assert set(hidden["tie"]) == {"trials"}
    assert hidden["count"].max() < FEWEST_TRIALS


def test_everybody_is_drawn_alone_or_linked_weakly(real: Tables) -> None:
    network = partner_network(real)
    weak = {*network.links["one"], *network.links["other"]} - set(network.nodes["id"])
    assert {row["id"] for row in FILE} == (set(network.nodes["id"]) | set(network.alone) | weak) - {
        node for node in network.nodes["id"] if node.startswith(HUB)
    }


def test_the_layout_is_the_same_each_time(real: Tables) -> None:
    again = partner_network(load_tables(ROOT / "data"))
    assert again.nodes.equals(partner_network(real).nodes)
    assert again.nodes[["x", "y"]].notna().all().all()
    assert not again.nodes[["x", "y"]].duplicated().any()


def test_a_link_is_seen_from_both_ends(real: Tables) -> None:
    network = partner_network(real)
    for row in network.links.head(30).itertuples(index=False):
        assert row.other in set(network.links_of(row.one)["with"])
        assert row.one in set(network.links_of(row.other)["with"])


def test_no_partner_makes_an_empty_network(mini: Tables) -> None:
    network = partner_network(mini)
    assert set(network.alone) <= set(mini["organisations"]["id"])


def test_the_headline_is_recounted(whole: Atlas) -> None:
    told = partners_headline(partners(whole.tables), whole, ViewState(), Words(strict=True))
    ours = sum(bool(row["consortium_role"]) for row in FILE)
    assert told.startswith(f"{ours} of {len(FILE)} organisations take part in JOIN4ATMP")
    assert "Assessment and payment" in told


def test_the_matrix_has_a_line_for_each_that_takes_part(whole: Atlas) -> None:
    rows = matrix_rows(partners(whole.tables), whole, Words(strict=True))
    assert {row["id"] for row in rows if "id" in row} == {row["id"] for row in FILE if row["consortium_role"]}
    known = {row["id"]: row["known"] for row in rows if "id" in row}
    assert known["charite"] == {"preclinical", "manufacturing", "clinical_trial"}


def test_a_lead_that_no_page_states_stays_empty(whole: Atlas) -> None:
    told = {package.name[:3]: package.lead for package in work_packages(whole, Words(strict=True))}
    stated = {row["id"].upper(): bool(row["lead_organisation_id"]) for row in rows_of("work_packages")}
    assert {name: bool(lead) for name, lead in told.items()} == stated


def test_every_node_has_a_name(whole: Atlas) -> None:
    nodes = named_nodes(whole, Words(strict=True))
    assert nodes["label"].str.len().min() > 0
    assert nodes["told"].str.contains("link").all()


def test_the_layout_keeps_the_distances_asked_for_where_that_can_be() -> None:
    asked = np.array([[0.0, 3, 4], [3, 0, 5], [4, 5, 0]])
    at = stress_layout(asked)
    apart = np.linalg.norm(at[:, None] - at[None, :], axis=2)
    assert apart / apart[0, 1] == pytest.approx(asked / 3, abs=1e-6)


@pytest.mark.parametrize(
    ("partner", "said"),
    [
        ("AUH", "The only organisation in view takes part in JOIN4ATMP"),
        ("HMA", "The only organisation in view does not take part in JOIN4ATMP"),
    ],
)
def test_the_headline_of_one_organisation_is_not_a_share_of_one(whole: Atlas, partner: str, said: str) -> None:
    all_of_them = partners(whole.tables)
    shown = all_of_them[all_of_them["short_name"] == partner]
    assert partners_headline(shown, whole, ViewState(), Words(strict=True)).startswith(f"{said}; ")
