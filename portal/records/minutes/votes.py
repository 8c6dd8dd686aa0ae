"""Votes of a sitting, as the voting package counted them; what came after the sitting is not told."""

from __future__ import annotations

import gettext
from datetime import datetime
from functools import cache
from pathlib import Path

import sqlalchemy as sa

import portal
from portal.db import db
from portal.kernel.words import Words, said
from portal.records.minutes.facts import Poll as PollFacts
from portal.records.minutes.facts import Vote
from portal.records.minutes.rows import Rows
from portal.voting import queries, results, wording
from portal.voting.models import Poll
from portal.voting.thresholds import outcome_of


def poll(poll_id: int, rows: Rows, end: datetime) -> PollFacts | None:
    """A poll that was opened before the end; its answers once it was closed by then."""
    row = db.session.execute(sa.select(Poll).where(Poll.id == poll_id)).scalar_one_or_none()
    if row is None or row.opened_at is None or row.opened_at > end:
        return None
    closed = row.closed_at if row.closed_at and row.closed_at <= end else None
    proclaimed = row.proclaimed_at if row.proclaimed_at and row.proclaimed_at <= end else None
    annulled = row.annulled_at is not None and row.annulled_at <= end
    counted = closed is not None and not annulled and row.outcome is not None
    return PollFacts(
        id=row.id,
        question=row.question,
        opened_at=row.opened_at,
        closed_at=closed,
        proclaimed_at=proclaimed,
        annulled=annulled,
        annul_reason=row.annul_reason if annulled else "",
        met=row.met if counted else None,
        lines=tuple(italian(line) for line in wording.lines(outcome_of(row.outcome)))
        if counted and row.outcome
        else (),
        votes=_votes(row.id, rows) if counted else (),
        rule=" ".join(word for word in (str(row.rule["code"]), _basis(row.rule["legal_basis"])) if word),
        root_hash=row.root_hash or "" if counted else "",
    )


def _basis(legal_basis: str) -> str:
    return f"({legal_basis})" if legal_basis else ""


def _votes(poll_id: int, rows: Rows) -> tuple[Vote, ...]:
    answers = results.answers(poll_id)
    found = []
    for seat in queries.roll(poll_id):
        answer = answers.get(seat.number)
        who = rows.voter(poll_id, seat.number, seat.person or "–") if answer else "–"
        found.append(Vote(seat.name, seat.population, answer.choice.value if answer else "", who))
    return tuple(found)


def italian(words: Words) -> str:
    """What the voting package says of a computation, in the language of the act."""
    return said(words, _catalogue().gettext, "it")


@cache
def _catalogue() -> gettext.NullTranslations:
    folder = Path(portal.__file__).parent / "translations"
    return gettext.translation("voting", folder, ["it"], fallback=True)
