"""``python -m mapping export pptx|svg|png``: the same slides and stills as the pages offer."""

from __future__ import annotations

from pathlib import Path

import pytest
from pptx import Presentation

from mapping.__main__ import main


def written(source: Path, out: Path, *more: str) -> int:
    return main(["export", out.suffix[1:], str(out), "--folder", str(source), "--base", "https://example.org", *more])


def test_slides_of_a_page_are_written(mini_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "trials.pptx"
    assert written(mini_folder, out, "--page", "trials") == 0
    first = next(iter(Presentation(str(out)).slides))
    links = {one.target_ref for one in first.part.rels.values() if one.is_external}
    assert all(link.startswith("https://example.org/trials?") for link in links)


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_still_of_a_page_is_written(mini_folder: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"still.{kind}"
    assert written(mini_folder, out, "--page", "obstacles", "--size", "print") == 0
    assert out.stat().st_size > 1000


@pytest.mark.parametrize("more", [("--page", "nowhere"), ("--picture", "99"), ("--size", "huge"), ("--query", "km=x")])
def test_what_makes_no_sense_is_told_and_nothing_is_written(
    mini_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, str]
) -> None:
    out = tmp_path / "still.svg"
    assert written(mini_folder, out, *more) == 1
    assert capsys.readouterr().err
    assert not out.exists()
