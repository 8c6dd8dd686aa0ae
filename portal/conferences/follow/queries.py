"""What a delegate's page reads: the place one holds, who is there, which item is on, which paragraph is pointed at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.comments.models import Comment, Submission
from portal.comments.rules import CommentState, SubmissionState
from portal.conferences.accreditation_models import Accreditation
from portal.conferences.accreditation_rules import AccreditationState
from portal.conferences.accreditation_rules import Presence as Announced
from portal.conferences.follow.rules import Card, Hindrance, hindrance, living
from portal.conferences.hall.calls import due
from portal.conferences.hall.intervals import UNDER_WAY, deserted, hours
from portal.conferences.hall.models import HallScreen, ItemCourse, ItemSpell, Presence, PresenceClaim, Suspension
from portal.conferences.hall.rules import ClaimState, ItemState, Way
from portal.conferences.models import Sitting, SittingSeat
from portal.conferences.rules import SeatRole, SittingState
from portal.conferences.table.models import SittingRemark
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.offices import Office

MOST_REMARKS = 30
OVER = frozenset({SittingState.CLOSED, SittingState.DESERTED, SittingState.CANCELLED})


@dataclass(frozen=True)
class Place:
    """A person at a sitting: the seat, and what became of the accreditation."""

    accreditation_id: int
    seat_id: int
    seat: int
    name: str
    body_id: int
    population: int
    role: SeatRole
    mandate_id: int
    office: Office
    announced: Announced  # how the person said to take part
    state: AccreditationState
    reason: str


@dataclass(frozen=True)
class Seat:
    """A seat as everybody knows it."""

    number: int
    name: str


@dataclass(frozen=True)
class Own:
    """What the reader may do here: take part for a place, or the reason why not."""

    place: Place | None
    hindrance: Hindrance | None

    @property
    def takes_part(self) -> bool:
        """True for whoever holds a seat now."""
        return self.hindrance is None


@dataclass(frozen=True)
class There:
    """Whether the reader counts as present, and what the desk still has to say."""

    since: datetime | None = None
    way: Way | None = None
    claimed_at: datetime | None = None
    refused: str | None = None  # what the desk answered to the last claim


@dataclass(frozen=True)
class Pointed:
    """The paragraph that the main hall's screen points at."""

    action_id: int
    paragraph: str


@dataclass(frozen=True)
class Course:
    """How far the sitting has come."""

    state: SittingState
    current: int | None  # the item in discussion
    since: datetime | None
    states: dict[int, ItemState]
    order: tuple[int, ...]  # items in the turn in which they are taken
    pointed: Pointed | None
    resumes_at: datetime | None
    comes_in: bool  # one may say that one is there

    @property
    def is_over(self) -> bool:
        """True once nobody meets any more."""
        return self.state in OVER

    def in_turn(self, items: list[int]) -> list[int]:
        """The items in the order in which they are taken; before the first is called, as announced."""
        known = {item: at for at, item in enumerate(self.order)}
        return sorted(items, key=lambda item: known.get(item, len(known) + items.index(item)))


_PLACE = (
    Accreditation.id, SittingSeat.id, SittingSeat.number, SittingSeat.name, SittingSeat.body_id, SittingSeat.population,
    SittingSeat.role, Accreditation.mandate_id, Accreditation.office, Accreditation.presence,
    Accreditation.state, Accreditation.reason,
)  # fmt: skip


def own(actor: Actor, sitting: int) -> Own:
    """The reader's place; for whoever has none, the reason."""
    later = aliased(Accreditation)
    followed = sa.exists().where(later.follows_id == Accreditation.id)
    rows: Any = db.session.execute(
        sa.select(*_PLACE, followed)
        .join(SittingSeat, SittingSeat.id == Accreditation.seat_id)
        .where(Accreditation.sitting_id == sitting, Accreditation.person_id == (actor.person_id or 0))
        .order_by(Accreditation.id.desc())
        .limit(20)
    ).all()
    places = [Place(*row[:-1]) for row in rows]
    in_force = {grant.mandate_id for grant in actor.grants}
    cards = [Card(place.state, place.mandate_id in in_force, row[-1]) for place, row in zip(places, rows, strict=True)]
    at = living(cards)
    shown = places[at] if at is not None else (places[0] if places else None)
    return Own(shown, hindrance(cards))


def there(place: Place) -> There:
    """Whether somebody counts as present for a place, and what was said to the desk."""
    row = db.session.execute(
        sa.select(Presence.from_at, Presence.way).where(
            Presence.accreditation_id == place.accreditation_id, Presence.until_at.is_(None)
        )
    ).first()
    claim = db.session.execute(
        sa.select(PresenceClaim.state, PresenceClaim.claimed_at, PresenceClaim.reason)
        .where(PresenceClaim.accreditation_id == place.accreditation_id)
        .order_by(PresenceClaim.id.desc())
        .limit(1)
    ).first()
    if row is not None:
        return There(row.from_at, row.way)
    if claim is None:
        return There()
    waits = claim.state is ClaimState.WAITING
    return There(
        claimed_at=claim.claimed_at if waits else None,
        refused=claim.reason if claim.state is ClaimState.REFUSED else None,
    )


def seats(sitting: int) -> list[Seat]:
    """The seats by their number, for what is told of them."""
    query = sa.select(SittingSeat.number, SittingSeat.name).where(SittingSeat.sitting_id == sitting)
    return [Seat(*row) for row in db.session.execute(query.order_by(SittingSeat.number))]


def course(sitting: int, now: datetime) -> Course:
    """How far the sitting has come, for whoever may see it."""
    state = db.session.execute(sa.select(Sitting.state).where(Sitting.id == sitting)).scalar_one()
    rows = db.session.execute(
        sa.select(ItemCourse.item_id, ItemCourse.state)
        .where(ItemCourse.sitting_id == sitting)
        .order_by(ItemCourse.turn, ItemCourse.item_id)
    ).all()
    spell = db.session.execute(
        sa.select(ItemSpell.item_id, ItemSpell.began_at).where(
            ItemSpell.sitting_id == sitting, ItemSpell.ended_at.is_(None)
        )
    ).first()
    standstill = db.session.execute(
        sa.select(Suspension.resumes_at).where(Suspension.sitting_id == sitting, Suspension.ended_at.is_(None))
    ).first()
    return Course(
        state=state,
        current=spell.item_id if spell else None,
        since=spell.began_at if spell else None,
        states={row.item_id: row.state for row in rows},
        order=tuple(row.item_id for row in rows),
        pointed=_pointed(sitting),
        resumes_at=standstill.resumes_at if standstill else None,
        comes_in=_comes_in(sitting, state, now),
    )


def _comes_in(sitting: int, state: SittingState, now: datetime) -> bool:
    if state in UNDER_WAY:
        return True
    return state is SittingState.CONVENED and due(hours(sitting), deserted(sitting), now) is not None


def _pointed(sitting: int) -> Pointed | None:
    row = db.session.execute(
        sa.select(HallScreen.action_id, HallScreen.paragraph)
        .where(HallScreen.sitting_id == sitting, HallScreen.action_id.is_not(None), HallScreen.paragraph != "")
        .order_by(HallScreen.hall)
        .limit(1)
    ).first()
    return Pointed(row.action_id, row.paragraph) if row is not None and row.action_id is not None else None


@dataclass(frozen=True)
class Made:
    """A remark that the reader made in the sitting, and how far it has come."""

    comment_id: int
    submission_id: int
    number: int | None
    code: str | None
    state: CommentState
    prepared: SubmissionState
    observation: str
    item_id: int | None
    at: datetime
    read_at: datetime | None


def remarks(actor: Actor, sitting: int) -> list[Made]:
    """What the reader has made here so far, the latest first."""
    rows: Any = db.session.execute(
        sa.select(
            Comment.id,
            Submission.id,
            Comment.number,
            Submission.code,
            Comment.state,
            Submission.state,
            Comment.observation,
            SittingRemark.item_id,
            SittingRemark.tied_at,
            SittingRemark.read_at,
        )
        .join(SittingRemark, SittingRemark.comment_id == Comment.id)
        .join(Submission, Submission.id == Comment.submission_id)
        .where(SittingRemark.sitting_id == sitting, SittingRemark.person_id == (actor.person_id or 0))
        .where(SittingRemark.made_here)
        .order_by(SittingRemark.tied_at.desc(), Comment.id.desc())
        .limit(MOST_REMARKS)
    )
    return [Made(*row) for row in rows]


def seated(actor: Actor) -> frozenset[int]:
    """The sittings at which the reader takes part for a seat."""
    if actor.person_id is None or not actor.grants:
        return frozenset()
    query = sa.select(Accreditation.sitting_id).where(
        Accreditation.person_id == actor.person_id,
        Accreditation.state == AccreditationState.GRANTED,
        Accreditation.mandate_id.in_([grant.mandate_id for grant in actor.grants]),
    )
    return frozenset(db.session.scalars(query))
