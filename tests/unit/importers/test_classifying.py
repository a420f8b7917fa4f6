"""Rules tell trials of ATMPs from others; measured on the trials that were classed by hand."""

import csv

import pytest

from mapping.importers.classifying import RULES, atmp_rules, classify, therapeutic_area
from mapping.importers.studies import Intervention, Study
from tests.unit.paths import DATA


def study(kind: str, *names: str, title: str = "", condition: str = "", study_type: str = "INTERVENTIONAL") -> Study:
    return Study("", "ctgov", title, "", (), (condition,), (Intervention(kind, names),), study_type)


@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [
        ("BIOLOGICAL", "axicabtagene ciloleucel", ("GTMP", "car_t")),
        ("BIOLOGICAL", "BCMA-directed CAR-T cells", ("GTMP", "car_t")),
        ("GENETIC", "UCART22", ("GTMP", "car_t")),
        ("BIOLOGICAL", "CD19 CAR-NK cells", ("GTMP", "other_cell")),
        ("BIOLOGICAL", "lifileucel", ("sCTMP", "til")),
        ("BIOLOGICAL", "afamitresgene autoleucel", ("GTMP", "tcr_t")),
        ("BIOLOGICAL", "tabelecleucel", ("sCTMP", "other_cell")),
        ("GENETIC", "onasemnogene abeparvovec", ("GTMP", "aav_gene_therapy")),
        ("GENETIC", "exagamglogene autotemcel", ("GTMP", "genome_editing")),
        ("GENETIC", "atidarsagene autotemcel", ("GTMP", "hsc_gene_therapy")),
        ("BIOLOGICAL", "talimogene laherparepvec", ("GTMP", "oncolytic_virus")),
        ("BIOLOGICAL", "autologous chondrocytes (NOVOCART 3D)", ("TEP", "chondrocyte")),
        ("BIOLOGICAL", "Holoclar", ("TEP", "limbal_or_retinal")),
        ("BIOLOGICAL", "darvadstrocel", ("sCTMP", "msc")),
        ("BIOLOGICAL", "expanded regulatory T cells", ("sCTMP", "other_cell")),
        ("GENETIC", "plasmid VEGF", ("GTMP", "other_gene")),
        ("DRUG", "Tocilizumab", ("", "")),
        ("BIOLOGICAL", "Blinatumomab", ("", "")),
        ("BIOLOGICAL", "Keratinocyte growth factor", ("", "")),
        ("PROCEDURE", "Autologous stem cell transplantation", ("", "")),
        ("GENETIC", "Genetic testing", ("", "")),
        ("BIOLOGICAL", "mRNA vaccine against influenza", ("", "")),
        ("DIAGNOSTIC_TEST", "CAR-T cell count", ("", "")),
    ],
)
def test_a_medicine_is_classed_by_its_name(kind: str, name: str, told: tuple[str, str]) -> None:
    verdict = classify(study(kind, name))
    assert (verdict.atmp_class, verdict.modality) == told
    assert verdict.rule
    assert verdict.why


@pytest.mark.parametrize(
    "title",
    [
        "Example antibody after CAR-T failure",
        "Example antibody in patients previously treated with CAR-T cell therapy",
        "Prevention of CAR-T cell therapy related neurotoxicity",
        "Bridging therapy before CAR T cells",
    ],
)
def test_a_title_that_only_mentions_an_atmp_does_not_make_one(title: str) -> None:
    assert not classify(study("BIOLOGICAL", "Example-mab", title=title)).is_atmp


def test_a_title_names_the_medicine_only_where_one_may_be_given() -> None:
    title = "Example gene therapy in haemophilia"
    assert classify(study("GENETIC", "EX-101", title=title)).modality == "other_gene"
    assert not classify(study("DRUG", "EX-101", title=title)).is_atmp


def test_stromal_cells_for_bones_are_tissue_engineered_and_others_are_not() -> None:
    cells = "Mesenchymal stromal cells"
    assert classify(study("BIOLOGICAL", cells, condition="Knee Osteoarthritis")).atmp_class == "TEP"
    assert classify(study("BIOLOGICAL", cells, condition="Stroke")).atmp_class == "sCTMP"


@pytest.mark.parametrize("study_type", ["OBSERVATIONAL", "EXPANDED_ACCESS"])
def test_what_is_no_trial_is_left_out_by_that_reason(study_type: str) -> None:
    verdict = classify(study("GENETIC", "CAR-T cells", study_type=study_type))
    assert verdict.rule == f"no-trial-{study_type.lower().replace('_', '-')}"


def test_every_rule_names_codes_of_ours_and_its_reason() -> None:
    with (DATA / "codes.csv").open(encoding="utf-8", newline="") as file:
        codes = {(row["vocabulary"], row["code"]) for row in csv.DictReader(file)}
    assert len({rule.name for rule in atmp_rules()}) == len(atmp_rules())
    for rule in atmp_rules():
        assert rule.why
        if rule.is_kept:
            assert ("atmp_class", rule.atmp_class) in codes
            assert ("modality", rule.modality) in codes
    with (RULES / "area_rules.csv").open(encoding="utf-8", newline="") as file:
        assert {("therapeutic_area", row["area"]) for row in csv.DictReader(file)} <= codes


def test_the_rules_agree_with_the_trials_that_were_classed_by_hand() -> None:
    """Of 499 trials; the rules were written with these in view, so this holds what they reach and proves no more."""
    with (DATA / "trials.csv").open(encoding="utf-8", newline="") as file:
        trials = list(csv.DictReader(file))
    told = []
    for row in trials:
        names = tuple(row["product"].split("; "))
        one = Study(row["id"], row["registry"], row["title"], "", (), tuple(row["condition"].split("; ")))
        one = Study(**{**vars(one), "interventions": tuple(Intervention("BIOLOGICAL", (name,)) for name in names)})
        told.append((classify(one), therapeutic_area(one), row))
    assert sum(verdict.is_atmp for verdict, _, _ in told) >= 0.97 * len(trials)
    assert sum(verdict.atmp_class == row["atmp_class"] for verdict, _, row in told) >= 0.93 * len(trials)
    assert sum(verdict.modality == row["modality"] for verdict, _, row in told) >= 0.91 * len(trials)
    assert sum(area == row["therapeutic_area"] for _, area, row in told) >= 0.87 * len(trials)
