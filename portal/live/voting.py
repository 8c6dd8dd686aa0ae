"""Votes over the socket: the same verb, the same receipt and the same refusals as the form."""

from __future__ import annotations

from typing import Any

from portal.kernel import clock
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.words import N_
from portal.live.door import Caller
from portal.live.reading import whole
from portal.voting import cast as verb
from portal.voting.rules import ANSWERS

_CHOICES = {choice.value: choice for choice in ANSWERS}


def cast(caller: Caller, data: dict[str, Any]) -> dict[str, Any]:
    """Answer for the seat of a mandate: `{poll: 7, mandate: 12, choice: "yes", key: "…", confirmed: true}`.

    The mandate is named by each answer and is not kept. Who sends again with the same key gets the same receipt.
    """
    poll_id, choice = whole(data.get("poll")), _CHOICES.get(str(data.get("choice")))
    if poll_id is None:
        raise NotFound()
    if choice is None:
        raise Invalid(N_("Choose one of the answers."), code="choice", field="choice")
    actor = caller.actor().acting_under(whole(data.get("mandate")))
    confirmed = data.get("confirmed") is True
    key = str(data.get("key", ""))
    receipt = verb.cast(actor, poll_id, choice, key=key, confirmed=confirmed, now=clock.now())
    return {"receipt": receipt.as_data()}
