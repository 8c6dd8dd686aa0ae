"""How statements were weighed, once the discussion is over: hidden from everybody until then."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.forum import queries as forum
from portal.kernel.canonical import digest
from portal.kernel.clock import local_day
from portal.kernel.errors import NotFound
from portal.opinions.deliberation import counting, queries
from portal.opinions.deliberation.counting import Counted, Line, Order, Turnout
from portal.opinions.deliberation.measures import measures
from portal.opinions.deliberation.models import Discussion, Statement, Weighing
from portal.opinions.deliberation.rows import StatementRow
from portal.opinions.deliberation.rules import COUNTED, Phase, StatementState
from portal.opinions.requests import queries as requests


@dataclass(frozen=True)
class Weighed:
    """A statement with what its weighings come to."""

    statement: StatementRow
    counted: Counted


@dataclass(frozen=True)
class Results:
    """All statements of a discussion; `weighings` is how many answers there are in all."""

    turnout: Turnout
    weighings: int
    statements: tuple[Weighed, ...]

    def sorted_by(self, order: Order) -> list[Weighed]:
        """Those that stand, the most remarkable first; by number where they are equal."""
        alone = [one for one in self.statements if one.statement.state is StatementState.ADMITTED]
        return sorted(alone, key=lambda one: (-counting.rank(one.counted, order), one.statement.number))

    @property
    def merged(self) -> list[Weighed]:
        """Those that said what another one said, with their own weighings."""
        return [one for one in self.statements if one.statement.state is StatementState.MERGED]


def turnout(request_id: int, now: datetime) -> Turnout:
    """How many organisations have weighed, which everybody may know while it goes on; not how."""
    row = db.session.get(Discussion, request_id)
    if row is None:
        raise NotFound()
    per_body = (
        sa.select(sa.func.count())
        .select_from(Weighing)
        .join(Statement, Statement.id == Weighing.statement_id)
        .where(Statement.request_id == request_id, Statement.state.in_(COUNTED))
        .group_by(Weighing.body_id)
    )
    of = measures(request_id)
    return counting.turnout(_seats(row, now), db.session.scalars(per_body), of.mapping_votes, of.mapping)


def results(request_id: int, now: datetime) -> Results | None:
    """Nothing before the end, whoever asks."""
    found = queries.discussion(request_id, now)
    if found is None or found.phase is not Phase.ENDED:
        return None
    rows = queries.statements(request_id, COUNTED)
    answers: dict[int, list[Any]] = {row.id: [] for row in rows}
    query = sa.select(Weighing.statement_id, Weighing.category, Weighing.weight, Weighing.body_id)
    by_body: Counter[int] = Counter()
    for one in db.session.execute(query.where(Weighing.statement_id.in_(answers))):
        answers[one.statement_id].append((one.category, one.weight))
        by_body[one.body_id] += 1
    seats = _seats(db.session.get_one(Discussion, request_id), now)
    of = measures(request_id)
    weighed = tuple(Weighed(row, counting.count(counting.cells_of(answers[row.id]), of.least_shown)) for row in rows)
    took_part = counting.turnout(seats, by_body.values(), of.mapping_votes, of.mapping)
    return Results(took_part, by_body.total(), weighed)


def content(found: Results) -> dict[str, Any]:
    """The same as plain whole numbers and words: what files hold, and the fingerprint covers."""
    return {
        "seats": found.turnout.seats,
        "organisations": found.turnout.some,
        "organisations_with_enough": found.turnout.enough,
        "needed": found.turnout.needed,
        "indicative": found.turnout.indicative,
        "weighings": found.weighings,
        "statements": [_statement(one) for one in found.statements],
    }


def fingerprint(found: Results) -> str:
    """SHA-256 of the count."""
    return digest(content(found))


def _seats(row: Discussion, now: datetime) -> int:
    """Fixed at the end; until it is written down, those of the day."""
    if row.seats is not None:
        return row.seats
    day = local_day(min(now, row.ends_at))
    return len(forum.seats(requests.request(row.request_id).forum_id, day))


def _statement(one: Weighed) -> dict[str, Any]:
    row, counted = one.statement, one.counted
    return {
        "number": row.number,
        "text": row.text,
        "origin": row.origin.value,
        "organisation": row.body,
        "state": row.state.value,
        "merged_into": row.into,
        **_cell(Line(None, counted.total), named=False),
        "categories": [_cell(line) for line in counted.lines],
        "categories_heard": counted.heard,
        "marks": [mark.value for mark in counted.marks],
        "least": _cell(counted.least) if counted.least else None,
        "distinctive_of": [category.value for category in counted.distinctive],
        "group_aware_per_million": round(counted.group_aware * 1_000_000),
        "evened_per_million": round(counted.evened * 1_000_000),
    }


def _cell(line: Line, *, named: bool = True) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "answers": line.cell.seen,
        "agree": line.cell.agree,
        "disagree": line.cell.disagree,
        "pass": line.cell.passes,
    }
    return {"category": line.category.value if line.category else "others", **figures} if named else figures
