"""The releases over HTTP: the list of them, one with every row that changed, and the feed."""

import json
from typing import Any

from starlette.requests import Request

from mapping.api.desk import Desk
from mapping.api.problems import ApiError, shown, suggestion
from mapping.api.responses import Body, body, json_body
from mapping.exports.feed import release_feed
from mapping.tables.releases import CHANGES_FILE, RELEASES, Release, releases


def release_list(desk: Desk, _request: Request) -> Body:
    """Return every release, the newest first."""
    return json_body({"newest": desk.tables.version, "releases": [_told(each) for each in releases(desk.home)]})


def one_release(desk: Desk, request: Request) -> Body:
    """Return one release, with each row that was added, changed or removed."""
    version, known = request.path_params["version"], {each.version: each for each in releases(desk.home)}
    if version not in known:
        hint = suggestion(version, known, "See /api/v1/releases for the versions.")
        raise ApiError(404, "unknown_version", f"There is no release {shown(version)}.", hint)
    rows = json.loads((desk.home / RELEASES / version / CHANGES_FILE).read_bytes())
    return json_body({**_told(known[version]), "rows_changed": rows})


def feed(desk: Desk, request: Request) -> Body:
    """Return the releases as an Atom feed."""
    found = release_feed(releases(desk.home), desk.address.of(request))
    return body(found, "application/atom+xml; charset=utf-8")


def _told(release: Release) -> dict[str, Any]:
    """Return what a release says about itself, for programs."""
    files = [{"path": path, "hash": stored.fingerprint, "rows": stored.rows} for path, stored in release.files.items()]
    return {
        "version": release.version,
        "created": release.created,
        "previous": release.previous,
        "notes": release.notes,
        "text": release.text,
        "fingerprint": release.fingerprint,
        "rows": release.rows,
        "changes": {table: dict(counts) for table, counts in release.changes.items()},
        "files": files,
    }
