from __future__ import annotations

import socket

import pytest

from mapping.api.sockets import send_at_once


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
