"""Solutions and paths under filters: recounted row by row from the files, with nothing of the product's counting."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from mapping.analysis.brief import OBSTACLES_TOLD, brief, obstacles_of
from mapping.analysis.chains import chains_in_view, flow, indented, triples
from mapping.analysis.outcome_figures import has_figure, without_figure
from mapping.analysis.road_map import ACTORS, actor_group, road_map
from mapping.analysis.solution_matrix import STATUSES, gap_matrix, obstacles_in_order, unanswered
from mapping.analysis.solution_words import chips_of, headline, solution_table
from mapping.tables.loading import Tables
from mapping.view.address import TABS
from mapping.view.answers import path_counts, paths_in_view, solution_counts, solutions_in_view
from mapping.view.state import ViewState
from mapping.words import Words

DATA = Path(__file__).parents[3] / "data"
Row = dict[str, str]


def read(name: str) -> list[Row]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parts(cell: str) -> list[str]:
    return cell.split("|") if cell else []


SOLUTIONS, OBSTACLES, PATHS = read("solutions"), read("obstacles"), read("pathways")
SOURCES = {row["id"] for row in read("sources")}
STAGE_OF = {row["id"]: row["stage"] for row in OBSTACLES}
WITHOUT_FIGURE = {  # read by hand, on 23 November 2026
    *("automation-cart", "beneluxa-joint-negotiation", "biotech-act", "cat-certification", "common-gmo-forms"),
    *("covid-gmo-derogation", "dare-nl-by-design", "de-regulatory-support-unit", "decentralised-cart-wind-down"),
    *("eahp-gene-therapy-sig", "ebmt-registry-module", "eu-x-ct-initiative", "eurogct-information"),
    *("fr-academic-cart-he", "germany-survival-rebates", "gocart-coalition", "jacie-accreditation", "jca-atmp"),
    *("mhra-point-of-care-rules", "nordic-libmeldy-centre", "pharma-package-gmo", "pharma-package-he-reform"),
    *("reta-spain", "se-atmp-centres", "se-atmp2030", "soho-regulation", "t2evolve-harmonisation", "telethon-waskyra"),
}
VIEWS = [
    ViewState(),
    ViewState(stages=("manufacturing",)),
    ViewState(types=("regulatory",), countries=("ES", "IT")),
    ViewState(solution_statuses=("in_use",), confidences=("verified",)),
    ViewState(obstacle="gmo-approval-delay"),
    ViewState(stages=("preclinical", "delivery_access"), solution_statuses=("proposed", "pilot")),
]


def naive(view: ViewState, without: str = "") -> list[str]:
    """Ids of the solutions of a view, one filter after the other."""
    kept = SOLUTIONS
    if view.types and without != "type":
        kept = [row for row in kept if row["type"] in view.types]
    if view.solution_statuses and without != "solution_status":
        kept = [row for row in kept if row["status"] in view.solution_statuses]
    if view.countries and without != "country":
        kept = [row for row in kept if set(parts(row["countries"])) & set(view.countries)]
    if view.confidences and without != "confidence":
        kept = [row for row in kept if row["confidence"] in view.confidences]
    if view.obstacle:
        kept = [row for row in kept if view.obstacle in parts(row["obstacle_ids"])]
    if view.stages and without != "stage":
        answered = {row["id"]: {STAGE_OF[o] for o in parts(row["obstacle_ids"])} | {row["stage"]} for row in kept}
        kept = [row for row in kept if answered[row["id"]] & set(view.stages)]
    return [row["id"] for row in kept]


@pytest.mark.parametrize("view", VIEWS)
def test_the_solutions_in_view_are_those_of_a_naive_filter(real: Tables, view: ViewState) -> None:
    assert list(solutions_in_view(real, view)["id"]) == naive(view)


@pytest.mark.parametrize("view", VIEWS)
def test_an_option_counts_what_choosing_it_alone_would_leave(real: Tables, view: ViewState) -> None:
    counts = solution_counts(real, view)
    left = [row for row in SOLUTIONS if row["id"] in naive(view, "type")]
    assert {code: n for code, n in counts["type"].items() if n} == Counter(row["type"] for row in left)
    left = [row for row in SOLUTIONS if row["id"] in naive(view, "solution_status")]
    assert {code: n for code, n in counts["solution_status"].items() if n} == Counter(row["status"] for row in left)
    left = [row for row in SOLUTIONS if row["id"] in naive(view, "country")]
    assert {code: n for code, n in counts["country"].items() if n} == Counter(
        code for row in left for code in parts(row["countries"])
    )


def test_search_finds_by_title_organisation_country_and_obstacle(real: Tables) -> None:
    assert "ari-0001-hospital-exemption" in set(solutions_in_view(real, ViewState(text="ari-0001"))["id"])
    assert "uk-attc-network" in set(solutions_in_view(real, ViewState(text="united kingdom"))["id"])
    found = set(solutions_in_view(real, ViewState(text="gmo approval"))["id"])
    assert found >= {row["id"] for row in SOLUTIONS if "gmo-approval-delay" in parts(row["obstacle_ids"])}
    assert solutions_in_view(real, ViewState(text="zzzzqqq")).empty


def test_the_projects_own_paths_stand_first_and_none_is_lost(real: Tables) -> None:
    paths = paths_in_view(real, ViewState())
    own = [proposed.startswith("JOIN4ATMP") for proposed in paths["proposed_by"]]
    assert own == sorted(own, reverse=True)
    assert set(paths["id"]) == {row["id"] for row in PATHS}
    assert path_counts(real, ViewState())["horizon"] == {
        code: sum(row["horizon"] == code for row in PATHS) for code in ("short", "medium", "long")
    }


def test_references_resolve_both_ways_and_every_row_has_a_source() -> None:
    obstacles, solutions = {row["id"] for row in OBSTACLES}, {row["id"] for row in SOLUTIONS}
    for row in SOLUTIONS:
        assert parts(row["obstacle_ids"])
        assert set(parts(row["obstacle_ids"])) <= obstacles
    for row in PATHS:
        assert parts(row["obstacle_ids"])
        assert set(parts(row["obstacle_ids"])) <= obstacles
        assert set(parts(row["solution_ids"])) <= solutions
    for row in [*SOLUTIONS, *PATHS, *OBSTACLES]:
        assert set(parts(row["source_ids"])) <= SOURCES
        assert parts(row["source_ids"]) or row["confidence"] == "unverified"


@pytest.mark.parametrize("view", VIEWS)
def test_a_cell_counts_exactly_the_list_it_opens(real: Tables, view: ViewState) -> None:
    cells = gap_matrix(real, view)
    for cell in cells.itertuples():
        opened = ViewState(
            stages=view.stages,
            solution_statuses=view.solution_statuses,
            countries=view.countries,
            confidences=view.confidences,
            obstacle=cell.obstacle_id,
            types=(cell.type,),
        )
        expected = naive(opened)
        assert cell.count == len(expected)
        assert list(solutions_in_view(real, opened)["id"]) == expected
        states = Counter(row["status"] for row in SOLUTIONS if row["id"] in expected)
        assert [getattr(cell, status) for status in STATUSES] == [states[status] for status in STATUSES]


def test_an_empty_cell_says_whether_a_filter_empties_it(real: Tables) -> None:
    cells = gap_matrix(real, ViewState(solution_statuses=("pilot",)))
    recorded = {(o, row["type"]) for row in SOLUTIONS for o in parts(row["obstacle_ids"])}
    for cell in cells.itertuples():
        there = (cell.obstacle_id, cell.type) in recorded
        assert cell.state == ("found" if cell.count else "filtered" if there else "not_assessed")


def test_obstacles_without_a_solution_are_the_set_difference(real: Tables) -> None:
    answered = {obstacle for row in SOLUTIONS for obstacle in parts(row["obstacle_ids"])}
    assert set(unanswered(real)["id"]) == {row["id"] for row in OBSTACLES} - answered
    assert (
        set(unanswered(real, ("manufacturing",))["id"])
        == {row["id"] for row in OBSTACLES if row["stage"] == "manufacturing"} - answered
    )
    assert len(obstacles_in_order(real)) == len(OBSTACLES)


def test_the_rule_for_outcomes_agrees_with_reading_them(real: Tables) -> None:
    assert set(without_figure(real["solutions"])["id"]) == WITHOUT_FIGURE


def test_no_solutions_have_no_outcome_to_miss(real: Tables) -> None:
    none = without_figure(real["solutions"].head(0))
    assert list(none.columns) == list(real["solutions"].columns)


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("500 patients treated by 2025", True),
        ("about a third under way", True),
        ("Four medicines assessed", True),
        ("17.9 million GBP", True),
        ("9.2 months", True),
        ("2,000 patients", True),
        ("In force from 18 July 2020", False),
        ("Regulation (EU) 2024/1938", False),
        ("COM(2025) 1022 of 16 December 2025", False),
        ("ARI-0001 continued 2019-2023", False),
        ("", False),
    ],
)
def test_dates_and_numbers_of_laws_are_no_figures(outcome: str, told: bool) -> None:
    assert has_figure(outcome) is told


def test_chains_hold_every_statement_of_the_tables_and_no_other(real: Tables) -> None:
    rows = triples(real)
    answers = {(o, row["id"]) for row in SOLUTIONS for o in parts(row["obstacle_ids"])}
    builds = {(s, row["id"]) for row in PATHS for s in parts(row["solution_ids"])}
    direct = {(o, row["id"]) for row in PATHS for o in parts(row["obstacle_ids"])}
    found = set(rows.itertuples(index=False, name=None))
    assert {(o, s) for o, s, _ in found if s} == answers
    assert {(s, p) for _, s, p in found if s and p} == builds
    assert {(o, p) for o, s, p in found if p and not s} <= direct
    assert direct <= {(o, p) for o, _, p in found if p}
    assert {o for o, _, _ in found} == {row["id"] for row in OBSTACLES}
    assert len(found) == len(rows)


def test_the_list_says_what_the_picture_says(real: Tables) -> None:
    view = ViewState(stages=("preclinical",))
    rows = chains_in_view(real, view)
    drawn, lines = flow(real, rows, Words()), indented(real, rows)
    assert not drawn.is_grouped
    assert {(kind, row) for _, kind, row in lines} == set(
        drawn.nodes[["kind", "id"]].itertuples(index=False, name=None)
    )
    assert {row for _, kind, row in lines if kind == "obstacle"} == {
        row["id"] for row in OBSTACLES if row["stage"] == "preclinical"
    }


def test_groups_add_up_to_the_single_statements(real: Tables) -> None:
    drawn = flow(real, triples(real), Words())
    assert drawn.is_grouped
    weight = drawn.links.groupby(["source_kind", "target_kind"])["weight"].sum().to_dict()
    assert weight["obstacle", "solution"] == sum(len(parts(row["obstacle_ids"])) for row in SOLUTIONS)
    assert weight["solution", "path"] == sum(len(parts(row["solution_ids"])) for row in PATHS)


def test_a_picked_path_keeps_only_what_leads_to_it(real: Tables) -> None:
    rows = chains_in_view(real, ViewState(path="j4-parent-child-licence"))
    assert set(rows["path_id"]) == {"j4-parent-child-licence"}
    assert set(rows["solution_id"]) - {""} == {"mhra-point-of-care-rules", "ari-decentralised-network"}


def test_each_path_stands_once_on_the_road_map(real: Tables) -> None:
    placed = road_map(real, paths_in_view(real, ViewState()), Words())
    assert sorted(placed["id"]) == sorted(row["id"] for row in PATHS)
    assert not placed.duplicated(["actor", "horizon", "line"]).any()
    horizons = {row["id"]: row["horizon"] for row in PATHS}
    assert all(horizons[row.id] == row.horizon for row in placed.itertuples())
    unstated = placed.loc[placed["actor"] == "unstated", "lead_actor"]
    assert all(lead.startswith("Not stated") for lead in unstated)


def test_words_nobody_foresaw_are_an_actor_not_stated() -> None:
    assert actor_group("Somebody new / EMA") == "unstated"
    assert actor_group("") == "unstated"
    assert set(ACTORS) >= {actor_group(row["lead_actor"]) for row in PATHS}


def test_a_brief_holds_every_answer_to_the_obstacles_picked(real: Tables) -> None:
    about = ("cart-undertreatment", "gmo-approval-delay")
    told = brief(real, ViewState(about=about), Words(strict=True))
    assert told is not None
    assert {chapter.obstacle for chapter in told.chapters} == set(about)
    for chapter in told.chapters:
        assert {card.id for card in (*chapter.elsewhere, *chapter.here)} == {
            row["id"] for row in SOLUTIONS if chapter.obstacle in parts(row["obstacle_ids"])
        }
        assert {card.id for card in chapter.paths} == {
            row["id"] for row in PATHS if chapter.obstacle in parts(row["obstacle_ids"])
        }
    assert "Eligible patients not treated" in told.summary


def test_a_country_brief_parts_its_own_from_what_others_did(real: Tables) -> None:
    told = brief(real, ViewState(countries=("DE",)), Words(strict=True))
    assert told is not None
    assert len(told.chapters) == OBSTACLES_TOLD
    german = {row["id"] for row in SOLUTIONS if "DE" in parts(row["countries"])}
    for chapter in told.chapters:
        assert {card.id for card in chapter.here} <= german
        assert not {card.id for card in chapter.elsewhere} & german
    figures = read("obstacle_evidence")
    sources = Counter()
    for obstacle in {row["obstacle_id"] for row in figures if row["country"] == "DE"}:
        held = [row for row in figures if row["country"] == "DE" and row["obstacle_id"] == obstacle]
        sources[obstacle] = len({source for row in held for source in parts(row["source_ids"])})
    order = [sources[obstacle] for obstacle in obstacles_of(real, ("DE",))]
    assert order == sorted(order, reverse=True)
    assert len(told.chapters) + len(told.others) == len(
        set(sources) | {row["id"] for row in OBSTACLES if "DE" in parts(row["countries"])}
    )


def test_nothing_asked_is_no_brief(real: Tables) -> None:
    assert brief(real, ViewState(), Words()) is None


@pytest.mark.parametrize("tab", TABS)
def test_each_part_has_a_headline_and_its_chips(tables: Tables, tab: str) -> None:
    view, words = ViewState(tab=tab, stages=("manufacturing",), countries=("DE",)), Words(strict=True)
    assert headline(tables, view, brief(tables, view, words), words)
    told = [chip.key for chip in chips_of(tables, view, words)]
    expected = {"paths": ["stage"], "brief": ["country"]}
    assert told == expected.get(tab, ["stage", "country"])


def test_the_table_has_the_rows_in_view(real: Tables) -> None:
    shown = solutions_in_view(real, ViewState(countries=("ES",)))
    table = solution_table(real, shown, Words(strict=True))
    assert len(table) == len(naive(ViewState(countries=("ES",))))
    marks = [("–" if row_id in WITHOUT_FIGURE else "✓") for row_id in shown["id"]]
    assert list(table["Figure"]) == marks


def test_each_row_of_the_table_leads_to_a_page(real: Tables) -> None:
    shown = solution_table(real, solutions_in_view(real, ViewState()), Words())
    pages = dict(zip(real["sources"]["id"], real["sources"]["url"], strict=True))
    assert shown["Source"].tolist() == [pages[parts(row["source_ids"])[0]] for row in SOLUTIONS]


def test_a_solution_without_a_year_says_so(real: Tables) -> None:
    table = solution_table(real, solutions_in_view(real, ViewState()), Words(strict=True))
    since = dict(zip(table["Solution"], table["Since"], strict=True))
    assert since == {row["title"]: row["start_year"] or "not stated" for row in read("solutions")}
