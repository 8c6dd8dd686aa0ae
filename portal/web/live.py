"""What is live, over HTTP: the entries one has missed, and how much is new on the page one looks at.

Every act of a socket has its twin here, so that a page without sockets only learns of news a little later.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from portal.comments import arrivals
from portal.comments.rules import CommentState
from portal.journal import hearing
from portal.journal.hearing import MOST_MISSED
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.web.door import access, current_actor, now
from portal.web.numbers import asked

bp = Blueprint("live", __name__)
NOTHING = ("", 204, {"Cache-Control": "no-store"})
Fragment = str | tuple[str, int, dict[str, str]] | Response


@bp.get("/diretta/<stream>")
@access(Permission.PUBLIC_READ)
def missed(stream: str) -> Response:
    """The entries of a stream after a number, as far as this reader hears them; null where there are too many."""
    ear = hearing.ear_of(current_actor(), stream)
    head, after = hearing.head(stream), asked("dopo")
    told = None
    if after is not None and head - after <= MOST_MISSED:
        told = [entry.to(ear) for entry in hearing.missed(stream, after) if entry.seq <= head]
    gate = current_app.extensions["gate"]  # it holds no sockets where they have a process of their own
    full = gate.most_sockets > 0 and gate.is_full
    answer = jsonify(stream=stream, head=head, missed=told, full=full, now=int(now().timestamp() * 1000))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/novita/azioni/<int:action_id>")
@access(Permission.PUBLIC_READ)
def on_action(action_id: int) -> Fragment:
    """How many remarks on an action have become public since the page was written; nothing while there are none."""
    consultation_id = arrivals.consultation_of(action_id)
    if consultation_id is None:
        raise NotFound()
    new = arrivals.on_action(current_actor(), action_id, consultation_id, asked("da") or 0)
    return _fragment("live/_remarks.html", new=new) if new else NOTHING


@bp.get("/novita/ammissione")
@access(Permission.COMMENT_READ_HIDDEN)
def in_queue() -> Fragment:
    """How many remarks have come into the queue, and whether somebody has dealt with the one in hand."""
    actor, in_hand = current_actor(), asked("osservazione")
    new = arrivals.waiting_after(actor, asked("da") or 0)
    seen = request.args.get("stato", "")
    state = arrivals.state_of(actor, in_hand) if in_hand is not None else None
    changed = state if state is not None and seen in set(CommentState) and state.value != seen else None
    return _fragment("live/_queue.html", new=new, changed=changed) if new or changed else NOTHING


def _fragment(template: str, **words: object) -> Response:
    answer = Response(render_template(template, **words), mimetype="text/html")
    answer.headers["Cache-Control"] = "no-store"
    return answer
