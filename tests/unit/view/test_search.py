"""What people type finds what they mean."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.tables.loading import Tables
from mapping.view.atlas import Atlas, atlas_of
from mapping.view.filtering import select
from mapping.view.folding import fold, words
from mapping.view.state import ViewState
from mapping.view.word_index import WordIndex


def found(atlas: Atlas, text: str) -> set[str]:
    return {site.removeprefix("example-") for site in select(atlas, ViewState(text=text)).site_ids}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Charite", {"charite"}),
        ("CHARITÉ", {"charite"}),
        ("Universitatsmedizin", {"charite"}),
        ("Universitaetsmedizin", {"charite"}),
        ("Vall dHebron", {"vall"}),
        ("Vall d'Hebron", {"vall"}),
        ("Vall d’Hebron", {"vall"}),
        ("vall d hebron", {"vall"}),
        ("valldhebron", {"vall"}),
        ("ValldHebron barcelona", {"vall"}),
        ("hebron", {"vall"}),
        ("d'Heb", {"vall"}),
        ("KI", {"karolinska"}),
        ("Karolinska", {"karolinska"}),
        ("Karolinksa", {"karolinska"}),
        ("karolinsca institute", {"karolinska"}),
        ("tuebingen", {"tuebingen"}),
        ("Tübingen", {"tuebingen"}),
        ("TUBINGEN", {"tuebingen"}),
        ("Tubingne", {"tuebingen"}),
        ("Hospital Clinic", {"clinic"}),
        ("clinic hospital", {"clinic"}),
        ("lodz", {"lodz"}),
        ("Łódź", {"lodz"}),
        ("Koege", {"koge"}),
        ("Køge", {"koge"}),
        ("Sjaellands", {"koge"}),
        ("Giessen", {"giessen"}),
        ("GIEẞEN", {"giessen"}),
        ("Spain", {"vall", "clinic"}),
        ("barcelona spain", {"vall", "clinic"}),
        ("charite barcelona", set()),
        ("zzzzzzzz", set()),
        ("x", set()),
    ],
)
def test_a_hospital_is_found_as_people_spell_it(atlas: Atlas, typed: str, meant: set[str]) -> None:
    assert found(atlas, typed) == meant


@pytest.mark.parametrize("typed", ["CAR T", "CAR-T", "cart", "car t cells", "chimeric antigen", "Car‑T"])
def test_a_code_is_found_by_its_label_and_synonyms_and_nothing_that_only_begins_alike(atlas: Atlas, typed: str) -> None:
    assert found(atlas, typed) == {"giessen", "lodz"}


@pytest.mark.parametrize("typed", ["β-globin", "beta globin", "Β-GLOBIN", "thalassaemia", "thalassemia", "NCT00000001"])
def test_a_trial_is_found_by_its_words_at_its_sites(atlas: Atlas, typed: str) -> None:
    assert found(atlas, typed) == {"lodz"}


@pytest.mark.parametrize("typed", ["NCT00000002", "nct0000000"])
def test_a_number_is_never_read_as_a_misspelling_of_another(atlas: Atlas, typed: str) -> None:
    assert found(atlas, typed) == ({"lodz"} if len(typed) < 11 else set())


def test_words_may_come_from_the_record_and_from_its_site(atlas: Atlas) -> None:
    assert found(atlas, "GMP unit Gießen Germany") == {"giessen"}


def test_only_the_records_meant_are_in_view(atlas: Atlas) -> None:
    assert select(atlas, ViewState(text="CAR T Giessen")).marks["role"].tolist() == ["facilities"]
    assert set(select(atlas, ViewState(text="Giessen")).marks["role"]) == {"facilities", "treatment_centres"}


def test_each_letter_more_narrows_what_is_found(atlas: Atlas) -> None:
    name = "karolinska"
    for length in range(3, len(name)):
        assert found(atlas, name[: length + 1]) <= found(atlas, name[:length])
        assert "karolinska" in found(atlas, name[:length])


@pytest.mark.parametrize("typed", ["", "   ", "!?", "…—–", "'", "%%", "\x00", "___", "()[]{}*"])
def test_a_text_without_a_word_restricts_nothing(atlas: Atlas, typed: str) -> None:
    assert select(atlas, ViewState(text=typed)).rows.all()
    assert "q" not in select(atlas, ViewState(text=typed)).masks


@pytest.mark.parametrize(
    "typed",
    [
        "a" * 10_000,
        "car t " * 2_000,
        "x " * 5_000,
        "' OR 1=1; DROP TABLE sites; --",
        "<script>alert(1)</script>",
        "\\d+ (.*) [a-z]* ^$",
        "\ud800\ud83d",
        "\u202eetirahC",
        "ﬁﬂ ﷺ Ⅷ ½",
        "София 東京 القاهرة",
    ],
)
def test_nothing_typed_breaks_the_search(atlas: Atlas, typed: str) -> None:
    atlas.search.rows(typed)
    select(atlas, ViewState(text=typed))


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from(string.printable + "éßøłæαβ’\u2028\uffff"), max_size=40))
def test_any_text_is_searched(atlas: Atlas, typed: str) -> None:
    rows = atlas.search.rows(typed)
    assert rows is None or len(rows) == len(atlas.presence)


def test_markup_in_a_name_is_text_like_any_other(atlas: Atlas) -> None:
    assert found(atlas, "<b>Pharma</b>") == {"lodz"}


def test_a_centre_is_found_by_the_products_it_is_qualified_for(
    hospitals: Mapping[str, Any], tables_of: Callable[..., Tables]
) -> None:
    centres = [{**row, "product_ids": "example-product"} for row in hospitals["treatment_centres"][:1]]
    atlas = atlas_of(tables_of({**hospitals, "treatment_centres": centres}))
    assert found(atlas, "examplecel") == found(atlas, "autoleucel") == {"charite"}


def test_a_town_is_found_by_what_the_table_of_places_calls_it(
    hospitals: Mapping[str, Any], tables_of: Callable[..., Tables]
) -> None:
    sites = [{**site, "place_id": "2761369"} if site["city"] == "Wien" else site for site in hospitals["sites"]]
    places = [{"id": "1", "name": "Elsewhere"}, {"id": "2761369", "name": "Vienna"}]
    atlas = atlas_of(tables_of({**hospitals, "sites": sites, "places": places}))
    assert found(atlas, "vienna") == found(atlas, "wien") == {"cartilage"}
    assert found(atlas, "elsewhere") == set()


def test_the_records_of_one_table_are_found_by_their_own_words(atlas: Atlas) -> None:
    organisations = atlas.tables["organisations"]["id"]
    assert organisations[atlas.search.records("organisations", "euha")].tolist() == ["example-partner"]
    assert atlas.search.records("organisations", " ") is None


def test_search_works_on_no_data_at_all(tables_of: Callable[..., Tables]) -> None:
    empty = atlas_of(tables_of({}))
    assert found(empty, "Charité") == set()
    bare = atlas_of(Tables("2026.11.0", "", {}, {}))
    assert found(bare, "Charité") == set()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź", ["lodz"]),
        ("Straße", ["strasse"]),
        ("STRAẞE", ["strasse"]),
        ("Århus", ["arhus"]),
        ("Aarhus", ["arhus"]),
        ("Æble", ["able"]),
        ("Þór Đặng", ["thor", "dang"]),
        ("haematology", ["hematology"]),
        ("TCRαβ", ["tcr", "alpha", "beta"]),
        ("Αθήνα", ["athina"]),
        ("L'Hôpital_Saint-Louis", ["l", "hopital", "saint", "louis"]),
        ("İstanbul ﬁrst", ["istanbul", "first"]),
        ("", []),
    ],
)
def test_a_text_is_folded_to_plain_words(text: str, folded: list[str]) -> None:
    assert words(text) == folded


@settings(deadline=None)
@given(st.text())
def test_folding_a_folded_text_is_searched_alike(text: str) -> None:
    assert fold(text).lower() == fold(text)


def test_words_of_neighbouring_texts_are_never_joined() -> None:
    index = WordIndex.of(["vall", "d hebron", "vall d hebron"])
    (joined,) = index.find(["valldhebron"])
    assert joined.tolist() == [False, False, True]


def test_a_misspelling_counts_only_where_nothing_is_spelt_so() -> None:
    index = WordIndex.of(["munster", "minster", "monster truck"])
    assert [docs.tolist() for docs in index.find(["minster"])] == [[False, True, False]]
    assert [docs.tolist() for docs in index.find(["manster"])] == [[True, True, True]]
    assert [docs.tolist() for docs in index.find(["munstr"])] == [[True, False, False]]
    assert [docs.tolist() for docs in index.find(["mnst"])] == [[False, False, False]]
