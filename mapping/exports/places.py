"""The place of a record: what its site says of where it lies."""

from typing import Final

import pandas as pd

PLACE_COLUMNS: Final = ("country", "city", "lat", "lon")


def placed(frame: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with country, city, lat and lon of their site; a row's own country and city stand first.

    A row without a site keeps null coordinates.
    """
    places = sites.set_index("id")[list(PLACE_COLUMNS)].reindex(frame["site_id"])
    added = {}
    for column in PLACE_COLUMNS:
        of_site = pd.Series(places[column].array, index=frame.index)
        added[column] = frame[column].where(frame[column].notna(), of_site) if column in frame.columns else of_site
    return frame.assign(**added)
