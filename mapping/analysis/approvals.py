"""The products ever authorised in the EU, on the time axis of the trials: when each came, and when it went."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from mapping.tables.loading import Tables
from mapping.view.state import ViewState

AUTHORISED: Final = "authorised"
GONE: Final = ("withdrawn", "not_renewed")
"""Ways in which an authorisation ended."""


@dataclass(frozen=True)
class Tally:
    """How many products there are and what became of them."""

    ever: int
    authorised: int
    withdrawn: int
    not_renewed: int


def products_in_view(tables: Tables, view: ViewState) -> pd.DataFrame:
    """Return the products that match the filters which products can match: ATMP class, area and confidence."""
    products = tables["products"]
    match = pd.Series(True, index=products.index)
    for column, chosen in (
        ("atmp_class", view.classes),
        ("therapeutic_area", view.areas),
        ("confidence", view.confidences),
    ):
        if chosen:
            match &= products[column].isin(chosen)
    return products[match]


def tally(products: pd.DataFrame) -> Tally:
    """Return how many products there are by status."""
    status = products["status"]
    return Tally(
        len(products),
        int((status == AUTHORISED).sum()),
        int((status == "withdrawn").sum()),
        int((status == "not_renewed").sum()),
    )


def lives(products: pd.DataFrame, until: str) -> pd.DataFrame:
    """Return the time each product has been authorised, by the day of authorisation.

    Parameters
    ----------
    products : DataFrame
        Rows of the table of products; those without a date of authorisation are left out, see :func:`undated`.
    until : str
        Day up to which the data were collected, YYYY-MM-DD.

    Returns
    -------
    DataFrame
        One row a product, earliest first: id, name, status, ma_date, status_date (empty where still authorised),
        begin and end as years with a fraction, and ended: whether the authorisation ended and the day is known. A date
        known to the month or year stands at the middle of it.
    """
    dated = products.dropna(subset=["ma_date"])
    gone = dated["status"].isin(GONE)
    last = dated["status_date"].where(gone)
    shown = dated[["id", "name", "status", "ma_date"]].assign(
        status_date=last.fillna(""),
        begin=dated["ma_date"].map(year_of).astype("float64"),
        end=last.fillna(until).map(year_of).astype("float64"),
        ended=last.notna(),
    )
    shown["end"] = np.maximum(shown["end"], shown["begin"])
    return shown.sort_values(["begin", "id"]).reset_index(drop=True)


def lives_of(products: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return :func:`lives` of some products up to the day of the data, worked out once for all products."""
    everything = tables.kept(("product lives",), lambda: lives(tables["products"], tables.released))
    return everything[everything["id"].isin(products["id"])].reset_index(drop=True)


def undated(products: pd.DataFrame) -> int:
    """Return how many products have no known date of authorisation."""
    return int(products["ma_date"].isna().sum())


def by_year(products: pd.DataFrame) -> pd.DataFrame:
    """Return how many products were authorised, withdrawn and not renewed in each year.

    Returns
    -------
    DataFrame
        One row a year in which anything happened, in order: year, authorised, withdrawn, not_renewed.
    """
    events = [pd.DataFrame({"year": products["ma_date"].dropna().str[:4].astype("int64"), "what": AUTHORISED})]
    for status in GONE:
        when = products.loc[products["status"] == status, "status_date"].dropna().str[:4].astype("int64")
        events.append(pd.DataFrame({"year": when, "what": status}))
    happened = pd.concat(events)
    counted = pd.crosstab(happened["year"], happened["what"]).reindex(columns=[AUTHORISED, *GONE], fill_value=0)
    return counted.rename_axis(columns=None).sort_index().reset_index()


def year_of(date: str) -> float:
    """Return a date as a year with a fraction; one known to the month or year only as the middle of it."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return parts[0] + 0.5
    day = parts[2] if len(parts) > 2 else 15
    return round(parts[0] + (parts[1] - 1) / 12 + (day - 1) / 365, 3)
