"""The sites in view as files: what the page's download buttons give and the API answers."""

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from mapping.errors import ViewError
from mapping.exports.edition import about, citation
from mapping.exports.geopackage import sites_geopackage
from mapping.exports.listing import Listing, csv_file, feature_collection, json_array
from mapping.exports.packages import data_package
from mapping.exports.readme import view_readme
from mapping.tables.loading import Tables
from mapping.view.filtering import select
from mapping.view.site_table import site_table
from mapping.view.state import ViewState
from mapping.words import Words

if TYPE_CHECKING:
    from mapping.view.atlas import Atlas

LISTS: Final = frozenset({"roles", "source_ids"})
"""Columns of the sites in view that hold lists."""
MEDIA: Final = {
    "csv": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
}
"""Kind of download -> media type; the CSV comes in a zip, beside its README."""


def package(atlas: "Atlas", view: ViewState, kind: str) -> tuple[bytes, str, str]:
    """Return the sites in view as a download.

    Parameters
    ----------
    atlas, view
        The data and what is asked of it.
    kind : str
        csv (in a zip with a README), xlsx, geojson or gpkg.

    Returns
    -------
    tuple
        Content, file name, media type.

    Raises
    ------
    ViewError
        There is no such kind.
    """
    if kind not in MEDIA:
        raise ViewError(f"there is no download of kind {kind!r}")
    rows = sites_in_view(atlas, view)
    name = f"atmp-atlas-{atlas.tables.version}"
    if kind == "xlsx":
        from mapping.exports.workbook import view_workbook  # openpyxl is slow to import

        return view_workbook(atlas, view, rows), f"{name}.xlsx", MEDIA[kind]
    if kind == "geojson":
        return sites_geojson(rows, atlas.tables, view), f"{name}.geojson", MEDIA[kind]
    if kind == "gpkg":
        return sites_geopackage(rows, atlas.tables, view), f"{name}.gpkg", MEDIA[kind]
    words = Words(view.lang)
    told = words.plural(
        "sites.csv: {n} site, UTF-8, lists joined with |.",
        "sites.csv: {n} sites, UTF-8, lists joined with |.",
        len(rows),
    )
    readme = view_readme(atlas, view, rows, [told])
    return data_package(atlas.tables, {"sites.csv": sites_csv(rows)}, readme), f"{name}.zip", MEDIA[kind]


def sites_in_view(atlas: "Atlas", view: ViewState) -> pd.DataFrame:
    """Return one row a site in view, in the order the view sorts by."""
    return site_table(atlas, select(atlas, view), view)


def sites_json(rows: pd.DataFrame) -> bytes:
    """Return sites as a JSON array."""
    return json_array(_listing(rows))


def sites_csv(rows: pd.DataFrame) -> bytes:
    """Return sites as a comma-separated file."""
    return csv_file(_listing(rows))


def sites_geojson(rows: pd.DataFrame, tables: Tables, view: ViewState) -> bytes:
    """Return sites as a GeoJSON feature collection that says which view it is of."""
    metadata: dict[str, Any] = {**about(tables), "view": view.to_query(), "citation": citation(tables)}
    return feature_collection(_listing(rows), metadata)


def _listing(rows: pd.DataFrame) -> Listing:
    return Listing("atlas", rows, LISTS)
