"""The figures for Prometheus: what they count, and who sees them."""

from __future__ import annotations

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from mapping.api.metrics import Metrics, MetricsPage, ServerState, is_near
from mapping.api.security import SecurityError
from mapping.api.watching import Answered


def figures(metrics: Metrics) -> dict[tuple[str, tuple[str, ...]], float]:
    families = text_string_to_metric_families(metrics.text().decode())
    return {
        (sample.name, tuple(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in families
        for sample in family.samples
    }


def test_requests_are_counted_by_route_method_and_status_with_their_time() -> None:
    metrics = Metrics()
    for status, seconds in ((200, 0.01), (200, 0.03), (404, 0.01)):
        metrics.answered(Answered("/{table}.{extension}", "GET", status, seconds, 10))
    found = figures(metrics)
    assert found["atlas_api_requests_total", ("GET", "/{table}.{extension}", "200")] == 2
    assert found["atlas_api_requests_total", ("GET", "/{table}.{extension}", "404")] == 1
    assert found["atlas_api_seconds_count", ("/{table}.{extension}",)] == 3
    assert found["atlas_api_seconds_sum", ("/{table}.{extension}",)] == pytest.approx(0.05)


def test_a_file_drawn_is_an_export_and_one_refused_or_known_is_not() -> None:
    metrics = Metrics()
    for route, status in (("/brief.pdf", 200), ("/brief.pdf", 304), ("/brief.pdf", 400), ("/health", 200)):
        metrics.answered(Answered(route, "GET", status, 0.1, 10))
    found = figures(metrics)
    assert {key: value for key, value in found.items() if key[0] == "atlas_exports_total"} == {
        ("atlas_exports_total", ("/brief.pdf",)): 1
    }


def test_a_run_of_a_page_is_measured_though_it_breaks_off() -> None:
    metrics = Metrics()
    with metrics.rerun(""):
        pass
    with pytest.raises(KeyError), metrics.rerun("about"):
        raise KeyError
    found = figures(metrics)
    assert [found["atlas_rerun_seconds_count", (page,)] for page in ("atlas", "about")] == [1, 1]


def test_sessions_and_data_version_are_those_of_now() -> None:
    metrics, version = Metrics(), [""]
    metrics.registry.register(ServerState(lambda: 7, lambda: version[0]))
    before = figures(metrics)
    version[0] = "2026.11.0"
    after = figures(metrics)
    assert before["atlas_sessions", ()] == 7
    assert (before["atlas_ready", ()], after["atlas_ready", ()]) == (0, 1)
    assert not [key for key in before if key[0] == "atlas_data_info"]
    assert after["atlas_data_info", ("2026.11.0",)] == 1


def page(audience: str, client: str = "127.0.0.1") -> TestClient:
    app = Starlette(routes=[Route("/metrics", MetricsPage(Metrics(), audience))])
    return TestClient(app, client=(client, 50000))


@pytest.mark.parametrize(
    ("audience", "client", "headers", "status"),
    [
        ("", "127.0.0.1", {}, 200),
        ("", "10.0.0.7", {}, 200),
        ("", "8.8.8.8", {}, 404),
        ("", "127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("local", "testclient", {}, 404),
        ("on", "8.8.8.8", {"X-Forwarded-For": "8.8.8.8"}, 200),
        ("off", "127.0.0.1", {}, 404),
    ],
)
def test_who_sees_the_figures_is_the_operators_to_say(
    audience: str, client: str, headers: dict[str, str], status: int
) -> None:
    assert page(audience, client).get("/metrics", headers=headers).status_code == status


def test_they_are_text_that_nobody_keeps() -> None:
    response = page("on").get("/metrics")
    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert page("on").head("/metrics").content == b""


def test_an_audience_that_nobody_knows_stops_the_start() -> None:
    with pytest.raises(SecurityError, match="ATLAS_METRICS"):
        MetricsPage(Metrics(), "everyone")


def test_a_request_without_a_client_is_not_near() -> None:
    assert not is_near({"type": "http", "headers": []})
