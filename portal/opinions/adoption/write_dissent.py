"""Write why one's organisation dissents, sign what another wrote, take it back: until the window ends (art. 14)."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.forum import members
from portal.forum.members import Member
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, Forbidden, NotFound
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.adoption import locked, rules
from portal.opinions.adoption.events import DissentSigned, DissentTakenBack, DissentUnsigned, DissentWritten
from portal.opinions.adoption.models import DissentNote, DissentSigner, ForumVote
from portal.opinions.requests import locked as requests
from portal.opinions.requests import queries as known


@atomic()
def write_dissent(actor: Actor, request_id: int, text: str, *, now: datetime) -> int:
    """The number of the note; written anew, who had signed it signs again, because its words are others."""
    vote, member = _may(actor, request_id, now)
    said = rules.check_dissent(typed(text, field="text", limit=rules.DISSENT_LIMIT))
    note = _own(vote, member)
    if note is None:
        note = DissentNote(poll_id=vote.poll_id, body_id=member.body_id)
        db.session.add(note)
    elif note.text == said:
        return note.id
    else:
        _unsign_all(note)
    note.text, note.sha256, note.written_at = said, text_digest(said), now
    note.person_id, note.mandate_id = member.person_id, member.mandate_id
    db.session.flush()
    _sign(note, member, now)
    record(DissentWritten(request_id, vote.poll_id, note.id, member.body_id, note.sha256), actor=actor, now=now)
    return note.id


@atomic()
def sign(actor: Actor, request_id: int, note_id: int, sha256: str, *, now: datetime) -> None:
    """Stand behind the note of another, as it reads now."""
    vote, member = _may(actor, request_id, now)
    note = locked.note(vote.poll_id, note_id)
    if note.sha256 != sha256:
        raise Conflict(
            N_("This note was written anew in the meantime: read it again before you sign it."), code="stale"
        )
    if db.session.get(DissentSigner, (note_id, member.body_id)) is not None:
        return
    _sign(note, member, now)
    record(DissentSigned(request_id, note_id, member.body_id, note.sha256), actor=actor, now=now)


@atomic()
def unsign(actor: Actor, request_id: int, note_id: int, *, now: datetime) -> None:
    """Stand behind it no more; who wrote it takes the whole note back."""
    vote, member = _may(actor, request_id, now)
    note = locked.note(vote.poll_id, note_id)
    row = db.session.get(DissentSigner, (note_id, member.body_id))
    if row is None:
        raise NotFound()
    if note.body_id == member.body_id:
        _unsign_all(note)
        db.session.delete(note)
        record(DissentTakenBack(request_id, note_id, member.body_id), actor=actor, now=now)
        return
    db.session.delete(row)
    record(DissentUnsigned(request_id, note_id, member.body_id), actor=actor, now=now)


def _may(actor: Actor, request_id: int, now: datetime) -> tuple[ForumVote, Member]:
    """The vote that adopted the opinion, and the member on its roll who acts, while there is time."""
    requests.request(request_id)
    member = members.standing(actor, known.request(request_id).forum_id, now)
    votes = [one.vote for one in locked.votes(request_id) if one.vote.dissent_until is not None]
    rules.check_window(votes[-1].dissent_until if votes else None, now)
    if not locked.on_roll(votes[-1].poll_id, member.body_id):
        raise Forbidden(
            N_("Your organisation was not on the roll of the vote: it neither writes nor signs notes about it."),
            code="not_on_roll",
        )
    return votes[-1], member


def _own(vote: ForumVote, member: Member) -> DissentNote | None:
    same = sa.select(DissentNote).where(DissentNote.poll_id == vote.poll_id, DissentNote.body_id == member.body_id)
    return db.session.scalars(same.execution_options(populate_existing=True)).one_or_none()


def _sign(note: DissentNote, member: Member, now: datetime) -> None:
    db.session.add(
        DissentSigner(
            note_id=note.id,
            body_id=member.body_id,
            person_id=member.person_id,
            mandate_id=member.mandate_id,
            signed_at=now,
        )
    )
    db.session.flush()


def _unsign_all(note: DissentNote) -> None:
    db.session.execute(sa.delete(DissentSigner).where(DissentSigner.note_id == note.id))
    db.session.expire_all()
