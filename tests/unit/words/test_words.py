import pandas as pd
import pytest

from mapping.tables.loading import Tables, load_tables
from mapping.words import Words, WordsError, by_name, language_name, languages
from tests.unit.paths import ROOT


@pytest.fixture
def english() -> Words:
    return Words("en", strict=True)


@pytest.fixture
def german() -> Words:
    return Words("de", strict=True)


def test_english_is_always_shipped_and_comes_first():
    assert languages()[0] == "en"


def test_german_proves_that_a_language_is_a_translation_only():
    assert "de" in languages()


@pytest.mark.parametrize("lang", ["xx", "", "tlh-QO", "../../etc", "e"])
def test_a_language_that_is_not_shipped_gives_english(lang):
    assert Words(lang).lang == "en"


@pytest.mark.parametrize("lang", ["de", "de-AT", "de_CH", "DE"])
def test_a_regional_form_gives_its_language(lang):
    assert Words(lang).lang == "de"


def test_a_language_says_its_own_name():
    assert [language_name("en"), language_name("de")] == ["English", "Deutsch"]


def test_a_sentence_takes_its_values_by_name(english):
    assert english.text("{place}: {what}", place="Spain", what="2 sites") == "Spain: 2 sites"


def test_a_whole_number_in_a_sentence_is_written_the_readers_way(english, german):
    assert english.text("{n} rows", n=1234) == "1,234 rows"
    assert german.text("{n} Zeilen", n=1234) == "1.234 Zeilen"


def test_a_year_given_as_text_keeps_its_digits(english):
    assert english.text("as of {year}", year="2021") == "as of 2021"


def test_a_missing_value_is_an_error_where_words_are_strict(english):
    with pytest.raises(WordsError, match="names {n}"):
        english.text("{n} rows")


def test_a_missing_value_leaves_its_name_where_readers_are(english):
    assert Words("en").text("{n} rows") == "{n} rows"


def test_braces_in_a_value_are_not_filled_again(english):
    assert english.text("Search: {text}", text="{secret} {0.__class__}") == "Search: {secret} {0.__class__}"


def test_a_sentence_cannot_reach_into_a_value():
    assert Words("en").text("{text.__class__}", text="x") == "{text.__class__}"


@pytest.mark.parametrize(("n", "said"), [(0, "0 sites"), (1, "1 site"), (2, "2 sites"), (1000, "1,000 sites")])
def test_a_count_chooses_its_form(english, n, said):
    assert english.plural("{n} site", "{n} sites", n) == said


def test_a_number_has_the_languages_separators(english, german):
    assert english.number(1234567.891, 1) == "1,234,567.9"
    assert german.number(1234567.891, 1) == "1.234.567,9"


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0 %"), (0.004, "<1 %"), (0.01, "1 %"), (0.614, "61 %"), (0.99, "99 %"), (0.996, ">99 %"), (1, "100 %")],
)
def test_a_share_never_reads_as_none_or_all_when_it_is_not_quite(english, share, said):
    assert english.percent(share).replace("\N{NO-BREAK SPACE}", " ") == said


def test_the_sign_of_a_share_never_stands_on_a_line_of_its_own(english, german):
    assert english.percent(0.5) == german.percent(0.5) == "50\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("iso", "in_english", "in_german"),
    [
        ("2026-11-22", "22 November 2026", "22. November 2026"),
        ("2026-03", "March 2026", "März 2026"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_date_is_written_in_words(english, german, iso, in_english, in_german):
    assert (english.date(iso), german.date(iso)) == (in_english, in_german)


def test_a_list_ends_with_the_languages_and(english, german):
    assert english.list(["DE", "ES", "FR"]) == "DE, ES and FR"
    assert german.list(["DE", "ES", "FR"]) == "DE, ES und FR"


def test_a_list_of_nothing_says_nothing(english):
    assert english.list([]) == ""


def test_a_choice_ends_with_the_languages_or(english, german):
    assert english.list(["DE", "ES", "FR"], "or") == "DE, ES or FR"
    assert german.list(["DE", "ES"], "or") == "DE oder ES"


@pytest.fixture
def tables() -> Tables:
    codes = pd.DataFrame(
        [("role", "facilities", "Manufacturing", 1)], columns=["vocabulary", "code", "label", "position"]
    )
    countries = pd.DataFrame({"id": ["ES", "ZZ"], "name": ["Spain", "Example land"]})
    return Tables("2026.11.0", "2026-11-22", {"codes": codes, "countries": countries}, {})


def test_a_country_is_named_in_the_readers_language(english, german, tables):
    assert (english.country(tables, "ES"), german.country(tables, "ES")) == ("Spain", "Spanien")


def test_a_country_the_locale_does_not_know_keeps_our_name(german, tables):
    assert (german.country(tables, "ZX"), german.country(tables, "ES")) == ("ZX", "Spanien")


def test_a_code_is_shown_by_its_label(english, tables):
    assert english.label(tables, "role", "facilities") == "Manufacturing"


def test_a_code_without_a_label_is_shown_as_it_is(english, tables):
    assert english.label(tables, "role", "example_role") == "example_role"


def test_codes_are_shown_as_they_are_while_their_table_is_not():
    assert Words("en").label(Tables("", "", {}, {}), "role", "facilities") == "facilities"


def test_a_country_is_shown_by_its_code_while_its_table_is_not():
    assert Words("en").country(Tables("", "", {}, {}), "ES") == "ES"


def test_a_country_takes_its_article_inside_an_english_sentence_only(english, german):
    real = load_tables(ROOT / "data")
    said = [english.country_within(real, code) for code in ("GB", "NL", "FR")]
    assert said == ["the United Kingdom", "the Netherlands", "France"]
    assert english.country(real, "GB") == "United Kingdom"
    assert german.country_within(real, "GB") == german.country(real, "GB")


def test_names_stand_where_a_reader_looks_them_up():
    names = {"AT": "Österreich", "DE": "Deutschland", "DK": "Dänemark", "ZZ": "Zypern", "NO": "Norwegen"}
    assert [names[code] for code in by_name(names)] == ["Dänemark", "Deutschland", "Norwegen", "Österreich", "Zypern"]
