"""What is voted on: the amendments that are left, in their order, then the final text; and their fingerprints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from portal.db import db
from portal.kernel.canonical import digest
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.words import N_
from portal.opinions.adoption import locked
from portal.opinions.amending import queries as amending
from portal.opinions.amending import settle
from portal.opinions.amending.freeze import as_data
from portal.opinions.amending.models import Amendment, ForumText
from portal.opinions.requests import steps
from portal.opinions.requests.rules import Step


def left(request_id: int) -> list[int]:
    """The amendments that are still to be voted, in the order of voting."""
    return [one.id for one in amending.to_vote(request_id)]


def check_turn(request_id: int, asked: Sequence[int | None], *, in_sitting: bool, now: datetime) -> None:
    """Nothing is voted before the text is frozen, out of its order, or twice at a time."""
    if Step.TEXT_FROZEN not in steps.taken(request_id):
        raise Conflict(N_("Freeze the text before anything is put to the vote."), code="not_frozen")
    if locked.waiting(request_id):
        raise Conflict(N_("A vote on this text is not over yet: proclaim its result first."), code="vote")
    amendments = left(request_id)
    if not asked or (list(asked) == [None] and amendments):
        raise Conflict(N_("Amendments are voted before the final text."), code="amendments")
    if list(asked) == [None]:
        return
    if not amendments:
        raise Conflict(N_("No amendment is left to be voted."), code="amendments")
    wanted = amendments[:1] if in_sitting else amendments
    if list(asked) != wanted:
        raise Invalid(N_("Amendments are voted in their order, all that are left or the next one."), code="order")


def fingerprint(request_id: int, amendment_id: int | None, now: datetime) -> str:
    """Of the amendment as it stands over the frozen text; of the final text, which is frozen by this."""
    if amendment_id is None:
        final = db.session.scalar(sa.select(ForumText.final_sha256).where(ForumText.request_id == request_id))
        return final or settle.freeze_final(request_id, now)
    return digest(as_data(db.session.get_one(Amendment, amendment_id)))
