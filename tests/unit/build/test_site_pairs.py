"""The decisions against 260 pairs of names labelled by hand (see data/decisions/README.md)."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from mapping.build.placed import settle_ground
from mapping.build.resolving import name_at
from mapping.build.sources import source_id
from mapping.places.geocode import read_gazetteer
from mapping.places.matching import SAME_PLACE_SCORE, Named, score

ROOT = Path(__file__).parents[3]
PAIRS = ROOT / "tests" / "fixtures" / "site_pairs.csv"
DECISIONS = ROOT / "data" / "decisions"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def site_of() -> dict[tuple[str, str, str], str]:
    found = rows(DECISIONS / "site_matches.csv")
    return {(row["country"], row["city"], row["raw_name"]): row["site_id"] for row in found}


@pytest.mark.parametrize("pair", rows(PAIRS), ids=lambda pair: f"{pair['name_a'][:40]} / {pair['name_b'][:40]}")
def test_the_decisions_agree_with_the_label(pair: dict[str, str]) -> None:
    first = site_of()[pair["country"], pair["city_a"], pair["name_a"]]
    second = site_of()[pair["country"], pair["city_b"], pair["name_b"]]
    assert (first == second) == (pair["label"] == "same")


def test_the_sample_is_large_enough_and_holds_every_stratum() -> None:
    strata = Counter(pair["stratum"] for pair in rows(PAIRS))
    assert sum(strata.values()) >= 200
    assert len(strata) == 4
    assert min(strata.values()) >= 40


def test_the_readme_reports_the_precision_and_recall_of_the_sample() -> None:
    right = proposed = same = 0.0
    size = Counter(pair["stratum"] for pair in rows(PAIRS))
    for pair in rows(PAIRS):
        weight = int(pair["stratum_size"]) / size[pair["stratum"]]
        proposed += weight * (pair["proposed"] == "same")
        same += weight * (pair["label"] == "same")
        right += weight * (pair["proposed"] == pair["label"] == "same")
    told = (DECISIONS / "README.md").read_text(encoding="utf-8")
    assert f"precision {right / proposed:.2f}, recall {right / same:.2f}" in told


def test_the_rule_still_proposes_what_the_measurement_says() -> None:
    ground = settle_ground(ROOT / "data", source_id)
    gazetteer = read_gazetteer(ROOT / "data" / "raw" / "geo")
    spoken = {mention.key: (mention.name, *mention.host) for mention in ground.mentions}

    def ready(pair: dict[str, str], side: str) -> Named:
        key = (pair["country"], pair[f"city_{side}"], pair[f"name_{side}"])
        return name_at(spoken[key], ground.towns[key[:2]], gazetteer)

    for pair in rows(PAIRS):
        is_same = score(ready(pair, "a"), ready(pair, "b")) >= SAME_PLACE_SCORE
        assert is_same == (pair["proposed"] == "same"), pair
