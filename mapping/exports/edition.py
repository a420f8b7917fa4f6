"""What every export says about itself: title, version, date, licence, citation."""

from typing import Final

from mapping.tables.loading import Tables

TITLE: Final = "ATMP Atlas"
MAKERS: Final = "JOIN4ATMP consortium"
LICENCE: Final = "CC-BY-4.0"
"""SPDX identifier."""
LICENCE_NAME: Final = "Creative Commons Attribution 4.0 International (CC BY 4.0)"
ATTRIBUTION: Final = "Places and populations: GeoNames (CC BY 4.0). Boundaries: Natural Earth (public domain)."
LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/"


def about(tables: Tables) -> dict[str, str]:
    """Return title, data version, date of the data and licence, for programs."""
    return {"title": TITLE, "version": tables.version, "released": tables.released, "licence": LICENCE}


def citation(tables: Tables) -> str:
    """Return how to cite the data."""
    return f"{MAKERS}. {TITLE}, data version {tables.version} ({tables.released or 'undated'}). CC BY 4.0."
