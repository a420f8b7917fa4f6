"""Making the tables that lie on the map: sites and the four roles, with the decisions they rest on."""

from collections.abc import Iterable
from pathlib import Path

from mapping.build import resolving, roles, sites, towns
from mapping.build.mentions import read_mentions
from mapping.places.geocode import read_gazetteer, read_regions
from mapping.tables.csvs import Row, read_rows, write_rows


def settle_ground(data: Path, source_id: sites.SourceId) -> sites.Ground:
    """Read the evidence and the decisions under a data folder and settle towns and sites."""
    mentions = read_mentions(data / "raw")
    gazetteer = read_gazetteer(data / "raw" / "geo")
    decisions = data / "decisions"
    names = {row["place_id"]: row["town"] for row in read_rows(decisions / "town_names.csv")}
    register = {row["site_id"]: row for row in read_rows(decisions / "site_register.csv")}
    more = [(row["country"], row["city"]) for row in register.values()]
    settled = towns.settle_towns(mentions, more, gazetteer, read_rows(decisions / "city_places.csv"), names)
    matches = resolving.settle_sites(mentions, settled, gazetteer, read_rows(decisions / "site_matches.csv"))
    aliases: dict[str, list[str]] = {}
    for row in read_rows(decisions / "site_aliases.csv"):
        aliases.setdefault(row["site_id"], []).append(row["alias"])
    regions = read_regions(data / "raw" / "geo" / "regions.geojson")
    return sites.Ground(mentions, settled, matches, register, aliases, regions, source_id)


def write_placed_tables(data: Path, source_id: sites.SourceId) -> None:
    """Write the five tables that lie on the map, and the decisions they rest on; a second call changes nothing."""
    ground = settle_ground(data, source_id)
    decisions = data / "decisions"
    write_rows(decisions / "city_places.csv", towns.COLUMNS, towns.town_rows(ground.towns))
    corrections = towns.correction_rows(ground.mentions, ground.towns)
    write_rows(decisions / "coordinate_corrections.csv", towns.CORRECTION_COLUMNS, corrections)
    write_rows(decisions / "site_matches.csv", resolving.COLUMNS, resolving.match_rows(ground.matches))
    _write_tables(data, ground)


def _write_tables(data: Path, ground: sites.Ground) -> None:
    products = read_rows(data / "raw" / "products.csv")
    tables: Iterable[tuple[str, tuple[str, ...], list[Row]]] = (
        ("sites", sites.COLUMNS, sites.site_rows(ground)),
        ("organisations", roles.ORGANISATION_COLUMNS, roles.organisation_rows(ground)),
        ("facilities", roles.FACILITY_COLUMNS, roles.facility_rows(ground)),
        ("treatment_centres", roles.CENTRE_COLUMNS, roles.centre_rows(ground, products)),
        ("trial_sites", roles.TRIAL_SITE_COLUMNS, roles.trial_site_rows(ground)),
    )
    for name, columns, rows in tables:
        write_rows(data / f"{name}.csv", columns, rows)
