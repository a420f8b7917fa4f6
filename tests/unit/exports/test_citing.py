"""A citation names version, date and link, and reference managers read it."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import yaml

from mapping.errors import BuildError
from mapping.exports.channels import channels
from mapping.exports.citing import Citation, as_bibtex, as_ris, as_text, citation_file
from mapping.exports.download import package
from mapping.tables.loading import Tables
from mapping.view.atlas import atlas_of
from mapping.view.state import ViewState
from mapping.words import Words
from tests.unit.paths import DATA, ROOT

LINK = "https://example.org/access?country=DE&q=a%20b&v=2026.11.0"
CITED = Citation("2026.11.0", "2026-11-22", LINK, "2026-12-24")


def test_every_form_names_version_date_and_link() -> None:
    for told in (as_text(CITED, Words()), as_bibtex(CITED), as_ris(CITED)):
        assert "2026.11.0" in told
        assert LINK in told
        assert "JOIN4ATMP consortium" in told
    assert "22 November 2026" in as_text(CITED, Words())
    assert "24 December 2026" in as_text(CITED, Words())


def test_bibtex_has_an_entry_with_balanced_braces() -> None:
    told = as_bibtex(CITED)
    fields = dict(re.findall(r"^  (\w+) = \{(.*)\},?$", told, re.MULTILINE))
    assert told.startswith("@misc{atmp-atlas-2026.11.0,")
    assert told.count("{") == told.count("}")
    assert (fields["year"], fields["version"], fields["url"], fields["urldate"]) == (
        *("2026", "2026.11.0"),
        *(LINK, "2026-12-24"),
    )


def test_ris_is_tag_by_tag_and_ends() -> None:
    lines = as_ris(CITED).split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    assert (lines[0], lines[-2:]) == ("TY  - DATA", ["ER  - ", ""])
    assert "DA  - 2026/11/22" in lines


def test_what_is_not_known_is_left_out() -> None:
    bare = Citation("2026.11.0", "", "")
    assert "url" not in as_bibtex(bare)
    assert "UR  -" not in as_ris(bare)
    assert "undated" in as_text(bare, Words())


def test_the_citation_file_is_yaml_with_what_the_format_asks_for() -> None:
    told = yaml.safe_load(citation_file("2026.11.0", "2026-11-22"))
    assert {"cff-version", "message", "title", "authors", "version", "license", "type"} <= set(told)
    assert (told["cff-version"], told["type"], told["version"]) == ("1.2.0", "dataset", "2026.11.0")
    assert told["authors"] == [{"name": "JOIN4ATMP consortium"}]


def test_the_projects_own_citation_file_is_of_the_newest_release() -> None:
    from mapping.tables.releases import releases

    told = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert told["version"] == releases(DATA)[0].version


def test_a_packed_download_says_how_to_cite_it(mini: Tables) -> None:
    content, _, _ = package(atlas_of(mini), ViewState(), "csv")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        cited = yaml.safe_load(archive.read("CITATION.cff"))
        described = yaml.safe_load(archive.read("datapackage.json"))  # JSON is YAML
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    assert cited["version"] == described["version"] == mini.version
    assert mini.version in described["citation"]
    assert {each["path"]: each["bytes"] for each in described["resources"]} == {"sites.csv": sizes["sites.csv"]}


def test_the_real_channels_are_the_projects_own() -> None:
    assert channels(DATA)
    assert all(re.search(r"join4atmp\.eu/|cordis\.europa\.eu/project/id/101137206", c.address) for c in channels(DATA))


@pytest.mark.parametrize("address", ["http://example.org", "javascript:alert(1)", "https://example.org/a)b", ""])
def test_a_channel_without_a_plain_address_is_named(tmp_path: Path, address: str) -> None:
    (tmp_path / "channels.toml").write_text(f'[[channels]]\ntitle = "Example"\naddress = "{address}"\n')
    with pytest.raises(BuildError, match=r"channels\.toml"):
        channels(tmp_path)


def test_no_file_is_no_channel(tmp_path: Path) -> None:
    assert channels(tmp_path) == ()
