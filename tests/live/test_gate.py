"""So many sockets and no more; sockets never take the threads that answer pages."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

from portal.live.gate import Gate


class Inner:
    """An application in which every request waits until it is let go, and that counts how many wait."""

    def __init__(self) -> None:
        self.inside = self.most = 0
        self.lock = threading.Lock()
        self.entered, self.go = threading.Semaphore(0), threading.Event()

    def __call__(self, _environ: Any, start_response: Any) -> Iterable[bytes]:
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.entered.release()
        self.go.wait(60)
        with self.lock:
            self.inside -= 1
        start_response("200 OK", [])
        return [b"done"]


def ask(gate: Gate, path: str, answers: list[str]) -> threading.Thread:
    def run() -> None:
        gate({"PATH_INFO": path}, lambda status, _headers, _exc=None: answers.append(status))  # type: ignore[arg-type]

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_beyond_the_limit_a_socket_is_refused_and_a_page_is_not() -> None:
    inner, answers = Inner(), list[str]()
    gate = Gate(inner, 3)
    open_ones = [ask(gate, "/socket.io/", answers) for _ in range(3)]
    for _ in open_ones:
        assert inner.entered.acquire(timeout=60)
    ask(gate, "/socket.io/", answers).join(60)
    assert answers == ["503 Service Unavailable"]
    page = ask(gate, "/", answers)
    assert inner.entered.acquire(timeout=60)
    inner.go.set()
    for thread in [*open_ones, page]:
        thread.join(60)
    assert answers.count("200 OK") == 4
    assert (gate.sockets, gate.refused) == (0, 1)


def test_pages_wait_for_each_other_and_not_for_sockets() -> None:
    inner, answers = Inner(), list[str]()
    gate = Gate(inner)
    gate.open(2, 5)
    sockets = [ask(gate, "/socket.io/", answers) for _ in range(5)]
    pages = [ask(gate, "/piano", answers) for _ in range(6)]
    for _ in range(7):
        assert inner.entered.acquire(timeout=60)
    assert not inner.entered.acquire(timeout=0.05)
    inner.go.set()
    for thread in [*sockets, *pages]:
        thread.join(60)
    assert inner.most == 7
    assert answers.count("200 OK") == 11
