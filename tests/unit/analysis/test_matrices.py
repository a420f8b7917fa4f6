"""The heatmaps of obstacles, against a recount that knows only the rows of the tables."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from statistics import median

import pytest

from mapping.analysis.evidence import EUROPE_WIDE, evidence_index
from mapping.analysis.matrices import Matrix, asked_of, matrix_of
from mapping.analysis.matrix_words import STATE_WORDS, confidence_counts, table_of, told_matrix
from mapping.analysis.measures import families, measure_of, measures
from mapping.analysis.obstacle_countries import by_country, country_values, europe_wide, facet_counts
from mapping.analysis.obstacle_drawer import drawer_of
from mapping.tables.loading import Tables
from mapping.view.address import MATRICES, ORDERS
from mapping.view.state import ViewState
from mapping.words import Words

MEASURES = ("sources", "months", "share_of_respondents", "eur", "rating.ordinal_1_3", "ratio.percent.neutral")


def split(cell: object) -> list[str]:
    return cell.split("|") if isinstance(cell, str) else []


def kind_of(row: dict) -> str:
    return ".".join(row[part] for part in ("measure_kind", "unit", "direction", "scope"))


def matches(view: ViewState, about: dict, row: dict) -> bool:
    return (
        (not view.stages or about["stage"] in view.stages)
        and (not view.categories or about["category"] in view.categories)
        and (not view.stakeholders or bool(set(split(row["stakeholders"])) & set(view.stakeholders)))
    )


def rows_of(tables: Tables, view: ViewState) -> Iterator[tuple[str, str, dict]]:
    """Row, column and figure, one after the other, by loops over the rows."""
    obstacles = {row["id"]: row for row in tables["obstacles"].to_dict("records")}
    measure = measure_of(tables, view.measure)
    for row in tables["obstacle_evidence"].to_dict("records"):
        about = obstacles[row["obstacle_id"]]
        place = row["country"] if row["area"] == "country" else EUROPE_WIDE
        if not matches(view, about, row) or (measure and kind_of(row) != measure.code):
            continue
        line = about["category"] if view.matrix == "category" else about["id"]
        if view.matrix in {"country", "category"}:
            if place == EUROPE_WIDE or not view.countries or place in view.countries:
                yield line, place, row
        elif not view.countries or place in view.countries:
            for column in [about["stage"]] if view.matrix == "stage" else split(row["stakeholders"]):
                if view.matrix == "stage" or not view.stakeholders or column in view.stakeholders:
                    yield line, column, row


def expected(tables: Tables, view: ViewState) -> dict[tuple[str, str], list[dict]]:
    cells: dict[tuple[str, str], list[dict]] = {}
    for row, column, figure in rows_of(tables, view):
        cells.setdefault((row, column), []).append(figure)
    return cells


def matrix(tables: Tables, view: ViewState) -> Matrix:
    return matrix_of(tables, asked_of(tables, view))


def random_view(seed: int) -> ViewState:
    chance = random.Random(seed)

    def some(*codes: str) -> tuple[str, ...]:
        return tuple(chance.sample(codes, chance.choice([0, 0, 1, 2])))

    return ViewState(
        matrix=chance.choice(MATRICES),
        measure=chance.choice(MEASURES),
        order=chance.choice(ORDERS),
        countries=some("DE", "GB", "SE", "MT"),
        stages=some("manufacturing", "hta_reimbursement", "clinical_trial"),
        categories=some("financial", "regulatory", "organisational"),
        stakeholders=some("payer", "sme", "academic"),
    )


@pytest.mark.parametrize("seed", range(40))
def test_each_cell_holds_what_a_recount_finds(real: Tables, seed: int) -> None:
    view = random_view(seed)
    found = matrix(real, view)
    told = {(cell.row, cell.column): cell for cell in found.cells.itertuples() if cell.figures}
    recount = expected(real, view)
    assert set(told) == {place for place in recount if place[0] in found.rows and place[1] in found.columns}
    for place, cell in told.items():
        figures = recount[place]
        assert cell.figures == len(figures)
        assert cell.sources == len({source for figure in figures for source in split(figure["source_ids"])})
        if view.measure != "sources":
            values = [figure["value"] for figure in figures]
            assert (cell.value, cell.low, cell.high) == (median(values), min(values), max(values))


@pytest.mark.parametrize("measure", ["sources", "months", "ratio.percent"])
@pytest.mark.parametrize("kind", MATRICES)
def test_the_count_printed_in_every_cell_is_the_length_of_the_list_it_opens(
    real: Tables, kind: str, measure: str
) -> None:
    found, words = matrix(real, ViewState(matrix=kind, measure=measure)), Words(strict=True)
    told = told_matrix(real, found, words)
    assert found.cells["figures"].sum() > 0
    for cell in told.cells[told.cells["figures"] > 0].itertuples():
        drawer = drawer_of(real, found, cell.row, cell.column, words)
        assert len(drawer.figures) == len({figure.id for figure in drawer.figures}) == cell.figures
        assert len(drawer.sources) == len({source.id for source in drawer.sources}) == cell.sources
        if measure == "sources":
            assert cell.printed == str(len(drawer.sources))


@pytest.mark.parametrize("kind", MATRICES)
def test_whatever_the_measure_a_cell_opens_as_many_figures_and_sources_as_it_holds(real: Tables, kind: str) -> None:
    words, opened = Words(), 0
    for measure in measures(real):
        found = matrix(real, ViewState(matrix=kind, measure=measure.code))
        for cell in found.cells[found.cells["figures"] > 0].itertuples():
            drawer = drawer_of(real, found, cell.row, cell.column, words)
            assert (len(drawer.figures), len(drawer.sources)) == (cell.figures, cell.sources)
            opened += 1
    assert opened > len(measures(real)) / 2


def test_every_figure_in_a_drawer_names_its_source(real: Tables) -> None:
    found, words = matrix(real, ViewState()), Words(strict=True)
    for row in found.rows:
        for figure in drawer_of(real, found, row, "", words).figures:
            assert figure.sources
            assert all(source.url.startswith("http") and source.kind for source in figure.sources)


@pytest.mark.parametrize("kind", MATRICES)
def test_an_order_moves_cells_and_never_changes_one(real: Tables, kind: str) -> None:
    def cells(order: str) -> set[tuple]:
        found = matrix(real, ViewState(matrix=kind, measure="months", order=order)).cells
        return set(found.fillna(-1).itertuples(index=False, name=None))

    assert cells("evidence") == cells("value") == cells("az") == cells("similarity")


@pytest.mark.parametrize("order", ORDERS)
def test_stages_stand_in_the_order_of_life_whatever_the_order_inside(real: Tables, order: str) -> None:
    groups = matrix(real, ViewState(order=order)).groups
    life = ["preclinical", "manufacturing", "clinical_trial", "regulatory_approval", "hta_reimbursement"]
    assert list(dict.fromkeys(groups)) == [*life, "delivery_access"]


def test_strength_of_evidence_puts_most_sources_first_inside_a_stage(real: Tables) -> None:
    found = matrix(real, ViewState())
    sources = {row: set() for row in found.rows}
    for row, _, figure in rows_of(real, ViewState()):
        sources[row] |= set(split(figure["source_ids"]))
    for stage in set(found.groups):
        counts = [len(sources[row]) for row, group in zip(found.rows, found.groups, strict=True) if group == stage]
        assert counts == sorted(counts, reverse=True)


def test_a_figure_about_europe_stands_in_its_column_and_on_no_country(real: Tables) -> None:
    found, figures = matrix(real, ViewState()), evidence_index(real).figures
    wide = set(figures.loc[figures["area"] != "country", "id"])
    for (_, column), held in found.held.items():
        ids = set(figures["id"].iloc[list(held)])
        assert ids <= wide if column == EUROPE_WIDE else not ids & wide
    evidence = real["obstacle_evidence"]
    assert europe_wide(found, real).figures == int((evidence["area"] != "country").sum())


def test_kinds_of_nothing_are_told_apart(real: Tables) -> None:
    by_stage = matrix(real, ViewState(matrix="stage")).cells
    obstacles = dict(zip(real["obstacles"]["id"], real["obstacles"]["stage"], strict=True))
    for cell in by_stage.itertuples():
        elsewhere = obstacles[cell.row] != cell.column
        assert (cell.state == "not_applicable") == elsewhere
    months = matrix(real, ViewState(measure="months")).cells
    assert set(months["state"]) == {"found", "other", "not_assessed"}
    assert set(matrix(real, ViewState()).cells["state"]) == {"found", "zero", "not_assessed"}


def test_a_measure_never_mixes_units_directions_or_scopes(real: Tables) -> None:
    figures = evidence_index(real).figures
    for measure in measures(real):
        found = matrix(real, ViewState(measure=measure.code))
        held = sorted({at for positions in found.held.values() for at in positions})
        kinds = figures.iloc[held][["measure_kind", "unit", "direction", "scope"]].drop_duplicates()
        assert len(kinds) <= 1
    assert sum(measures(real).values()) == len(real["obstacle_evidence"])


@pytest.mark.parametrize("seed", range(12))
def test_the_filter_by_class_hides_cells_and_changes_none(real: Tables, seed: int) -> None:
    view = random_view(seed)
    chance = random.Random(seed)
    some, far = chance.choice(["limited", "medium", "robust"]), chance.choice(["low", "medium", "high"])
    whole = matrix(real, view)
    kept = matrix(real, ViewState(**{**vars(view), "evidence": (some,), "agreement": (far,)}))
    assert confidence_counts(whole) == confidence_counts(kept)
    shown = kept.cells[kept.cells["state"].isin(["found", "zero"])]
    assert set(zip(shown["evidence"], shown["agreement"], strict=True)) <= {(some, far)}
    hidden = kept.cells[kept.cells["state"] == "left_out"]
    assert len(shown) + len(hidden) == int((whole.cells["figures"] > 0).sum())


def test_the_table_says_what_each_cell_prints_or_why_it_is_empty(real: Tables) -> None:
    words = Words(strict=True)
    told = told_matrix(real, matrix(real, ViewState()), words)
    table = table_of(told, words)
    assert table.shape == (64, 34)
    assert table.loc["Limited access to GMP facilities", "United Kingdom"] == "6"
    assert table.loc["Limited access to GMP facilities", "Malta"] == STATE_WORDS["not_assessed"]
    assert (table != "").all(axis=None)


def test_several_figures_of_a_cell_are_told_with_median_range_and_number(real: Tables) -> None:
    words, view = Words(strict=True), ViewState(measure="months")
    found = matrix(real, view)
    told = told_matrix(real, found, words)
    table, several = table_of(told, words), 0
    for (row, column), figures in expected(real, view).items():
        if len(figures) < 2 or row not in found.rows or column not in found.columns:
            continue
        several += 1
        values = [figure["value"] for figure in figures]
        drawer = drawer_of(real, found, row, column, words)
        said = [float(number) for number in re.findall(r"[\d.]+", drawer.middle)]
        assert said == pytest.approx([median(values), min(values), max(values)], abs=0.06)
        tabled = re.findall(r"[\d.]+", table.loc[told.row_labels[row], told.column_labels[column]])
        shown = [median(values), min(values), max(values), len(values)]
        assert [float(number) for number in tabled] == pytest.approx(shown, abs=0.51)
    assert several > 3
    drawer = drawer_of(real, found, "trial-review-time", "DE", words)
    assert drawer.middle == "Median 9 months, from 6 months to 12 months"


def test_a_lone_figure_or_figures_of_all_kinds_have_no_median(real: Tables) -> None:
    words = Words(strict=True)
    assert drawer_of(real, matrix(real, ViewState()), "gmp-facility-access", "GB", words).middle == ""
    months = matrix(real, ViewState(measure="months"))
    alone = next(cell for cell in months.cells.itertuples() if cell.figures == 1)
    assert drawer_of(real, months, alone.row, alone.column, words).middle == ""


def test_a_country_on_the_map_counts_each_source_once(real: Tables) -> None:
    values = country_values(by_country(real, asked_of(real, ViewState(matrix="stage"))), real).set_index("country")
    evidence = real["obstacle_evidence"]
    for country in ("DE", "GB", "SE"):
        assert values.loc[country, "sources"] == evidence.loc[evidence["country"] == country, "source_ids"].nunique()
    assert values.loc["MT", "state"] == "not_assessed"


def test_counts_beside_the_options_are_recounted(real: Tables) -> None:
    counts = facet_counts(real, asked_of(real, ViewState(stages=("manufacturing",))))
    obstacles, evidence = real["obstacles"], real["obstacle_evidence"]
    made = obstacles[obstacles["stage"] == "manufacturing"]
    assert counts["stage"]["preclinical"] == int((obstacles["stage"] == "preclinical").sum())
    assert counts["category"]["technical"] == int((made["category"] == "technical").sum())
    told = evidence[(evidence["country"] == "GB") & evidence["obstacle_id"].isin(made["id"])]
    assert counts["country"]["GB"] == told["obstacle_id"].nunique()


@pytest.mark.parametrize("obstacle", ["gmo-approval-delay", "gmp-facility-access", "cell-product-cost"])
def test_a_drawer_lists_what_answers_the_obstacle_and_every_path_from_there(real: Tables, obstacle: str) -> None:
    rows = {table: real[table].to_dict("records") for table in ("solutions", "pathways")}
    answers = {row["id"] for row in rows["solutions"] if obstacle in split(row["obstacle_ids"])}
    ways = {
        row["id"]
        for row in rows["pathways"]
        if obstacle in split(row["obstacle_ids"]) or answers & set(split(row["solution_ids"]))
    }
    drawer = drawer_of(real, matrix(real, ViewState()), obstacle, "EUROPE", Words(strict=True))
    assert {answer.id for answer in drawer.solutions} == answers != set()
    assert {answer.id for answer in drawer.pathways} == ways != set()
    assert all(answer.sources for answer in (*drawer.solutions, *drawer.pathways))


def test_a_path_in_a_drawer_says_which_of_the_solutions_it_builds_on(real: Tables) -> None:
    drawer = drawer_of(real, matrix(real, ViewState()), "gmp-facility-access", "EUROPE", Words(strict=True))
    titles = {answer.id: answer.title for answer in drawer.solutions}
    builds = dict(zip(real["pathways"]["id"], real["pathways"]["solution_ids"], strict=True))
    for path in drawer.pathways:
        used = [titles[solution] for solution in split(builds[path.id]) if solution in titles]
        assert all(title in path.told for title in used)
        assert ("builds on" in path.told) == bool(used)


def test_the_gmo_coding_is_called_ours(real: Tables) -> None:
    words = Words(strict=True)
    drawer = drawer_of(real, matrix(real, ViewState()), "gmo-approval-delay", "AT", words)
    assert [figure.ours for figure in drawer.figures] == [True]
    assert drawer.figures[0].restates == ("GMO regime for trials (about 2020), Austria",)


def test_an_empty_atlas_has_an_empty_heatmap(mini: Tables) -> None:
    for kind in MATRICES:
        told = told_matrix(mini, matrix(mini, ViewState(matrix=kind, stages=("example",))), Words(strict=True))
        assert kind == "category" or told.cells.empty


def test_a_family_of_measures_opens_on_one_whose_value_can_be_judged(real: Tables) -> None:
    for family in families(real):
        chosen = measure_of(real, family)
        assert chosen is not None
        judged = [measure for measure in measures(real) if measure.family == family and not measure.is_neutral]
        assert chosen in judged or not judged
    assert measure_of(real, "example") is None
