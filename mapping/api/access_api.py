"""Access over HTTP: how many people live within a distance of the sites of a role."""

import math
from typing import Any, Final

from starlette.requests import Request

from mapping.analysis.access import FARTHEST_KM, ROLE_TABLES, CountryReach, reach
from mapping.api.desk import Desk
from mapping.api.problems import bad_value, suggestion, unknown_column
from mapping.api.responses import Body, json_body

KEYS: Final = ("role", "km")
ROLE: Final = "treatment_centres"
KM: Final = "200"


def access(desk: Desk, request: Request) -> Body:
    """Return who lives within ``km`` of the sites of ``role``."""
    params = request.query_params
    for key in params:
        if key not in (*KEYS, "v"):
            raise unknown_column(key, "access", KEYS)
    for key in KEYS:
        if len(set(params.getlist(key))) > 1:
            raise bad_value(key, ", ".join(params.getlist(key)), "is given more than once", "Give it once.")
    role = params.get("role", ROLE)
    if role not in ROLE_TABLES:
        raise bad_value("role", role, "is not a role", suggestion(role, ROLE_TABLES, _roles()))
    found = reach(desk.tables, role, _distance(params.get("km", KM)))
    return json_body(
        {
            "role": found.role,
            "km": int(found.km) if found.km.is_integer() else found.km,
            "site_ids": list(found.site_ids),
            "countries": [{"country": row.country, **_people(row)} for row in found.countries],
            "total": _people(found.total),
        }
    )


def _people(row: CountryReach) -> dict[str, Any]:
    """Return the people of one row and how many are within."""
    return {"population": row.population, "within": row.within, "share_within": row.share_within}


def _distance(text: str) -> float:
    """Return a distance in km from 0 to half of the way round the Earth."""
    try:
        km = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        km = math.nan
    if not 0 <= km <= FARTHEST_KM:
        raise bad_value("km", text, f"is not a distance from 0 to {FARTHEST_KM:.0f} km", "Write for example km=200.")
    return km


def _roles() -> str:
    """Return the hint that lists the roles."""
    return "Roles: " + ", ".join(ROLE_TABLES) + "."
