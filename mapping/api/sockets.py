"""Small answers leave at once: the server's sockets do not wait to fill a packet.

Streamlit binds its socket without naming TCP, and then asyncio does not switch Nagle's algorithm off as it does for
its own sockets. An answer of two small packets, and every burst of messages to a page, then waits about 40 ms for the
reader's machine to confirm the first. A connection inherits the setting from the socket it was accepted on.
"""

import os
import socket
from typing import Final

DESCRIPTORS: Final = 256
"""File descriptors looked at; a server binds its socket among its first."""


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
