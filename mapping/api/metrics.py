"""Figures about the running server for Prometheus: counts and times, nothing about any person."""

import ipaddress
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from mapping.api.problems import ApiError
from mapping.api.responses import refusal
from mapping.api.security import SecurityError
from mapping.api.watching import Answered
from mapping.waiting_line import Line

SETTING: Final = "ATLAS_METRICS"
AUDIENCES: Final = ("local", "on", "off")
"""Who may read: this machine and its private network, past no proxy (the default); anyone; nobody."""
PASSED_ON: Final = ("forwarded", "x-forwarded-for", "x-real-ip")
"""Headers that say that a proxy stands between."""
TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"
EXPORTS: Final = frozenset(
    {"/brief.pdf", "/pack.zip", "/slides.pptx", "/picture.{extension}", "/tables.xlsx", "/share.png"}
)
"""Routes that draw or pack a file, which is work."""
API_BUCKETS: Final = (0.005, 0.025, 0.1, 0.25, 1.0, 5.0)
RERUN_BUCKETS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


@dataclass(frozen=True, eq=False)
class ServerState(Collector):
    """What the server is now, read when it is asked for."""

    sessions: Callable[[], int]
    """Open pages."""
    version: Callable[[], str]
    """Version of the data; empty until they are open."""
    lines: Mapping[str, Line] = field(default_factory=dict)
    """Where work that takes long waits, by name."""

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        """Yield what it is."""
        version = self.version()
        yield GaugeMetricFamily("atlas_sessions", "Pages open in browsers", value=self.sessions())
        yield GaugeMetricFamily("atlas_ready", "Whether the data are open", value=float(bool(version)))
        data = GaugeMetricFamily("atlas_data_info", "Version of the newest data", labels=["version"])
        if version:
            data.add_metric([version], 1)
        yield data
        waiting = GaugeMetricFamily("atlas_line_waiting", "Work that waits for its turn", labels=["line"])
        working = GaugeMetricFamily("atlas_line_working", "Work that takes long, under way", labels=["line"])
        refused = CounterMetricFamily("atlas_line_refused", "Work for which the line was full", labels=["line"])
        for name, line in self.lines.items():
            waiting.add_metric([name], line.waiting)
            working.add_metric([name], line.working)
            refused.add_metric([name], line.refused)
        yield from (waiting, working, refused)


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Counter(
            "atlas_api_requests", "Requests to the API", ["route", "method", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "atlas_api_seconds",
            "Time to answer a request to the API",
            ["route"],
            registry=self.registry,
            buckets=API_BUCKETS,
        )
        self._exports = Counter("atlas_exports", "Files drawn or packed", ["route"], registry=self.registry)
        self._reruns = Histogram(
            "atlas_rerun_seconds", "Time to run a page", ["page"], registry=self.registry, buckets=RERUN_BUCKETS
        )

    def answered(self, request: Answered) -> None:
        """Count one answered request."""
        self._requests.labels(request.route, request.method, str(request.status)).inc()
        self._seconds.labels(request.route).observe(request.seconds)
        if request.route in EXPORTS and request.status == 200:
            self._exports.labels(request.route).inc()

    @contextmanager
    def rerun(self, page: str) -> Iterator[None]:
        """Measure one run of a page, however it ends."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self._reruns.labels(page or "atlas").observe(time.perf_counter() - begun)

    def text(self) -> bytes:
        """Return the figures as Prometheus reads them."""
        return generate_latest(self.registry)


class MetricsPage:
    """ASGI app that answers with the figures, to whom the operator lets see them.

    Parameters
    ----------
    metrics : Metrics
        The figures.
    audience : str
        One of ``AUDIENCES``; empty for the first.

    Raises
    ------
    SecurityError
        The audience is none of them.
    """

    def __init__(self, metrics: Metrics, audience: str = "") -> None:
        self._metrics = metrics
        self._audience = audience.strip().lower() or AUDIENCES[0]
        if self._audience not in AUDIENCES:
            raise SecurityError(f"{SETTING}: {audience!r} is none of {', '.join(AUDIENCES)}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        """Return the figures, or that there is nothing here."""
        if self._audience == "off" or (self._audience == "local" and not is_near(scope)):
            hint = "Whoever runs this Atlas decides with ATLAS_METRICS who sees its figures."
            return refusal(ApiError(404, "not_found", "There is nothing here for you.", hint))
        shown = b"" if scope["method"] == "HEAD" else self._metrics.text()
        return Response(shown, headers={"Cache-Control": "no-store"}, media_type=TEXT)


def is_near(scope: Scope) -> bool:
    """Return whether a request comes from this machine or its private network, and through no proxy."""
    headers = Headers(scope=scope)
    if any(name in headers for name in PASSED_ON):
        return False
    host = (scope.get("client") or ("", 0))[0]
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False
