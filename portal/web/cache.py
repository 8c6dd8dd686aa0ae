"""Public pages as they were sent: kept compressed while nothing public changes, answered 304 to those who have them.

Only what a visitor without a session sees is kept. A page is served again only if the journal's stamp is the same and
the clock has passed no instant that changes words (an opening, a deadline, midnight in Rome).
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from flask import Flask, Response, current_app, render_template, request, session
from flask_babel import get_locale
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from portal.journal.stamp import stamp
from portal.kernel.clock import at_rome, local_day
from portal.web.door import current_actor_or_visitor, now
from portal.web.editions import shelf

P = ParamSpec("P")
T = TypeVar("T")
MOST_FIGURES = 2000
MOST_BYTES = 48 * 2**20
PRIVATE = ("_user_id", "_flashes")


@dataclass(frozen=True)
class Kept:
    """A page with the conditions under which it may be sent again."""

    body: bytes
    packed: bytes
    etag: str
    stamp: int
    since: datetime
    until: datetime

    def holds(self, seen: int, at: datetime) -> bool:
        """True while nothing public has changed and the clock changes no word."""
        return self.stamp == seen and self.since <= at < self.until

    @property
    def size(self) -> int:
        """How much memory it takes."""
        return len(self.body) + len(self.packed)


class Pages:
    """The pages that are kept, least used first, within a number of bytes."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, ...]) -> Kept | None:
        """The page of a key, whether it still holds or not."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: tuple[str, ...], page: Kept) -> None:
        """Keep a page and drop the least used beyond the limit."""
        with self._lock:
            old = self._kept.pop(key, None)
            self._size += page.size - (old.size if old else 0)
            self._kept[key] = page
            while self._size > self._most and self._kept:
                self._size -= self._kept.popitem(last=False)[1].size

    def __len__(self) -> int:
        return len(self._kept)


def install(app: Flask) -> None:
    """Give the application its pages. Tests put rows by hand, without a journal: there nothing is kept unless asked."""
    app.extensions["pages"] = Pages()
    app.extensions["fragments"] = Pages()
    app.extensions["derived"] = OrderedDict()
    app.config.setdefault("KEEP_PAGES", not app.testing)


def public_page(view: Callable[P, str | BaseResponse]) -> Callable[P, str | BaseResponse]:
    """Keep what this view shows to visitors."""

    @wraps(view)
    def kept(*args: P.args, **kwargs: P.kwargs) -> str | BaseResponse:
        if not _for_everybody():
            return view(*args, **kwargs)
        pages: Pages = current_app.extensions["pages"]
        key = (request.script_root, request.full_path, str(get_locale()))
        seen, at = stamp(), now()
        page = pages.get(key)
        if page is None or not page.holds(seen, at):
            made = view(*args, **kwargs)
            if not isinstance(made, str) or session.modified:
                return made
            page = _keep(made, key, seen, at)
            pages.put(key, page)
        return _answer(page)

    return kept


def derived(name: str, of: int, make: Callable[[], T]) -> T:
    """Public figures that change only with the journal, such as tallies: computed once for each of its stamps."""
    if not current_app.config["KEEP_PAGES"]:
        return make()
    known: OrderedDict[tuple[str, int], tuple[int, Any]] = current_app.extensions["derived"]
    seen, key = shelf().stamp, (name, of)
    found = known.get(key)
    if found is None or found[0] != seen:
        found = known[key] = (seen, make())
        while len(known) > MOST_FIGURES:
            known.popitem(last=False)
    value: T = found[1]
    return value


def fragment(template: str, audience: str, context: Callable[[], dict[str, Any]]) -> Markup:
    """The part of a page that is the same for everybody of an audience, rendered once while it is true."""
    if not current_app.config["KEEP_PAGES"]:
        return Markup(render_template(template, **context()))  # noqa: S704  (a template escapes)
    pages: Pages = current_app.extensions["fragments"]
    key = (request.script_root, request.full_path, str(get_locale()), template, audience)
    at, seen = now(), shelf().stamp
    part = pages.get(key)
    if part is None or not part.holds(seen, at):
        body = render_template(template, **context()).encode()
        part = Kept(body, b"", "", seen, at, _next_change(at))
        pages.put(key, part)
    return Markup(part.body.decode())  # noqa: S704  (a template escapes)


def _for_everybody() -> bool:
    return (
        bool(current_app.config["KEEP_PAGES"])
        and request.method in {"GET", "HEAD"}
        and not any(name in session for name in PRIVATE)
        and current_actor_or_visitor().is_anonymous
    )


def _keep(made: str, key: tuple[str, ...], seen: int, at: datetime) -> Kept:
    body = made.encode()
    until = _next_change(at)
    etag = hashlib.sha256(body).hexdigest()[:32]
    return Kept(body, gzip.compress(body, 6, mtime=0), etag, seen, at, until)


def _next_change(at: datetime) -> datetime:
    midnight = at_rome(local_day(at) + timedelta(days=1), time(0))
    change = shelf().next_change(at)
    return min(midnight, change) if change else midnight


def _answer(page: Kept) -> Response:
    headers = {"ETag": f'W/"{page.etag}"', "Vary": "Cookie, Accept-Encoding"}
    if request.if_none_match.contains_weak(page.etag):
        return Response(status=304, headers=headers)
    if request.accept_encodings["gzip"] > 0:
        return Response(page.packed, headers=headers | {"Content-Encoding": "gzip"}, mimetype="text/html")
    return Response(page.body, headers=headers, mimetype="text/html")
