"""The sites in view as a GeoPackage: one file that QGIS, ArcGIS and R open as a layer of points."""

import io
import json
from typing import Final

import pandas as pd

from mapping.analysis.filter_words import filters_in_words
from mapping.exports.edition import TITLE, about, citation
from mapping.tables.loading import Tables
from mapping.view.state import ViewState
from mapping.words import Words

LAYER: Final = "sites"
WGS_84: Final = "EPSG:4326"
UNDATED: Final = "1980-01-01"
"""Day of a file whose data tell none."""


def sites_geopackage(rows: pd.DataFrame, tables: Tables, view: ViewState) -> bytes:
    """Return sites as a GeoPackage of one layer of points; the same data make the same bytes.

    Parameters
    ----------
    rows : DataFrame
        One row a site, with ``lat`` and ``lon`` in degrees, WGS 84; lists joined with ``|``. None make an empty layer.
    tables, view
        The data they are of, and what was asked of them; both stand in the layer's metadata.
    """
    import geopandas as gpd  # slow to import
    import pyogrio

    points = gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(rows["lon"], rows["lat"]), crs=WGS_84)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{tables.released or UNDATED}T00:00:00.000Z"})
    out = io.BytesIO()
    pyogrio.write_dataframe(
        points,
        out,
        driver="GPKG",
        layer=LAYER,
        geometry_type="Point",
        layer_options={"IDENTIFIER": TITLE, "DESCRIPTION": citation(tables)},
        layer_metadata=_told(tables, view),
    )
    return out.getvalue()


def _told(tables: Tables, view: ViewState) -> dict[str, str]:
    """Return what the layer says about itself."""
    filters = filters_in_words(tables, view, Words(view.lang))
    return {**about(tables), "citation": citation(tables), "filters": filters, "view": json.dumps(view.to_query())}
