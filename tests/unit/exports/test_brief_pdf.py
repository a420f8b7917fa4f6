"""A brief, opened again by pypdf: pages, words, tags, links; every number that of the page."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from mapping.exports.brief_pdf import brief_pdf
from mapping.exports.command import Look, export
from mapping.exports.screens import PAGE_WORDS, Screen, Step, screen_of
from mapping.view.atlas import Atlas, open_atlas
from mapping.view.state import ViewState
from mapping.words import Words
from tests.unit.paths import ROOT

BASE = "https://atlas.example.org"
GERMANY = ViewState(countries=("DE",), focus="DE")
A4_MM = (210, 297)
REAL = Path(__file__).parents[3] / "data"
POINTS_A_MM = 72 / 25.4
NASTY = "example #let x = 1 [a] $b$ *c* _d_ `e` <script>alert(1)</script> \\ @f // g"


def screen(atlas: Atlas, folder: Path, page: str = "", view: ViewState = GERMANY) -> Screen:
    return screen_of(atlas, page, view, Words(view.lang), folder / "geo")


def opened(atlas: Atlas, *screens: Screen, **more: str) -> pypdf.PdfReader:
    words = Words(screens[0].view.lang)
    return pypdf.PdfReader(io.BytesIO(brief_pdf([Step(each) for each in screens], atlas.tables, words, BASE, **more)))


def words_of(text: str) -> str:
    """Return a text without what line breaking does to it."""
    return "".join(text.split())


def said(pdf: pypdf.PdfReader) -> str:
    return words_of("".join(page.extract_text() for page in pdf.pages))


def links(pdf: pypdf.PdfReader) -> set[str]:
    notes = [note.get_object() for page in pdf.pages for note in page.get("/Annots", ())]
    return {str(note["/A"]["/URI"]) for note in notes if note["/Subtype"] == "/Link"}


@pytest.mark.parametrize("page", PAGE_WORDS)
def test_every_page_makes_one_or_two_pages_of_a4(atlas: Atlas, mini_folder: Path, page: str) -> None:
    pdf = opened(atlas, screen(atlas, mini_folder, page))
    assert 1 <= len(pdf.pages) <= 2
    for sheet in pdf.pages:
        sides = (float(sheet.mediabox.width), float(sheet.mediabox.height))
        assert sides == pytest.approx([side * POINTS_A_MM for side in A4_MM], abs=1)


@pytest.fixture(scope="module")
def real() -> Atlas:
    """The Atlas as it is, with countries of which little is known."""
    return open_atlas(REAL)


@pytest.mark.parametrize("country", ["CY", "DE", "EE", "IS", "LI", "LT", "LU", "LV", "MT"])
def test_every_country_has_a_brief_however_little_is_known_of_it(real: Atlas, country: str) -> None:
    shown = screen(real, REAL, "countries", ViewState(countries=(country,)))
    pdf = opened(real, shown)
    assert 1 <= len(pdf.pages) <= 2
    assert words_of(shown.headline) in said(pdf)


@pytest.mark.parametrize("page", PAGE_WORDS)
def test_everything_the_screen_says_is_text_in_it(atlas: Atlas, mini_folder: Path, page: str) -> None:
    shown = screen(atlas, mini_folder, page)
    text = said(opened(atlas, shown))
    wanted = [shown.headline, shown.dateline, shown.method, *shown.filters]
    wanted += [part for fact in shown.facts for part in fact] + [picture.caption for picture in shown.pictures[:1]]
    for each in wanted:
        assert words_of(each) in text, each


def test_it_is_tagged_with_title_and_language(atlas: Atlas, mini_folder: Path) -> None:
    shown = screen(atlas, mini_folder)
    pdf = opened(atlas, shown)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == shown.headline
    assert "pdfuaid:part" in pdf.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]


def tags(node: pypdf.generic.PdfObject, found: list[pypdf.generic.DictionaryObject]) -> None:
    entry = node.get_object()
    if isinstance(entry, list):
        for child in entry:
            tags(child, found)
    elif isinstance(entry, dict):
        if "/S" in entry:
            found.append(entry)  # type: ignore[arg-type]
        if "/K" in entry:
            tags(entry["/K"], found)


def test_headings_table_and_pictures_are_tagged_and_pictures_have_words(atlas: Atlas, mini_folder: Path) -> None:
    shown = screen(atlas, mini_folder)
    found: list[pypdf.generic.DictionaryObject] = []
    tags(opened(atlas, shown).trailer["/Root"]["/StructTreeRoot"]["/K"], found)
    kinds = [str(tag["/S"]) for tag in found]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/Figure", "/Link"} <= set(kinds)
    told = [str(tag.get("/Alt", "")) for tag in found if tag["/S"] == "/Figure"]
    assert shown.pictures[0].alt in told
    assert all(told)


def test_its_links_are_live_and_name_the_data_version(atlas: Atlas, mini_folder: Path) -> None:
    shown = screen(atlas, mini_folder)
    assert shown.address(BASE) in links(opened(atlas, shown))
    assert shown.address(BASE).endswith("v=2026.11.0")


def test_a_source_is_named_and_linked(atlas: Atlas, mini_folder: Path) -> None:
    shown = screen(atlas, mini_folder)
    pdf = opened(atlas, shown)
    urls = {line.rsplit(" ", 1)[1] for line in shown.sources if "https://" in line}
    assert urls
    assert urls <= links(pdf)


def test_citation_licence_and_who_pays_are_in_it(atlas: Atlas, mini_folder: Path) -> None:
    text = said(opened(atlas, screen(atlas, mini_folder)))
    for each in ("JOIN4ATMP consortium.", "2026.11.0", "CC BY 4.0", "Funded by the European Union", "22 November 2026"):
        assert words_of(each) in text


def test_text_of_the_data_stays_text(atlas: Atlas, mini_folder: Path) -> None:
    shown = screen(atlas, mini_folder)
    nasty = replace(shown, headline=NASTY, filtered_by=NASTY, facts=((NASTY, NASTY),), method=NASTY, sources=(NASTY,))
    pdf = opened(atlas, nasty)
    assert pdf.metadata is not None
    assert pdf.metadata.title == NASTY
    assert said(pdf).count(words_of(NASTY)) >= 6


def test_only_addresses_of_web_pages_become_links(atlas: Atlas, mini_folder: Path) -> None:
    nasty = replace(screen(atlas, mini_folder), sources=("Example. javascript:alert(1)", "Example. file:///etc/passwd"))
    assert all(link.startswith("https://") for link in links(opened(atlas, nasty)))


def test_it_speaks_the_language_of_the_view(atlas: Atlas, mini_folder: Path) -> None:
    shown = screen(atlas, mini_folder, view=replace(GERMANY, lang="de"))
    pdf = opened(atlas, shown)
    assert pdf.trailer["/Root"]["/Lang"] == "de"
    assert words_of("Von der Europäischen Union finanziert") in said(pdf)


def test_its_fonts_are_ours_and_in_it(atlas: Atlas, mini_folder: Path) -> None:
    pdf = opened(atlas, screen(atlas, mini_folder))
    fonts = [font.get_object() for page in pdf.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    for font in fonts:
        assert "SourceSans3" in font["/BaseFont"]
        [inner] = font["/DescendantFonts"]
        assert {"/FontFile2", "/FontFile3"} & set(inner.get_object()["/FontDescriptor"].get_object())


def test_an_empty_view_makes_a_brief_that_says_so(atlas: Atlas, mini_folder: Path) -> None:
    shown = screen(atlas, mini_folder, view=ViewState(countries=("LI",)))
    assert words_of(shown.headline) in said(opened(atlas, shown))


def test_a_story_is_a_hand_out_with_each_step_and_its_link(atlas: Atlas, mini_folder: Path) -> None:
    steps = [screen(atlas, mini_folder, page) for page in ("", "obstacles", "trials")]
    pdf = opened(atlas, *steps, title="Example story", link=f"{BASE}/present?story=example")
    text = said(pdf)
    assert len(pdf.pages) <= 2
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Example story"
    for number, step in enumerate(steps, 1):
        assert words_of(f"{number}. {step.headline}") in text
        assert step.address(BASE) in links(pdf)
    assert f"{BASE}/present?story=example" in links(pdf)


def test_the_same_data_make_the_same_bytes(atlas: Atlas, mini_folder: Path) -> None:
    shown = screen(atlas, mini_folder)
    made = [brief_pdf([Step(shown)], atlas.tables, Words(), BASE) for _ in range(2)]
    assert made[0] == made[1]


def test_the_command_line_writes_it(mini_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "brief.pdf"
    export("brief", "country=DE", out, mini_folder, Look(page="obstacles", base=BASE))
    pdf = pypdf.PdfReader(out)
    assert any(link.startswith(f"{BASE}/obstacles?country=DE") for link in links(pdf))


def test_a_brief_says_how_many_rows_of_a_heatmap_it_leaves_out() -> None:
    real = open_atlas(ROOT / "data")
    obstacles = len(real.tables["obstacles"])
    pdf = opened(real, screen_of(real, "obstacles", ViewState(), Words()))
    assert f"Shown:the30rowsthatholdmost,of{obstacles}." in said(pdf)


def test_a_second_page_is_filled_before_pictures_are_left_out() -> None:
    real = open_atlas(ROOT / "data")
    shown = screen_of(real, "solutions", ViewState(), Words())
    pdf = opened(real, shown)
    assert len(pdf.pages) == 2
    assert words_of(shown.pictures[1].title) in words_of(pdf.pages[1].extract_text())


def test_a_page_without_figures_has_no_heading_for_them() -> None:
    real = open_atlas(ROOT / "data")
    shown = screen_of(real, "countries", ViewState(), Words())
    assert shown.facts == ()
    assert "Thefigures" not in said(opened(real, shown))


def test_a_filter_of_several_values_is_named_once(atlas: Atlas, mini_folder: Path) -> None:
    shown = screen(atlas, mini_folder, view=ViewState(countries=("DE", "FR")))
    assert "Country:GermanyorFrance" in said(opened(atlas, shown))
