"""Set up a conference: whose sittings, on which version of the plan, which actions, who is invited besides."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from portal.accounts.rules import normal_email
from portal.conferences import locked, rules
from portal.conferences.events import ConferenceChanged, ConferenceOpened
from portal.conferences.models import (
    AgendaItem,
    AgendaItemAction,
    Conference,
    ConferenceAction,
    ConferenceGuest,
    Sitting,
)
from portal.conferences.rules import Organ
from portal.db import atomic, db, next_numbers
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.plan.models import Action, PlanVersion
from portal.plan.rules import VersionState
from portal.territory.models import Body


@dataclass(frozen=True)
class Wanted:
    """What the secretariat decides; guests are bodies with an address, or none if the register knows whom to write."""

    organ: Organ
    title: str
    aim: str
    version_id: int | None = None
    action_ids: Collection[int] = ()
    guests: Mapping[int, str] = field(default_factory=dict)


@atomic()
def open_conference(actor: Actor, wanted: Wanted, *, now: datetime) -> int:
    """Return its number."""
    require(actor, Permission.CONFERENCE_MANAGE)
    row = Conference(organ=wanted.organ, opened_at=now)
    _write(row, wanted)
    row.id = next_numbers("conference")[0]
    db.session.add(row)
    db.session.flush()
    _put(row, wanted)
    record(ConferenceOpened(row.id, row.organ.value, row.version_id, _fingerprint(wanted)), actor=actor, now=now)
    return row.id


@atomic()
def change_conference(actor: Actor, number: int, wanted: Wanted, *, now: datetime) -> int:
    """Change what is not announced: once a sitting is convened, only actions and guests of the next ones."""
    row = locked.conference(number)
    require(actor, Permission.CONFERENCE_MANAGE)
    announced = db.session.scalar(
        sa.select(Sitting.id).where(Sitting.conference_id == number, Sitting.convened_at.is_not(None)).limit(1)
    )
    before = (row.organ, row.title, row.aim, row.version_id)
    row.organ = wanted.organ
    _write(row, wanted)
    if announced and (row.organ, row.title, row.aim, row.version_id) != before:
        raise Conflict(
            N_("A sitting of this conference has been convened: its body, title, aim and version stay as they are."),
            code="announced",
        )
    db.session.flush()
    _put(row, wanted)
    record(ConferenceChanged(row.id, _fingerprint(wanted)), actor=actor, now=now)
    return row.id


def _write(row: Conference, wanted: Wanted) -> None:
    row.title = typed(wanted.title, field="title", limit=rules.TITLE_LIMIT)
    row.aim = typed(wanted.aim, field="aim", limit=rules.TEXT_LIMIT)
    if wanted.version_id is not None:
        version = db.session.get(PlanVersion, wanted.version_id)
        if version is None or version.state is VersionState.DRAFT:
            raise Invalid(N_("Choose a published version of the plan."), code="version", field="version")
    row.version_id = wanted.version_id


def _put(row: Conference, wanted: Wanted) -> None:
    _put_actions(row, set(wanted.action_ids))
    _put_guests(row, wanted.guests)


def _put_actions(row: Conference, wanted: set[int]) -> None:
    rows = db.session.execute(sa.select(Action.id).where(Action.id.in_(wanted), Action.version_id == row.version_id))
    if set(rows.scalars()) != wanted:
        raise Invalid(
            N_("These actions do not belong to the version that was chosen."), code="actions", field="actions"
        )
    items = sa.select(AgendaItem.id).join(Sitting, Sitting.id == AgendaItem.sitting_id)
    unheard = items.where(Sitting.conference_id == row.id, AgendaItem.notice_id.is_(None))
    db.session.execute(  # what leaves the table leaves the agendas that nobody has read
        sa.delete(AgendaItemAction)
        .where(AgendaItemAction.item_id.in_(unheard), AgendaItemAction.action_id.not_in(wanted))
        .execution_options(synchronize_session=False)
    )
    db.session.execute(sa.delete(ConferenceAction).where(ConferenceAction.conference_id == row.id))
    db.session.add_all(ConferenceAction(conference_id=row.id, action_id=one) for one in sorted(wanted))


def _put_guests(row: Conference, wanted: Mapping[int, str]) -> None:
    known = db.session.execute(sa.select(Body.id).where(Body.id.in_(list(wanted)), Body.ended_on.is_(None))).scalars()
    if set(known) != set(wanted):
        raise Invalid(N_("One of these bodies is not in the register any more."), code="guests", field="guests")
    addresses = {body: normal_email(text) if text.strip() else "" for body, text in wanted.items()}
    db.session.execute(sa.delete(ConferenceGuest).where(ConferenceGuest.conference_id == row.id))
    db.session.add_all(
        ConferenceGuest(conference_id=row.id, body_id=body, email=addresses[body]) for body in sorted(addresses)
    )


def _fingerprint(wanted: Wanted) -> str:
    return digest([wanted.organ.value, wanted.title, wanted.aim, sorted(wanted.action_ids), sorted(wanted.guests)])
