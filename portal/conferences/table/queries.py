"""Reading what was put on the table: remarks and indications of a sitting, for everybody who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.comments import queries as comments
from portal.comments.queries import Filters, Remark
from portal.conferences import queries as sittings
from portal.conferences.models import AgendaItem, SittingSeat
from portal.conferences.table import counting, there
from portal.conferences.table.counting import Counts
from portal.conferences.table.models import Indication, IndicationRound, SittingRemark
from portal.conferences.table.rules import Order, Stance
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.plan.models import Action

MOST = 500  # remarks of one sitting on one page


@dataclass(frozen=True)
class Tie:
    """What a sitting says of a remark: on which item, in which speech, since when, read aloud or not."""

    comment_id: int
    item_id: int | None
    item: int | None  # its number
    speech_id: int | None
    made_here: bool
    tied_at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class SittingRemarkRow:
    """A remark of the sitting as this reader may read it."""

    remark: Remark
    tie: Tie


@dataclass(frozen=True)
class RoundRow:
    """A round: what was asked, of which action, and what may be known of it now."""

    id: int
    sitting: int
    item: int | None  # its number
    action_id: int
    action_code: str
    action_title: str
    question: str
    visible_at_once: bool
    opened_at: datetime
    closed_at: datetime | None
    answered: int  # seats

    @property
    def is_open(self) -> bool:
        """True while bodies may answer."""
        return self.closed_at is None

    @property
    def shown(self) -> bool:
        """True if everybody may know what was said."""
        return self.visible_at_once or not self.is_open


@dataclass(frozen=True)
class SaidRow:
    """A seat in the grid of a round; `stance` is empty where nothing was said, or is not told yet."""

    number: int
    name: str
    population: int
    present: bool
    answered: bool
    stance: Stance | None
    at: datetime | None


@dataclass(frozen=True)
class Sheet:
    """One round with its grid and its figures; the figures are there once everybody may know them."""

    round: RoundRow
    rows: tuple[SaidRow, ...]
    counts: Counts | None


_TIE = (
    SittingRemark.comment_id, SittingRemark.item_id, AgendaItem.position, SittingRemark.speech_id,
    SittingRemark.made_here, SittingRemark.tied_at, SittingRemark.read_at,
)  # fmt: skip
_ANSWERED = (
    sa.select(sa.func.count(Indication.id))
    .where(Indication.round_id == IndicationRound.id, Indication.replaced_at.is_(None))
    .correlate(IndicationRound)
    .scalar_subquery()
)
_ROUND = (
    IndicationRound.id, IndicationRound.sitting_id, AgendaItem.position, Action.id, Action.code, Action.title,
    IndicationRound.question, IndicationRound.visible_at_once, IndicationRound.opened_at, IndicationRound.closed_at,
    _ANSWERED,
)  # fmt: skip


def ties(sitting_id: int) -> dict[int, Tie]:
    """By the row of the remark, in the order in which they came."""
    rows: Any = db.session.execute(
        sa.select(*_TIE)
        .outerjoin(AgendaItem, AgendaItem.id == SittingRemark.item_id)
        .where(SittingRemark.sitting_id == sitting_id)
        .order_by(SittingRemark.tied_at, SittingRemark.comment_id)
    )
    return {row[0]: Tie(*row) for row in rows}


def remarks(actor: Actor, sitting_id: int, order: Order = Order.ARRIVAL) -> list[SittingRemarkRow]:
    """Those whose words this reader may read; drafts are their body's alone and are not among them."""
    sittings.sitting(actor, sitting_id)
    tied = ties(sitting_id)
    among = sa.select(SittingRemark.comment_id).where(SittingRemark.sitting_id == sitting_id)
    found = {row.id: row for row in comments.list_remarks(actor, Filters(among=among), limit=MOST)}
    rows = [SittingRemarkRow(found[number], tie) for number, tie in tied.items() if number in found]
    return sorted(rows, key=_place) if order is Order.PLACE else rows


def _place(row: SittingRemarkRow) -> tuple[int, str, int, int]:
    remark = row.remark
    code = remark.action_code or remark.section_code or ""
    return row.tie.item or 0, code, remark.paragraph_number or 0, remark.number


def rounds(actor: Actor, sitting_id: int) -> list[RoundRow]:
    """Every round of a sitting, the first one first."""
    sittings.sitting(actor, sitting_id)
    rows: Any = db.session.execute(_rounds().where(IndicationRound.sitting_id == sitting_id))
    return [RoundRow(*row) for row in rows]


def open_round(sitting_id: int) -> RoundRow | None:
    """The round in which bodies may answer now."""
    query = _rounds().where(IndicationRound.sitting_id == sitting_id, IndicationRound.closed_at.is_(None))
    row: Any = db.session.execute(query).first()
    return RoundRow(*row) if row else None


def _rounds() -> sa.Select[Any]:
    query = sa.select(*_ROUND).join(Action, Action.id == IndicationRound.action_id)
    return query.outerjoin(AgendaItem, AgendaItem.id == IndicationRound.item_id).order_by(IndicationRound.id)


def sheet(actor: Actor, sitting_id: int, round_id: int, *, now: datetime) -> Sheet:
    """One round seat by seat: who has answered, and what once everybody may know it."""
    sittings.sitting(actor, sitting_id)
    row: Any = db.session.execute(
        _rounds().where(IndicationRound.id == round_id, IndicationRound.sitting_id == sitting_id)
    ).first()
    if row is None:
        raise NotFound()
    return sheet_of(RoundRow(*row), now=now)


def sheet_of(row: RoundRow, *, now: datetime) -> Sheet:
    """The same from a row that was read already."""
    given = _given(row.id)
    seats = there.entitled(row.sitting, row.closed_at or now)
    told = row.shown
    grid = [
        SaidRow(
            seat.number,
            seat.name,
            seat.population,
            seat.present,
            seat.seat_id in given,
            given[seat.seat_id][0] if told and seat.seat_id in given else None,
            given[seat.seat_id][1] if told and seat.seat_id in given else None,
        )
        for seat in seats
    ]
    said = {seat: stance for seat, (stance, _) in given.items()}
    counts = counting.count(there.answers(seats, said)) if told else None
    return Sheet(row, tuple(grid), counts)


def _given(round_id: int) -> dict[int, tuple[Stance, datetime]]:
    rows = db.session.execute(
        sa.select(Indication.seat_id, Indication.stance, Indication.given_at).where(
            Indication.round_id == round_id, Indication.replaced_at.is_(None)
        )
    )
    return {row.seat_id: (row.stance, row.given_at) for row in rows}


def own_stance(round_id: int, seat_id: int) -> tuple[Stance, datetime] | None:
    """What a seat said last, for whoever holds it."""
    return _given(round_id).get(seat_id)


def versions(actor: Actor, sitting_id: int, round_id: int) -> list[tuple[int, str, Stance, datetime, datetime | None]]:
    """Everything that was said in a round that is closed, changes too: seat, name, stance, from, until."""
    found = next((one for one in rounds(actor, sitting_id) if one.id == round_id), None)
    if found is None or not found.shown:
        raise NotFound()
    rows = db.session.execute(
        sa.select(SittingSeat.number, SittingSeat.name, Indication.stance, Indication.given_at, Indication.replaced_at)
        .join(SittingSeat, SittingSeat.id == Indication.seat_id)
        .where(Indication.round_id == round_id)
        .order_by(SittingSeat.number, Indication.id)
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]
