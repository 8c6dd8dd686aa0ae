"""The last minute: how long until five hundred submissions of many bodies are acknowledged, and how many are lost."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask

from bench import inside
from bench.city import Made
from bench.client import Client, request
from bench.inside import SignedIn
from bench.report import Row
from bench.server import Server
from portal.accounts.models import Mandate
from portal.accounts.queries import actor_of_person
from portal.comments.models import Submission
from portal.comments.points import Place, Point
from portal.comments.rules import CommentKind
from portal.comments.write_draft import begin
from portal.db import db
from portal.kernel import clock
from portal.kernel.offices import Office

BODIES, SUBMISSIONS, HANDS = 60, 500, 16


@dataclass(frozen=True)
class Waiting:
    """A draft with somebody who can send it."""

    submission_id: int
    who: SignedIn


@dataclass(frozen=True)
class Burst:
    """What came of it."""

    seconds: float
    cpu_each: float
    acknowledged: int
    lost: int


def rows(app: Flask, made: Made, server: Server, bare: float) -> Iterator[Row]:
    """Send everything at once from as many hands as a small office of servers would see."""
    found = send_all(server, drafts(app, made))
    words = f"last minute: {SUBMISSIONS} submissions of {BODIES} bodies, until all are acknowledged"
    yield Row(words, "s", found.seconds, None)
    yield Row(f"- each of them, with a chosen sentence ({1000 * found.cpu_each:.2f} ms)", "bare ORM inserts",
              found.cpu_each / bare, 8)  # fmt: skip
    yield Row("- lost", "submissions", found.lost, 0)


def drafts(app: Flask, made: Made) -> list[Waiting]:
    """Drafts of all bodies, each speaking of one sentence, written before the minute begins."""
    mayors = db.session.execute(
        sa.select(Mandate.person_id, Mandate.id)
        .where(Mandate.office == Office.MAYOR)
        .order_by(Mandate.id)
        .limit(BODIES)
    ).all()
    place = Place(made.consultation_id, made.action_ids[0], paragraph_id=made.paragraph_ids[0][0])
    point = Point(CommentKind.OBJECTION, inside.TEXT, reasons=inside.TEXT, passages=inside.sentence(made))
    waiting = []
    for person_id, mandate_id in mayors:
        actor = actor_of_person(person_id, acting=mandate_id, now=clock.now())
        assert actor is not None
        who = inside.signed_in(app, person_id, mandate_id)
        for _ in range(-(-SUBMISSIONS // BODIES)):
            saved = begin(actor, place, point, secrets.token_hex(16), now=clock.now())
            waiting.append(Waiting(saved.submission_id, who))
    db.session.rollback()
    return waiting[:SUBMISSIONS]


def send_all(server: Server, waiting: list[Waiting]) -> Burst:
    """Acknowledged is what answered with a receipt; lost is what did so and is not in the database."""
    began, before = time.monotonic(), server.cpu()
    with ThreadPoolExecutor(HANDS) as pool:
        jobs = [pool.submit(copy_context().run, _hand, server, waiting[n::HANDS]) for n in range(HANDS)]
        acknowledged = {number for job in jobs for number in job.result()}
    seconds, cpu = time.monotonic() - began, server.cpu() - before
    db.session.rollback()
    ids = [one.submission_id for one in waiting]
    received = set(
        db.session.scalars(
            sa.select(Submission.id).where(
                Submission.id.in_(ids), Submission.code.is_not(None), sa.not_(Submission.is_late)
            )
        )
    )
    return Burst(seconds, cpu / len(waiting), len(acknowledged), len(ids) - len(acknowledged & received))


def _hand(server: Server, waiting: list[Waiting]) -> list[int]:
    client, done = Client(server.port), []
    for one in waiting:
        body = urlencode({"csrf_token": one.who.csrf}).encode()
        path = f"/osservazioni/bozze/{one.submission_id}/invio"
        status, headers, _ = client.ask(request(path, method="POST", body=body, Cookie=one.who.cookie))
        if status == 303 and "/ricevute/" in headers["location"]:
            done.append(one.submission_id)
    client.close()
    return done
