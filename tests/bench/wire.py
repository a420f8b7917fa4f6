"""Speaks Streamlit's own protocol over a raw websocket, to time the server apart from any browser."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from types import TracebackType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

PATIENCE_S = 120


def kind_of(message: ForwardMsg) -> str:
    """What a message carries: for a delta the kind of its element, else its own name."""
    if message.WhichOneof("type") != "delta":
        return str(message.WhichOneof("type"))
    delta = message.delta
    return str(delta.new_element.WhichOneof("type") if delta.WhichOneof("type") == "new_element" else "block")


def is_the_end(raw: bytes) -> bool:
    """Say whether a message tells that a script run is over."""
    return ForwardMsg.FromString(raw).WhichOneof("type") == "script_finished"


def sizes(messages: Sequence[bytes]) -> Counter[str]:
    """Bytes by kind of message."""
    found: Counter[str] = Counter()
    for raw in messages:
        found[kind_of(ForwardMsg.FromString(raw))] += len(raw)
    return found


class Session:
    """One browsing session without a browser."""

    def __init__(self, url: str, query: str = "") -> None:
        self._socket = connect(
            url.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            compression=None,
            open_timeout=PATIENCE_S,
        )
        self.query = query
        self.widgets: dict[str, str] = {}
        """Key of each widget drawn so far -> its id."""
        self.options: dict[str, list[str]] = {}
        """Key of each widget drawn so far -> its options as they read now."""

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._socket.close()

    def rerun(self, values: Mapping[str, Sequence[str]] | None = None) -> tuple[float, list[bytes]]:
        """Run the page once, each widget named set to the options that start so.

        Returns the seconds until the script finished, and what was sent.
        """
        message = BackMsg()
        message.rerun_script.query_string = self.query
        for key, chosen in (values or {}).items():
            state = message.rerun_script.widget_states.widgets.add(id=self.widgets[key])
            state.string_array_value.data.extend(self._spoken(key, start) for start in chosen)
        begun = time.perf_counter()
        self._socket.send(message.SerializeToString())
        received: list[bytes] = []
        while True:
            raw = self._socket.recv(timeout=PATIENCE_S)
            now = time.perf_counter()
            received.append(raw if isinstance(raw, bytes) else raw.encode())
            answer = ForwardMsg.FromString(received[-1])
            if answer.WhichOneof("type") == "script_finished":
                break
        self._learn(received)
        return now - begun, received

    def _learn(self, messages: Sequence[bytes]) -> None:
        for raw in messages:
            message = ForwardMsg.FromString(raw)
            if message.WhichOneof("type") != "delta" or message.delta.WhichOneof("type") != "new_element":
                continue
            element = message.delta.new_element
            widget = getattr(element, str(element.WhichOneof("type")))
            identity = getattr(widget, "id", "")
            if identity.startswith("$$ID-"):  # $$ID-<hash>-<key>
                key = identity.split("-", 2)[2]
                self.widgets[key] = identity
                self.options[key] = [option for option in getattr(widget, "options", []) if isinstance(option, str)]

    def _spoken(self, key: str, start: str) -> str:
        return next(option for option in self.options[key] if option.startswith(start))
