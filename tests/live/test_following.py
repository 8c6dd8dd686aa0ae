"""Who follows a stream is told every number, and the facts that are for them; nothing else travels."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from portal.accounts.end_mandate import end_mandate
from portal.accounts.end_session import end_other_sessions
from portal.comments.hand_over import make_ready
from portal.journal import hearing
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from portal.live.door import MOST_EVENTS, MOST_STREAMS
from tests import factories
from tests.factories import NOW
from tests.live.conftest import Enter
from tests.live.listener import Listener, Turned
from tests.remarks import Round


@pytest.fixture
def round_() -> Round:
    return Round()


def stream(of: Round) -> str:
    return f"consultation:{of.consultation.id}"


def follow(listener: Listener, of: Round, seen: int | None = 0) -> dict[str, object]:
    answer = listener.ask("join", {"streams": {stream(of): seen}})
    assert answer["ok"]
    found: dict[str, object] = answer["streams"][stream(of)]
    return found


def test_what_is_committed_is_told_to_everybody_who_follows(enter: Enter, turn: Turned, round_: Round) -> None:
    visitor, other = enter(), enter()
    follow(visitor, round_)
    row = round_.remark()
    assert turn() == 1
    (entry,) = visitor.heard()
    assert (entry["kind"], entry["seq"], entry["stream"]) == ("SubmissionReceived", 1, stream(round_))
    assert entry["facts"]["comments"] == [row.number]
    assert other.heard() == []


def test_no_word_no_name_and_no_hash_travels(enter: Enter, turn: Turned, round_: Round) -> None:
    staff = enter(round_.secretary)
    follow(staff, round_)
    row = round_.remark(observation="Parola riconoscibile.")
    round_.refuse(row, text="Motivo riconoscibile, scritto per esteso.")
    turn()
    said = json.dumps(staff.heard())
    assert "riconoscibile" not in said
    assert "sha256" not in said and "commitment" not in said and "person" not in said


def test_what_is_for_a_body_is_a_number_to_all_others(enter: Enter, turn: Turned, round_: Round) -> None:
    other = enter(factories.holder(Office.MAYOR, factories.body()))
    own, staff, visitor = enter(round_.mayor), enter(round_.secretary), enter()
    for listener in (own, other, staff, visitor):
        follow(listener, round_)
    make_ready(round_.mayor, round_.draft().submission_id, now=NOW)
    turn()
    assert "SubmissionMadeReady" in {entry.get("kind") for entry in own.heard()}
    for listener in (other, staff, visitor):
        assert listener.heard() == [{"stream": stream(round_), "seq": 1}]


def test_who_was_away_is_told_what_was_missed(enter: Enter, turn: Turned, round_: Round) -> None:
    for _ in range(3):
        round_.remark()
    late = enter()
    found = follow(late, round_, 1)
    assert found["head"] == 3
    assert [entry["seq"] for entry in found["missed"]] == [2, 3]  # type: ignore[attr-defined]


def test_who_was_away_too_long_is_told_to_ask_for_the_page(
    enter: Enter, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.live.hub.MOST_MISSED", 2)
    for _ in range(3):
        round_.remark()
    assert follow(enter(), round_, 0) == {"head": 3, "missed": None}
    assert follow(enter(), round_, None) == {"head": 3, "missed": None}


def test_heads_say_how_far_each_stream_has_come(
    enter: Enter, app: Flask, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.live.relay.HEADS_EVERY", 0.0)
    turn = Turned(app)
    round_.remark()
    visitor = enter()
    follow(visitor, round_)
    turn()
    (head,) = visitor.heard("head")
    assert (head["stream"], head["seq"]) == (stream(round_), 1)
    assert head["now"] > 1_700_000_000_000


def test_an_entry_is_told_once_however_often_the_relay_turns(enter: Enter, turn: Turned, round_: Round) -> None:
    visitor = enter()
    follow(visitor, round_)
    round_.remark()
    assert [turn(), turn(), turn()] == [1, 0, 0]
    assert len(visitor.heard()) == 1


def test_a_mandate_that_ends_closes_the_socket_that_heard_more(enter: Enter, app: Flask, round_: Round) -> None:
    officer = factories.holder(Office.MODERATOR)
    staff = enter(officer)
    follow(staff, round_)
    hub = app.extensions["hub"]
    assert hub.look_again() == 0
    assert officer.acting
    end_mandate(Actor.system(), officer.acting.mandate_id, None, now=NOW)
    assert hub.look_again() == 1
    assert not staff.is_there


def test_a_session_that_ends_closes_its_socket(enter: Enter, app: Flask, round_: Round) -> None:
    staff = enter(round_.secretary)
    follow(staff, round_)
    end_other_sessions(round_.secretary, now=NOW)
    assert app.extensions["hub"].look_again() == 1


def test_rights_are_read_anew_at_every_event(enter: Enter, turn: Turned, round_: Round) -> None:
    officer = factories.holder(Office.MAYOR, round_.body)
    own = enter(officer)
    follow(own, round_)
    assert officer.acting
    end_mandate(Actor.system(), officer.acting.mandate_id, None, now=NOW)
    follow(own, round_)  # asks again, and is a visitor now
    make_ready(round_.mayor, round_.draft().submission_id, now=NOW)
    turn()
    assert own.heard() == [{"stream": stream(round_), "seq": 1}]


@pytest.mark.parametrize("name", ["accounts", "mail", "plan:1", "consultation:", "consultation:1|staff", "", "x" * 500])
def test_what_cannot_be_followed_is_not(enter: Enter, name: str) -> None:
    answer = enter().ask("join", {"streams": {name: 0}})
    assert answer["streams"][name] is None


ODD: list[object] = [
    None, [], "x", {}, {"streams": []}, {"streams": {"consultation:1": "x"}},
    {"streams": {"consultation:1": -1}, "mandate": "1"}, {"mandate": 10**12},
]  # fmt: skip


@pytest.mark.parametrize("data", ODD, ids=str)
def test_odd_requests_are_answered(enter: Enter, data: object) -> None:
    assert enter().ask("join", data)["ok"]


def test_a_mandate_that_is_not_ones_own_opens_nothing(enter: Enter, turn: Turned, round_: Round) -> None:
    stranger = enter(factories.holder(Office.MAYOR, factories.body()))
    assert round_.secretary.acting
    mandate = round_.secretary.acting.mandate_id
    stranger.ask("join", {"streams": {stream(round_): 0}, "mandate": mandate})
    make_ready(round_.mayor, round_.draft().submission_id, now=NOW)
    turn()
    assert stranger.heard() == [{"stream": stream(round_), "seq": 1}]


def test_nobody_follows_more_than_a_page_can_show(enter: Enter) -> None:
    wanted = {f"consultation:{n}": 0 for n in range(1, MOST_STREAMS + 6)}
    listener = enter()
    first = listener.ask("join", {"streams": wanted})["streams"]
    assert len(first) == MOST_STREAMS
    assert listener.ask("join", {"streams": {"consultation:999": 0}})["streams"] == {"consultation:999": None}


def test_who_left_a_stream_hears_nothing_of_it(enter: Enter, turn: Turned, round_: Round) -> None:
    visitor = enter()
    follow(visitor, round_)
    assert visitor.ask("leave", {"stream": stream(round_)})["left"] is True
    assert visitor.ask("leave", {"stream": stream(round_)})["left"] is False
    round_.remark()
    turn()
    assert visitor.heard() == []


def test_who_knocks_too_often_is_sent_away(enter: Enter) -> None:
    listener = enter()
    for _ in range(MOST_EVENTS):
        assert listener.ask("time")["ok"]
    listener.socket.emit("time", {})
    assert not listener.is_there


def test_every_kind_that_can_be_followed_names_streams_that_exist() -> None:
    assert all(hearing.can_be_followed(f"{kind}:1") for kind in hearing.FOLLOWED)
