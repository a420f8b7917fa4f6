import subprocess
import sys
import textwrap

import pytest

from mapping.errors import TableError
from mapping.tables.files import GEOMETRY_FILES, TABLE_FILES
from mapping.tables.kinds import TEXT
from mapping.tables.loading import load_tables


def break_cell(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_mini_atlas_has_every_table_and_no_fault(mini):
    assert (set(mini.frames), mini.faults) == (set(TABLE_FILES), {})


def test_version_and_newest_day_come_from_the_data(mini):
    assert (mini.version, mini.released) == ("2026.11.0", "2026-11-22")


def test_columns_have_the_kinds_the_schemas_give(mini):
    facilities = mini["facilities"]
    kinds = {name: str(facilities[name].dtype) for name in ("name", "clean_room_m2", "opened_year")}
    assert kinds == {"name": "str", "clean_room_m2": "float64", "opened_year": "Int64"}
    assert facilities["name"].dtype == TEXT


def test_an_empty_cell_is_null_and_a_zero_stays_a_zero(mini):
    evidence = mini["obstacle_evidence"].set_index("id")
    assert (evidence["value"]["example-delay-de"], evidence["year"].isna()["example-cost-fr"]) == (0, True)


def test_a_table_read_the_slow_way_is_the_same(mini, mini_folder):
    (mini_folder / "datapackage.json").unlink()
    slowly = load_tables(mini_folder)
    assert slowly.version == "unknown"
    for name, frame in mini.frames.items():
        assert slowly[name].equals(frame)
        assert (slowly[name].dtypes == frame.dtypes).all()
    assert {name: [c.name for c in told] for name, told in slowly.columns.items()} == {
        name: [c.name for c in told] for name, told in mini.columns.items()
    }


def test_a_list_is_taken_apart_into_one_row_a_pair(mini):
    pairs = mini.pairs("facilities", "capabilities")
    assert list(zip(pairs["id"], pairs["value"], strict=True)) == [
        ("example-unit-berlin", "car_t"),
        ("example-unit-berlin", "msc"),
        ("example-works-berlin", "viral_vector_aav"),
        ("example-works-berlin", "plasmid"),
        ("example-works-berlin", "fill_finish"),
        ("example-unit-milan", "keratinocytes"),
    ]


def test_pairs_are_made_once(mini):
    assert mini.pairs("sites", "aliases") is mini.pairs("sites", "aliases")


def test_pairs_of_codes_are_named_by_vocabulary_and_code(mini):
    pairs = mini.pairs("codes", "synonyms")
    assert "CAR T" in list(pairs.loc[pairs["id"] == "modality/car_t", "value"])


def test_lists_are_marked_in_the_columns(mini):
    assert [column.name for column in mini.columns["treatment_centres"] if column.is_list] == [
        "product_ids",
        "atmp_classes",
        "source_ids",
    ]


def test_a_faulty_table_is_not_shown_and_the_others_are(mini_folder):
    break_cell(mini_folder, "sites.csv", "Milan,IT,", "Milan,QQ,")
    tables = load_tables(mini_folder)
    assert set(TABLE_FILES) - set(tables.frames) == {"sites"}
    with pytest.raises(TableError, match=r"sites\.csv:6:country: 'QQ' is not a country we know"):
        tables["sites"]


def test_a_missing_table_is_told_and_the_others_are_shown(mini_folder):
    (mini_folder / "trials.csv").unlink()
    tables = load_tables(mini_folder)
    assert set(TABLE_FILES) - set(tables.frames) == {"trials"}
    with pytest.raises(TableError, match=r"trials\.csv:0:-: the file is missing"):
        tables["trials"]


def test_a_row_that_went_missing_is_told_by_the_table_that_refers_to_it(mini_folder):
    path = mini_folder / "sites.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(row for row in rows if not row.startswith("example-milan")), encoding="utf-8")
    assert set(load_tables(mini_folder).faults) == {"organisations", "facilities", "treatment_centres", "trial_sites"}


def test_a_table_nobody_has_is_told(mini):
    with pytest.raises(TableError, match="is not one of the tables here"):
        mini["castles"]


@pytest.mark.parametrize(
    "package", [b"", b"[]", b"{}", b"\xff", b'{"resources": [{"name": "sites"}]}', b'{"resources": 7}', b"[" * 100_000]
)
def test_a_broken_description_only_makes_loading_slow(mini_folder, package):
    (mini_folder / "datapackage.json").write_bytes(package)
    assert set(load_tables(mini_folder).frames) == set(TABLE_FILES)


def test_an_empty_folder_is_all_faults(tmp_path):
    outlines = {f"geo-{name}" for name in GEOMETRY_FILES}
    assert set(load_tables(tmp_path).faults) == {*TABLE_FILES, *outlines}


def test_a_checked_folder_is_read_without_the_slow_imports(mini_folder):
    program = f"""
        import sys
        from pathlib import Path
        from mapping.tables.loading import load_tables
        assert not load_tables(Path({str(mini_folder)!r})).faults
        print(sorted({{"pandera", "geopandas", "shapely"}} & set(sys.modules)))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
