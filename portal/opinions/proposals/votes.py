"""Votes of the Forum that an act refers to."""

from __future__ import annotations

from portal.db import db
from portal.kernel.errors import Invalid
from portal.kernel.words import N_
from portal.voting.models import Poll
from portal.voting.rules import PollState


def check_vote(poll_id: int | None) -> None:
    """A vote that is referred to has been proclaimed, and has passed."""
    if poll_id is None:
        return
    poll = db.session.get(Poll, poll_id)
    if poll is None or poll.state is not PollState.PROCLAIMED or not poll.met:
        raise Invalid(
            N_("There is no vote of this number that was proclaimed and has passed."), code="poll", field="poll"
        )
