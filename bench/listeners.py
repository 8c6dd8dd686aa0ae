"""Thousands of sockets in one process, as cheap as they can be: what is measured is the server.

    python -m bench.listeners HOST:PORT[,HOST:PORT] HOW_MANY EVENT [STREAM]

With a stream they speak Socket.IO and join it, without one a bare websocket is enough. Commands come on standard
input, one answer for each on standard output: `round N` waits until every one has heard the event N times in all and
tells when the first and the last had; `storm` lets all hang up and come back at once, and tells how long the last took.
"""

from __future__ import annotations

import json
import os
import resource
import select
import socket
import struct
import sys
import time

KEY = b"x3JJHMbDL1EzLkh9GBhXDw=="
PATIENCE = 60.0
STDIN = 0


def frame(text: str) -> bytes:
    """A masked text frame; the mask is all zeros."""
    data = text.encode()
    head = struct.pack("!BB", 0x81, 0x80 | len(data)) if len(data) < 126 else struct.pack("!BBH", 0x81, 0xFE, len(data))
    return head + b"\0\0\0\0" + data


class Listener:
    """One socket: it opens, joins, and counts what it hears."""

    def __init__(self, address: tuple[str, int], marker: bytes, stream: str, *more: str) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.connect(address)
        self.socket.setblocking(False)
        path = "/socket.io/?EIO=4&transport=websocket" if stream else "/"
        host = f"Host: {address[0]}:{address[1]}"
        lines = (f"GET {path} HTTP/1.1", host, "Upgrade: websocket", "Connection: Upgrade")
        asked = "\r\n".join((*lines, f"Sec-WebSocket-Key: {KEY.decode()}", "Sec-WebSocket-Version: 13", *more, "", ""))
        self.socket.send(asked.encode())
        self._marker, self._rest = marker, b""
        join = "420" + json.dumps(["join", {"streams": {stream: None}}])
        steps = [(b"101 ", None), (b"0{", frame("40")), (b"40{", frame(join)), (b"430[", None)]
        self._steps = steps if stream else steps[:1]
        self.heard = 0

    @property
    def is_ready(self) -> bool:
        """True once it has joined."""
        return not self._steps

    def read(self) -> int:
        """Take what has come; returns how many events were in it."""
        try:
            data = self.socket.recv(65536)
        except BlockingIOError:
            return 0
        if not data:
            raise ConnectionError("the server hung up")
        while self._steps:
            self._rest += data
            data = b""
            awaited, answer = self._steps[0]
            _, found, after = self._rest.partition(awaited)
            if not found:
                return 0
            self._steps.pop(0)
            self._rest = after
            if answer:
                self.socket.send(answer)
        if b"\x81\x012" in data:
            self.socket.send(frame("3"))
        events = data.count(self._marker)
        self.heard += events
        return events


class Crowd:
    """All of them, and the clock."""

    def __init__(self, addresses: list[tuple[str, int]], how_many: int, event: str, stream: str) -> None:
        self._addresses, self._how_many, self._stream = addresses, how_many, stream
        self._marker = f'42["{event}"'.encode() if stream else event.encode()
        self._poll = select.epoll()
        self._all: dict[int, Listener] = {}

    def open(self, at_a_time: int) -> float:
        """Open and join, so many at a time; returns how long it took."""
        began, opened = time.monotonic(), 0
        while True:
            ready = sum(one.is_ready for one in self._all.values())
            while opened < self._how_many and opened - ready < at_a_time:
                one = self.made(self._addresses[opened % len(self._addresses)], opened)
                self._all[one.socket.fileno()] = one
                self._poll.register(one.socket, select.EPOLLIN)
                opened += 1
            if ready == self._how_many:
                return time.monotonic() - began
            self._read(0.05)
            if time.monotonic() - began > PATIENCE:
                raise TimeoutError(f"{ready} of {self._how_many} have joined")

    def made(self, address: tuple[str, int], _number: int) -> Listener:
        """One more of them."""
        return Listener(address, self._marker, self._stream)

    def close(self) -> None:
        """Hang up."""
        for one in self._all.values():
            one.socket.close()
        self._all.clear()
        self._poll.close()
        self._poll = select.epoll()

    def wait(self, events: int) -> tuple[float, float]:
        """Until everybody has heard so many in all: when the first one had, and the last."""
        until, first, last = time.monotonic() + PATIENCE, 0.0, time.time()
        missing = sum(one.heard < events for one in self._all.values())
        while missing:
            for number, _ in self._poll.poll(0.5):
                one = self._all[number]
                before = one.heard
                if one.read() and before < events <= one.heard:
                    last = time.time()
                    first = first or last
                    missing -= 1
            if time.monotonic() > until:
                raise TimeoutError(f"{missing} have heard nothing")
        return first, last

    def command(self) -> str:
        """The next line on standard input; pings are answered meanwhile."""
        self._poll.register(STDIN, select.EPOLLIN)
        line = b""
        while not line.endswith(b"\n"):
            for number, _ in self._poll.poll(1.0):
                if number != STDIN:
                    self._all[number].read()
                elif not (more := os.read(STDIN, 1)):
                    return ""
                else:
                    line += more
        self._poll.unregister(STDIN)
        return line.decode().strip()

    def _read(self, timeout: float) -> None:
        for number, _ in self._poll.poll(timeout):
            self._all[number].read()


def main() -> None:
    """Open, then do what one is told."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (20_000, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    where, how_many, event, *stream = sys.argv[1:]
    addresses = [(host, int(port)) for host, _, port in (one.rpartition(":") for one in where.split(","))]
    crowd = Crowd(addresses, int(how_many), event, stream[0] if stream else "")
    print(json.dumps({"joined": crowd.open(100)}), flush=True)
    while line := crowd.command():
        command, _, number = line.partition(" ")
        if command == "round":
            first, last = crowd.wait(int(number))
            print(json.dumps({"first": first, "last": last}), flush=True)
        elif command == "storm":
            crowd.close()
            print(json.dumps({"joined": crowd.open(int(how_many))}), flush=True)


if __name__ == "__main__":
    main()
