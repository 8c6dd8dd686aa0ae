"""The client of these tests hears all that it is told, in however few pieces it comes."""

from __future__ import annotations

import socket
import threading

import pytest
from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, Request, TextMessage

from tests.live.wire import Wire

pytestmark = pytest.mark.once


def _in_one_piece(listener: socket.socket, answers: list[str]) -> None:
    peer, _ = listener.accept()
    with peer:
        frames = WSConnection(ConnectionType.SERVER)
        frames.receive_data(peer.recv(65536))
        assert [type(event) for event in frames.events()] == [Request]
        greeting = frames.send(AcceptConnection()) + frames.send(TextMessage(data='0{"sid":"x"}'))
        peer.sendall(greeting)
        while len(answers) < 2:
            frames.receive_data(peer.recv(65536))
            answers += [event.data for event in frames.events() if isinstance(event, TextMessage)]
            if answers == ["40"]:
                peer.sendall(frames.send(TextMessage(data="2")) + frames.send(TextMessage(data='40{"sid":"y"}')))


def test_a_greeting_that_comes_with_the_handshake_is_heard_and_a_ping_is_answered_before_the_welcome() -> None:
    answers: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        other = threading.Thread(target=_in_one_piece, args=(listener, answers))
        other.start()
        opened = Wire(f"http://127.0.0.1:{listener.getsockname()[1]}")
        other.join(30)
        opened.close()
    assert (opened.opened, answers) == ({"sid": "x"}, ["40", "3"])
