"""The words of the raw table of organisations as codes."""

from collections.abc import Mapping
from types import MappingProxyType

from mapping.tables.csvs import Row, join_cell, split_cell

STAGE_OF_EXPERTISE: Mapping[str, str] = MappingProxyType(
    {"clinical": "clinical_trial", "regulatory": "regulatory_approval", "access": "delivery_access"}
)
"""Fields of work whose word is not the code of a stage."""


def coded_organisation(row: Row) -> Row:
    """Return a row with networks, stages and work packages as codes; what is a code already stays."""
    return row | {
        "networks": join_cell(network.lower().replace(" ", "_") for network in split_cell(row["networks"])),
        "expertise": join_cell(STAGE_OF_EXPERTISE.get(word, word) for word in split_cell(row["expertise"])),
        "work_packages": row["work_packages"].lower(),
    }
