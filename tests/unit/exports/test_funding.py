"""The funding line comes from one file, in the reader's language where it is there."""

from pathlib import Path

from mapping.exports.funding import FUNDING_FILE, funding
from mapping.words import Words

TOLD = """
[statement]
en = "Paid by example"
de = "Bezahlt von example"
[views]
en = "Views are ours"
[grant]
agreement = "{agreement}"
emblem = "{emblem}"
"""


def _file(folder: Path, agreement: str = "", emblem: str = "") -> Path:
    file = folder / "funding.toml"
    file.write_text(TOLD.format(agreement=agreement, emblem=emblem), encoding="utf-8")
    return file


def test_the_line_is_said_in_the_readers_language_and_else_in_english(tmp_path):
    told = funding(Words("de"), _file(tmp_path))
    assert (told.statement, told.views, told.emblem) == ("Bezahlt von example", "Views are ours", None)


def test_number_and_emblem_are_told_where_the_file_has_them(tmp_path):
    (tmp_path / "example.svg").write_text("<svg/>", encoding="utf-8")
    told = funding(Words(), _file(tmp_path, "example-1", "example.svg"))
    assert told.statement == "Paid by example, grant agreement example-1"
    assert told.emblem == tmp_path / "example.svg"


def test_the_file_shipped_names_the_european_union_in_english_and_german():
    assert "European Union" in funding(Words(), FUNDING_FILE).statement
    assert "Europäischen Union" in funding(Words("de"), FUNDING_FILE).statement
