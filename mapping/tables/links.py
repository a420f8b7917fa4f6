"""What a table refers to: codes, rows of other tables, regions."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from mapping.tables.files import TABLE_FILES
from mapping.tables.outlines import Outlines
from mapping.tables.rules import LATE, Rule, Words, known_rule
from mapping.tables.schemas import SCHEMAS

CODES_FILE = TABLE_FILES["codes"]
EUROSTAT_CODES: Mapping[str, str] = MappingProxyType({"uk": "GB", "el": "GR"})
"""Codes that the institutions of the EU use and ISO 3166-1 does not."""


def link_rules(table: str, sound: Mapping[str, pd.DataFrame], regions: Outlines) -> dict[str, list[Rule]]:
    """Return, by column, the rules on what it refers to; what refers to a faulty or missing table is let be."""
    rules: dict[str, list[Rule]] = {}
    codes = sound.get("codes")
    for name, column in SCHEMAS[table].to_schema().columns.items():
        told = column.metadata or {}
        if told.get("vocabulary") and codes is not None:
            rules[name] = [_code_rule(codes, told["vocabulary"], bool(told.get("many")))]
        target = told.get("references", "")
        if target in sound and (codes is not None or not told.get("or_vocabulary")):
            rules[name] = [_link_rule(sound, target, told)]
    if table in ("sites", "places") and regions:
        rules["region"] = [known_rule(regions, False, "a region of ours", "geo/regions.geojson")]
    if table == "obstacle_evidence":
        rules["restates"] = [_restates_rule(sound)]
    return rules


def _code_rule(codes: pd.DataFrame, vocabulary: str, many: bool) -> Rule:
    """Return the rule that a cell holds codes of a vocabulary."""
    known = codes.loc[codes["vocabulary"] == vocabulary, "code"]
    return known_rule(list(known), many, f"a code of {vocabulary}", CODES_FILE)


def _link_rule(sound: Mapping[str, pd.DataFrame], target: str, told: Mapping[str, object]) -> Rule:
    """Return the rule that a cell holds ids of another table."""
    known = list(sound[target]["id"])
    if told.get("or_vocabulary"):
        codes = sound["codes"]
        known += list(codes.loc[codes["vocabulary"] == told["or_vocabulary"], "code"])
    many = bool(told.get("many"))
    if target == "countries":
        where = "countries.csv for the two letters of each, as in ISO 3166-1"
        return known_rule(known, many, "a country we know", where, _spellings(sound[target]))
    return known_rule(known, many, f"the id of a row of {target}", TABLE_FILES[target])


def _spellings(countries: pd.DataFrame) -> dict[str, str]:
    """Return what people write for a country, in lower case -> its code."""
    ours = {
        spelling.casefold(): code
        for column in ("id", "iso3", "name")
        for spelling, code in zip(countries[column], countries["id"], strict=True)
    }
    return ours | {spelling: code for spelling, code in EUROSTAT_CODES.items() if code in set(countries["id"])}


def _restates_rule(sound: Mapping[str, pd.DataFrame]) -> Rule:
    """Return the rule that a figure restates figures that are there."""
    known = {
        f"{name}/{key}"
        for name in ("obstacle_evidence", "country_indicators")
        if name in sound
        for key in sound[name]["id"]
    }

    def unknown(cell: str) -> list[str]:
        return [link for link in cell.split(" ") if link not in known and link.partition("/")[0] in sound]

    def tell(cell: str) -> Words:
        return f"has {unknown(cell)[0]!r}, which is no figure of ours", "write table/id, several joined with spaces"

    return Rule("restates", LATE, lambda cells: cells.map(lambda cell: not unknown(cell)).astype(bool), tell)
