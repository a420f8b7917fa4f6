"""Access over HTTP: how many people live within a distance of the sites of a role, under any filter of the page."""

import math
from typing import Any, Final

from starlette.datastructures import QueryParams
from starlette.requests import Request

from mapping.analysis.access import FARTHEST_KM, ROLE_TABLES, CountryReach, reach_of
from mapping.analysis.scenarios import distances_today, with_scenario
from mapping.api.atlas_api import strict_view
from mapping.api.desk import Desk
from mapping.api.problems import bad_value, suggestion, unknown_column
from mapping.api.responses import JSON, QUICK, SMALL, Body, body, json_body
from mapping.view.address import KEYS as VIEW_KEYS
from mapping.words import Words

KEYS: Final = ("role", "km", *(key for key in VIEW_KEYS if key not in {"role", "km", "v"}))
"""Role and distance; beside them the keys of the page, which narrow the sites or change them."""
ROLE: Final = "treatment_centres"
KM: Final = "200"


def access(desk: Desk, request: Request) -> Body:
    """Return who lives within ``km`` of the sites of ``role``."""
    params = request.query_params
    for key in params:
        if key not in (*KEYS, "v"):
            raise unknown_column(key, "access", KEYS)
    for key in ("role", "km"):
        if len(set(params.getlist(key))) > 1:
            raise bad_value(key, ", ".join(params.getlist(key)), "is given more than once", "Give it once.")
    km, now = _distance(params.get("km", KM)), desk.atlas()
    if params.get("role", ROLE) not in ROLE_TABLES:
        told = params.get("role", ROLE)
        raise bad_value("role", told, "is not a role", suggestion(told, ROLE_TABLES, _roles()))
    view = strict_view(now, QueryParams([pair for pair in params.multi_items() if pair[0] != "km"]), KEYS)
    then = with_scenario(now.tables, distances_today(now, view), view).among(view.countries)
    found = reach_of(then.homes, then.km, view.near_role, km, tuple(then.sites["id"].astype(str)))
    return json_body(
        {
            "role": found.role,
            "km": int(found.km) if found.km.is_integer() else found.km,
            "site_ids": list(found.site_ids),
            "countries": [{"country": row.country, **_people(row)} for row in found.countries],
            "total": _people(found.total),
        }
    )


def access_map(desk: Desk, request: Request) -> Body:
    """Return the populated places that the map of the page Access draws; of a scenario those that it changes."""
    from mapping.figures.access_map import access_rows, places_drawn  # with the drawing libraries, when a map is drawn

    now = desk.atlas()
    view = strict_view(now, request.query_params, VIEW_KEYS)
    today = distances_today(now, view)
    drawn = places_drawn(today, with_scenario(now.tables, today, view)).among(view.countries)
    content = access_rows(now.tables, drawn, Words(view.lang))
    level = QUICK if view.added or view.closed else SMALL  # of a scenario one reader asks, of today many
    return body(content, JSON, total=len(drawn.homes), level=level)


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
