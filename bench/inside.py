"""What is measured inside the bench's own process: statements, the bare insert, the export."""

from __future__ import annotations

import csv
import io
import secrets
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event

from bench.city import Made
from bench.client import Client, request
from bench.server import Server
from portal.accounts.queries import actor_of_person
from portal.accounts.start_session import start_session
from portal.comments.models import Comment
from portal.comments.passages import Passage
from portal.comments.points import Place, Point
from portal.comments.rules import CommentKind, CommentState
from portal.comments.sentences import split
from portal.comments.submit import submit
from portal.comments.write_draft import begin
from portal.db import db
from portal.kernel import clock
from portal.kernel.actor import Actor
from portal.plan.models import Paragraph
from portal.records.columns import Format, Profile
from portal.records.export import export
from portal.records.remarks import CHUNK

TEXT = "Il Comune chiede di chiarire chi cura la manutenzione e con quali risorse. " * 4


@dataclass(frozen=True)
class SignedIn:
    """What a browser of somebody who has signed in sends along."""

    cookie: str
    csrf: str


def signed_in(app: Flask, person_id: int, mandate_id: int) -> SignedIn:
    """A session as the sign-in page would have begun it."""
    raw = secrets.token_hex(20)
    session = {"_user_id": start_session(person_id, "link", "bench", now=clock.now()), "_fresh": True}
    session |= {"csrf_token": raw, "acting": mandate_id}
    signer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    token = URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token").dumps(raw)
    name = app.config["SESSION_COOKIE_NAME"]
    return SignedIn(f"{name}={signer.dumps(session)}", str(token))


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """The SQL that was sent meanwhile with its parameters, without begin and commit."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append((statement, parameters))

    event.listen(sa.engine.Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(sa.engine.Engine, "before_cursor_execute", note)


def asked(app: Flask, path: str, who: SignedIn | None) -> int:
    """How many statements a page takes once the process is warm."""
    client = app.test_client(use_cookies=False)
    headers = {"Cookie": who.cookie} if who else {}

    def get() -> None:
        answer = Context().run(client.get, path, headers=headers)  # as in a server: nothing is left over
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status}")

    get()
    get()
    with statements() as seen:
        get()
    return len(seen)


def bare_insert(made: Made, times: int = 300) -> float:
    """Seconds of processor time of one row through the ORM with its commit."""
    base = 10_000_000

    def one(n: int) -> None:
        session = db.session()
        session.rollback()
        session.connection(execution_options={"write": True})
        session.add(
            Comment(
                submission_id=1, consultation_id=made.consultation_id, body_id=made.body_id, position=base + n,
                client_key=f"bare-{n}", revision=1, number=base + n, kind=CommentKind.SUPPORT,
                action_id=made.action_ids[0], observation=TEXT, salt="0" * 32, state=CommentState.WITHDRAWN,
            )
        )  # fmt: skip
        session.commit()

    spent = _each(one, times)
    db.session.execute(sa.delete(Comment).where(Comment.position >= base))
    db.session.commit()
    return spent


def sentence(made: Made) -> tuple[Passage, ...]:
    """The second sentence of the first paragraph, as somebody chooses it."""
    paragraph = db.session.get_one(Paragraph, made.paragraph_ids[0][0])
    found = split(paragraph.text)[1]
    return (Passage(paragraph.key, found.start, found.end, found.exact),)


def drafts(made: Made, how_many: int, passages: tuple[Passage, ...] = ()) -> list[int]:
    """Drafts to be sent, written in advance, on a whole paragraph or on passages of it."""
    mayor = _mayor(made)
    return [_draft(made, mayor, passages) for _ in range(how_many)]


def sent(server: Server, who: SignedIn, waiting: list[int]) -> float:
    """Seconds of the server's processor for each draft that is sent from its page."""
    client, spent = Client(server.port), []
    for submission_id in waiting:
        body = urlencode({"csrf_token": who.csrf}).encode()
        path = f"/osservazioni/bozze/{submission_id}/invio"
        wanted = request(path, method="POST", body=body, Cookie=who.cookie)
        before = server.cpu()
        status, headers, said = client.ask(wanted)
        spent.append(server.cpu() - before)
        if status != 303 or "/ricevute/" not in headers["location"]:
            raise RuntimeError(f"not sent: {status} {said[:500]!r}")
    client.close()
    return statistics.median(spent)


def _mayor(made: Made) -> Actor:
    mayor = actor_of_person(made.mayor_id, acting=made.mandate_id, now=clock.now())
    assert mayor is not None
    return mayor


def _draft(made: Made, mayor: Actor, passages: tuple[Passage, ...]) -> int:
    place = Place(made.consultation_id, made.action_ids[0], paragraph_id=made.paragraph_ids[0][0])
    point = Point(CommentKind.SUPPORT, TEXT, reasons=TEXT, passages=passages)
    return begin(mayor, place, point, secrets.token_hex(16), now=clock.now()).submission_id


def verb(made: Made, times: int = 40) -> float:
    """Seconds of processor time of the verb that submits, without the web around it."""
    mayor = _mayor(made)
    waiting = drafts(made, times)
    return _each(lambda n: submit(mayor, waiting[n], now=clock.now()), times)


def _each(act: Callable[[int], object], times: int) -> float:
    spent = []
    for n in range(times):
        began = time.process_time()
        act(n)
        spent.append(time.process_time() - began)
    return statistics.median(spent)


@dataclass(frozen=True)
class Export:
    """Seconds of processor time and megabytes at the peak."""

    seconds: float
    driver_seconds: float
    peak_mb: float
    rows: int


def exported() -> Export:
    """The public CSV of everything, next to the same statements through the driver and `csv`."""

    def whole() -> int:
        pieces = export(Actor.anonymous(), Format.CSV, Profile.PUBLIC, demonstration=False, now=clock.now())
        return sum(piece.count("\r\n") for piece in pieces)

    with statements() as seen:
        whole()
    seconds = _best(whole)
    driver_seconds = _best(lambda: _by_driver(*_all_at_once(seen)))
    db.session.rollback()
    tracemalloc.start()
    rows = whole() - 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return Export(seconds, driver_seconds, peak / 2**20, rows)


def _all_at_once(seen: list[tuple[str, Any]]) -> tuple[str, Any]:
    """The statement that reads a piece of the remarks, with the limit of the piece taken away."""
    statement, parameters = next((s, p) for s, p in seen if "FROM comment" in s and "LIMIT" in s)
    if isinstance(parameters, dict):
        return statement, {k: 10**9 if v == CHUNK else v for k, v in parameters.items()}
    return statement, tuple(10**9 if v == CHUNK else v for v in parameters)


def _by_driver(statement: str, parameters: Any) -> None:
    """The same rows by the database's driver alone, written by `csv` alone."""
    cursor: Any = db.session.connection().connection.cursor()
    cursor.execute(statement, parameters)
    buffer = io.StringIO()
    csv.writer(buffer).writerows(cursor)
    cursor.close()


def _best(work: Callable[[], object], times: int = 3) -> float:
    spent = []
    for _ in range(times):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return min(spent)
