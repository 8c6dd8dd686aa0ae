"""The sockets of this process: who is connected, what they follow, and the acts they can do, each with an HTTP twin."""

from __future__ import annotations

import logging
import sys
import time
from collections import Counter
from typing import Any

from flask import Flask, request, session
from flask_babel import get_locale, gettext
from flask_socketio import SocketIO, join_room, leave_room

from portal.journal import hearing
from portal.journal.hearing import MOST_MISSED
from portal.kernel import clock
from portal.kernel.actor import Actor
from portal.kernel.errors import DomainError, NotFound
from portal.kernel.words import said
from portal.live import voting
from portal.live.door import MOST_STREAMS, Caller
from portal.live.lately import Lately
from portal.live.reading import whole
from portal.live.rooms import rooms_of

log = logging.getLogger(__name__)
CHANNEL = "parere-live"  # of the message queue, named so that two programs on one Redis never mix
LARGEST_MESSAGE = 10_000
PING_EVERY, PING_WAIT = 25, 20  # seconds
# Seconds for which visitors are answered alike: when a server starts again a thousand of them come back at once. What
# is committed meanwhile, and told before they are in the room, the next head tells them.
VISITORS_KEPT, ANSWERS_KEPT = 1.0, 0.05


class Hub:
    """Everything that travels on sockets passes here; `tell` is the only place that emits."""

    def __init__(self, app: Flask, origins: list[str] | None, redis_url: str) -> None:
        self._app = app
        self._callers: dict[str, Caller] = {}
        self._visitors: Lately[hearing.Ear | None] = Lately(VISITORS_KEPT)
        self._answers: Lately[dict[str, Any]] = Lately(ANSWERS_KEPT)
        self.sockets: Any = SocketIO(  # its stubs know neither its server nor what that server takes
            async_mode="gevent" if _under_gevent() else "threading",
            async_handlers=False,  # one after the other for each socket; a thread more for each event helps nobody
            manage_session=False,
            max_http_buffer_size=LARGEST_MESSAGE,
            ping_interval=PING_EVERY,
            ping_timeout=PING_WAIT,
            logger=False,
            engineio_logger=False,
        )
        options: dict[str, Any] = {"transports": ["websocket"], "cors_allowed_origins": origins}
        if redis_url:
            options |= {"message_queue": redis_url, "channel": CHANNEL}
        for event, handler in {"connect": self._connect, "disconnect": self._disconnect}.items():
            self.sockets.on_event(event, handler)
        acts = {"join": self._join, "leave": self._leave, "time": self._time, "cast": voting.cast}
        for event, act in acts.items():
            self.sockets.on_event(event, self._guarded(act))
        self.sockets.init_app(app, **options)

    @property
    def connected(self) -> int:
        """How many sockets are open here."""
        return len(self._callers)

    @property
    def followed(self) -> set[str]:
        """The streams that somebody here follows."""
        return set(self.following)

    @property
    def following(self) -> Counter[str]:
        """How many sockets here follow each stream."""
        return Counter(stream for caller in list(self._callers.values()) for stream in list(caller.ears))

    def tell(self, room: str | list[str], event: str, data: dict[str, Any]) -> None:
        """Say something to everybody in a room, or in one of several, wherever they are connected."""
        self.sockets.emit(event, data, to=room)

    def tell_here(self, room: str, event: str, data: dict[str, Any]) -> None:
        """Say something to those of a room who are connected to this process; needs no queue."""
        self.sockets.emit(event, data, to=room, ignore_queue=True)

    def close(self) -> None:
        """Take leave of everybody here: they come back to whoever answers next."""
        for sid in list(self._callers):
            self._drop(sid)

    def look_again(self) -> int:
        """Close the sockets that hear more than the public and may not any more; return how many."""
        closed = 0
        open_to_all = _open_to_all(self.followed)
        for sid, caller in list(self._callers.items()):
            looked_at = {
                stream: ear for stream, ear in list(caller.ears.items()) if not (ear.is_public and open_to_all[stream])
            }
            if not looked_at:
                continue
            actor = caller.actor()
            if any(_ear(actor, stream) != ear for stream, ear in looked_at.items()):
                self._drop(sid)
                closed += 1
        return closed

    def _drop(self, sid: str) -> None:
        try:
            self.sockets.server.disconnect(sid)
        except Exception:
            log.exception("a socket could not be closed")
        self._callers.pop(sid, None)

    def _connect(self, _auth: Any = None) -> None:
        self._callers[_sid()] = Caller.of(session)

    def _disconnect(self, *_why: Any) -> None:
        self._callers.pop(_sid(), None)

    def _guarded(self, act: Any) -> Any:
        """A refusal becomes an acknowledgement with its code; a fault is written down and told as nothing more."""

        def answer(data: Any = None) -> dict[str, Any] | None:
            caller = self._callers.get(_sid())
            if caller is None:
                return None
            if not caller.knocks(time.monotonic()):
                self._drop(_sid())
                return None
            try:
                told: dict[str, Any] = act(caller, data if isinstance(data, dict) else {})
            except DomainError as error:
                words = said(error.words, gettext, str(get_locale()))
                return {"ok": False, "code": error.code, "words": words, "now": _now()}
            except Exception:
                log.exception("a socket's event failed")
                return {"ok": False, "code": "fault", "now": _now()}
            return {"ok": True, "now": _now(), **told}

        return answer

    def _join(self, caller: Caller, data: dict[str, Any]) -> dict[str, Any]:
        """Follow streams from the numbers one has: `{streams: {"consultation:3": 57}, mandate: 12}`."""
        wanted = data.get("streams")
        wanted = wanted if isinstance(wanted, dict) else {}
        caller.acting = whole(data.get("mandate")) or caller.acting
        actor = caller.actor()
        joined: dict[str, Any] = {}
        for stream, has in list(wanted.items())[:MOST_STREAMS]:
            stream = str(stream)
            ear = self._ear(actor, stream)
            if ear is None or len(caller.ears.keys() | {stream}) > MOST_STREAMS:
                self._leave(caller, {"stream": stream})
                joined[stream] = None
                continue
            self._stand(caller, stream, ear)
            joined[stream] = self._caught_up(caller, stream, whole(has))
        return {"streams": joined}

    def _stand(self, caller: Caller, stream: str, ear: hearing.Ear) -> None:
        if (before := caller.ears.get(stream)) not in {None, ear}:
            for room in rooms_of(stream, before or hearing.Ear()):
                leave_room(room)
        for room in rooms_of(stream, ear):
            join_room(room)
        caller.ears[stream] = ear

    def _caught_up(self, caller: Caller, stream: str, has: int | None) -> dict[str, Any]:
        """Where the stream stands, and what of it was missed; `missed` is null where a page is asked for anew."""
        ear = caller.ears[stream]
        if ear.is_public:
            return self._answers.get((stream, has), lambda: _missed(stream, has, ear))
        return _missed(stream, has, ear)

    def _ear(self, actor: Actor, stream: str) -> hearing.Ear | None:
        """In what quality one follows a stream; the same for every visitor."""
        if actor.is_anonymous:
            return self._visitors.get(stream, lambda: _ear(actor, stream))
        return _ear(actor, stream)

    def _leave(self, caller: Caller, data: dict[str, Any]) -> dict[str, Any]:
        """Follow a stream no longer."""
        stream = str(data.get("stream", ""))
        ear = caller.ears.pop(stream, None)
        for room in rooms_of(stream, ear) if ear else ():
            leave_room(room)
        return {"left": ear is not None}

    def _time(self, _caller: Caller, _data: dict[str, Any]) -> dict[str, Any]:
        """The server's clock, for countdowns: the acknowledgement carries it."""
        return {}


def _ear(actor: Actor, stream: str) -> hearing.Ear | None:
    """In what quality one follows a stream; None where one may not."""
    try:
        return hearing.ear_of(actor, stream)
    except NotFound:
        return None


def _missed(stream: str, has: int | None, ear: hearing.Ear) -> dict[str, Any]:
    head = hearing.head(stream)
    if has is None or head - has > MOST_MISSED:
        return {"head": head, "missed": None}
    return {"head": head, "missed": [entry.to(ear) for entry in hearing.missed(stream, has) if entry.seq <= head]}


def _open_to_all(streams: set[str]) -> dict[str, bool]:
    """Of each stream, whether a visitor may follow it: asked once, not for every visitor."""
    visitor = Actor.anonymous()
    return {stream: not hearing.is_guarded(stream) or _ear(visitor, stream) is not None for stream in streams}


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]


def _now() -> int:
    """Milliseconds since 1970, as browsers count."""
    return int(clock.now().timestamp() * 1000)


def _under_gevent() -> bool:
    """True where the server has replaced the threads of this process by gevent's before it loaded the program."""
    monkey = sys.modules.get("gevent.monkey")
    return bool(monkey and monkey.is_module_patched("threading"))
