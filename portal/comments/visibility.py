"""What is hidden is hidden everywhere: the rule of `rules.visible_states` as the one condition of every query."""

from __future__ import annotations

import sqlalchemy as sa

from portal.comments.models import Comment, Consultation
from portal.comments.rules import Admission, Reader, visible_states
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, can

Condition = sa.ColumnElement[bool]


def reader_of(actor: Actor, body_id: int | None = None) -> Reader:
    """In what quality the actor reads the remarks of a body; without a body, those of any."""
    if can(actor, Permission.COMMENT_READ_HIDDEN):
        return Reader.SECRETARIAT
    if can(actor, Permission.ANSWER_READ):
        return Reader.DRAFTING
    if body_id is not None and can(actor, Permission.COMMENT_READ_OWN, body_id):
        return Reader.OWN_BODY
    return Reader.PUBLIC


def states_shown_to(reader: Reader) -> Condition:
    """The rule as SQL; the query must join Comment and Consultation."""
    return sa.or_(
        *(
            sa.and_(Consultation.admission == admission, Comment.state.in_(sorted(visible_states(reader, admission))))
            for admission in Admission
        )
    )


def visible_clause(actor: Actor) -> Condition:
    """The condition under which the actor may read a remark's text; the query must join Comment and Consultation."""
    anybodys = states_shown_to(reader_of(actor))
    own = actor.acting.body_id if actor.acting else None
    if own is None or reader_of(actor, own) is not Reader.OWN_BODY:
        return anybodys
    return sa.or_(anybodys, sa.and_(Comment.body_id == own, states_shown_to(Reader.OWN_BODY)))
