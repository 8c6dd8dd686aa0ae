"""What the fan-out is held against: Flask-SocketIO that does nothing else, and a bare websocket that is not even that.

    gunicorn -k gevent -w 1 bench.broadcast:app        GET /-/emit?n=1 tells everybody who joined
    python -m bench.broadcast                          the same by hand, on asyncio

Both answer with the instant, in seconds since 1970, at which they began to tell.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import struct
import time
from typing import Any

from flask import Flask
from flask_socketio import SocketIO, join_room

ENTRY = {  # of the size of an entry of a sitting
    "stream": "sitting:1", "seq": 1234, "kind": "IncidentNoted", "at": "2027-03-11T09:02:00+00:00",
    "facts": {"sitting_id": 1, "incident": 12, "incident_kind": "technical"},
}  # fmt: skip

app = Flask(__name__)
sockets: Any = SocketIO(app, async_mode="gevent", async_handlers=False, logger=False, engineio_logger=False)


@sockets.on("join")
def join(_data: Any) -> dict[str, bool]:
    """Come into the one room."""
    join_room("sitting:1")
    return {"ok": True}


@app.get("/-/emit")
def emit() -> str:
    """Tell the room."""
    began = time.time()
    sockets.emit("entry", ENTRY, to="sitting:1")
    return str(began)


class Bare(asyncio.Protocol):
    """A websocket that never listens, and the request that lets it speak to all."""

    all: set[asyncio.Transport] = set()

    def connection_made(self, transport: Any) -> None:
        """Somebody is there."""
        self.transport = transport

    def connection_lost(self, _why: Exception | None) -> None:
        """And gone."""
        self.all.discard(self.transport)

    def data_received(self, data: bytes) -> None:
        """A handshake, or the request to tell everybody."""
        if data.startswith(b"GET /-/emit"):
            body = str(tell()).encode()
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        elif data.startswith(b"GET "):
            key = data.split(b"Sec-WebSocket-Key: ")[1].split(b"\r\n")[0]
            accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
            lines = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            self.transport.write(lines + b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")
            self.all.add(self.transport)


def tell() -> float:
    """One frame, written to everybody."""
    began = time.time()
    data = ("42" + json.dumps(["entry", ENTRY], separators=(",", ":"))).encode()
    frame = struct.pack("!BBH", 0x81, 126, len(data)) + data
    for transport in Bare.all:
        transport.write(frame)
    return began


async def main() -> None:
    """Serve on a free port, and say which."""
    server = await asyncio.get_running_loop().create_server(Bare, "127.0.0.1", 0, backlog=4096)
    print(f"Listening at: http://127.0.0.1:{server.sockets[0].getsockname()[1]} ()", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
