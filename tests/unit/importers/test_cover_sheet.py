"""The cover sheet is read by its titles wherever they stand, and no person leaves it."""

import csv
import io
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from mapping.__main__ import main
from mapping.importers.cover_sheet import field_like, fields, read_cover_sheets
from mapping.importers.cover_sheet_tables import months_in, phase_code
from mapping.importers.reading import read_any

PRODUCT = "Title of ATMP / ATMP identifier / Investigational medicinal product name"
STUDY = "Study ID (EudraCT ID for EU; NCT for USA)"
DELAY = "Time from first submission of phase 1 proposal to approval? Reasons for delay?"
HURDLE = "Expert statement: what was the biggest hurdle experienced?"
MAKER = "Lead manufacturing (name and institution)"
ANSWERS: Mapping[str, Sequence[str]] = {
    PRODUCT: ("example-cel", "example-vec"),
    "Country of Origin": ("Germany", "Frankreich"),
    "Type of ATMP": ("GTMP", "Gene therapy medicine"),
    "Cell type": ("CD19 CAR-T cells", "AAV vector"),
    "Disease": ("Example lymphoma", "Haemophilia B"),
    STUDY: ("2099-999999-11; NCT99990055", "to be decided"),
    "Study title": ("Example study", "Example study 2"),
    "Phase": ("I/IIa", "Phase 3"),
    "Trial Status": ("Recruiting", "ongoing"),
    "PI": ("Dr. Erika Beispiel", "Jane Muster"),
    "Sponsor": ("Example University", "Example Pharma"),
    "Type of Sponsor": ("academic", "commercial"),
    MAKER: ("Prof. Dr. Erika Beispiel, Example Hospital Berlin", "Jane Muster"),
    "Countries": ("Germany, France", "FR"),
    "E-Mail of PI": ("erika@example.org", ""),
    DELAY: ("18 months; ask Dr. Erika Beispiel at erika@example.org or +49 30 1234567", ""),
    HURDLE: ("Example hurdle: no GMP unit", "No reimbursement"),
    "Reviewer": ("Max Muster", ""),
}
PERSONS = ("Erika", "Beispiel", "Muster", "Jane", "Max", "@", "1234567")


def template(
    titles: Sequence[str] = (), answers: Mapping[str, Sequence[str]] = ANSWERS, left: int = 0
) -> list[list[str]]:
    """Rows of the template with answers; `left` empty columns before the titles."""
    rows = []
    for place, field in enumerate(fields()):
        shown = titles[place] if titles else field.title
        rows.append([*[""] * left, shown, *answers.get(field.title, ("", ""))])
    return rows


def saved(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def imported(path: Path, out: Path, folder: Path) -> dict[str, list[dict[str, str]]]:
    words = [
        "import",
        "cover-sheet",
        str(path),
        "--out",
        str(out),
        "--folder",
        str(folder),
        "--retrieved",
        "2026-11-22",
    ]
    assert main(words) == 0
    found = {}
    for file in out.iterdir():
        with file.open(encoding="utf-8", newline="") as opened:
            found[file.stem] = list(csv.DictReader(opened))
    return found


@pytest.fixture
def tables(tmp_path: Path, mini_folder: Path) -> dict[str, list[dict[str, str]]]:
    return imported(saved(tmp_path / "sheet.xlsx", template()), tmp_path / "out", mini_folder)


def test_the_template_has_59_rows_in_four_sections() -> None:
    assert len(fields()) == 59
    assert [field.title for field in fields() if field.use == "section"] == [
        "ATMP Cover Sheet",
        "Regulatory Information",
        "WP 1",
        "Review Status Information",
    ]
    assert len({field.key for field in fields() if field.key}) == 55


def test_a_record_gives_its_trial_with_the_numbers_of_both_registries(tables) -> None:
    [trial] = tables["trials"]
    assert (trial["id"], trial["registry"], trial["other_ids"]) == ("NCT99990055", "ctgov", "2099-999999-11")
    assert (trial["atmp_class"], trial["modality"], trial["phase"]) == ("GTMP", "car_t", "1/2")
    assert (trial["status"], trial["sponsor_kind"], trial["countries"]) == ("recruiting", "academic", "DE|FR")
    assert trial["confidence"] == "unverified"


def test_a_record_without_a_registry_number_is_told_with_its_cell(tables) -> None:
    [told] = [row for row in tables["report"] if row["outcome"] == "no trial"]
    assert told["cell"] == "Sheet1!C16"


def test_each_column_of_answers_is_a_product_with_its_cells(tables) -> None:
    first, second = tables["products"]
    assert (first["name"], first["country"], first["modality"]) == ("example-cel", "DE", "car_t")
    assert (second["name"], second["country"], second["modality"]) == ("example-vec", "FR", "aav_gene_therapy")
    assert first["cells"].split("|")[0] == "Sheet1!B2"


def test_an_institution_is_kept_and_proposed_as_a_site_and_its_person_is_not(tables) -> None:
    [site] = tables["sites"]
    assert (site["institution"], site["role"], site["cell"]) == (
        "Example Hospital Berlin",
        "lead manufacturing",
        "Sheet1!B25",
    )
    assert (site["site_id"], site["candidate_id"]) == ("", "example-berlin")


def test_hurdles_and_delays_are_evidence_that_awaits_review(tables) -> None:
    found = {(row["question"], row["product"]): row for row in tables["obstacle_evidence"]}
    delay = found[DELAY, "example-cel"]
    assert (delay["status"], delay["months"], delay["stage"]) == ("proposed", "18", "regulatory_approval")
    assert delay["answer"] == "18 months; ask [removed] at [removed] or [removed]"
    assert delay["cell"] == "Sheet1!B50"
    assert found[HURDLE, "example-vec"]["answer"] == "No reimbursement"


def test_no_person_reaches_a_file_or_the_screen(tmp_path, mini_folder, capsys) -> None:
    imported(saved(tmp_path / "sheet.xlsx", template()), tmp_path / "out", mini_folder)
    told = capsys.readouterr()
    written = "".join(path.read_text("utf-8") for path in (tmp_path / "out").iterdir())
    for name in PERSONS:
        assert name not in written + told.out + told.err


def test_rows_are_found_wherever_they_stand(tables, tmp_path, mini_folder) -> None:
    rows = template(left=2)
    random.Random(7).shuffle(rows)
    moved = imported(saved(tmp_path / "moved.xlsx", [["Example remark"], [], *rows]), tmp_path / "moved", mini_folder)
    for name in ("trials", "products", "obstacle_evidence"):
        own = [{key: text for key, text in row.items() if key not in ("cell", "cells", "note")} for row in tables[name]]
        same = [{key: text for key, text in row.items() if key not in ("cell", "cells", "note")} for row in moved[name]]
        assert same == own


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Title of ATMP/ATMP identifier/Investigational Medicinal Product Name", "product"),
        ("Title of ATMP", "product"),
        ("Study-ID (EudraCT ID for EU, NCT for USA):", "study_id"),
        ("Trial status", "status"),
        ("Status", "review_status"),
        ("Country of origin ", "country_of_origin"),
        ("Type of the ATMP", "atmp_type"),
        ("Lead study centre", "lead_centre"),
        ("Centre", "centre"),
        ("Lead manufacturing (name, institution)", "lead_manufacturing"),
        ("Expert statement: What was the biggest hurdle you experienced?", "hurdle"),
        ("Time from first submission of the phase 1 proposal to approval? Reasons for delays?", "delay"),
        ("Fees to regulators?", "fee"),
        ("E-mail of sponsor", "sponsor_email"),
        ("P.I.", "principal_investigator"),
        ("Title of ATMP/ATMP identifier/ IMP name", "product"),
        ("Name of the ATMP", "product"),
        ("Disease / indication", "disease"),
        ("Study-ID (EudraCT/NCT)", "study_id"),
        ("Study ID", "study_id"),
        ("Status of the trial", "status"),
        ("Trial phase", "phase"),
        ("Name of sponsor", "sponsor"),
        ("Sponsor type", "sponsor_type"),
        ("Lead preclinical (name and institution)", "lead_preclinical"),
        ("Clinical lead (name and institution)", "lead_clinical"),
        ("Type of ATMP (GTMP, sCTMP, TEP)", "atmp_type"),
        ("Principal investigator", "principal_investigator"),
        ("E-mail address of PI", "pi_email"),
        ("Reviewed by", "reviewer"),
        ("Country", None),
        ("Sponsor country", None),
        ("Target population", None),
        ("Favourite colour", None),
    ],
)
def test_a_title_is_known_in_spite_of_small_changes(written: str, meant: str | None) -> None:
    field, _, _ = field_like(written)
    assert (field.key if field else None) == meant


def test_every_title_of_the_template_is_itself() -> None:
    assert [field_like(field.title)[0] for field in fields()] == list(fields())


def test_an_unknown_title_is_reported_with_its_cell_and_the_nearest(tmp_path, mini_folder, capsys) -> None:
    rows = [*template(), ["Favourite colour of the sponsor", "blue", ""]]
    found = imported(saved(tmp_path / "sheet.xlsx", rows), tmp_path / "out", mini_folder)
    [told] = [row for row in found["report"] if row["outcome"] == "unknown title"]
    assert (told["cell"], told["title"]) == ("Sheet1!A60", "Favourite colour of the sponsor")
    assert "Sheet1!A60: unknown title" in capsys.readouterr().out


def test_a_missing_title_is_reported(tmp_path, mini_folder) -> None:
    rows = [row for row in template() if row[0] != "Disease"]
    found = imported(saved(tmp_path / "sheet.xlsx", rows), tmp_path / "out", mini_folder)
    assert [row["title"] for row in found["report"] if row["outcome"] == "missing title"] == ["Disease"]


def test_sheets_below_each_other_are_records_of_their_own() -> None:
    second = {PRODUCT: ("example-third", "")}
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    for row in [*template(), *template(answers=second)]:
        book.active.append(row)
    book.save(stream)
    found = read_cover_sheets("sheet.xlsx", read_any("sheet.xlsx", stream.getvalue()))
    assert [record.answers["product"].text for record in found.records] == [
        "example-cel",
        "example-vec",
        "example-third",
    ]


def test_a_workbook_that_is_no_cover_sheet_is_refused_in_one_line(tmp_path, mini_folder, capsys) -> None:
    path = saved(tmp_path / "other.xlsx", [["name", "city"], ["example", "Berlin"]])
    assert main(["import", "cover-sheet", str(path), "--out", str(tmp_path / "out"), "--folder", str(mini_folder)]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "no sheet has the titles of the cover sheet" in line
    assert not (tmp_path / "out").exists()


def test_a_second_import_of_a_sheet_changes_nothing(tmp_path, mini_folder) -> None:
    path = saved(tmp_path / "sheet.xlsx", template())
    first = imported(path, tmp_path / "out", mini_folder)
    assert imported(path, tmp_path / "out", mini_folder) == first


@pytest.mark.parametrize(
    ("text", "code"),
    [("I/IIa", "1/2"), ("Phase 3", "3"), ("phase II/III", "2/3"), ("1b", "1"), ("IV", "4"), ("2", "2"), ("soon", "na")],
)
def test_a_phase_is_read_however_it_is_written(text: str, code: str) -> None:
    assert phase_code(text) == code


@pytest.mark.parametrize(
    ("text", "months"),
    [("18 months", "18"), ("1,5 years", "18"), ("about 6 weeks", "1.4"), ("2 to 3", ""), ("2 years or 9 months", "")],
)
def test_one_duration_is_told_in_months_and_two_are_not(text: str, months: str) -> None:
    assert months_in(text) == months
