"""Reading notes of dissent: their words as they were written, who signed, and how far each is from a minority."""

from __future__ import annotations

from fractions import Fraction

import sqlalchemy as sa

from portal.db import db
from portal.opinions.adoption import rules, seal_dissent
from portal.opinions.adoption.models import DissentNote, DissentSigner, ForumVote
from portal.opinions.adoption.rows import NoteRow, SignerRow
from portal.territory.models import Body


def notes(request_id: int) -> list[NoteRow]:
    """Every note about the vote that adopted the opinion; a minority's first, then in the order of writing."""
    vote = adopting(request_id)
    if vote is None:
        return []
    share = Fraction(vote.minority_numerator, vote.minority_denominator)
    voters, behind = seal_dissent.voters_of(vote.poll_id), _signers(vote.poll_id)
    query = sa.select(DissentNote, Body.name).join(Body, Body.id == DissentNote.body_id)
    query = query.where(DissentNote.poll_id == vote.poll_id).order_by(DissentNote.id)
    found = [
        _row(note, name, behind.get(note.id, []), voters, share)
        for note, name in db.session.execute(query.execution_options(populate_existing=True))
    ]
    return sorted(found, key=lambda one: not one.is_minority)


def adopting(request_id: int) -> ForumVote | None:
    """The vote that adopted the opinion, if one did and was not annulled."""
    query = sa.select(ForumVote).where(ForumVote.request_id == request_id, ForumVote.dissent_until.is_not(None))
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def _row(
    note: DissentNote, name: str, behind: list[tuple[DissentSigner, str]], voters: frozenset[int], share: Fraction
) -> NoteRow:
    signers = tuple(SignerRow(one.body_id, body, one.signed_at, one.body_id in voters) for one, body in behind)
    return NoteRow(
        id=note.id,
        poll_id=note.poll_id,
        body_id=note.body_id,
        name=name,
        text=note.text,
        sha256=note.sha256,
        written_at=note.written_at,
        sealed_at=note.sealed_at,
        is_minority=note.is_minority,
        signers=signers,
        share=rules.minority([one.body_id for one in signers], voters, share),
    )


def _signers(poll_id: int) -> dict[int, list[tuple[DissentSigner, str]]]:
    rows = db.session.execute(
        sa.select(DissentSigner, Body.name)
        .join(DissentNote, DissentNote.id == DissentSigner.note_id)
        .join(Body, Body.id == DissentSigner.body_id)
        .where(DissentNote.poll_id == poll_id)
        .order_by(DissentSigner.signed_at, Body.name)
    )
    found: dict[int, list[tuple[DissentSigner, str]]] = {}
    for signer, name in rows:
        found.setdefault(signer.note_id, []).append((signer, name))
    return found
