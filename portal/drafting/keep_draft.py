"""Keep what somebody is writing as an answer, on the server, before they put it forward."""

from __future__ import annotations

from datetime import datetime

from portal.comments.rules import check_not_author
from portal.db import atomic, db, upsert
from portal.drafting import putting, queries, rules
from portal.drafting.models import AnswerDraft
from portal.drafting.rules import Outcome
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, can, require
from portal.kernel.text import is_blank, typed


@atomic()
def keep_draft(
    actor: Actor, comment_id: int, outcome: Outcome | None, text: str, base_revision: int, *, now: datetime
) -> bool:
    """One draft for each person and remark, over the last one; emptied, it is gone. True while something is kept."""
    require(actor, Permission.ANSWER_PROPOSE)
    comment = queries.remark_for_update(comment_id)
    if comment is None:
        raise NotFound()
    check_not_author(actor.person_id, *queries.authors_of(comment))
    rules.check_answerable(comment.state)
    answer = queries.answer_for_update(comment.id)
    if answer is not None:
        rules.check_reassign(answer.state)
        rules.check_officer(answer.officer_id, actor.person_id, leads=can(actor, Permission.ANSWER_ASSIGN))
    if is_blank(text) and outcome is None:
        putting.drop_draft(comment.id, actor.person_id)
        return False
    kept = "" if is_blank(text) else typed(text, field="text", limit=rules.TEXT_LIMIT)
    values = {"outcome": outcome, "text": kept, "revision": base_revision, "saved_at": now}
    key = {"comment_id": comment.id, "person_id": actor.person_id}
    statement = upsert(AnswerDraft).values(**key, **values)
    db.session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))
    return True
