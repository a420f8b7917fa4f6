"""The server's sockets: small answers leave at once, and there are enough descriptors for the sessions allowed.

Streamlit binds its socket without naming TCP, and then asyncio does not switch Nagle's algorithm off as it does for
its own sockets. An answer of two small packets, and every burst of messages to a page, then waits about 40 ms for the
reader's machine to confirm the first. A connection inherits the setting from the socket it was accepted on.

A session takes four descriptors, its websocket and an event loop of its own, for a minute longer than its page is open.
Many systems allow a process 1,024 unless it asks for more.
"""

import os
import socket
from importlib import import_module
from importlib.util import find_spec
from typing import Final

DESCRIPTORS: Final = 256
"""File descriptors looked at; a server binds its socket among its first."""
A_SESSION: Final = 8
"""Descriptors a session may take: four while it is open, and as many of one that has just closed."""
BESIDE: Final = 512
"""Descriptors for all else: files, requests to the API, the store."""


def enough_descriptors(sessions: int) -> int:
    """Ask the system for the descriptors that so many sessions take, and return how many there are now.

    What the system refuses is left as it is; 0 where it has no such limit.
    """
    if find_spec("resource") is None:  # Windows has none
        return 0
    resource = import_module("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = sessions * A_SESSION + BESIDE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return int(soft)


def send_at_once() -> int:
    """Switch Nagle's algorithm off for the sockets this process listens on, and return how many there are."""
    return sum(_switched_off(descriptor) for descriptor in range(DESCRIPTORS))


def _switched_off(descriptor: int) -> bool:
    """Switch it off for a descriptor that is a listening TCP socket, and return whether it is one."""
    try:
        copy = os.dup(descriptor)
    except OSError:
        return False
    try:
        listener = socket.socket(fileno=copy)
    except OSError:
        os.close(copy)
        return False
    with listener:
        is_ours = _listens(listener)
        if is_ours:
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return is_ours


def _listens(listener: socket.socket) -> bool:
    """Return whether a socket waits for TCP connections."""
    if listener.family not in {socket.AF_INET, socket.AF_INET6} or listener.type != socket.SOCK_STREAM:
        return False
    return bool(listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
