"""Pages: processor time of the server a request, next to a bare page of the same size from the same process."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from bench.client import Client, request
from bench.server import BARE, Server

ROUNDS = 7


@dataclass(frozen=True)
class Cost:
    """What one request costs: milliseconds of the server's processor, bytes sent, share of the bare rate."""

    name: str
    ms: float
    size: int
    share: float


def measure(server: Server, name: str, wanted: bytes, *, status: int = 200, requests: int = 150) -> Cost:
    """Take turns with the bare page, so that both meet the same machine; the median of the ratios counts."""
    client = Client(server.port)
    body = b""
    for _ in range(10):
        got, _, body = client.ask(wanted)
        if got != status:
            raise RuntimeError(f"{name}: {got} instead of {status}: {body[:300]!r}")
    size = len(body)
    bare = request(f"{BARE}?size={size}")
    shares, times = [], []
    for _ in range(ROUNDS):
        of_bare = _spent(server, client, bare, requests)
        of_page = _spent(server, client, wanted, requests)
        shares.append(of_bare / of_page)
        times.append(of_page / requests)
    client.close()
    return Cost(name, 1000 * statistics.median(times), size, statistics.median(shares))


def _spent(server: Server, client: Client, wanted: bytes, times: int) -> float:
    before = server.cpu()
    for _ in range(times):
        client.ask(wanted)
    return server.cpu() - before


def etag(server: Server, wanted: bytes) -> str:
    """What a reader who has the page already sends along."""
    client = Client(server.port)
    _, headers, _ = client.ask(wanted)
    client.close()
    return headers.get("etag", "")
