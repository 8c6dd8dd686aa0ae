"""A hall with telephones in one process: everybody sends at once, and the last acknowledgement ends it.

    python -m bench.voters PORT FILE        FILE lists who they are: [[cookie, mandate], ...]

Commands come on standard input: `burst cast 7` lets all answer vote 7 over their sockets, `burst bare 0` lets all send
the bare event. The answer tells when the last was acknowledged, the median, the slowest of a hundred, and the errors.
"""

from __future__ import annotations

import json
import resource
import secrets
import statistics
import sys
import time
from pathlib import Path

from bench.listeners import PATIENCE, Crowd, Listener, frame

CHOICES = ("yes", "no", "abstain")


class Voter(Listener):
    """One telephone, signed in."""

    def __init__(self, address: tuple[str, int], cookie: str, mandate: int) -> None:
        super().__init__(address, b"431[", "poll:0", f"Cookie: {cookie}")
        self._steps = [(b"101 ", None), (b"0{", frame("40")), (b"40{", None)]
        self._mandate = mandate
        self.said = b""

    def send(self, event: str, poll: int, number: int) -> None:
        """Answer, without waiting."""
        key, choice = secrets.token_hex(16), CHOICES[number % 3]
        asked = {"poll": poll, "mandate": self._mandate, "choice": choice, "key": key, "confirmed": True}
        self.said = b""
        self.socket.send(frame("421" + json.dumps([event, asked], separators=(",", ":"))))

    def hear(self) -> bool:
        """Take what has come; true once the acknowledgement is there."""
        self.said += self.socket.recv(65536)
        if b"\x81\x012" in self.said:
            self.socket.send(frame("3"))
            self.said = self.said.replace(b"\x81\x012", b"")
        return b"431[" in self.said and self.said.endswith(b"]")


class Hall(Crowd):
    """All of them."""

    def __init__(self, port: int, people: list[tuple[str, int]]) -> None:
        super().__init__([("127.0.0.1", port)], len(people), "ack", "poll:0")
        self._people = people

    def made(self, address: tuple[str, int], number: int) -> Listener:
        """A telephone of its own for each."""
        return Voter(address, *self._people[number])

    def burst(self, event: str, poll: int) -> dict[str, float]:
        """Everybody at once."""
        voters = {number: one for number, one in self._all.items() if isinstance(one, Voter)}
        took: list[float] = []
        wrong, began = 0, time.perf_counter()
        for number, one in enumerate(voters.values()):
            one.send(event, poll, number)
        waiting = set(voters)
        while waiting and time.perf_counter() - began < PATIENCE:
            for number, _ in self._poll.poll(0.5):
                if number in voters and voters[number].hear() and number in waiting:
                    waiting.discard(number)
                    took.append(time.perf_counter() - began)
                    wrong += b'"ok":true' not in voters[number].said
        cuts = statistics.quantiles(took, n=100, method="inclusive")
        return {"total": max(took), "p50": cuts[49], "p99": cuts[98], "errors": wrong + len(waiting)}


def main() -> None:
    """Open, then do what one is told."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (20_000, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    people = [(str(cookie), int(mandate)) for cookie, mandate in json.loads(Path(sys.argv[2]).read_text())]
    hall = Hall(int(sys.argv[1]), people)
    print(json.dumps({"joined": hall.open(100)}), flush=True)
    while line := hall.command():
        _, event, poll = line.split()
        print(json.dumps(hall.burst(event, int(poll))), flush=True)


if __name__ == "__main__":
    main()
