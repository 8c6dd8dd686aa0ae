"""Confirm or decline what a colleague asked to hide: another person, the same words, at the same lock."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.accounts import two_persons
from portal.accounts.models import SecondPersonRequest
from portal.accounts.two_persons import Waiting
from portal.comments import admission_rules, deciding, hiding, sealing
from portal.comments.admission_events import HidingDeclined
from portal.comments.models import Comment
from portal.comments.rules import ReasonCode
from portal.comments.told import decision_event
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.words import N_


@atomic()
def confirm_hiding(actor: Actor, comment_id: int, request_id: int, *, now: datetime) -> None:
    """Do what was asked for, unchanged, as the second person.

    Statute art. 12: what an institution says in public is taken from sight by two persons.
    """
    comment = deciding.for_decision(actor, comment_id)
    asked = two_persons.confirm(actor, request_id, _kind(comment, request_id), now=now)
    reason, words = ReasonCode(asked.payload["reason"]), str(asked.payload["text"])
    if asked.kind == hiding.PASSAGES:
        _hide(actor, comment, asked, reason, words, now)
        return
    deciding.advance(comment, admitted=False)
    decision = deciding.keep(actor, comment, False, reason, words, now=now, proposed_by=asked.requested_by_id)
    record(decision_event(comment, decision), actor=actor, now=now)


def _hide(actor: Actor, comment: Comment, asked: Waiting, reason: ReasonCode, words: str, now: datetime) -> None:
    admission_rules.check_state(
        comment.state, admission_rules.ALIVE, N_("Only a remark that is read or may be read has passages to hide.")
    )
    asked_for = asked.payload["spans"]
    files = hiding.files_of(comment, sealing.files_in(asked_for))
    spans, hidden = sealing.passages_in(asked_for), sealing.hidden_spans(comment.id)
    meant = hiding.chosen(sealing.original(comment), spans, "", hidden, files=files)
    hiding.hide(actor, comment, meant, reason, words, files=files, now=now, proposed_by=asked.requested_by_id)


@atomic()
def decline_hiding(actor: Actor, comment_id: int, request_id: int, *, now: datetime) -> None:
    """Leave the remark as it is; whoever asked can take the request back in the same way."""
    comment = deciding.for_decision(actor, comment_id)
    asked = two_persons.refuse(actor, request_id, _kind(comment, request_id), now=now)
    event = HidingDeclined(comment.consultation_id, comment.id, comment.number or 0, asked.id, asked.kind)
    record(event, actor=actor, now=now)


def _kind(comment: Comment, request_id: int) -> str:
    """Of which kind the request on this remark is; a stranger's number finds nothing."""
    kind: str | None = db.session.execute(
        sa.select(SecondPersonRequest.kind).where(
            SecondPersonRequest.id == request_id,
            SecondPersonRequest.subject == hiding.subject(comment.id),
            SecondPersonRequest.kind.in_(hiding.KINDS),
        )
    ).scalar_one_or_none()
    if kind is None:
        raise NotFound()
    return kind
