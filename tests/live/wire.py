"""A client that speaks the protocol by hand, over a real connection."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

from simple_websocket.ws import Client


class Wire:
    """One connection to `/socket.io/`."""

    def __init__(self, address: str, **headers: str) -> None:
        where = address.replace("http://", "ws://") + "/socket.io/?EIO=4&transport=websocket"
        self._client = Client(where, headers=headers)
        self.opened = json.loads(self._receive()[1:])
        self._client.send("40")
        assert self._receive().startswith("40")

    def _receive(self) -> str:
        said = self._client.receive(timeout=60)
        assert isinstance(said, str)
        return said

    def ask(self, event: str, data: Any) -> Any:
        """Send an event and wait for its acknowledgement."""
        self._client.send("421" + json.dumps([event, data]))
        while not (said := self._receive()).startswith("431"):
            pass
        return json.loads(said[3:])[0]

    def hear(self, event: str) -> Any:
        """Wait for an event of a kind."""
        while True:
            said = self._receive()
            if said == "2":
                self._client.send("3")
            elif said.startswith("42"):
                name, data = json.loads(said[2:])
                if name == event:
                    return data

    def until_closed(self) -> None:
        """Wait until the other side takes leave."""
        while self._client.connected:
            said = self._client.receive(timeout=60)
            assert said is not None, "the server did not take leave"
            if said in {"1", "41"}:
                return

    def close(self) -> None:
        """Take leave."""
        if self._client.connected:
            self._client.close()


def knock(address: str, **headers: str) -> int:
    """Ask for a socket and say how the server answers: 101 is a welcome."""
    host = address.removeprefix("http://")
    asked = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13", **headers}
    connection = HTTPConnection(host, timeout=60)
    try:
        key = {"Sec-WebSocket-Key": "x3JJHMbDL1EzLkh9GBhXDw=="}
        connection.request("GET", "/socket.io/?EIO=4&transport=websocket", headers=asked | key)
        return connection.getresponse().status
    finally:
        connection.close()


@contextmanager
def wire(address: str, **headers: str) -> Iterator[Wire]:
    """A connection while the test needs it."""
    opened = Wire(address, **headers)
    try:
        yield opened
    finally:
        opened.close()
