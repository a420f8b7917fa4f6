"""Obstacles, indicators, coverage, and which figures say the same."""

import pytest

from mapping.build.coverage import coverage_rows
from mapping.build.indicators import indicator_rows
from mapping.build.obstacles import evidence_rows, obstacle_rows, solution_rows, unit_code
from mapping.build.organisation_codes import coded_organisation
from mapping.build.restating import with_restated


def write(folder, name, text):
    (folder / f"{name}.csv").write_text(text, encoding="utf-8")


EVIDENCE = (
    "obstacle_id,source_id,country,stakeholder,measure,measure_kind,value,unit,n,year,page_or_table,source_url,"
    "confidence,retrieved,direction,scope\n"
)


def evidence(tmp_path, country="DE", unit="percent", source="example"):
    row = f"example,{source},{country},payer,Example,ratio,5,{unit},,,abstract,https://example.org,verified,2026-11-22"
    write(tmp_path, "obstacle_evidence", EVIDENCE + row + ",neutral,atmp\n")
    [made] = evidence_rows(tmp_path)
    return made


@pytest.mark.parametrize(
    ("place", "area", "country"), [("DE", "country", "DE"), ("EU", "eu", ""), ("EUROPE", "europe", "")]
)
def test_europe_is_an_area_and_not_a_country(tmp_path, place, area, country):
    made = evidence(tmp_path, place)
    assert (made["area"], made["country"]) == (area, country)


def test_a_figure_has_an_id_of_obstacle_place_source_and_a_mark(tmp_path):
    assert evidence(tmp_path, source="Example-2021")["id"].startswith("example-de-example-2021-")


def test_a_blank_year_stays_blank(tmp_path):
    assert evidence(tmp_path)["year"] == ""


@pytest.mark.parametrize(
    ("words", "code"),
    [("ordinal 1-3 (coded by us)", "ordinal_1_3"), ("EUR", "eur"), ("licence holders", "licence_holders")],
)
def test_units_are_codes(words, code):
    assert unit_code(words) == code


def test_the_union_among_the_countries_of_an_obstacle_becomes_its_area(tmp_path):
    head = "id,title,stage,category,description,stakeholders_affected,countries,source_ids,confidence,retrieved\n"
    rows = "a,A,preclinical,scientific,A.,academic,FR|EU|DE,Src,verified,2026-11-22\n"
    write(tmp_path, "obstacles", head + rows + rows.replace("a,A", "b,B").replace("FR|EU|DE", "FR"))
    first, second = obstacle_rows(tmp_path)
    assert (first["area"], first["countries"], first["source_ids"]) == ("eu", "DE|FR", "src")
    assert (second["area"], second["countries"]) == ("country", "FR")


def test_a_solution_may_work_in_several_countries(tmp_path):
    head = "id,solution_type,country,source_url\n"
    write(tmp_path, "solutions", head + "a,clinical,NL|BE,https://example.org\nb,clinical,EU,https://example.org\n")
    several, wide = solution_rows(tmp_path, lambda url: "example")
    assert (several["area"], several["countries"]) == ("country", "BE|NL")
    assert (wide["area"], wide["countries"]) == ("eu", "")


INDICATORS = "country,indicator,value,unit,year,source_url,confidence,note,retrieved\n"


def indicator(tmp_path, row):
    write(tmp_path, "country_indicators", INDICATORS + row + "\n")
    [made] = indicator_rows(tmp_path, lambda url: "example")
    return made


def test_a_number_is_a_value_and_a_word_is_a_code(tmp_path):
    number = indicator(tmp_path, "DE,cart_centres,0,centres,2020,https://example.org,verified,,2026-11-22")
    word = indicator(tmp_path, "DE,ecrin_member,observer,category,,https://example.org,verified,,2026-11-22")
    assert (number["value"], number["value_code"], number["id"]) == ("0", "", "de-cart-centres-2020")
    assert (word["value"], word["value_code"], word["id"]) == ("", "observer", "de-ecrin-member")


def test_a_survey_of_more_than_the_union_is_about_europe(tmp_path):
    note = "EBMT activity survey area (Europe and associated countries)."
    made = indicator(tmp_path, f"EU,cart_patients_year,1,patients,2018,https://example.org,verified,{note},2026-11-22")
    assert (made["area"], made["country"], made["id"]) == ("europe", "", "europe-cart-patients-year-2018")


def figure(key, measure="Example", value="5", unit="percent", country="DE", sources="example"):
    return {
        "id": key, "measure": measure, "value": value, "unit": unit, "country": country, "source_ids": sources,
        "indicator": "", "restates": "",
    }  # fmt: skip


def restated(figures, indicators=(), reviewed=()):
    return [row["restates"] for row in with_restated(figures, indicators, reviewed)]


def test_equal_figures_of_one_source_and_country_restate_each_other():
    assert restated([figure("a")], [figure("b")]) == ["country_indicators/b"]


@pytest.mark.parametrize("other", [{"value": "6"}, {"country": "FR"}, {"sources": "another"}, {"unit": "days"}])
def test_figures_that_differ_restate_nothing(other):
    assert restated([figure("a")], [figure("b", **other)]) == [""]


def test_days_are_recognised_in_months():
    assert restated([figure("a", value="18.5", unit="months")], [figure("b", value="562", unit="days")]) != [""]
    assert restated([figure("a", value="18.2", unit="months")], [figure("b", value="562", unit="days")]) == [""]


def test_a_total_restates_the_rows_it_counts():
    rows = [
        figure("total", measure="Member States using contained use only (our count)", country=""),
        figure("a", measure="GMO regime, our code: contained use only"),
        figure("b", measure="GMO regime, our code: deliberate release only"),
    ]
    assert restated(rows)[0] == "obstacle_evidence/a"


def test_a_reviewed_link_is_taken_over():
    assert restated([figure("a")], reviewed=[{"id": "a", "restates": "obstacle_evidence/z"}]) == ["obstacle_evidence/z"]


COUNTRIES = [{"id": "DE", "scope": "core"}, {"id": "LI", "scope": "core"}, {"id": "TR", "scope": "europe"}]
FOUND = {
    "facilities": [{"country": "DE", "source_ids": "b|a", "retrieved": "2026-11-21"}],
    "trial_sites": [{"country": "DE", "source_ids": "register", "retrieved": "2026-11-22"}],
}


def covered():
    return {row["id"]: row for row in coverage_rows(COUNTRIES, FOUND, ["register"])}


def test_each_core_country_and_subject_gets_one_row():
    assert list(covered()) == ["de-facilities", "de-trial-sites", "li-facilities", "li-trial-sites"]


def test_what_was_found_names_its_sources():
    row = covered()["de-facilities"]
    assert (row["state"], row["source_ids"], row["confidence"]) == ("found", "a|b", "inferred")


def test_registers_that_span_all_countries_say_none_found():
    row = covered()["li-trial-sites"]
    assert (row["state"], row["source_ids"]) == ("none_found", "register")
    assert "sample" in row["basis"]


def test_what_nobody_looked_for_is_not_assessed_and_has_no_source():
    row = covered()["li-facilities"]
    assert (row["state"], row["source_ids"], row["confidence"]) == ("not_assessed", "", "unverified")


def test_words_about_organisations_become_codes_and_codes_stay():
    row = {"networks": "ATMP Sweden|HMA", "expertise": "clinical|preclinical|access", "work_packages": "WP3"}
    coded = coded_organisation(row)
    assert coded == {
        "networks": "atmp_sweden|hma",
        "expertise": "clinical_trial|preclinical|delivery_access",
        "work_packages": "wp3",
    }
    assert coded_organisation(coded) == coded
