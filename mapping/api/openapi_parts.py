"""The parts of the OpenAPI document that do not depend on the data."""

from typing import Any, Final

REF: Final = "#/components/"
_TEXT: Final = {"type": "string"}
_COUNT: Final = {"type": "integer", "minimum": 0}
_PEOPLE: Final = {
    "population": {**_COUNT, "description": "National total; people of all listed countries in the total."},
    "within": {**_COUNT, "description": "Estimate of those within the distance."},
    "share_within": {"type": "number", "minimum": 0, "maximum": 1},
}


def parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return a parameter of the query; a list repeats its key."""
    return {"name": name, "in": "query", "required": False, "schema": schema}


VERSION: Final = parameter(
    "v", {"type": "string", "description": "Data version, see /releases; an answer with one may be cached for ever."}
)
PAGING: Final = [parameter("limit", _COUNT), parameter("offset", {**_COUNT, "default": 0})]


def answer(told: str, content: dict[str, Any], *, counted: bool = False) -> dict[str, Any]:
    """Return the responses of an address that gives some content."""
    headers = {name: {"$ref": f"{REF}headers/{name}"} for name in ("ETag", "Cache-Control")}
    if counted:
        headers["X-Total-Count"] = {"$ref": f"{REF}headers/X-Total-Count"}
    errors = {str(status): {"$ref": f"{REF}responses/{name}"} for status, name in ERRORS.items()}
    return {"200": {"description": told, "headers": headers, "content": content}, **errors}


ERRORS: Final = {
    304: "NotModified",
    400: "BadRequest",
    404: "NotFound",
    405: "MethodNotAllowed",
    414: "QueryTooLong",
    503: "NotShown",
}


def _error(told: str) -> dict[str, Any]:
    """Return an error with its JSON body."""
    return {"description": told, "content": {"application/json": {"schema": {"$ref": f"{REF}schemas/Error"}}}}


def _object(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return an object that has all of some properties."""
    return {"type": "object", "properties": properties, "required": list(properties), **more}


COMPONENTS: Final[dict[str, Any]] = {
    "headers": {
        "ETag": {"description": "Data version and fingerprint of the content.", "schema": _TEXT},
        "Cache-Control": {"description": "How long it may be kept.", "schema": _TEXT},
        "X-Total-Count": {"description": "Rows before limit and offset.", "schema": _COUNT},
    },
    "responses": {
        "NotModified": {"description": "What you hold is current."},
        "BadRequest": _error("Unknown column, or a value that cannot stand there."),
        "NotFound": _error("Unknown table, format or address."),
        "MethodNotAllowed": _error("The API only reads."),
        "QueryTooLong": _error("The query has more than 8 KB."),
        "NotShown": _error(
            "The table has a fault, so none of it is shown; or the line of files is full, see Retry-After."
        ),
    },
}

SCHEMAS: Final[dict[str, Any]] = {
    "Error": _object({"error": _object({"code": _TEXT, "message": _TEXT, "hint": _TEXT})}),
    "Health": _object(
        {
            "status": {"type": "string", "enum": ["ok", "degraded"]},
            "version": _TEXT,
            "released": _TEXT,
            "faults": {"type": "object", "additionalProperties": _COUNT},
        }
    ),
    "Tables": _object(
        {
            **dict.fromkeys(("title", "version", "released", "licence", "citation"), _TEXT),
            "tables": {
                "type": "array",
                "items": _object(
                    {
                        "name": _TEXT,
                        "rows": {"type": ["integer", "null"]},
                        "columns": {"type": "array", "items": {"type": "object"}},
                        "formats": {"type": "array", "items": _TEXT},
                        "faults": _COUNT,
                    }
                ),
            },
        }
    ),
    "Releases": _object(
        {
            "newest": {**_TEXT, "description": "Version of the data that are served without v."},
            "releases": {"type": "array", "items": {"$ref": f"{REF}schemas/Release"}},
        }
    ),
    "Release": _object(
        {
            **dict.fromkeys(("version", "created", "previous", "notes", "text", "fingerprint"), _TEXT),
            "rows": {"type": "object", "additionalProperties": _COUNT},
            "changes": {"type": "object", "additionalProperties": {"type": "object"}},
            "files": {"type": "array", "items": {"type": "object"}},
        }
    ),
    "Access": _object(
        {
            "role": _TEXT,
            "km": {"type": "number"},
            "site_ids": {"type": "array", "items": _TEXT},
            "countries": {"type": "array", "items": _object({"country": _TEXT, **_PEOPLE})},
            "total": _object(_PEOPLE),
        }
    ),
    "SiteInView": {
        "type": "object",
        "properties": {
            **dict.fromkeys(("id", "name", "country", "coord_precision", "disclosure", "confidence"), _TEXT),
            "city": {"type": ["string", "null"]},
            **{name: {"type": "number"} for name in ("lat", "lon")},
            **dict.fromkeys(("partners", "facilities", "trials", "treatment_centres"), _COUNT),
            **{name: {"type": "array", "items": _TEXT} for name in ("roles", "source_ids")},
        },
    },
    "FeatureCollection": _object(
        {
            "type": {"type": "string", "const": "FeatureCollection"},
            "features": {"type": "array", "items": {"type": "object"}},
        }
    ),
}

RUNNING: Final[dict[str, Any]] = {
    "/ready": {
        "get": {
            "operationId": "ready",
            "summary": "Whether the data are open, so that a reader is served at once.",
            "responses": {
                "200": {
                    "description": "They are.",
                    "content": {"application/json": {"schema": _object({"ready": {"type": "boolean"}})}},
                },
                "503": _error("Not yet."),
            },
        }
    },
    "/metrics": {
        "get": {
            "operationId": "metrics",
            "summary": "Figures about the running server for Prometheus, for those whom its operator lets see them.",
            "responses": {
                "200": {"description": "The figures.", "content": {"text/plain": {"schema": _TEXT}}},
                "404": _error("They are not for the asker."),
            },
        }
    },
}
"""What tells of the server and not of the data."""
