"""A client that speaks the protocol by hand, over a real connection.

It reads what it is sent in the order in which it comes, in the caller's own thread: a greeting that arrives in one
piece with the answer to the handshake is read as well, and pings are answered while something else is waited for.
"""

from __future__ import annotations

import json
import socket
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, CloseConnection, Ping, RejectConnection, Request, TextMessage
from wsproto.utilities import LocalProtocolError

PATIENCE = 120.0  # seconds: a slow machine is not a fault


class Gone(ConnectionError):
    """The other side has closed."""


class Wire:
    """One connection to `/socket.io/`."""

    def __init__(self, address: str, **headers: str) -> None:
        where = urlsplit(address)
        assert where.hostname
        assert where.port
        self._socket = socket.create_connection((where.hostname, where.port), timeout=PATIENCE)
        self._frames = WSConnection(ConnectionType.CLIENT)
        self._read: deque[str] = deque()
        self._part = ""
        self._accepted = self._closed = False
        target, more = "/socket.io/?EIO=4&transport=websocket", [(k.encode(), v.encode()) for k, v in headers.items()]
        self._write(Request(host=where.netloc, target=target, extra_headers=more))
        while not self._accepted:
            self._more(monotonic() + PATIENCE)
        self.opened = json.loads(self._receive()[1:])
        self.say("40")
        said = self._receive()
        assert said.startswith("40"), f"instead of a welcome: {said[:200]}"

    def say(self, packet: str) -> None:
        """Send a packet as it is."""
        self._write(TextMessage(data=packet))

    def ask(self, event: str, data: Any) -> Any:
        """Send an event and wait for its acknowledgement."""
        self.say("421" + json.dumps([event, data]))
        while not (said := self._receive()).startswith("431"):
            pass
        return json.loads(said[3:])[0]

    def hear(self, event: str) -> Any:
        """Wait for an event of a kind."""
        while True:
            name, data = self.next()
            if name == event:
                return data

    def next(self) -> tuple[str, Any]:
        """Wait for an event, whatever it is."""
        while not (said := self._receive()).startswith("42"):
            pass
        name, data = json.loads(said[2:])
        return name, data

    def until_closed(self) -> None:
        """Wait until the other side takes leave."""
        try:
            while self._receive() not in {"1", "41"}:
                pass
        except Gone:
            return

    def close(self) -> None:
        """Take leave."""
        with suppress(OSError, LocalProtocolError):  # the other side was first
            self._write(CloseConnection(code=1000))
        self._socket.close()

    def _receive(self) -> str:
        until = monotonic() + PATIENCE
        while True:
            while not self._read:
                if self._closed:
                    raise Gone("the server has closed the connection")
                self._more(until)
            said = self._read.popleft()
            if said != "2":
                return said
            self.say("3")

    def _more(self, until: float) -> None:
        """Read what has come, and answer what wants an answer."""
        left = until - monotonic()
        assert left > 0, "the server says nothing"
        self._socket.settimeout(left)
        try:
            data = self._socket.recv(65536)
        except ConnectionResetError:
            data = b""
        self._frames.receive_data(data or None)
        for event in self._frames.events():
            match event:
                case AcceptConnection():
                    self._accepted = True
                case TextMessage(data=text, message_finished=finished):
                    self._part += text
                    if finished:
                        self._read.append(self._part)
                        self._part = ""
                case Ping():
                    self._write(event.response())
                case CloseConnection():
                    self._closed = True
                case RejectConnection(status_code=status):
                    raise Gone(f"refused: {status}")
        self._closed = self._closed or not data

    def _write(self, event: Any) -> None:
        self._socket.sendall(self._frames.send(event))


def knock(address: str, **headers: str) -> int:
    """Ask for a socket and say how the server answers: 101 is a welcome."""
    host = address.removeprefix("http://")
    asked = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13", **headers}
    connection = HTTPConnection(host, timeout=PATIENCE)
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
