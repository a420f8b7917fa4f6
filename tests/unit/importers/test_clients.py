"""The clients are patient with a registry that misbehaves, polite to one that does not, and stop with one line."""

import csv
import json
from pathlib import Path

import pytest

from mapping.errors import SourceError
from mapping.importers.asking import Asker, Manners, connect
from mapping.importers.ctgov_client import query_for
from mapping.importers.registry_import import RegistryImport, import_registry
from tests.unit.importers.conftest import ANSWERS, HASTY, Registry, cut_short, say, silent


@pytest.fixture
def wanted(registry: Registry, tmp_path: Path, mini_folder: Path) -> RegistryImport:
    return RegistryImport(
        "ctgov", "CAR-T", tmp_path / "out", mini_folder, retrieved="2026-11-22", server=registry.url, manners=HASTY
    )


def trial_ids(out: Path) -> list[str]:
    with (out / "trials.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]


KEPT = ["NCT99990001", "NCT99990002", "NCT99990007"]


def test_all_pages_are_fetched_with_the_same_question(registry, wanted, pages) -> None:
    registry.answers = [say(page) for page in pages]
    told: list[str] = []
    import_registry(wanted, told.append)
    assert trial_ids(wanted.out) == KEPT
    first, second, third = [path for _, path, _ in registry.asked]
    assert "query.intr=CAR-T" in first
    assert "Germany" in first
    assert "countTotal=true" in first
    assert "pageToken" not in first
    assert "pageToken=example-token-2" in second
    assert "countTotal" not in second
    assert "pageToken=example-token-3" in third
    assert told[0] == "page 1: 4 studies of 11"


@pytest.mark.parametrize(
    "trouble",
    [
        say({"detail": "example"}, 500),
        say({"detail": "example"}, 503, Retry_After="0"),
        say({"detail": "example"}, 429, Retry_After="Mon, 23 Nov 2020 00:00:00 GMT"),
        say(b"<html>example</html>"),
        cut_short({"studies": []}),
        silent,
    ],
    ids=["fault", "unavailable", "too-many", "html", "truncated", "slow"],
)
def test_a_passing_fault_is_waited_out(trouble, registry, wanted, pages) -> None:
    registry.answers = [say(pages[0]), trouble, trouble, say(pages[1]), say(pages[2])]
    import_registry(wanted, lambda _: None)
    assert trial_ids(wanted.out) == KEPT


def test_a_lasting_fault_ends_the_import_and_the_next_one_goes_on_from_there(registry, wanted, pages) -> None:
    registry.answers = [say(pages[0]), *[say({}, 500)] * 3]
    with pytest.raises(SourceError, match=r"^page 2: no answer after 3 tries \(it answers 500"):
        import_registry(wanted, lambda _: None)
    assert not (wanted.out / "trials.csv").exists()
    asked = len(registry.asked)
    registry.answers = [say(pages[1]), say(pages[2])]
    import_registry(wanted, lambda _: None)
    assert trial_ids(wanted.out) == KEPT
    assert ["pageToken=example-token-2" in path for _, path, _ in registry.asked[asked:]] == [True, False]


def test_another_question_in_the_same_folder_begins_anew(registry, wanted, pages) -> None:
    registry.answers = [say(pages[0]), *[say({}, 500)] * 3]
    with pytest.raises(SourceError):
        import_registry(wanted, lambda _: None)
    registry.answers = [say(pages[2])]
    other = RegistryImport(**{**vars(wanted), "source": "gene editing"})
    import_registry(other, lambda _: None)
    assert trial_ids(wanted.out) == []


def test_a_page_sent_twice_under_one_token_ends_the_import(registry, wanted, pages) -> None:
    registry.answers = [say(pages[0]), say({"studies": [], "nextPageToken": "example-token-2"}), say(pages[0])]
    with pytest.raises(SourceError, match="was sent before"):
        import_registry(wanted, lambda _: None)


def test_a_study_on_two_pages_of_a_download_is_one_trial(registry, wanted, pages) -> None:
    registry.answers = [say(pages[0]), say({"studies": pages[0]["studies"]})]
    import_registry(wanted, lambda _: None)
    assert trial_ids(wanted.out) == KEPT[:2]


def test_a_changed_field_is_named(registry, wanted, pages) -> None:
    del pages[0]["nextPageToken"]
    pages[0]["studies"][0]["protocolSection"]["conditionsModule"]["conditions"] = {"name": "example"}
    registry.answers = [say(pages[0])]
    with pytest.raises(SourceError, match=r"NCT99990001: protocolSection\.conditionsModule\.conditions is not a list"):
        import_registry(wanted, lambda _: None)
    registry.answers = [say({"results": []})]
    with pytest.raises(SourceError, match="page 1: not an answer of ClinicalTrials.gov"):
        import_registry(wanted, lambda _: None)


def test_a_refusal_is_not_repeated(registry, wanted) -> None:
    registry.answers = [say({"detail": "example"}, 403)]
    with pytest.raises(SourceError, match=r"page 1: the registry refuses \(it answers 403"):
        import_registry(wanted, lambda _: None)
    assert len(registry.asked) == 1


def test_a_server_that_is_not_there_ends_with_one_line(wanted) -> None:
    gone = RegistryImport(**{**vars(wanted), "server": "http://127.0.0.1:9/"})
    with pytest.raises(SourceError, match=r"^page 1: no answer after 3 tries \(ConnectError") as caught:
        import_registry(gone, lambda _: None)
    assert "\n" not in str(caught.value)


def test_ctis_is_asked_for_results_then_for_each_record_once(registry, tmp_path, mini_folder) -> None:
    listed = json.loads((ANSWERS / "ctis" / "search-0001.json").read_bytes())
    listed["data"] = listed["data"][:3]
    numbers = [row["ctNumber"] for row in listed["data"]]
    records = [json.loads((ANSWERS / "ctis" / f"{number}.json").read_bytes()) for number in numbers]
    wanted = RegistryImport("ctis", "CAR-T", tmp_path, mini_folder, server=registry.url, manners=HASTY)
    registry.answers = [say(listed), say(records[0]), *[say({}, 502)] * 3]
    with pytest.raises(SourceError, match="2099-500002-22-00: no answer"):
        import_registry(wanted, lambda _: None)
    asked = len(registry.asked)
    registry.answers = [say(records[1]), say(records[2])]
    import_registry(wanted, lambda _: None)
    assert trial_ids(tmp_path) == ["2099-500001-11-00", "2099-500003-33-00"]
    assert [path for _, path, _ in registry.asked[asked:]] == [f"/retrieve/{number}" for number in numbers[1:]]
    method, path, body = registry.asked[0]
    assert (method, path) == ("POST", "/search")
    assert json.loads(body)["pagination"] == {"page": 1, "size": 100}
    assert json.loads(body)["searchCriteria"]["containAny"] == "CAR-T"
    assert json.loads(body)["searchCriteria"]["msc"] is None


def test_waits_grow_and_a_server_that_says_when_is_obeyed_up_to_a_limit(registry) -> None:
    waits: list[float] = []
    now = [0.0]
    manners = Manners(pause_s=2, tries=5, backoff_s=1, longest_wait_s=30, timeout_s=1)

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    registry.answers = [
        say({}, 500),
        say({}, 500),
        say({}, 429, Retry_After="20"),
        say({}, 429, Retry_After="900"),
        say({"studies": []}),
    ]
    with connect(registry.url, manners) as client:
        Asker(client, manners, sleep, lambda: now[0], lambda: 1.0).json("GET", "studies", "example")
    assert waits == [1.5, 0.5, 3.0, 20.0, 30.0]  # 1.5 and 0.5 make up the pause of two seconds between two calls


def test_numbers_are_asked_for_as_numbers() -> None:
    assert query_for("nct99990001, NCT99990002", ["Germany"]) == {"filter.ids": "NCT99990001,NCT99990002"}
    assert query_for("CAR-T", ["Germany", "United Kingdom"])["query.locn"] == 'Germany OR "United Kingdom"'
    assert "mesenchymal" in query_for("atmp", ["Germany"])["query.intr"]
