"""Bodies and the responses that carry them: ETag, Cache-Control, gzip, errors as JSON."""

import gzip
import hashlib
import io
import json
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from mapping.api.problems import ApiError
from mapping.tables.releases import plain_version

JSON: Final = "application/json"
FOR_EVER: Final = "public, max-age=31536000, immutable"
FIVE_MINUTES: Final = "public, max-age=300"
ASK_FIRST: Final = "no-cache"
SMALLEST_GZIPPED_BYTES: Final = 512
QUICK, SMALL = 2, 6
"""Gzip levels: for a body made for one request, and for one that many will fetch."""
ANYONE: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, X-Total-Count, X-Data-Version, Content-Disposition",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@dataclass(frozen=True)
class Body:
    """A finished body in both encodings, with what its headers say."""

    content: bytes
    media_type: str
    zipped: bytes
    """The same, compressed; empty where it would not be smaller."""
    digest: str
    total: int | None = None
    """Rows there were before ``limit`` and ``offset``; None where the body is not a table."""
    file_name: str = ""
    """Name to save it under; empty to show it in place."""
    keep: bool = True
    """Whether a cache may answer with it without asking."""

    @property
    def weight(self) -> int:
        """Return the bytes it takes in memory."""
        return len(self.content) + len(self.zipped)


def body(content: bytes, media_type: str, *, total: int | None = None, file_name: str = "", level: int = SMALL) -> Body:
    """Return a body with its fingerprint and its compressed twin."""
    zipped = gzip.compress(content, compresslevel=level, mtime=0) if len(content) >= SMALLEST_GZIPPED_BYTES else b""
    if len(zipped) >= len(content):
        zipped = b""
    return Body(content, media_type, zipped, fingerprint(content), total, file_name)


def json_body(value: Any) -> Body:
    """Return a JSON document as a body."""
    return body(to_json(value).encode(), JSON)


def to_json(value: Any) -> str:
    """Return compact JSON; a number that is none is an error and not ``NaN``, which is no JSON."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def fingerprint(content: bytes) -> str:
    """Return 16 hexadecimal digits that change when the content does; the dates inside a workbook do not count."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            told = [(part.filename, part.CRC) for part in parts.infolist() if part.filename != "docProps/core.xml"]
        content = repr(told).encode()
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def reply(request: Request, found: Body, version: str) -> Response:
    """Return the response for a body: 304 where the asker has it, gzip where it may be."""
    tag = f'W/"{version}-{found.digest}"'
    lasting = plain_version(request.query_params.get("v", "")) == version
    headers = {
        "ETag": tag,
        "Cache-Control": (FOR_EVER if lasting else FIVE_MINUTES) if found.keep else ASK_FIRST,
        "Vary": "Accept-Encoding",
        "X-Data-Version": version,
        **ANYONE,
    }
    if _has(request.headers, found.digest, version):
        return Response(status_code=304, headers=headers)
    if found.total is not None:
        headers["X-Total-Count"] = str(found.total)
    if found.file_name:
        headers["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    content = found.content
    if found.zipped and accepts_gzip(request.headers):
        content, headers["Content-Encoding"] = found.zipped, "gzip"
    headers["Content-Length"] = str(len(content))
    shown = b"" if request.method == "HEAD" else content
    return Response(shown, headers=headers, media_type=found.media_type)


def accepts_gzip(headers: Headers) -> bool:
    """Return whether the asker takes gzip: named, or any, and not refused by ``q=0``."""
    weights: dict[str, str] = {}
    for offer in headers.get("accept-encoding", "").lower().split(","):
        name, _, parameters = offer.partition(";")
        weights[name.strip()] = parameters.replace(" ", "").removeprefix("q=")
    weight = weights.get("gzip", weights.get("*", "0"))
    return weight.strip("0.") != "" or weight == ""


def _has(headers: Headers, digest: str, version: str) -> bool:
    """Return whether the asker already holds the body, by ``If-None-Match``; weak and strong tags compare alike."""
    known = [tag.strip().removeprefix("W/") for tag in headers.get("if-none-match", "").split(",")]
    return "*" in known or f'"{version}-{digest}"' in known


def refusal(problem: ApiError) -> Response:
    """Return the JSON error of the contract: ``{"error": {"code", "message", "hint"}}``."""
    told = {"error": {"code": problem.code, "message": problem.message, "hint": problem.hint}}
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding", **ANYONE}
    if problem.status == 405:
        headers["Allow"] = "GET, HEAD, OPTIONS"
    return Response(to_json(told).encode(), problem.status, headers, JSON)


def preflight() -> Response:
    """Return the answer to ``OPTIONS``: anyone may read."""
    allowed = {
        "Allow": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Headers": "If-None-Match, Accept, Accept-Encoding, Cache-Control",
        "Access-Control-Max-Age": "86400",
    }
    return Response(status_code=204, headers={**ANYONE, **allowed})


@dataclass
class Shelf:
    """Bodies that were asked for last, up to a weight; made once however many ask at the same time."""

    room: int = 64 * 1024 * 1024
    """Bytes it holds at most; the longest unused go first."""
    _bodies: OrderedDict[Hashable, Body] = field(default_factory=OrderedDict)
    _making: dict[Hashable, Lock] = field(default_factory=dict)
    _owner: object = None
    _lock: Lock = field(default_factory=Lock)

    def get(self, owner: object, key: Hashable, make: Callable[[], Body]) -> Body:
        """Return the body for a key, made where it is not there.

        Parameters
        ----------
        owner : object
            What the bodies are made from; another one empties the shelf.
        key : Hashable
            What was asked.
        make : Callable
            Makes the body; what it raises is passed on and nothing is kept.
        """
        with self._lock:
            if owner is not self._owner:
                self._bodies.clear()
                self._owner = owner
            if key in self._bodies:
                self._bodies.move_to_end(key)
                return self._bodies[key]
            maker = self._making.setdefault(key, Lock())
        with maker:
            found = self._bodies.get(key)
            if found is None:
                try:
                    found = make()
                    self._keep(owner, key, found)
                finally:
                    self._making.pop(key, None)
        return found

    def holds(self, owner: object, key: Hashable) -> bool:
        """Return whether the body for a key is there."""
        with self._lock:
            return owner is self._owner and key in self._bodies

    def _keep(self, owner: object, key: Hashable, found: Body) -> None:
        """Put a body on the shelf and make room for it."""
        with self._lock:
            if owner is not self._owner or found.weight > self.room // 4:
                return
            self._bodies[key] = found
            while sum(each.weight for each in self._bodies.values()) > self.room:
                self._bodies.popitem(last=False)
