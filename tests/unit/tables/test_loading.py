from mapping.tables.files import TABLE_FILES


def test_the_mini_atlas_has_every_table_and_no_fault(mini):
    assert (set(mini.frames), mini.faults) == (set(TABLE_FILES), {})


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
