"""Files: what one costs on its way, and what a submission costs that carries one."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Iterator

from PIL import Image

from bench.city import Made
from bench.inside import SignedIn, drafts, sent, sentence
from bench.report import Row
from bench.server import Server
from portal.accounts.queries import actor_of_person
from portal.comments.attach import attach
from portal.comments.models import Comment
from portal.comments.write_draft import discard
from portal.db import db
from portal.files import examine
from portal.files.rules import PIECE_LIMIT
from portal.files.store import Store
from portal.kernel import clock
from portal.kernel.actor import Actor

TIMES = 20


def rows(made: Made, store: Store, server: Server, who: SignedIn, bare: float) -> Iterator[Row]:
    """A photograph on its way, and a submission with a picture and a chosen sentence."""
    mayor = actor_of_person(made.mayor_id, acting=made.mandate_id, now=clock.now())
    assert mayor is not None
    photograph = _photograph()
    tried = drafts(made, TIMES)
    spent = [_attached(mayor, store, draft, photograph) for draft in tried]
    for draft in tried:
        discard(mayor, draft, now=clock.now())
    size = len(photograph) / 2**20
    until = f"photograph of {size:.1f} MB, until it is examined and attached"
    yield Row(until, "ms", 1000 * statistics.median(spent), None)
    yield Row(f"- pieces of {PIECE_LIMIT // 1024} kB written and acknowledged", "ms each", 1000 * _piece(store), None)
    waiting = drafts(made, 40, sentence(made))
    small = _picture()
    for draft in waiting:
        _attached(mayor, store, draft, small)
    cost = sent(server, who, waiting)
    words = f"submission with a chosen sentence and a file, from the page ({1000 * cost:.2f} ms)"
    yield Row(words, "bare ORM inserts", cost / bare, 9)


def _attached(mayor: Actor, store: Store, submission_id: int, content: bytes) -> float:
    comment_id = db.session.query(Comment.id).filter_by(submission_id=submission_id).scalar()
    db.session.rollback()
    began = time.perf_counter()
    with examine.received(store, io.BytesIO(content)) as path, examine.examined(store, path) as found:
        attach(mayor, comment_id, found, "foto.jpg", f"bench{submission_id:011}", store=store, now=clock.now())
    return time.perf_counter() - began


def _piece(store: Store) -> float:
    piece, began = bytes(PIECE_LIMIT), time.perf_counter()
    for n in range(TIMES):
        store.write(1, n * PIECE_LIMIT, piece)
    spent = (time.perf_counter() - began) / TIMES
    store.drop_part(1)
    return spent


def _photograph() -> bytes:
    made = io.BytesIO()
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(made, "JPEG", quality=90)
    return made.getvalue()


def _picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "PNG")
    return made.getvalue()
