"""What a person said for an organisation of the Forum or in votes, for the copy of their own data.

Reg. (EU) 2016/679, art. 15. What a clerk records for others is no answer of the clerk's, and is not in it.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, require
from portal.opinions.adoption.models import DissentNote, ForumVote
from portal.opinions.amending.models import Amendment, ForumSection, ForumWording
from portal.opinions.deliberation.models import ForumTable, NoteVersion, Statement, TableNote, Weighing
from portal.opinions.proposals.models import Proposal
from portal.voting.models import Ballot, PollSeat
from portal.voting.rules import Channel


def votes(actor: Actor) -> list[dict[str, Any]]:
    """Every answer that the person gave in a vote, those that were changed later included."""
    require(actor, Permission.SIGNED_IN)
    query = _of(Ballot, Ballot.cast_at, Ballot.person_id, actor).add_columns(
        Ballot.poll_id.label("poll"),
        PollSeat.name.label("seat"),
        Ballot.choice,
        Ballot.version,
        Ballot.code.label("receipt"),
    )
    return _rows(query.join(PollSeat, PollSeat.id == Ballot.seat_id).where(Ballot.channel == Channel.FORM))


def in_the_forum(actor: Actor) -> dict[str, list[dict[str, Any]]]:
    """Statements, how others' were weighed, notes, words of an opinion, amendments, dissent, proposals."""
    require(actor, Permission.SIGNED_IN)
    found: dict[str, sa.Select[Any]] = {
        "statements": _of(Statement, Statement.offered_at, Statement.offered_by_id, actor).add_columns(
            Statement.request_id.label("opinion"), Statement.number, Statement.text
        ),
        "weighings": _of(Weighing, Weighing.weighed_at, Weighing.person_id, actor)
        .add_columns(Statement.request_id.label("opinion"), Statement.number.label("statement"), Weighing.weight)
        .join(Statement, Statement.id == Weighing.statement_id),
        "table_notes": _of(NoteVersion, NoteVersion.written_at, NoteVersion.written_by_id, actor)
        .add_columns(ForumTable.request_id.label("opinion"), ForumTable.number.label("table"), NoteVersion.text)
        .join(TableNote, TableNote.id == NoteVersion.note_id)
        .join(ForumTable, ForumTable.id == TableNote.table_id),
        "wordings": _of(ForumWording, ForumWording.at, ForumWording.person_id, actor)
        .add_columns(ForumSection.request_id.label("opinion"), ForumWording.text, ForumWording.reason)
        .join(ForumSection, ForumSection.id == ForumWording.section_id)
        .where(ForumWording.amendment_id.is_(None), ForumWording.revision > 1),
        "amendments": _of(Amendment, Amendment.proposed_at, Amendment.person_id, actor).add_columns(
            Amendment.request_id.label("opinion"),
            Amendment.number,
            Amendment.filed_text.label("text"),
            Amendment.reason,
        ),
        "dissent": _of(DissentNote, DissentNote.written_at, DissentNote.person_id, actor)
        .add_columns(ForumVote.request_id.label("opinion"), DissentNote.text)
        .join(ForumVote, ForumVote.poll_id == DissentNote.poll_id),
        "proposals": _of(Proposal, Proposal.written_at, Proposal.written_by_id, actor).add_columns(
            Proposal.id.label("number"), Proposal.title, Proposal.text, Proposal.reason
        ),
    }
    return {name: _rows(query) for name, query in found.items()}


def _of(table: Any, at: Any, whose: Any, actor: Actor) -> sa.Select[Any]:
    """What is of this person, in order of time."""
    return sa.select(at.label("at")).select_from(table).where(whose == actor.person_id).order_by(at)


def _rows(query: sa.Select[Any]) -> list[dict[str, Any]]:
    return [{**row._mapping, "at": row.at.isoformat()} for row in db.session.execute(query)]
