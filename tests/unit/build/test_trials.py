import csv

import pytest

from mapping.build.trials import product_rows, snapshot, trial_rows

TRIAL = {
    "id": "NCT00000001", "registry": "ctgov", "other_ids": "", "short_title": "Example trial", "atmp_class": "GTMP",
    "modality": "car_t", "product": "Example A|Example B", "condition": "Leukaemia|Lymphoma",
    "therapeutic_area": "oncology_haem", "phase": "1", "status": "recruiting", "sponsor": "",
    "sponsor_kind": "academic", "start_year": "2020", "enrolment": "", "countries": "US|DE", "source_url": "https://example.org/a",
    "confidence": "verified", "note": "", "retrieved": "2026-11-22",
}  # fmt: skip
PRODUCT = {
    "id": "example", "name": "Example", "inn": "example", "atmp_class": "GTMP", "ma_holder": "Example",
    "therapeutic_area": "Oncology", "indication_short": "Example", "ma_date": "2020", "status": "authorised",
    "status_date": "", "orphan": "no", "conditional_at_first": "no", "source_url": "https://example.org/a",
    "confidence": "verified", "note": "", "retrieved": "2026-11-22",
}  # fmt: skip


def built(tmp_path, name, make, row):
    with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    [made] = make(tmp_path, lambda url: f"source of {url}")
    return made


def test_lists_in_words_are_joined_with_semicolons_and_countries_sorted(tmp_path):
    made = built(tmp_path, "trials", trial_rows, TRIAL)
    assert (made["product"], made["condition"], made["countries"]) == (
        "Example A; Example B",
        "Leukaemia; Lymphoma",
        "DE|US",
    )


@pytest.mark.parametrize(
    ("registry", "number", "page"),
    [
        ("ctgov", "NCT00000001", "https://clinicaltrials.gov/study/NCT00000001"),
        ("euctr", "2015-000001-11", "https://www.clinicaltrialsregister.eu/ctr-search/search?query=2015-000001-11"),
        (
            "ctis",
            "2024-500001-12-00",
            "https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT=2024-500001-12-00",
        ),
    ],
)
def test_a_trial_links_to_its_registry(tmp_path, registry, number, page):
    made = built(tmp_path, "trials", trial_rows, TRIAL | {"registry": registry, "id": number})
    assert made["registry_url"] == page


def test_a_number_from_memory_links_nowhere(tmp_path):
    made = built(tmp_path, "trials", trial_rows, TRIAL | {"note": "NCT number and phase from general knowledge"})
    assert (made["registry_url"], made["confidence"]) == ("", "verified")


def test_another_number_from_memory_is_only_told_in_the_note(tmp_path):
    row = TRIAL | {"id": "2015-000001-11", "registry": "euctr", "other_ids": "NCT00000009"}
    made = built(tmp_path, "trials", trial_rows, row | {"note": "NCT number from general knowledge"})
    assert (made["other_ids"], made["note"]) == (
        "",
        "NCT number from general knowledge; unchecked other number: NCT00000009",
    )
    assert made["registry_url"]


def test_general_knowledge_of_something_else_changes_nothing(tmp_path):
    made = built(tmp_path, "trials", trial_rows, TRIAL | {"note": "country from general knowledge"})
    assert made["registry_url"]


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("allogeneic; registry record copied 2026-08-22", "registry record of 2026-08-22"),
        ("class inferred; status as copied from the registry 2022-10", "registry record of 2022-10"),
        (
            "registry record copied mid-2025 (last update 2025-06-15); sponsor not in the copy",
            "registry record of mid-2025, last updated 2025-06-15",
        ),
        ("status as of September 2021; sites elsewhere", "status of September 2021"),
        ("EudraCT link inferred; status 2021-10", "status of 2021-10"),
        ("EUCTR status ongoing; entered 2018-07-27", ""),
        ("global end 2021-11-23", ""),
        ("", ""),
    ],
)
def test_the_day_of_the_status_comes_from_the_note(note, words):
    assert snapshot(note) == words


@pytest.mark.parametrize(
    ("product", "area", "code"),
    [
        ("yescarta", "Oncology", "oncology_haem"),
        ("imlygic", "Oncology", "oncology_solid"),
        ("alofisel", "Gastroenterology", "gastroenterology"),
    ],
)
def test_the_field_of_a_product_is_in_the_codes_of_the_trials(tmp_path, product, area, code):
    made = built(tmp_path, "products", product_rows, PRODUCT | {"id": product, "therapeutic_area": area})
    assert made["therapeutic_area"] == code
