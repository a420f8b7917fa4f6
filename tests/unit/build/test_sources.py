import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.build.sources import SourceIds, source_id, source_rows

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def test_an_id_says_where_the_page_is():
    assert source_id("https://www.example.org/news/A-new_Centre.html").startswith("example-org-a-new-centre-html-")


def test_a_file_on_github_is_named_for_its_repository():
    url = "https://github.com/Example/Trials/blob/abc/data/sites.csv"
    assert source_id(url).startswith("github-com-example-trials-sites-csv-")


@pytest.mark.parametrize(
    "other", ["http://example.org/page", "https://www.example.org/page", "https://example.org/page/"]
)
def test_scheme_www_and_last_slash_make_no_difference(other):
    assert source_id(other) == source_id("https://example.org/page")


def test_a_query_makes_a_difference():
    assert source_id("https://example.org/?p=1") != source_id("https://example.org/?p=2")


@given(st.text(max_size=80))
def test_any_address_gets_a_slug_and_always_the_same(url):
    assert SLUG.fullmatch(source_id(f"https://example.org/{url.replace('[', '')}"))
    assert source_id("https://example.org/x") == source_id("https://example.org/x")


def test_a_catalogued_page_keeps_its_id():
    ids = SourceIds.of([{"id": "Example-2024", "url": "https://www.example.org/page/"}])
    assert ids("http://example.org/page") == "example-2024"


def write(folder, name, text):
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.csv").write_text(text, encoding="utf-8")


CATALOGUE = "id,title,publisher_or_journal,authors_short,year,url,kind,confidence,retrieved\n"


def test_a_page_that_only_a_raw_row_cites_gets_a_row_without_a_title(tmp_path):
    write(tmp_path, "sources", CATALOGUE)
    write(tmp_path, "facilities", "source_url,source_year,retrieved\nhttps://www.example.org/a,2024,2026-11-22\n")
    [row] = source_rows(tmp_path)
    assert (row["title"], row["publisher"], row["year"], row["kind"]) == ("", "example.org", "2024", "web")


def test_a_file_on_github_is_published_by_its_repository(tmp_path):
    write(tmp_path, "sources", CATALOGUE)
    write(tmp_path, "trials", "source_url,retrieved\nhttps://github.com/example/trials/blob/a/b.csv,2026-11-22\n")
    [row] = source_rows(tmp_path)
    assert (row["publisher"], row["kind"]) == ("example/trials", "registry")


def test_years_that_disagree_are_left_out(tmp_path):
    write(tmp_path, "sources", CATALOGUE)
    rows = "https://example.org/a,2023,2026-11-21\nhttps://example.org/a,2024,2026-11-22\n"
    write(tmp_path, "facilities", "source_url,source_year,retrieved\n" + rows)
    [row] = source_rows(tmp_path)
    assert (row["year"], row["retrieved"]) == ("", "2026-11-22")


def test_a_catalogued_page_that_is_cited_stays_one_row(tmp_path):
    entry = "example-2024,Example,Journal,Example et al.,2024,https://example.org/a,paper,verified,2026-11-22\n"
    write(tmp_path, "sources", CATALOGUE + entry)
    write(tmp_path, "trials", "source_url,retrieved\nhttp://www.example.org/a/,2026-11-22\n")
    [row] = source_rows(tmp_path)
    assert (row["id"], row["title"], row["authors"]) == ("example-2024", "Example", "Example et al.")
