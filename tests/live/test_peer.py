"""The client of npm, as it is published and in a process of its own, follows a sitting through what can go wrong."""

from __future__ import annotations

import signal
import time
from typing import Any

import pytest
from flask import Flask

from portal.conferences.hall.incidents import note
from portal.conferences.hall.rules import IncidentKind
from portal.journal import hearing
from portal.live.door import MOST_EVENTS
from tests.hall import Hall
from tests.live.peers import peer
from tests.services.cli.test_serve import end, line, parere, stopped

pytestmark = pytest.mark.once


@pytest.fixture
def hall(database: None) -> Hall:
    made = Hall()
    made.open()
    return made


def disturb(hall: Hall) -> int:
    """Something that everybody is told; returns its number in the stream."""
    before = hearing.head(f"sitting:{hall.sitting}")
    note(hall.secretariat, hall.sitting, IncidentKind.TECHNICAL, f"Il microfono non va, {before}.", now=hall.at(2))
    assert hearing.head(f"sitting:{hall.sitting}") == before + 1
    return before + 1


def serve(app: Flask, port: str = "0", **more: Any) -> Any:
    return parere(app, "live", "--port", port, **more)


def test_a_stranger_follows_a_sitting_over_a_gap_and_two_ends_of_the_server(app: Flask, hall: Hall) -> None:
    stream = f"sitting:{hall.sitting}"
    first = disturb(hall)
    with serve(app) as server:
        address = line(server).split()[3]
        port = address.rpartition(":")[2]
        with peer(address, stream, first - 1) as stranger:
            assert stranger.hear("entry") == {"on": "entry", "seq": first, "kind": "IncidentNoted"}
            now = stranger.hear("joined")["now"] / 1000
            assert abs(now - time.time()) < 60  # however wrong its own clock is

            second = disturb(hall)
            assert stranger.hear("entry")["seq"] == second

            end(server)  # killed in the middle of the sitting
            assert "transport" in stranger.hear("disconnect")["why"]
            server.wait()
            missed = [disturb(hall), disturb(hall)]
            with serve(app, port) as again:
                line(again)
                assert [stranger.hear("entry")["seq"] for _ in missed] == missed
                assert stranger.hear("joined")["head"] == missed[-1]
                third = disturb(hall)
                assert stranger.hear("entry")["seq"] == third
                assert stopped(again, signal.SIGTERM)[0] == 0  # takes leave
                assert stranger.hear("disconnect")["why"] == "io server disconnect"


def test_a_stranger_who_sends_nonsense_or_too_much_harms_only_itself(app: Flask, hall: Hall) -> None:
    stream = f"sitting:{hall.sitting}"
    head = disturb(hall)
    with serve(app) as server:
        address = line(server).split()[3]
        with peer(address, stream, head) as good, peer(address, stream, head) as bad:
            for one in (good, bad):
                assert one.hear("joined")["head"] == head
            bad.say("no_such_event", {"x": 1}, ack=False)
            bad.say("join", {"streams": {"x" * 9_000: 1}})
            assert bad.hear("ack")["answer"]["streams"] == {"x" * 9_000: None}
            bad.say("join", {"x": "x" * 10_000}, ack=False)  # ten thousand characters and its frame
            assert "transport" in bad.hear("disconnect")["why"]
            assert bad.hear("joined")["head"] == head
            bad.say("time", {}, times=MOST_EVENTS + 5, ack=False)
            assert bad.hear("disconnect")["why"] == "io server disconnect"
            assert bad.hear("joined")["head"] == head
            told = disturb(hall)
            assert (good.hear("entry")["seq"], bad.hear("entry")["seq"]) == (told, told)
        code, output = stopped(server, signal.SIGTERM)
    assert (code, "Traceback" in output) == (0, False), output
