"""Tables of places: sites, and the organisations, facilities and treatment centres at them."""

from typing import Any

import pandas as pd

from mapping.tables.columns import Sourced, Table, address, code, key, link, number, text, words, year

SOUTH, NORTH, WEST, EAST = 27.0, 82.0, -32.0, 51.0
"""Degrees around Europe with the Canaries, the Azores and the Caucasus."""


def latitude(nullable: bool = False) -> Any:
    """Return the column of latitudes."""
    return number("Latitude", "North of the equator, WGS 84", "degrees", lowest=SOUTH, highest=NORTH, nullable=nullable)


def longitude(nullable: bool = False) -> Any:
    """Return the column of longitudes."""
    return number("Longitude", "East of Greenwich, WGS 84", "degrees", lowest=WEST, highest=EAST, nullable=nullable)


class Sites(Sourced):
    """One row per physical place: a hospital, a campus, a plant. All roles of the place refer to it."""

    id: str = key("Site", "Name of the site in links and in the other tables")
    name: str = text("Name", "Name the place is best known by")
    aliases: str = words("Also called", "Other spellings found in the sources, other languages included")
    city: str = text("City", "Town or city, in its usual English spelling", nullable=True)
    country: str = link("Country", "Country the site lies in", "countries")
    lat: float = latitude()
    lon: float = longitude()
    coord_precision: str = code(
        "Precision", "Whether the position is that of the address or of the city", "coord_precision"
    )
    place_id: str = link("Town", "The populated place the site lies in", "places", nullable=True)
    region: str = text("Region", "Code of the region in geo/regions.geojson", nullable=True)
    website: str = address("Website", "The site's own page")
    ror: str = text("ROR", "Id in the Research Organization Registry", nullable=True, pattern=r"^0[a-z0-9]{8}$")
    disclosure: str = code("Disclosure", "Whether the registry names the place or only its city", "disclosure")
    note: str = text("Note", "What a reader should know about the row", nullable=True)


class Organisations(Sourced):
    """One row per partner of the consortium or stakeholder of the field."""

    id: str = key("Organisation", "Name of the organisation in links")
    site_id: str = link("Site", "Where its seat is; empty where no seat is known", "sites", nullable=True)
    name: str = text("Name", "Full name")
    short_name: str = text("Short name", "Name in few letters", nullable=True)
    kind: str = code("Kind", "What sort of organisation it is", "organisation_kind")
    country: str = link(
        "Country", "Country of the seat; empty for European bodies without one", "countries", nullable=True
    )
    city: str = text("City", "City of the seat", nullable=True)
    consortium_role: str = code(
        "Role", "Part taken in JOIN4ATMP; empty for stakeholders", "consortium_role", nullable=True
    )
    work_packages: str = link("Work packages", "Work packages led or taken part in", "work_packages", many=True)
    networks: str = code("Networks", "Networks it belongs to", "network", many=True)
    expertise: str = code("Expertise", "Stages of development it works on", "stage", many=True)
    website: str = address("Website", "The organisation's own page")
    note: str = text("Note", "What a reader should know about the row", nullable=True)


class Facilities(Sourced):
    """One row per unit that makes ATMPs or their parts; capabilities are often inferred, counts of them indicative."""

    id: str = key("Facility", "Name of the facility in links")
    site_id: str = link("Site", "Where it stands", "sites")
    name: str = text("Name", "Name of the unit")
    operator: str = text("Operator", "Who ran it when the source was written", nullable=True)
    kind: str = code("Kind", "What sort of operator runs it", "facility_kind")
    atmp_classes: str = code("ATMP classes", "Classes of medicine it makes or can make", "atmp_class", many=True)
    capabilities: str = code("Capabilities", "What it makes or can do; often inferred", "capability", many=True)
    gmp_status: str = code("GMP status", "Licence or state when the source was written, not today", "gmp_status")
    products: str = text("Products", "Products named in the source", nullable=True)
    clean_room_m2: float = number(
        "Clean rooms", "Floor area of the clean rooms", "square metres", lowest=0, highest=100_000, nullable=True
    )
    opened_year: pd.Int64Dtype = year("Opened", "Year it opened or was first licensed")
    closed_year: pd.Int64Dtype = year("Closed", "Year it closed")
    website: str = address("Website", "The facility's own page")
    source_year: pd.Int64Dtype = year(
        "Year of the source", "Year the source was written; the state of the facility is as of then"
    )
    note: str = text("Note", "What a reader should know about the row", nullable=True)


class TreatmentCentres(Sourced):
    """One row per hospital named as qualified to give ATMPs, at a date; not proof of treatment today."""

    id: str = key("Treatment centre", "Name of the row in links")
    site_id: str = link("Site", "The hospital", "sites")
    name: str = text("Name", "Name of the hospital in the source")
    scope: str = text("Scope", "Medicines or patients the designation covers, in the words of the collection")
    product_ids: str = link("Products", "Authorised medicines the scope names", "products", many=True)
    atmp_classes: str = code(
        "ATMP classes", "Classes that follow from the scope; empty where unclear", "atmp_class", many=True
    )
    status: str = code("Status", "Whether it was designated, planned, or treats in studies only", "centre_status")
    note: str = text("Note", "What a reader should know about the row", nullable=True)


class Places(Table):
    """One row per populated place of 1,000 people and more (GeoNames, CC BY 4.0, filtered and adapted)."""

    id: str = key("Place", "GeoNames id", pattern=r"^[1-9]\d{0,9}$")
    name: str = text("Name", "Name in GeoNames")
    country: str = link("Country", "Country the place lies in", "countries")
    lat: float = latitude()
    lon: float = longitude()
    population: pd.Int64Dtype = number(
        "Population", "People, as GeoNames gives them", "people", lowest=0, highest=30_000_000
    )
    region: str = text("Region", "Code of the region in geo/regions.geojson", nullable=True)


class Countries(Sourced):
    """One row per country or territory on the map."""

    id: str = key("Country", "ISO 3166-1 alpha-2 code; XK is user-assigned", pattern=r"^[A-Z]{2}$")
    iso3: str = text("ISO 3", "ISO 3166-1 alpha-3 code", pattern=r"^[A-Z]{3}$")
    name: str = text("Name", "Name in English; * marks a designation explained in the note")
    eu_member: str = code("EU", "Whether it is a member state of the European Union", "yes_no_unknown")
    eea: str = code("EEA", "Whether it is in the European Economic Area", "yes_no_unknown")
    efta: str = code("EFTA", "Whether it is in the European Free Trade Association", "yes_no_unknown")
    scope: str = code(
        "Scope", "Core (EU, EFTA, United Kingdom), other Europe, or drawn for context only", "country_scope"
    )
    label_lat: float = latitude()
    label_lon: float = number(
        "Longitude", "Where the label stands, east of Greenwich, WGS 84", "degrees", lowest=WEST, highest=EAST
    )
    population: pd.Int64Dtype = number(
        "Population", "People; GeoNames states no year", "people", lowest=0, highest=200_000_000, nullable=True
    )
    note: str = text("Note", "What is drawn, and designations", nullable=True)
