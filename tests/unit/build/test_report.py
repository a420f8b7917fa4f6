"""The report on matching, and the figures the README of the decisions repeats."""

import re
from pathlib import Path

from mapping.build.report import Agreement, matching_report

DATA = Path(__file__).parents[3] / "data"


def test_precision_and_recall_of_a_rule_that_proposes_ten_and_is_right_in_eight_of_sixteen() -> None:
    agreement = Agreement(pairs=100, right=8, proposed=10, decided=16)
    assert (agreement.precision, agreement.recall) == (0.8, 0.5)


def test_a_rule_that_proposes_nothing_is_never_wrong() -> None:
    assert Agreement(pairs=3, right=0, proposed=0, decided=0).precision == 1.0


def test_the_readme_of_the_decisions_tells_today_s_counts() -> None:
    told = (DATA / "decisions" / "README.md").read_text(encoding="utf-8")
    *counts, decided, rule = matching_report(DATA)
    for line in counts:
        table, rest = line.split(": ")
        numbers = re.findall(r"[\d,]*\d", rest)
        assert f"| {table.removesuffix(' tables')} | {' | '.join(numbers)} |" in told
    reviewed, ruled = re.findall(r"[\d,]*\d", decided)
    assert f"All {reviewed} names" in told
    assert f"the {ruled} undisclosed ones" in told
    assert re.search(r"precision 0\.\d\d, recall 0\.\d\d", rule)[0] in told  # type: ignore[index]
