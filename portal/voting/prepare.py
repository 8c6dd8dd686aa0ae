"""Prepare a poll: the question, the rule set, the seats and their residents are fixed; persons come at the opening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.db import atomic, db, next_numbers
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest, text_digest
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.plan.models import PlanVersion
from portal.territory import queries as territory
from portal.territory.freeze_snapshot import freeze_snapshot
from portal.voting import conditions, roll, rules
from portal.voting.events import PollPrepared
from portal.voting.models import Poll, PollSeat, RuleSetRow, RuleSetVersion
from portal.voting.roll import Drawn, Place
from portal.voting.rules import FORUMS, Electorate, Matter, Mode


@dataclass(frozen=True)
class Question:
    """What is asked of whom. Without `snapshot_id` the latest figures count; `attested` is mandate to Comune.

    `places` are the seats that an earlier notice of the Conferenza (art. 30 c.6) or vote of the Forum has fixed; `call`
    is the one that is held, where conditions differ from call to call.
    """

    text: str
    matter: Matter
    mode: Mode = Mode.ROLL_CALL
    snapshot_id: int | None = None
    zone_id: int | None = None
    version_id: int | None = None
    follows_id: int | None = None
    secret: bool = False
    attested: Mapping[int, int] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    call: int = 1


@atomic()
def prepare(actor: Actor, question: Question, *, now: datetime) -> int:
    """Return the new poll's number. One that follows another keeps its seats, residents and rule set (art. 30 c.6)."""
    require(actor, Permission.POLL_PREPARE)
    text = typed(question.text, field="question", limit=rules.QUESTION_LIMIT)
    if question.version_id is not None and db.session.get(PlanVersion, question.version_id) is None:
        raise NotFound()
    earlier = _earlier(question)
    poll = _following(earlier) if earlier else _fresh(question, now)
    rule = conditions.parse(poll.rule["definition"])
    require(actor, Permission.POLL_PREPARE, poll)
    rules.check_not_secret(question.secret, weighted=rule.weighted)
    drawn = _same_seats(earlier) if earlier else _draw(actor, poll, question, now)
    if not drawn.places:
        raise Invalid(N_("Nobody is entitled to vote on this."), code="empty_roll", field="matter")

    poll.id = next_numbers("poll")[0]
    poll.question, poll.mode, poll.version_id = text, question.mode, question.version_id
    poll.population_base, poll.prepared_at = drawn.population_base, now
    poll.may_change = rule.may_change
    db.session.add(poll)
    db.session.flush()
    db.session.add_all(_seat(poll.id, number, place) for number, place in enumerate(drawn.places, 1))

    record(_event(poll, len(drawn.places)), actor=actor, now=now)
    return poll.id


def _fresh(question: Question, now: datetime) -> Poll:
    row = db.session.execute(
        sa.select(RuleSetVersion, RuleSetRow)
        .join(RuleSetRow, RuleSetRow.id == RuleSetVersion.rule_set_id)
        .where(RuleSetRow.matter == question.matter, RuleSetVersion.valid_from <= local_day(now))
        .order_by(RuleSetVersion.valid_from.desc(), RuleSetVersion.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise Invalid(N_("No rule set says how this matter is decided."), code="no_rule", field="matter")
    version, rule_set = row
    return Poll(
        matter=rule_set.matter,
        electorate=rule_set.electorate,
        zone_id=question.zone_id if rule_set.electorate is Electorate.ZONE else None,
        rule_version_id=version.id,
        rule=_copy(rule_set, version),
        call=question.call,
    )


def _copy(rule_set: RuleSetRow, version: RuleSetVersion) -> dict[str, Any]:
    return {
        "code": rule_set.code,
        "version": version.number,
        "valid_from": version.valid_from.isoformat(),
        "legal_basis": version.legal_basis,
        "definition": version.definition,
    }


def _earlier(question: Question) -> Poll | None:
    if question.follows_id is None:
        return None
    found = db.session.scalar(sa.select(Poll).where(Poll.id == question.follows_id).with_for_update())
    if found is None:
        raise NotFound()
    if found.matter is not question.matter:
        raise Invalid(N_("The earlier poll was about another matter."), code="follows", field="follows")
    if db.session.scalar(sa.select(Poll.id).where(Poll.follows_id == found.id)):
        raise Conflict(N_("This poll has already been repeated."), code="follows", field="follows")
    return found


def _following(earlier: Poll) -> Poll:
    return Poll(
        matter=earlier.matter,
        electorate=earlier.electorate,
        zone_id=earlier.zone_id,
        rule_version_id=earlier.rule_version_id,
        rule=earlier.rule,
        call=rules.next_call(earlier.state, earlier.call, met=bool(earlier.met)),
        follows_id=earlier.id,
        snapshot_id=earlier.snapshot_id,
    )


def _same_seats(earlier: Poll) -> Drawn:
    seats = db.session.scalars(sa.select(PollSeat).where(PollSeat.poll_id == earlier.id).order_by(PollSeat.number))
    places = (Place(s.key, s.name, s.body_id, s.population, s.group, s.reserved_for_id) for s in seats)
    return Drawn(tuple(places), earlier.population_base)


def _draw(actor: Actor, poll: Poll, question: Question, now: datetime) -> Drawn:
    if poll.electorate not in FORUMS:
        latest = territory.latest_snapshot()
        poll.snapshot_id = question.snapshot_id or (latest.id if latest else None)
    if question.places and poll.electorate in FORUMS | {Electorate.CONFERENCE}:
        drawn = Drawn(question.places, sum(place.population for place in question.places))
    else:
        drawn = roll.draw(poll.electorate, poll.snapshot_id, poll.zone_id, question.attested, now)
    if poll.snapshot_id is not None:
        freeze_snapshot(actor, poll.snapshot_id, now=now)
    return drawn


def _seat(poll_id: int, number: int, place: Place) -> PollSeat:
    return PollSeat(
        poll_id=poll_id,
        number=number,
        key=place.key,
        name=place.name,
        body_id=place.body_id,
        population=place.population,
        group=place.group,
        reserved_for_id=place.reserved_for_id,
    )


def _event(poll: Poll, seats: int) -> PollPrepared:
    return PollPrepared(
        poll_id=poll.id,
        matter=poll.matter.value,
        rule_code=poll.rule["code"],
        rule_hash=digest(poll.rule),
        question_hash=text_digest(poll.question),
        call=poll.call,
        seats=seats,
        population_base=poll.population_base,
        snapshot_id=poll.snapshot_id,
        follows_id=poll.follows_id,
    )
