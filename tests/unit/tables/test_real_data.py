"""What the files in data/ promise; expected values are counted from the raw evidence by other means than the build."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from mapping.tables.checking import check_folder
from mapping.tables.files import GEOMETRY_FILES, TABLE_FILES
from mapping.tables.loading import load_tables
from mapping.tables.package import describe

DATA = Path(__file__).parents[3] / "data"
CORE = re.findall("..", "ATBEBGCHCYCZDEDKEEESFIFRGBGRHRHUIEISITLILTLULVMTNLNOPLPTROSESISK")


def raw(name):
    with (DATA / "raw" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def tables():
    return load_tables(DATA)


def test_no_table_has_a_fault():
    assert check_folder(DATA) == {}


def test_the_description_matches_the_files():
    written = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert written == describe(DATA)


def test_the_description_has_the_rows_and_columns_of_each_file():
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    tabular = [told for told in package["resources"] if "schema" in told]
    assert len(tabular) == len(TABLE_FILES)
    for told in tabular:
        content = (DATA / told["path"]).read_bytes()
        rows = list(csv.reader(content.decode("utf-8").splitlines()))
        assert [column["name"] for column in told["schema"]["fields"]] == rows[0]
        assert (told["rows"], told["bytes"]) == (len(rows) - 1, len(content))
        assert all(column["title"] and column["description"] for column in told["schema"]["fields"])
    assert {told["path"] for told in package["resources"]} - {told["path"] for told in tabular} == set(
        GEOMETRY_FILES.values()
    )


def test_nothing_is_loaded_the_slow_way(tables):
    assert (tables.version, tables.faults, set(tables.frames)) == ("2026.11.0", {}, set(TABLE_FILES))


def test_each_column_is_described_in_the_readme():
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    for name, file in TABLE_FILES.items():
        section = readme.split(f"\n### {name}\n")[1].split("\n### ")[0]
        header = (DATA / file).read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        assert [line.split(" | ")[0].strip("| ") for line in section.splitlines() if line.startswith("| ")][
            2:
        ] == header


@pytest.mark.parametrize("name", ["trials", "products", "obstacles", "obstacle_evidence", "solutions", "pathways"])
def test_every_row_collected_is_in_its_table(tables, name):
    assert len(tables[name]) == len(raw(name))


def test_trials_keep_their_registry_numbers(tables):
    assert set(tables["trials"]["id"]) == {row["id"] for row in raw("trials")}


def test_every_page_that_a_raw_row_cites_has_a_source(tables):
    def bare(url):
        return re.sub(r"^https?://(www\.)?", "", url).rstrip("/")

    known = {bare(url) for url in tables["sources"]["url"]}
    cited = {
        bare(row["source_url"])
        for path in (DATA / "raw").glob("*.csv")
        for row in raw(path.stem)
        if row.get("source_url")
    }
    assert cited <= known


def test_every_catalogued_source_is_kept_with_its_title(tables):
    titles = tables["sources"].set_index("id")["title"]
    assert {row["id"].lower(): row["title"] for row in raw("sources")}.items() <= dict(titles).items()


def test_one_page_is_one_source(tables):
    assert [url for url, count in Counter(tables["sources"]["url"]).items() if count > 1] == []


def test_the_sixteen_numbers_from_memory_link_nowhere(tables):
    trials = tables["trials"].set_index("id")
    unlinked = trials[trials["registry_url"].isna()]
    assert len(unlinked) == 16
    assert unlinked["note"].str.contains("NCT number").all()


def test_each_core_country_and_subject_is_told_of_once(tables):
    told = Counter(zip(tables["coverage"]["country"], tables["coverage"]["subject"], strict=True))
    subjects = ("organisations", "facilities", "trial_sites", "treatment_centres", "obstacle_evidence")
    assert told == Counter((country, subject) for country in CORE for subject in subjects)


@pytest.mark.parametrize("subject", ["facilities", "treatment_centres", "trial_sites", "organisations"])
def test_a_country_counts_as_found_exactly_where_there_are_rows(tables, subject):
    place = tables["sites"].set_index("id")["country"]
    rows = tables[subject]
    there = set(rows["site_id"].map(place).dropna()) | (set(rows["country"].dropna()) if "country" in rows else set())
    coverage = tables["coverage"]
    found = coverage[(coverage["subject"] == subject) & (coverage["state"] == "found")]
    assert set(found["country"]) == there & set(CORE)


def test_figures_keep_a_measured_zero_and_a_blank_year(tables):
    evidence = tables["obstacle_evidence"]
    rows = raw("obstacle_evidence")
    assert (evidence["value"] == 0).sum() == sum(float(row["value"]) == 0 for row in rows)
    assert evidence["year"].isna().sum() == sum(row["year"] == "" for row in rows)


def test_figures_about_europe_have_no_country(tables):
    evidence = tables["obstacle_evidence"]
    wide = sum(row["country"] in ("EU", "EUROPE") for row in raw("obstacle_evidence"))
    assert (evidence["country"].isna().sum(), wide) == (130, 130)


def test_the_six_totals_on_gmos_restate_the_rows_they_count(tables):
    evidence = tables["obstacle_evidence"]
    totals = evidence[evidence["measure"].str.contains("(our count)", regex=False)]
    restated = totals["restates"].str.split(" ").explode()
    assert (len(totals), len(restated), restated.is_unique) == (6, 46, True)
    assert [len(cell.split(" ")) for cell in totals["restates"]] == list(totals["value"])


def test_nothing_restates_itself(tables):
    evidence = tables["obstacle_evidence"].dropna(subset="restates")
    assert not any(
        f"obstacle_evidence/{key}" in cell.split()
        for key, cell in zip(evidence["id"], evidence["restates"], strict=True)
    )


def test_populations_are_those_of_geonames(tables):
    people = tables["countries"].set_index("id")["population"]
    assert (people["LI"], people["IS"], people["AT"]) == (37910, 353574, 8847037)


def test_every_core_country_is_core_and_the_union_has_27_members(tables):
    countries = tables["countries"].set_index("id")
    assert sorted(countries.index[countries["scope"] == "core"]) == CORE
    assert (countries["eu_member"] == "yes").sum() == 27


def test_every_vocabulary_is_used_or_promised(tables):
    used = {column.vocabulary for columns in tables.columns.values() for column in columns if column.vocabulary}
    assert set(tables["codes"]["vocabulary"]) - used == {"role", "nothing"}


def test_every_indicator_in_words_says_when_it_is_about_all_medicines(tables):
    codes = tables["codes"]
    labels = dict(codes.loc[codes["vocabulary"] == "indicator", ["code", "label"]].itertuples(index=False))
    about_all = {code for code in labels if "all_medicines" in code or "orphan_medicines" in code}
    assert about_all == {code for code, label in labels.items() if "all " in label}


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.csv")), ids=lambda path: str(path.relative_to(DATA)))
def test_no_file_holds_an_e_mail_address_or_telephone_number(path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", text) == []
    assert re.findall(r"(?i)\b(?:tel|phone|fax)\b\.?:?\s*[+(]?\d|\+\d{2}[ (]\d[\d ]{6,}", text) == []


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.csv")), ids=lambda path: str(path.relative_to(DATA)))
def test_every_file_is_utf8_with_unix_lines(path):
    content = path.read_bytes()
    assert content.decode("utf-8")
    assert b"\r" not in content
    assert content.endswith(b"\n")


def test_the_licence_of_the_data_gives_the_credits_it_owes():
    text = (DATA / "LICENSE").read_text(encoding="utf-8")
    for owed in (
        "Creative Commons Attribution 4.0",
        "creativecommons.org/licenses/by/4.0",
        "GeoNames",
        "Natural Earth",
    ):
        assert owed in text
