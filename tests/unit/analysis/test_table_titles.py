"""What tables and columns are called: on the pages in the reader's language, in files as ever."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapping import catalogue
from mapping.analysis.table_titles import column_title
from mapping.tables.kinds import Column
from mapping.tables.schemas import SCHEMAS
from mapping.words import Words

LATITUDE = Column(
    "lat",
    "number",
    "Latitude",
    "North of the equator",
    True,
    "degrees",
    is_list=False,
    vocabulary=None,
    references=None,
)


def test_a_column_is_called_in_the_language_of_the_reader() -> None:
    assert column_title(LATITUDE, Words("en", strict=True)) == "Latitude"
    assert column_title(LATITUDE, Words("de", strict=True)) == "Breite"


def test_a_column_that_nobody_translated_keeps_its_title() -> None:
    assert column_title(replace(LATITUDE, title="Example heading"), Words("de")) == "Example heading"


@pytest.mark.parametrize("table", SCHEMAS)
def test_every_column_of_our_tables_is_offered_to_translators(table: str) -> None:
    offered = {message.id for message in catalogue.extracted()}
    assert {column.title for column in SCHEMAS[table].to_schema().columns.values()} <= offered
