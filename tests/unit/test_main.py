import re

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


def test_describe_refuses_a_faulty_folder_and_says_why(mini_folder, capsys):
    (mini_folder / "sites.csv").unlink()
    assert main(["describe", str(mini_folder)]) == 1
    assert "sites.csv:0:-: the file is missing" in capsys.readouterr().err


def test_an_unknown_command_lists_the_known_ones(capsys):
    with pytest.raises(SystemExit):
        main(["dance"])
    assert "check" in capsys.readouterr().err
