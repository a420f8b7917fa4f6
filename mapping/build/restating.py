"""Which figures about obstacles say again what another figure says, so that nobody counts a finding twice."""

from collections.abc import Iterable, Iterator, Mapping
from math import isclose
from types import MappingProxyType

from mapping.tables.csvs import Row, split_cell

DAYS_A_MONTH = 365 / 12
ROUNDING_MONTHS = 0.06
"""Half a step of the last digit that durations in months are given to, and a little."""
GMO_ROWS: Mapping[str, str] = MappingProxyType(
    {"GMO step coupling": "gmo_authorisation_sequence", "GMO regime": "gmo_procedure_type"}
)
"""Start of the measure of our coded GMO figures -> the indicator that holds the same regime in words."""
GMO_TOTALS: Mapping[str, str] = MappingProxyType(
    {
        "Member States with a joint GMO and trial submission": "one joint submission with the trial",
        "Member States with GMO and trial procedures not linked": "GMO and trial procedures not linked",
        "Member States requiring GMO clearance before": "GMO clearance needed before the trial application",
        "Member States using contained use only": ": contained use only",
        "Member States allowing either regime": "contained use or deliberate release",
        "Member States using deliberate release only": "deliberate release only",
    }
)
"""Start of the measure of a total we counted -> end of the measure of the rows it counts."""


def with_restated(evidence: Iterable[Row], indicators: Iterable[Row], reviewed: Iterable[Row]) -> list[Row]:
    """Return the figures with the column `restates` filled.

    Parameters
    ----------
    evidence, indicators : rows
        The tables obstacle_evidence and country_indicators.
    reviewed : rows
        Links that no rule finds, settled by hand: columns `id`, `restates`, `reason`.
    """
    figures, others = list(evidence), list(indicators)
    by_hand = {row["id"]: row["restates"] for row in reviewed}
    return [
        figure
        | {"restates": " ".join(sorted({*_found(figure, figures, others), *by_hand.get(figure["id"], "").split()}))}
        for figure in figures
    ]


def _found(figure: Row, figures: Iterable[Row], indicators: Iterable[Row]) -> Iterator[str]:
    """Yield what a figure restates, as far as rules can tell."""
    for indicator in indicators:
        if _same_place(figure, indicator) and (_same_regime(figure, indicator) or _same_figure(figure, indicator)):
            yield f"country_indicators/{indicator['id']}"
    for start, end in GMO_TOTALS.items():
        if figure["measure"].startswith(start):
            yield from (f"obstacle_evidence/{row['id']}" for row in figures if row["measure"].endswith(end))


def _same_place(figure: Row, indicator: Row) -> bool:
    """Tell whether two figures are about the same country, or both about more than one."""
    return figure["country"] == indicator["country"]


def _same_regime(figure: Row, indicator: Row) -> bool:
    """Tell whether one is our coding of the legal regime that the other gives in words."""
    return any(
        figure["measure"].startswith(start) and indicator["indicator"] == name for start, name in GMO_ROWS.items()
    )


def _same_figure(figure: Row, indicator: Row) -> bool:
    """Tell whether two figures of one source are equal, days turned into months included."""
    if not set(split_cell(figure["source_ids"])) & set(split_cell(indicator["source_ids"])) or not indicator["value"]:
        return False
    value, other = float(figure["value"]), float(indicator["value"])
    if figure["unit"] == "months" and indicator["unit"] == "days":
        return isclose(value, other / DAYS_A_MONTH, abs_tol=ROUNDING_MONTHS)
    return figure["unit"] == indicator["unit"] and value == other
