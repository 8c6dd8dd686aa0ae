"""Answer for one's organisation: several votes in one go, each with a receipt of its own (art. 14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from portal.db import atomic
from portal.forum import members
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.words import N_
from portal.opinions.adoption import locked
from portal.opinions.requests import queries as requests
from portal.voting import cast
from portal.voting.ballots import Receipt
from portal.voting.rules import Choice, PollState

KEY_LIMIT = 50  # of what a page makes; the number of the vote is added to it
LATER = N_("Your organisation was admitted after the roll of this vote was drawn up: it holds no seat in it.")


@atomic()
def cast_votes(
    actor: Actor, request_id: int, answers: Mapping[int, Choice], *, key: str, now: datetime
) -> list[Receipt]:
    """Poll number to choice: all are recorded, or none; the same key again gives the same receipts."""
    member = members.standing(actor, requests.request(request_id).forum_id, now)
    if not answers:
        raise Invalid(N_("Choose at least one answer."), code="none")
    if len(key) > KEY_LIMIT:
        raise Invalid(N_("Nothing was recorded: reload the page and answer again."), code="key")
    states = {one.poll.id: one.poll.state for one in locked.votes(request_id)}
    if not answers.keys() <= states.keys():
        raise NotFound()
    if any(states[poll_id] is PollState.PREPARED for poll_id in answers):
        raise Conflict(N_("Not recorded: this vote has not begun yet."), code="not_open")
    if not locked.seated(member.body_id, answers) >= answers.keys():
        raise Forbidden(LATER, code="not_on_roll")
    return [
        cast.cast(actor, poll_id, choice, key=f"{key}-{poll_id}", now=now)
        for poll_id, choice in sorted(answers.items())
    ]
