"""What is worked out beside the start, so that the first reader of a page does not wait a second for it."""

from contextlib import suppress

from mapping.analysis.evidence import evidence_index
from mapping.analysis.partner_network import partner_network
from mapping.analysis.scenarios import distances_today
from mapping.errors import MappingError
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState


def warm(atlas: Atlas) -> None:
    """Make what the tables keep for pages that most visits never open: the network, the figures, the distances."""
    for made in (partner_network, evidence_index):
        with suppress(MappingError):  # a table is missing or faulty: the pages that need it say so
            made(atlas.tables)
    with suppress(MappingError):
        distances_today(atlas, ViewState())
