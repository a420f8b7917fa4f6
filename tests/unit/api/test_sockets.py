from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from mapping.api.sockets import send_at_once

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_connection_to_a_listening_socket_sends_at_once(family: int) -> None:
    try:
        listener = socket.create_server(("localhost", 0), family=family)
    except OSError:
        pytest.skip("this machine has no such address")
    with listener:
        assert send_at_once() >= 1
        with socket.create_connection(listener.getsockname()[:2]) as _, listener.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_other_sockets_are_left_alone() -> None:
    with socket.socket() as idle:
        send_at_once()
        assert idle.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0


@pytest.mark.skipif(importlib.util.find_spec("resource") is None, reason="this system has no such limit")
@pytest.mark.parametrize(("soft", "sessions"), [(256, 1), (256, 20)])
def test_a_process_asks_for_the_descriptors_its_sessions_take(soft: int, sessions: int) -> None:
    """In a process of its own, for a limit can be lowered for good."""
    told = (
        f"import resource as r; hard = r.getrlimit(r.RLIMIT_NOFILE)[1]; r.setrlimit(r.RLIMIT_NOFILE, ({soft}, hard));"
        "from mapping.api.sockets import enough_descriptors as asked;"
        f"print(asked({sessions}), r.getrlimit(r.RLIMIT_NOFILE)[0], hard)"
    )
    ran = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    given, now, hard = map(int, ran.stdout.split())
    assert given == now
    assert now == hard or now >= sessions * 4 + 100
