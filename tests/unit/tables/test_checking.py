"""Each case breaks one file of a sound folder and names where the message has to point and what it has to say."""

import re

import pytest

from mapping.tables.checking import check_file, check_folder
from mapping.tables.files import TABLE_FILES
from mapping.tables.outlines import read_outlines

ROW = "example-berlin,Example Hospital Berlin,"


def breaking(folder, file, old, new):
    path = folder / file
    content = path.read_bytes()
    old, new = (text.encode("utf-8") if isinstance(text, str) else text for text in (old, new))
    assert old in content
    path.write_bytes(content.replace(old, new, 1))
    return check_folder(folder)


def faults_after(folder, file, old, new):
    """The faults of one file: by itself, which is quick, or else of its links to the others."""
    path = folder / file
    content = path.read_bytes()
    assert old.encode("utf-8") in content
    path.write_bytes(content.replace(old.encode("utf-8"), new.encode("utf-8"), 1))
    outlines, _ = read_outlines((folder / "geo" / "countries.geojson").read_bytes(), "iso2")
    table = next(name for name, place in TABLE_FILES.items() if place == file)
    return check_file(path.read_bytes(), table, outlines).faults or check_folder(folder)[file]


def test_a_sound_folder_has_no_fault(mini_folder):
    assert check_folder(mini_folder) == {}


CASES = {
    "a number that is a word": (
        "sites.csv",
        "52.52,13.41,city,1001,DE30,https",
        "north,13.41,city,1001,DE30,https",
        2,
        "lat",
        "is not a number",
    ),
    "a decimal comma": ("facilities.csv", ",2000.5,", ',"2000,5",', 3, "clean_room_m2", "is not a number"),
    "a number that is not one": ("sites.csv", "45.465,", "nan,", 6, "lat", "is not a number"),
    "infinity": ("sites.csv", "45.465,", "inf,", 6, "lat", "is not a number"),
    "a huge number": ("products.csv", ",2018-08-23,", ",201800000000000000-08-23,", 2, "ma_date", "is not a date"),
    "a year with a fraction": (
        "facilities.csv",
        ",250,2015,",
        ",250,2015.5,",
        2,
        "opened_year",
        "is not a whole number",
    ),
    "a year of another age": (
        "facilities.csv",
        ",250,2015,",
        ",250,215,",
        2,
        "opened_year",
        "is too small, at least 1900",
    ),
    "swapped latitude and longitude": ("sites.csv", "45.465,9.186", "9.186,45.465", 6, "lat", "look swapped"),
    "a position in another country": (
        "sites.csv",
        "45.465,9.186",
        "48.85,2.35",
        6,
        "lat",
        "lie outside the stated country",
    ),
    "an unknown country": ("sites.csv", "Milan,IT,", "Milan,QQ,", 6, "country", "is not a country we know"),
    "an unknown code": ("facilities.csv", ",cdmo,", ",cmdo,", 3, "kind", "is not a code of facility_kind"),
    "an unknown code in a list": (
        "facilities.csv",
        "car_t|msc",
        "car_t|mscs",
        2,
        "capabilities",
        "has 'mscs', which is not a code of capability",
    ),
    "a repeated element": ("facilities.csv", "car_t|msc", "car_t|car_t", 2, "capabilities", "repeated element"),
    "an empty element": ("facilities.csv", "car_t|msc", "car_t|", 2, "capabilities", "empty or a repeated element"),
    "an empty name": ("sites.csv", ROW, "example-berlin,,", 2, "name", "is empty"),
    "an id that is not a slug": (
        "sites.csv",
        ROW,
        "Example Berlin,Example Hospital Berlin,",
        2,
        "id",
        "is not an id of ours",
    ),
    "a dangling reference": (
        "trial_sites.csv",
        ",example-milan,Ospedale",
        ",example-turin,Ospedale",
        2,
        "site_id",
        "is not the id of a row of sites",
    ),
    "a dangling source": (
        "obstacles.csv",
        "example-article|example-page",
        "example-article|example-lost",
        3,
        "source_ids",
        "has 'example-lost'",
    ),
    "no source though not unverified": (
        "trial_sites.csv",
        ",example-register,verified",
        ",,verified",
        2,
        "source_ids",
        "no source is named",
    ),
    "a formula": ("sites.csv", ROW, "example-berlin,=1+1,", 2, "name", "starts like a spreadsheet formula"),
    "a plus": ("sites.csv", ROW, "example-berlin,+Plus,", 2, "name", "starts like a spreadsheet formula"),
    "an at sign": ("sites.csv", ROW, "example-berlin,@SUM(A1),", 2, "name", "starts like a spreadsheet formula"),
    "a script": ("sites.csv", ROW, "example-berlin,<script>alert(1)</script>,", 2, "name", "holds a tag"),
    "an e-mail address": ("sites.csv", ROW, "example-berlin,ask jane.doe@example.org,", 2, "name", "e-mail"),
    "a telephone number": ("sites.csv", ROW, "example-berlin,Tel. 030 450 50,", 2, "name", "telephone"),
    "an international number": ("sites.csv", ROW, "example-berlin,at +49 30 450 5000,", 2, "name", "telephone"),
    "a hidden control": ("sites.csv", ROW, "example-berlin,Exam\u202eple,", 2, "name", "control"),
    "a line break in a cell": ("sites.csv", ROW, 'example-berlin,"Exam\nple",', 2, "name", "line break"),
    "a space at the end": ("sites.csv", ROW, "example-berlin,Example ,", 2, "name", "space at its start or end"),
    "a web address without a scheme": (
        "sites.csv",
        "https://example.org/berlin",
        "example.org/berlin",
        2,
        "website",
        "is not a web address",
    ),
    "a script for an address": (
        "sites.csv",
        "https://example.org/berlin",
        "javascript:alert(1)",
        2,
        "website",
        "is not a web address",
    ),
    "an end before the beginning": ("products.csv", "2016-07-29", "2011-07-29", 3, "status_date", "is before ma_date"),
    "closed before opened": ("facilities.csv", ",2008,2023,", ",2008,2003,", 4, "closed_year", "is before opened_year"),
    "the 31st of February": ("products.csv", "2016-07-29", "2016-02-31", 3, "status_date", "not a day of the calendar"),
    "a day in another order": ("work_packages.csv", "2026-11-22", "22.11.2026", 2, "retrieved", "is not a day"),
    "a number of another registry": (
        "trials.csv",
        "NCT00000002,ctgov,",
        "NCT00000002,euctr,",
        4,
        "registry",
        "does not write its numbers like this",
    ),
    "a link to another trial": (
        "trials.csv",
        "study/NCT00000002",
        "study/NCT00000009",
        4,
        "registry_url",
        "does not lead to this trial",
    ),
    "a country where the area is the EU": (
        "obstacle_evidence.csv",
        ",eu,,academic|sme,",
        ",eu,DE,academic|sme,",
        6,
        "country",
        "exactly where area is country",
    ),
    "a figure that restates nothing": (
        "obstacle_evidence.csv",
        "country_indicators/de-atmp",
        "country_indicators/xx-atmp",
        5,
        "restates",
        "no figure of ours",
    ),
    "a region nobody drew": ("sites.csv", ",1005,ITC4,", ",1005,ITC9,", 6, "region", "is not a region of ours"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_fault_is_told_once_in_its_place_with_a_remedy(mini_folder, case):
    file, old, new, line, column, words = case
    [fault] = faults_after(mini_folder, file, old, new)
    assert (fault.line, fault.column) == (line, column)
    assert words in fault.rule
    assert fault.remedy


def test_a_figure_with_a_number_and_a_category_is_told(mini_folder):
    found = breaking(mini_folder, "country_indicators.csv", ",,contained_use,", ",1,contained_use,")
    assert [fault.column for fault in found["country_indicators.csv"]] == ["value_code"]


def test_a_number_with_too_many_digits_is_told(mini_folder):
    found = breaking(mini_folder, "geo/places.csv", ",3000000,", f",{'9' * 40},")
    assert [(fault.column, fault.rule) for fault in found["geo/places.csv"]] == [("population", "has too many digits")]


def test_both_of_two_equal_ids_are_told_with_their_lines(mini_folder):
    found = breaking(mini_folder, "sites.csv", "example-berlin-works,Ex", "example-berlin,Ex")
    assert [(fault.line, fault.column) for fault in found["sites.csv"]] == [(2, "id"), (3, "id")]
    assert all("lines 2, 3" in fault.rule for fault in found["sites.csv"])


def test_a_missing_column_is_named(mini_folder):
    found = breaking(mini_folder, "work_packages.csv", "id,title,", "id,other,")
    assert (1, "title", "the column is missing") in [
        (fault.line, fault.column, fault.rule) for fault in found["work_packages.csv"]
    ]


def test_an_extra_column_is_named(mini_folder):
    path = mini_folder / "work_packages.csv"
    path.write_text("\n".join(f"{line},x" for line in path.read_text().splitlines()) + "\n")
    [fault] = check_folder(mini_folder)["work_packages.csv"]
    assert (fault.line, fault.column, fault.rule) == (1, "x", "the column is not one of this table")


def test_a_file_with_semicolons_gets_one_clear_fault(mini_folder):
    path = mini_folder / "sites.csv"
    path.write_bytes(path.read_bytes().replace(b",", b";"))
    [fault] = check_folder(mini_folder)["sites.csv"]
    assert fault.rule == "the columns are separated by semicolons"


def test_a_missing_table_takes_no_other_with_it(mini_folder):
    (mini_folder / "sites.csv").unlink()
    found = check_folder(mini_folder)
    assert list(found) == ["sites.csv"]
    assert found["sites.csv"][0].rule == "the file is missing"


def test_a_faulty_table_is_not_held_against_those_that_refer_to_it(mini_folder):
    assert list(breaking(mini_folder, "sites.csv", "example-paris,Ex", "EXAMPLE-PARIS,Ex")) == ["sites.csv"]


def test_missing_outlines_are_told_and_the_tables_stay_sound(mini_folder):
    (mini_folder / "geo" / "countries.geojson").unlink()
    assert list(check_folder(mini_folder)) == ["geo/countries.geojson"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"features": [1]}', b'{"features": null}', b"\xff"])
def test_outlines_that_are_not_geojson_are_told(mini_folder, content):
    (mini_folder / "geo" / "regions.geojson").write_bytes(content)
    assert list(check_folder(mini_folder)) == ["geo/regions.geojson"]


def test_without_codes_nothing_is_said_about_codes(mini_folder):
    (mini_folder / "codes.csv").unlink()
    assert list(check_folder(mini_folder)) == ["codes.csv"]


@pytest.mark.parametrize("spelling", ["Italy", "ITA", "it"])
def test_the_code_of_a_country_is_suggested_for_what_people_write(mini_folder, spelling):
    found = breaking(mini_folder, "sites.csv", "Milan,IT,", f"Milan,{spelling},")
    assert "did you mean 'IT'?" in found["sites.csv"][0].remedy


def test_a_close_code_is_suggested(mini_folder):
    found = breaking(mini_folder, "facilities.csv", ",cdmo,", ",cmdo,")
    assert re.search("did you mean 'cdmo'", found["facilities.csv"][0].remedy)
