"""The servers as operators start them: sockets are told what another process commits, counted, and let go in time."""

from __future__ import annotations

import signal
import time

import pytest
from flask import Flask

from portal.cli.serve import GRACE
from portal.comments.hand_over import make_ready
from portal.kernel import clock
from tests.conftest import Clock
from tests.fixtures.services import DATABASE
from tests.live.wire import knock, wire
from tests.remarks import Round
from tests.services.cli.test_serve import PATIENCE, get, line, parere, stopped

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def round_(clock: Clock, database: None) -> Round:
    return Round()


def act(round_: Round) -> None:
    make_ready(round_.mayor, round_.draft().submission_id, now=clock.now())


@pytest.mark.parametrize("command", [["serve"], ["live"]], ids=["beside the pages", "alone"])
def test_what_another_process_commits_is_told_and_the_server_stops_in_time(
    app: Flask, round_: Round, command: list[str]
) -> None:
    stream = f"consultation:{round_.consultation.id}"
    with parere(app, *command, "--port", "0") as server:
        address = line(server).split()[3]
        with wire(address) as visitor:
            assert visitor.ask("join", {"streams": {stream: 0}})["streams"] == {stream: {"head": 0, "missed": []}}
            act(round_)
            assert visitor.hear("entry") == {"stream": stream, "seq": 1}
            head = visitor.hear("head")
            assert (head["seq"], abs(head["now"] / 1000 - time.time()) < 30) == (1, True)
            assert get(address + "/healthz") == 200
            began = time.monotonic()
            server.send_signal(signal.SIGTERM)
            visitor.until_closed()
        output, _ = server.communicate(timeout=PATIENCE)
    assert time.monotonic() - began < GRACE, "open sockets held the server up"
    assert (server.returncode, "Traceback" in output) == (0, False), output


@pytest.mark.once
def test_who_comes_from_another_site_is_refused(app: Flask, round_: Round) -> None:
    with parere(app, "serve", "--port", "0") as server:
        address = line(server).split()[3]
        assert knock(address, Origin="https://altrove.example") == 400
        assert knock(address, Origin=address) == 101
        assert stopped(server, signal.SIGTERM)[0] == 0


@pytest.mark.once
def test_beyond_the_limit_sockets_are_refused_and_pages_answered(app: Flask, round_: Round) -> None:
    with parere(app, "serve", "--port", "0", "--threads", "1", LIVE_SOCKETS="2") as server:
        address = line(server).split()[3]
        with wire(address), wire(address):
            assert knock(address) == 503
            assert get(address + "/readyz") == 200
        assert stopped(server, signal.SIGTERM)[0] == 0


def test_two_processes_with_a_queue_tell_each_entry_once(app: Flask, round_: Round, redis_url: str) -> None:
    stream = f"consultation:{round_.consultation.id}"
    if DATABASE == "sqlite":
        pytest.skip("several processes need PostgreSQL")
    act(round_)
    with (
        parere(app, "live", "--port", "0", REDIS_URL=redis_url) as one,
        parere(app, "live", "--port", "0", REDIS_URL=redis_url) as other,
    ):
        with wire(line(one).split()[3]) as first, wire(line(other).split()[3]) as second:
            for listener in (first, second):
                listener.ask("join", {"streams": {stream: 1}})
                listener.hear("head")
            act(round_)
            act(round_)
            for listener in (first, second):
                assert [listener.hear("entry")["seq"], listener.hear("entry")["seq"]] == [2, 3]
        for server in (one, other):
            assert stopped(server, signal.SIGTERM)[0] == 0
