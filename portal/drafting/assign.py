"""Give remarks to an officer of the drafting team, one or many in one act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from portal.db import atomic
from portal.drafting import batch, giving, queries, rules
from portal.drafting.batch import Item
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.permissions import Permission, can, require
from portal.kernel.words import N_


@atomic()
def assign(actor: Actor, comment_ids: Sequence[int], officer_id: int, *, now: datetime) -> list[Item]:
    """Assign each remark to the officer; those that cannot be are left as they are and reported."""
    rules.check_batch(len(comment_ids))
    _check_may(actor, officer_id)
    if officer_id not in {officer.person_id for officer in queries.officers(now)}:
        raise Invalid(N_("Choose somebody of the drafting team."), code="officer", field="officer")
    return batch.each(comment_ids, lambda comment: giving.give(actor, comment, officer_id, now=now))


def _check_may(actor: Actor, officer_id: int) -> None:
    if officer_id == actor.person_id and can(actor, Permission.ANSWER_PROPOSE):
        return
    require(actor, Permission.ANSWER_ASSIGN)
