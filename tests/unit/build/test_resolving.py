"""Names nobody has reviewed yet, in a small evidence folder made of our own evidence and one row more."""

import csv
import shutil
from pathlib import Path

import pytest

from mapping.build.placed import settle_ground
from mapping.build.sites import Ground
from mapping.build.sources import source_id
from mapping.errors import BuildError

DATA = Path(__file__).parents[3] / "data"
NEW = [
    ("Hosp. Univ. Vall d'Hebrón, Servei d'Hematologia", "Barcelona", "ES"),
    ("Hospital Exemple del Turó", "Barcelona", "ES"),
    ("Local Institution - 9999", "Köln", "DE"),
]


def with_rows(folder: Path, added: list[tuple[str, str, str]]) -> Ground:
    """Settle our evidence with more rows of (facility, city, country) in trial_sites.csv."""
    for part in ("raw", "decisions"):
        shutil.copytree(DATA / part, folder / part)
    with (folder / "raw" / "trial_sites.csv").open("a", encoding="utf-8", newline="") as file:
        for facility, city, country in added:
            row = ["example-trial", facility, city, country, "", "", "", "https://example.org/", "2026-11-22"]
            csv.writer(file, lineterminator="\n").writerow(row)
    return settle_ground(folder, source_id)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return with_rows(tmp_path_factory.mktemp("more"), NEW)


def test_a_new_spelling_joins_the_reviewed_site(ground: Ground) -> None:
    match = ground.matches["ES", "Barcelona", NEW[0][0]]
    assert (match.site_id, match.decided_by) == ("vall-d-hebron", "rule")


def test_a_new_hospital_becomes_a_site_that_waits_for_review(ground: Ground) -> None:
    match = ground.matches["ES", "Barcelona", NEW[1][0]]
    assert (match.site_id, match.reason) == ("hospital-exemple-del-turo-barcelona", "not reviewed yet")


def test_a_new_hidden_site_joins_the_undisclosed_one_of_its_town(ground: Ground) -> None:
    assert ground.matches["DE", "Köln", NEW[2][0]].site_id == "undisclosed-cologne-de"


def test_a_town_nobody_knows_stops_the_build_and_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="Nirgendheim, DE: unknown"):
        with_rows(tmp_path, [("Klinikum Nirgendheim", "Nirgendheim", "DE")])


def test_every_decision_is_about_a_name_in_the_evidence(ground: Ground) -> None:
    with (DATA / "decisions" / "site_matches.csv").open(encoding="utf-8", newline="") as file:
        decided = {(row["country"], row["city"], row["raw_name"]) for row in csv.DictReader(file)}
    assert decided == set(ground.matches) - {(country, city, name) for name, city, country in NEW}


def test_every_site_of_the_register_is_used_and_every_alias_has_a_site(ground: Ground) -> None:
    assert set(ground.register) <= {match.site_id for match in ground.matches.values()}
    assert set(ground.aliases) <= set(ground.register)
