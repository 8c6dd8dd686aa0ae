"""One file with everything that was counted, which anybody can check with the verifier and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.words import Words
from portal.voting import queries, results, roll, wording
from portal.voting.models import PollSeat
from portal.voting.queries import PollPage

FORMAT = "parere-poll/1"
LANGUAGES = ("it", "en")


def lines(page: PollPage) -> list[Words]:
    """The computation in words, condition by condition."""
    return wording.lines(page.outcome) if page.outcome else []


def document(
    actor: Actor, poll_id: int, *, said: dict[str, list[str]] | None = None, demonstration: bool = False
) -> dict[str, Any]:
    """The whole of a closed poll as plain values; `said` is the computation in words, by language."""
    results.check_closed(poll_id)
    page = queries.poll(actor, poll_id)
    return {
        "format": FORMAT,
        "demonstration": demonstration,
        "poll": _poll(page),
        "rule": page.rule,
        "roll": roll.facts_of(poll_id, _seats(poll_id)),
        "ballots": [_ballot(answer) for answer in results.ballots(poll_id)],
        "outcome": page.outcome_data,
        "words": said or {},
        "roll_hash": page.roll_hash,
        "root_hash": page.root_hash,
        "journal": _journal(page.stream),
    }


def _seats(poll_id: int) -> Sequence[PollSeat]:
    query = sa.select(PollSeat).where(PollSeat.poll_id == poll_id).order_by(PollSeat.number)
    return db.session.execute(query).scalars().all()


def _poll(page: PollPage) -> dict[str, Any]:
    return {
        "number": page.id,
        "question": page.question,
        "matter": page.matter.value,
        "electorate": page.electorate.value,
        "mode": page.mode.value,
        "call": page.call,
        "follows": page.follows_id,
        "state": page.state.value,
        "opened_at": page.opened_at.isoformat() if page.opened_at else None,
        "closes_at": page.closes_at.isoformat() if page.closes_at else None,
        "closed_at": page.closed_at.isoformat() if page.closed_at else None,
        "proclaimed_at": page.proclaimed_at.isoformat() if page.proclaimed_at else None,
        "annul_reason": page.annul_reason or None,
        "population_base": page.population_base,
        "population_source": page.snapshot_source,
        "population_date": page.snapshot_date.isoformat() if page.snapshot_date else None,
    }


def _ballot(answer: results.Answer) -> dict[str, Any]:
    return {
        "seat": answer.seat,
        "version": answer.version,
        "choice": answer.choice.value,
        "channel": answer.channel.value,
        "code": answer.code,
        "mandate": answer.mandate_id,
        "cast_at": answer.cast_at.isoformat(),
        "hash": answer.sha256,
    }


def _journal(stream: str) -> dict[str, Any]:
    entries = db.session.execute(sa.select(Entry).where(Entry.stream == stream).order_by(Entry.seq)).scalars().all()
    return {
        "stream": stream,
        "entries": [
            {
                "seq": e.seq,
                "kind": e.kind,
                "facts": e.facts,
                "audience": e.audience,
                "person": e.person_id,
                "mandate": e.mandate_id,
                "at": e.at.isoformat(),
                "previous": e.previous,
                "hash": e.hash,
            }
            for e in entries
        ],
        "head": {"seq": entries[-1].seq, "hash": entries[-1].hash} if entries else None,
    }
