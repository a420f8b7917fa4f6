"""Writes a data folder of any size: invented sites in real towns, to measure the Atlas beyond its own data.

Every invented id starts with ``example-``; the same size always gives the same files.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd

from mapping.tables.outlines import TOLERANCE_DEG, inside, read_outlines
from mapping.tables.package import write_package
from tests.browser.served import ROOT

SEED = 20261123
ADDRESS_SHARE = 0.7  # sites known to the street; the rest stand at their town's centre
JITTER_DEG = 0.01  # about 1 km, so that a site stays in its town and its country
RETRIEVED = "2026-11-01"
ROLES = ("trial_sites", "organisations", "facilities", "treatment_centres")
ROLE_SHARES = (0.45, 0.25, 0.20, 0.10)
SECOND_ROLE_SHARE = 0.15
SITES_A_TRIAL = 5
Frame = pd.DataFrame


class Codes:
    """Draws codes of a vocabulary."""

    def __init__(self, codes: Frame, random: np.random.Generator) -> None:
        self._random = random
        self._of = {name: group["code"].to_numpy(object) for name, group in codes.groupby("vocabulary")}

    def one(self, vocabulary: str, rows: int) -> np.ndarray:
        return self._random.choice(self._of[vocabulary], rows)

    def several(self, vocabulary: str, rows: int) -> list[str]:
        """One or two codes a row, joined as in our tables."""
        first, second = self.one(vocabulary, rows), self.one(vocabulary, rows)
        return [a if a == b else f"{a}|{b}" for a, b in zip(first, second, strict=True)]


def _ids(kind: str, rows: int) -> list[str]:
    return [f"example-{kind}-{number:07d}" for number in range(rows)]


def _sourced(frame: Frame, random: np.random.Generator, source: str) -> Frame:
    shares = (0.6, 0.3, 0.1)
    return frame.assign(
        source_ids=source,
        confidence=random.choice(["verified", "inferred", "unverified"], len(frame), p=shares),
        retrieved=RETRIEVED,
    )


def sites_table(places: Frame, rows: int, random: np.random.Generator, to_the_street: float) -> Frame:
    """Sites in towns drawn by population; those of city precision at the centre, all on one point."""
    weight = places["population"].to_numpy(float)
    town = places.iloc[random.choice(len(places), rows, p=weight / weight.sum())].reset_index(drop=True)
    exact = random.random(rows) < to_the_street
    ids = _ids("site", rows)
    return pd.DataFrame(
        {
            "id": ids,
            "name": [f"Example {city} {number}" for number, city in enumerate(town["name"])],
            "aliases": None,
            "city": town["name"],
            "country": town["country"],
            "lat": (town["lat"] + np.where(exact, random.uniform(-JITTER_DEG, JITTER_DEG, rows), 0)).round(5),
            "lon": (town["lon"] + np.where(exact, random.uniform(-JITTER_DEG, JITTER_DEG, rows), 0)).round(5),
            "coord_precision": np.where(exact, "address", "city"),
            "place_id": town["id"],
            "region": town["region"],
            "website": None,
            "ror": None,
            "disclosure": "named",
            "note": None,
        }
    )


def organisations_table(sites: Frame, codes: Codes) -> Frame:
    rows = len(sites)
    return pd.DataFrame(
        {
            "id": _ids("organisation", rows),
            "site_id": sites["id"].to_numpy(),
            "name": sites["name"].to_numpy(),
            "short_name": None,
            "kind": codes.one("organisation_kind", rows),
            "country": sites["country"].to_numpy(),
            "city": sites["city"].to_numpy(),
            "consortium_role": codes.one("consortium_role", rows),
            "work_packages": None,
            "networks": None,
            "expertise": codes.several("stage", rows),
            "website": None,
            "note": None,
        }
    )


def facilities_table(sites: Frame, codes: Codes) -> Frame:
    rows = len(sites)
    return pd.DataFrame(
        {
            "id": _ids("facility", rows),
            "site_id": sites["id"].to_numpy(),
            "name": sites["name"].to_numpy(),
            "operator": None,
            "kind": codes.one("facility_kind", rows),
            "atmp_classes": codes.several("atmp_class", rows),
            "capabilities": codes.several("capability", rows),
            "gmp_status": codes.one("gmp_status", rows),
            "products": None,
            "clean_room_m2": None,
            "opened_year": None,
            "closed_year": None,
            "website": None,
            "source_year": 2026,
            "note": None,
        }
    )


def centres_table(sites: Frame, codes: Codes) -> Frame:
    rows = len(sites)
    return pd.DataFrame(
        {
            "id": _ids("centre", rows),
            "site_id": sites["id"].to_numpy(),
            "name": sites["name"].to_numpy(),
            "scope": "Example scope",
            "product_ids": None,
            "atmp_classes": codes.several("atmp_class", rows),
            "status": codes.one("centre_status", rows),
            "note": None,
        }
    )


def trials_table(rows: int, codes: Codes, random: np.random.Generator, countries: Sequence[str]) -> Frame:
    return pd.DataFrame(
        {
            "id": [f"NCT9{number:07d}" for number in range(rows)],  # far above every number in use
            "registry": "ctgov",
            "other_ids": None,
            "title": [f"Example trial {number}" for number in range(rows)],
            "atmp_class": codes.one("atmp_class", rows),
            "modality": codes.one("modality", rows),
            "product": None,
            "condition": "Example condition",
            "therapeutic_area": codes.one("therapeutic_area", rows),
            "phase": codes.one("phase", rows),
            "status": codes.one("trial_status", rows),
            "sponsor": "Example sponsor",
            "sponsor_kind": codes.one("sponsor_kind", rows),
            "start_year": random.integers(2000, 2027, rows),
            "enrolment": random.integers(5, 400, rows),
            "countries": random.choice(np.array(countries, object), rows),
            "registry_url": None,
            "snapshot": None,
            "note": None,
        }
    )


def trial_sites_table(sites: Frame, trials: Frame, random: np.random.Generator) -> Frame:
    trial = random.choice(trials["id"].to_numpy(object), len(sites))
    ids = [f"{trial_id.lower()}-{site_id}" for trial_id, site_id in zip(trial, sites["id"], strict=True)]
    return pd.DataFrame({"id": ids, "trial_id": trial, "site_id": sites["id"].to_numpy(), "facility_names": None})


def tables(rows: int, real: Path, on_one_spot: bool = False) -> dict[str, Frame]:
    """All invented tables for this number of sites; on one spot, every one is a facility at the centre of one town."""
    random = np.random.default_rng(SEED)
    read = {"keep_default_na": False, "na_values": [""], "dtype": {"id": str}}
    countries = pd.read_csv(real / "countries.csv", **read).query("scope == 'core'")["id"]
    places = pd.read_csv(real / "geo" / "places.csv", **read)
    places = places[places["country"].isin(countries) & places["population"].gt(0)]
    outlines, _ = read_outlines((real / "geo" / "countries.geojson").read_bytes(), "iso2")
    places = places[inside(places, outlines, TOLERANCE_DEG / 2)[0]]  # no islet that the jitter could leave
    if on_one_spot:
        places = places.nlargest(1, "population")
    codes = Codes(pd.read_csv(real / "codes.csv", **read), random)
    source = pd.read_csv(real / "sources.csv", **read)["id"].iloc[0]

    sites = sites_table(places, rows, random, 0 if on_one_spot else ADDRESS_SHARE)
    role = np.full(rows, "facilities") if on_one_spot else random.choice(ROLES, rows, p=ROLE_SHARES)
    second = np.where(random.random(rows) < SECOND_ROLE_SHARE, random.choice(ROLES, rows), "")
    if on_one_spot:  # no table may be empty: the first sites have the other roles as well
        others = [name for name in ROLES if name != "facilities"]
        second = np.array(others + [""] * (rows - len(others)))
    at = {name: sites[(role == name) | (second == name)] for name in ROLES}
    trials = trials_table(max(1, rows // SITES_A_TRIAL), codes, random, sorted(countries))
    invented = {
        "sites": sites,
        "organisations": organisations_table(at["organisations"], codes),
        "facilities": facilities_table(at["facilities"], codes),
        "treatment_centres": centres_table(at["treatment_centres"], codes),
        "trials": trials,
        "trial_sites": trial_sites_table(at["trial_sites"], trials, random),
    }
    return {name: _sourced(frame, random, source) for name, frame in invented.items()}


def _columns_as_in(real: Path, frame: Frame) -> Frame:
    """Put the columns in the order of the real table; one the real table does not have is a fault here."""
    header = pd.read_csv(real, nrows=0).columns
    unknown, missing = set(frame) - set(header), set(header) - set(frame)
    if unknown or missing:
        raise ValueError(f"{real.name}: synthetic table has {sorted(unknown)} too many, {sorted(missing)} missing")
    return frame[list(header)]


def write(rows: int, folder: Path, real: Path = ROOT / "data", on_one_spot: bool = False) -> Path:
    """Write the data folder, unless the same is there already; return it."""
    made_of = sha256(Path(__file__).read_bytes() + (real / "datapackage.json").read_bytes()).hexdigest()
    stamp = folder / "made-of.txt"
    if stamp.exists() and stamp.read_text() == made_of:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(real, folder, ignore=shutil.ignore_patterns("raw", "releases", "datapackage.json"))
    for name, frame in tables(rows, real, on_one_spot).items():
        target = folder / f"{name}.csv"
        _columns_as_in(real / target.name, frame).to_csv(target, index=False, lineterminator="\n")
    packages = pd.read_csv(real / "work_packages.csv", dtype=str).assign(lead_organisation_id=None)
    packages.to_csv(folder / "work_packages.csv", index=False, lineterminator="\n")
    write_package(folder)
    stamp.write_text(made_of)
    return folder
