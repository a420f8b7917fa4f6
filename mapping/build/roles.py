"""The four tables of roles: who is a partner, who makes, who tries and who treats, each row at its site."""

import re
from collections.abc import Iterable, Sequence

from mapping.build.mentions import Mention
from mapping.build.sites import Ground, mention_confidence, site_town
from mapping.tables.csvs import Row, join_cell, split_cell

ORGANISATION_COLUMNS = (
    *("id", "site_id", "name", "short_name", "kind", "country", "city", "consortium_role", "work_packages", "networks"),
    *("expertise", "website", "note", "source_ids", "confidence", "retrieved"),
)
FACILITY_COLUMNS = (
    *("id", "site_id", "name", "operator", "kind", "atmp_classes", "capabilities", "gmp_status", "products"),
    *("clean_room_m2", "opened_year", "closed_year", "website", "source_year", "note"),
    *("source_ids", "confidence", "retrieved"),
)
CENTRE_COLUMNS = (
    *("id", "site_id", "name", "scope", "product_ids", "atmp_classes", "status", "note"),
    *("source_ids", "confidence", "retrieved"),
)
TRIAL_SITE_COLUMNS = ("id", "trial_id", "site_id", "facility_names", "source_ids", "confidence", "retrieved")

PRODUCT_WORDS = {"axi-cel": "yescarta", "tisa-cel": "kymriah"}
"""Short names of products that scopes use, beside the trade names themselves."""
SCOPE_CLASSES = {"car-t": "GTMP", "hsc gene therapy": "GTMP", "til for melanoma": "sCTMP"}
"""Kinds of treatment whose class the EU's definition gives (Directive 2001/83/EC, Annex I, part IV)."""
PLANNED = re.compile(r"\((?:planned|in development|starting \d{4}|staff in training\b[^)]*)\)")
PROTOCOL_ONLY = re.compile(r"\(protocols\)|\bcar-t trial\b")


def organisation_rows(ground: Ground) -> list[Row]:
    """Return one row an organisation; the seat is empty where none is known."""
    return sorted((_organisation(mention, ground) for mention in _of("organisations", ground)), key=_by_id)


def _organisation(mention: Mention, ground: Ground) -> Row:
    kept = {column: mention.row[column] for column in ORGANISATION_COLUMNS if column in mention.row}
    if not mention.city:
        return kept | {"site_id": ""} | _provenance([mention], mention.row["confidence"], ground)
    site_id = ground.matches[mention.key].site_id
    city = ground.towns[mention.country, mention.city].name
    return kept | {"site_id": site_id, "city": city} | _provenance([mention], mention.row["confidence"], ground)


def facility_rows(ground: Ground) -> list[Row]:
    """Return one row a manufacturing unit."""
    return sorted((_at_site(mention, FACILITY_COLUMNS, ground) for mention in _of("facilities", ground)), key=_by_id)


def centre_rows(ground: Ground, products: Sequence[Row]) -> list[Row]:
    """Return one row a treatment centre, with the products and classes its scope names."""
    rows = []
    for mention in _of("treatment_centres", ground):
        scope = mention.row["products_or_scope"]
        named = named_products(scope, [row["id"] for row in products])
        derived = {
            "scope": scope,
            "product_ids": join_cell(named),
            "atmp_classes": join_cell(scope_classes(scope, named, {row["id"]: row["atmp_class"] for row in products})),
            "status": centre_status(scope),
        }
        rows.append(_at_site(mention, CENTRE_COLUMNS, ground) | derived)
    return sorted(rows, key=_by_id)


def named_products(scope: str, product_ids: Iterable[str]) -> list[str]:
    """Return the products a scope names, by trade name or by a short name in use, sorted."""
    words = set(re.findall(r"[a-z][a-z-]+", scope.lower()))
    return sorted({PRODUCT_WORDS.get(word, word) for word in words} & set(product_ids))


def scope_classes(scope: str, named: Iterable[str], class_of: dict[str, str]) -> list[str]:
    """Return the ATMP classes a scope means, sorted; none where it is unclear."""
    found = {class_of[product] for product in named}
    found |= {atmp_class for words, atmp_class in SCOPE_CLASSES.items() if words in scope.lower()}
    return sorted(found)


def centre_status(scope: str) -> str:
    """Return planned, protocol_only or designated, as the scope's words say."""
    plain = scope.lower()
    if PLANNED.search(plain):
        return "planned"
    return "protocol_only" if PROTOCOL_ONLY.search(plain) else "designated"


def trial_site_rows(ground: Ground) -> list[Row]:
    """Return one row a trial and site, with every spelling the registry has for the site in that trial."""
    pairs: dict[tuple[str, str], list[Mention]] = {}
    for mention in _of("trial_sites", ground):
        pairs.setdefault((mention.row["trial_id"], ground.matches[mention.key].site_id), []).append(mention)
    return sorted((_trial_site(pair, found, ground) for pair, found in pairs.items()), key=_by_id)


def _trial_site(pair: tuple[str, str], found: Sequence[Mention], ground: Ground) -> Row:
    trial_id, site_id = pair
    town = site_town(site_id, found, ground)
    best = "verified" if "verified" in {mention_confidence(mention, town, ground) for mention in found} else "inferred"
    return {
        "id": f"{trial_id.lower()}-{site_id}",
        "trial_id": trial_id,
        "site_id": site_id,
        "facility_names": join_cell(sorted({mention.name.replace("|", "/") for mention in found})),
    } | _provenance(found, best, ground)


def _at_site(mention: Mention, columns: Sequence[str], ground: Ground) -> Row:
    kept = {column: _set_cell(column, mention.row[column]) for column in columns if column in mention.row}
    place = {"site_id": ground.matches[mention.key].site_id}
    return kept | place | _provenance([mention], mention.row["confidence"], ground)


def _set_cell(column: str, cell: str) -> str:
    """Return a cell; classes and capabilities are sets, so they stand in one order."""
    return join_cell(sorted(split_cell(cell))) if column in ("atmp_classes", "capabilities") else cell


def _provenance(found: Sequence[Mention], confidence: str, ground: Ground) -> Row:
    urls = {mention.row["source_url"] for mention in found if mention.row["source_url"]}
    return {
        "source_ids": join_cell(sorted(ground.source_id(url) for url in urls)),
        "confidence": confidence,
        "retrieved": max(mention.row["retrieved"] for mention in found),
    }


def _of(table: str, ground: Ground) -> Iterable[Mention]:
    return (mention for mention in ground.mentions if mention.table == table)


def _by_id(row: Row) -> str:
    return row["id"]
