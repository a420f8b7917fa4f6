"""Rules across the columns of a row, by table; each is filed under the column to mend."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from mapping.tables.outlines import ISLANDS_DEG, TOLERANCE_DEG, Outlines, inside
from mapping.tables.rules import FIRST, LATE, Rule, row_rule

RulesByColumn = dict[str, list[Rule]]
SWAPPED = "swapped"
"""Name of the rule that takes the other faults of a position with it."""
REGISTRY_NUMBERS = MappingProxyType(
    {"ctgov": r"NCT\d{8}", "euctr": r"\d{4}-\d{6}-\d{2}", "ctis": r"\d{4}-\d{6}-\d{2}-\d{2}"}
)


def row_rules(table: str, frame: pd.DataFrame, outlines: Outlines) -> RulesByColumn:
    """Return the rules across columns of one table, made for its rows."""
    rules: RulesByColumn = {}
    if "source_ids" in frame:
        rules["source_ids"] = [_sourced(frame)]
    if {"lat", "lon", "country"} <= set(frame.columns):
        rules["lat"] = _positions(frame, outlines, ISLANDS_DEG if table == "places" else TOLERANCE_DEG)
    for column, rule in BY_TABLE.get(table, _none)(frame).items():
        rules.setdefault(column, []).append(rule)
    return rules


def _none(_: pd.DataFrame) -> dict[str, Rule]:
    """Return no rule."""
    return {}


def _sourced(frame: pd.DataFrame) -> Rule:
    """Return the rule that only an unverified row may lack a source."""
    kept = frame["source_ids"].notna() | (frame["confidence"] == "unverified")
    problem, remedy = "no source is named", "name one of sources.csv, or set confidence to unverified"
    return row_rule("sourced", kept, problem, remedy, empty_too=True)


def _positions(frame: pd.DataFrame, outlines: Outlines, tolerance: float) -> list[Rule]:
    """Return the rules that a position lies in its country."""
    lies, swapped = inside(frame, outlines, tolerance)
    looks = "and the longitude look swapped: the other way round they lie in the stated country"
    outside = "and the longitude lie outside the stated country"
    return [
        row_rule(SWAPPED, ~swapped, looks, "swap lat and lon", rank=FIRST),
        row_rule("inside", lies, outside, "mend lat, lon or country", rank=LATE),
    ]


def _products(frame: pd.DataFrame) -> dict[str, Rule]:
    """Return the rule that an authorisation ends after it began."""
    return {"status_date": _in_order(frame["ma_date"], frame["status_date"], "ma_date")}


def _facilities(frame: pd.DataFrame) -> dict[str, Rule]:
    """Return the rule that a facility closes after it opened."""
    kept = ~(frame["opened_year"] > frame["closed_year"]).fillna(False).astype(bool)
    return {"closed_year": row_rule("order", kept, "is before opened_year", "mend one of the two years")}


def _in_order(first: pd.Series, second: pd.Series, name: str) -> Rule:
    """Return the rule that one date is not before another, as far as both are known."""
    shared = pd.concat([first.str.len(), second.str.len()], axis=1).min(axis=1)
    pairs = zip(first, second, shared, strict=True)
    kept = [
        pd.isna(length) or pd.isna(a) or pd.isna(b) or a[: int(length)] <= b[: int(length)] for a, b, length in pairs
    ]
    return row_rule("order", pd.Series(kept, index=first.index), f"is before {name}", "mend one of the two dates")


def _with_area(frame: pd.DataFrame) -> Rule:
    """Return the rule that a country stands exactly where the area is one."""
    kept = frame["country"].notna() == (frame["area"] == "country")
    problem = "a country belongs exactly where area is country"
    return row_rule("area", kept, problem, "fill or empty country, or change area", empty_too=True)


def _indicators(frame: pd.DataFrame) -> dict[str, Rule]:
    """Return the rules that a figure has its country, and a number or a category."""
    kept = frame["value"].notna() != frame["value_code"].notna()
    either = row_rule("either", kept, "needs value or value_code, and not both", "fill one of the two", empty_too=True)
    return {"country": _with_area(frame), "value_code": either}


def _solutions(frame: pd.DataFrame) -> dict[str, Rule]:
    """Return the rule that countries are named exactly where the area is countries."""
    kept = frame["countries"].notna() == (frame["area"] == "country")
    problem = "countries belong exactly where area is country"
    return {"countries": row_rule("area", kept, problem, "fill or empty countries, or change area", empty_too=True)}


def _trials(frame: pd.DataFrame) -> dict[str, Rule]:
    """Return the rules that a number has the form of its registry and a link leads to the number."""
    forms = zip(frame["id"], frame["registry"], strict=True)
    fits = [
        pd.isna(number) or pd.Series([number]).str.fullmatch(REGISTRY_NUMBERS.get(registry, ".*")).all()
        for number, registry in forms
    ]
    leads = [pd.isna(url) or str(number) in url for number, url in zip(frame["id"], frame["registry_url"], strict=True)]
    return {
        "registry": row_rule(
            "form", pd.Series(fits, index=frame.index), "does not write its numbers like this", "mend id or registry"
        ),
        "registry_url": row_rule(
            "leads", pd.Series(leads, index=frame.index), "does not lead to this trial", "mend or empty it"
        ),
    }


def _codes(frame: pd.DataFrame) -> dict[str, Rule]:
    """Return the rules that a code and a position stand once in their vocabulary."""
    twice = frame.duplicated(["vocabulary", "code"], keep=False)
    placed_twice = frame.duplicated(["vocabulary", "position"], keep=False)
    return {
        "code": row_rule("once", ~twice, "stands more than once in its vocabulary", "remove or rename one"),
        "position": row_rule("once", ~placed_twice, "is taken twice in its vocabulary", "count on from 1"),
    }


def _coverage(frame: pd.DataFrame) -> dict[str, Rule]:
    """Return the rule that a country and a subject are told of once."""
    twice = frame.duplicated(["country", "subject"], keep=False)
    return {"subject": row_rule("once", ~twice, "is told of twice for this country", "remove one of the rows")}


def _trial_sites(frame: pd.DataFrame) -> dict[str, Rule]:
    """Return the rule that a trial is at a site once."""
    twice = frame.duplicated(["trial_id", "site_id"], keep=False)
    return {"site_id": row_rule("once", ~twice, "has this trial in more than one row", "merge the rows")}


def _evidence(frame: pd.DataFrame) -> dict[str, Rule]:
    """Return the rule that a figure has its country."""
    return {"country": _with_area(frame)}


BY_TABLE: Mapping[str, Callable[[pd.DataFrame], dict[str, Rule]]] = MappingProxyType(
    {
        "products": _products,
        "facilities": _facilities,
        "obstacle_evidence": _evidence,
        "country_indicators": _indicators,
        "solutions": _solutions,
        "trials": _trials,
        "trial_sites": _trial_sites,
        "codes": _codes,
        "coverage": _coverage,
    }
)
"""What is particular to a table."""
