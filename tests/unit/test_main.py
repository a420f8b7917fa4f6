import re
import shutil

import openpyxl
import pytest

from mapping.__main__ import main


def test_check_says_in_one_line_that_all_is_well(mini_folder, capsys):
    assert main(["check", str(mini_folder)]) == 0
    assert re.fullmatch(
        r".*: 18 tables, \d+ rows, 0 stories, no fault; data version 2026\.11\.0\n", capsys.readouterr().out
    )


def test_check_prints_one_line_a_problem_and_fails(mini_folder, capsys):
    path = mini_folder / "sites.csv"
    path.write_text(path.read_text("utf-8").replace("Milan,IT,", "Milan,QQ,").replace(",named,", ",nmaed,", 1), "utf-8")
    assert main(["check", str(mini_folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [re.sub(r"^.*sites\.csv", "sites.csv", line).split(";")[0] for line in lines] == [
        "sites.csv:2:disclosure: 'nmaed' is not a code of disclosure",
        "sites.csv:6:country: 'QQ' is not a country we know",
    ]
    assert all("; " in line for line in lines)


def test_check_of_no_folder_says_so(tmp_path, capsys):
    assert main(["check", str(tmp_path / "lost")]) == 1
    assert "there is no such folder" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["build", "{}"],
        ["describe", "{}"],
        ["matching", "{}"],
        ["release", "--folder", "{}"],
        ["export", "xlsx", "sites.xlsx", "--folder", "{}"],
        ["import", "ctgov", "answers.json", "--out", "rows", "--folder", "{}"],
        ["store", "status", "--folder", "{}"],
    ],
)
def test_every_command_says_in_one_line_that_its_folder_is_not_there(words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main([word.format("lost") for word in words]) == 1
    assert capsys.readouterr().err == "lost: there is no such folder; name the one that holds the tables\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", ["datapackage.json", "edition.toml"])
@pytest.mark.parametrize("content", [None, "{ = ", "[]"])
def test_check_tells_of_a_description_that_cannot_be_read(mini_folder, file, content, capsys):
    if content is None:
        (mini_folder / file).unlink()
    else:
        (mini_folder / file).write_text(content, "utf-8")
    assert main(["check", str(mini_folder)]) == 1
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith(f"{mini_folder / file}:0:-: ")
    assert "; " in line


def test_check_tells_of_a_channel_without_an_address(mini_folder, capsys):
    (mini_folder / "channels.toml").write_text('[[channels]]\ntitle = "News"\naddress = "news.example.org"\n', "utf-8")
    assert main(["check", str(mini_folder)]) == 1
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith(f"{mini_folder / 'channels.toml'}:0:-: 'news.example.org' of 'News'; ")
    assert line.endswith("https://")


SOUND_FUNDING = '[statement]\nen = "Example"\n[views]\nen = "Ours"\n[grant]\nagreement = ""\nemblem = ""\n'


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("[views]", "[view]", "cannot be read"),
        ('en = "Ours"', 'de = "Unsere"', "cannot be read"),
        ('en = "Example"', 'en = ""', "is empty"),
        ('agreement = ""', "agreement = 1", "no text"),
        ('emblem = ""', 'emblem = "../emblem.exe"', "is no picture here"),
        ('emblem = ""', 'emblem = "emblem.svg"', "is no picture here"),
        ("[grant]", "[grant", "cannot be read"),
    ],
)
def test_check_tells_what_is_wrong_with_the_funding_line(mini_folder, right, wrong, told, capsys):
    file = mini_folder / "funding.toml"
    file.write_text(SOUND_FUNDING, "utf-8")
    assert main(["check", str(mini_folder)]) == 0
    capsys.readouterr()
    assert right in SOUND_FUNDING
    # the file is read once in a process, so the faulty one lies in a folder of its own
    faulty = shutil.copytree(mini_folder, mini_folder.parent / "faulty")
    (faulty / "funding.toml").write_text(SOUND_FUNDING.replace(right, wrong), "utf-8")
    assert main(["check", str(faulty)]) == 1
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith(f"{faulty / 'funding.toml'}:0:")
    assert told in line
    assert "; " in line


def test_describe_says_what_is_wrong_with_the_edition(mini_folder, capsys):
    (mini_folder / "edition.toml").write_text("version = ", "utf-8")
    assert main(["describe", str(mini_folder)]) == 1
    assert capsys.readouterr().err.startswith("edition.toml is not TOML")


def test_describe_refuses_a_faulty_folder_and_says_why(mini_folder, capsys):
    (mini_folder / "sites.csv").unlink()
    assert main(["describe", str(mini_folder)]) == 1
    assert "sites.csv:0:-: the file is missing" in capsys.readouterr().err


def test_an_unknown_command_lists_the_known_ones(capsys):
    with pytest.raises(SystemExit):
        main(["dance"])
    assert "check" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--date", "2026-99-99"], "'2026-99-99' is not a day; write YYYY-MM-DD"),
        (["--notes", "lost.txt"], "lost.txt cannot be read: No such file or directory"),
    ],
)
def test_a_release_with_a_day_or_notes_that_are_none_says_so(mini_folder, monkeypatch, capsys, words, told):
    monkeypatch.chdir(mini_folder)
    assert main(["release", "--folder", ".", *words]) == 1
    assert capsys.readouterr().err == f"nothing was released: {told}\n"


def test_a_workbook_of_no_sound_table_is_a_readme_that_names_them(tmp_path):
    (tmp_path / "data").mkdir()
    assert main(["export", "xlsx", str(tmp_path / "all.xlsx"), "--folder", str(tmp_path / "data")]) == 0
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert book.sheetnames == ["README"]
    said = [row[0] for row in book["README"].iter_rows(values_only=True)]
    assert "The table sites has a fault and is left out." in said
