import pytest

from mapping.analysis.filter_words import KEY_WORDS, chips, filters_in_words, value_words
from mapping.tables.loading import Tables
from mapping.view.address import FILTER_KEYS
from mapping.view.state import ViewState
from mapping.words import Words


@pytest.fixture
def english() -> Words:
    return Words("en", strict=True)


@pytest.mark.parametrize(
    ("view", "texts"),
    [
        (ViewState(countries=("DE",)), ["Country: Germany"]),
        (ViewState(countries=("FR", "DE")), ["Country: Germany", "Country: France"]),
        (ViewState(years=(2015, 2020)), ["Years: 2015–2020"]),
        (ViewState(years=(2015, 2015)), ["Years: 2015"]),
        (ViewState(text="charite"), ["Search: “charite”"]),
        (ViewState(layers=("facilities",)), ["Shown: Manufacturing"]),
        (ViewState(include=("closed",)), ["Also shown: closed sites"]),
        (ViewState(obstacle="example-cost"), ["Obstacle: Example cost"]),
        (ViewState(), []),
    ],
)
def test_a_filter_is_said_in_words(mini, english, view, texts):
    assert [chip.text for chip in chips(mini, view, english)] == texts


def test_a_chip_knows_what_its_cross_drops(mini, english):
    view = ViewState(countries=("DE", "FR"), years=(2015, 2020), text="charite", phases=("1/2",))
    for chip in chips(mini, view, english):
        view = view.without(chip.key, chip.value)
    assert view == ViewState()


@pytest.mark.parametrize(
    ("code", "vocabulary"), [("cdmo", "facility_kind"), ("university_hospital", "organisation_kind")]
)
def test_a_kind_is_named_whichever_table_it_is_of(mini, english, code, vocabulary):
    assert value_words(mini, english, "kind", code) == english.label(mini, vocabulary, code)


def test_a_value_the_tables_do_not_know_is_shown_as_it_is(mini, english):
    assert value_words(mini, english, "phase", "example") == "example"


def test_words_are_found_even_while_every_table_is_faulty(english):
    view = ViewState(countries=("DE",), phases=("3",), obstacle="example", layers=("facilities",))
    said = [chip.text for chip in chips(Tables("", "", {}, {}), view, english)]
    assert said == ["Shown: facilities", "Country: DE", "Phase: 3", "Obstacle: example"]


def test_all_filters_make_one_sentence_with_or_between_values(mini, english):
    view = ViewState(countries=("DE", "FR"), classes=("GTMP",), include=("closed", "planned"))
    assert filters_in_words(mini, view, english) == (
        "Country: Germany or France; ATMP class: Gene therapy medicine; Also shown: closed sites and planned sites"
    )


def test_no_filter_is_said_too(mini, english):
    assert filters_in_words(mini, ViewState(), english) == "No filter is set: all sites."


def test_every_filter_of_the_address_has_a_name():
    assert set(KEY_WORDS) == set(FILTER_KEYS)


def test_german_chips_are_german(mini):
    [chip] = chips(mini, ViewState(countries=("DE",)), Words("de", strict=True))
    assert chip.text.endswith("Deutschland")
