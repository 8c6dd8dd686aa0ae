"""Votes of the Forum that an act refers to."""

from __future__ import annotations

from portal.db import db
from portal.forum import queries as forums
from portal.forum.rules import ForumKey
from portal.kernel.errors import Invalid
from portal.kernel.words import N_
from portal.voting.models import Poll
from portal.voting.rules import Electorate, PollState

_OF = {ForumKey.METROPOLITAN: Electorate.FORUM, ForumKey.YOUTH: Electorate.YOUTH_FORUM}


def check_vote(forum_id: int, poll_id: int | None) -> None:
    """A vote that is referred to is one of this Forum, has been proclaimed, and has passed."""
    if poll_id is None:
        return
    poll, own = db.session.get(Poll, poll_id), _OF[forums.forum(forum_id).key]
    if poll is None or poll.electorate is not own or poll.state is not PollState.PROCLAIMED or not poll.met:
        raise Invalid(
            N_("There is no vote of this number that was proclaimed and has passed."), code="poll", field="poll"
        )
