"""Reading for the secretariat: a sitting as it is planned, its agenda as it is written, what a notice would do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.conferences import cautions, rule_queries, seats
from portal.conferences.accreditation_models import ConvocationRequest
from portal.conferences.cautions import Caution, Facts, OnAgenda
from portal.conferences.models import (
    AgendaItem,
    AgendaItemAction,
    Conference,
    Paper,
    Sitting,
    SittingCall,
    SittingSeat,
)
from portal.conferences.rules import ItemKind, Mode, SittingState, Slot, Visibility, timetable
from portal.conferences.ruleset import RuleSet, parse
from portal.conferences.seats import Addressee, Place
from portal.db import db
from portal.files.models import StoredFile
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, require
from portal.plan.models import Action
from portal.territory import queries as territory


@dataclass(frozen=True)
class Planned:
    """All fields of a sitting, for the form and the desk."""

    number: int
    conference: int
    state: SittingState
    title: str
    mode: Mode
    place: str
    remote_link: str
    streaming_link: str
    visibility: Visibility
    chair: str
    case_officer: str
    contacts: str
    written_contributions: str
    speaking: str
    delegations_close_at: datetime
    request_id: int | None
    rule: dict[str, Any] | None
    calls: tuple[datetime, ...]


@dataclass(frozen=True)
class PaperRow:
    """A document of an item."""

    id: int
    item_id: int
    title: str
    name: str
    sha256: str
    size: int
    announced: bool


@dataclass(frozen=True)
class ItemRow:
    """An item with what belongs to it."""

    id: int
    number: int
    kind: ItemKind
    title: str
    details: str
    rapporteur: str
    minutes: int
    legal_basis: str
    needs_papers: bool
    announced: bool
    papers: tuple[PaperRow, ...] = ()
    actions: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True)
class Preview:
    """What would be sent now: to whom, and what is not as it should be."""

    rule: RuleSet
    places: list[Place]
    addressees: list[Addressee]
    cautions: list[Caution]

    @property
    def needs_reason(self) -> bool:
        """True if a term is not kept."""
        return any(caution.needs_reason for caution in self.cautions)


def planned(actor: Actor, number: int) -> Planned:
    """A sitting with all its fields."""
    require(actor, Permission.CONFERENCE_WATCH)
    row = db.session.get(Sitting, number)
    if row is None:
        raise NotFound()
    query = sa.select(SittingCall.starts_at).where(SittingCall.sitting_id == number).order_by(SittingCall.number)
    return Planned(
        number=row.id,
        conference=row.conference_id,
        state=row.state,
        title=row.title,
        mode=row.mode,
        place=row.place,
        remote_link=row.remote_link,
        streaming_link=row.streaming_link,
        visibility=row.visibility,
        chair=row.chair,
        case_officer=row.case_officer,
        contacts=row.contacts,
        written_contributions=row.written_contributions,
        speaking=row.speaking,
        delegations_close_at=row.delegations_close_at,
        request_id=row.request_id,
        rule=row.rule,
        calls=tuple(db.session.execute(query).scalars()),
    )


def rule_of(found: Planned, now: datetime) -> RuleSet:
    """The rules frozen with the notice; before it, those of today."""
    if found.rule is not None:
        return parse(found.rule["definition"])
    organ = db.session.execute(sa.select(Conference.organ).where(Conference.id == found.conference)).scalar_one()
    return rule_queries.holding(organ, local_day(now)).rule_set


def agenda(actor: Actor, number: int) -> list[ItemRow]:
    """The items in order, announced or not."""
    require(actor, Permission.CONFERENCE_WATCH)
    rows = db.session.scalars(
        sa.select(AgendaItem).where(AgendaItem.sitting_id == number).order_by(AgendaItem.position)
    ).all()
    papers, actions = _papers(number), _actions([row.id for row in rows])
    return [
        ItemRow(
            id=row.id,
            number=row.position,
            kind=row.kind,
            title=row.title,
            details=row.details,
            rapporteur=row.rapporteur,
            minutes=row.minutes,
            legal_basis=row.legal_basis,
            needs_papers=row.needs_papers,
            announced=row.notice_id is not None,
            papers=tuple(papers.get(row.id, ())),
            actions=tuple(actions.get(row.id, ())),
        )
        for row in rows
    ]


def _papers(number: int) -> dict[int, list[PaperRow]]:
    rows = db.session.execute(
        sa.select(Paper.id, Paper.item_id, Paper.title, Paper.name, Paper.sha256, StoredFile.size)
        .add_columns(Paper.notice_id.is_not(None))
        .join(StoredFile, StoredFile.sha256 == Paper.sha256)
        .where(Paper.sitting_id == number)
        .order_by(Paper.id)
    )
    found: dict[int, list[PaperRow]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(PaperRow(*row))
    return found


def _actions(item_ids: list[int]) -> dict[int, list[tuple[int, str, str]]]:
    rows = db.session.execute(
        sa.select(AgendaItemAction.item_id, Action.id, Action.code, Action.title)
        .join(Action, Action.id == AgendaItemAction.action_id)
        .where(AgendaItemAction.item_id.in_(item_ids))
        .order_by(Action.position)
    )
    found: dict[int, list[tuple[int, str, str]]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append((row.id, row.code, row.title))
    return found


def slots(found: Planned, items: list[ItemRow]) -> tuple[Slot, ...]:
    """When each item is expected."""
    return timetable(found.calls[0], [item.minutes for item in items])


def preview(actor: Actor, number: int, *, now: datetime) -> Preview:
    """What the next notice would do: the convocation, or an addendum once the sitting is convened."""
    found, items = planned(actor, number), agenda(actor, number)
    rule = rule_of(found, now)
    if found.state is SittingState.PLANNED:
        latest = territory.latest_snapshot()
        places = seats.draw(rule, found.conference, latest.id if latest else None, now)
    else:
        rows = db.session.scalars(
            sa.select(SittingSeat).where(SittingSeat.sitting_id == number).order_by(SittingSeat.number)
        )
        places = [Place(s.role, s.body_id, s.name, s.population, s.reserved_for_id) for s in rows]
    to = seats.addressees(places, rule, found.conference, now)
    facts = replace(_facts(found, items, rule), unreachable=seats.unreachable(places, to))
    if found.state is SittingState.PLANNED:
        return Preview(rule, places, to, cautions.of_convocation(facts, now))
    return Preview(rule, places, to, cautions.of_addendum(facts, now))


def _facts(found: Planned, items: list[ItemRow], rule: RuleSet) -> Facts:
    organ = db.session.execute(sa.select(Conference.organ).where(Conference.id == found.conference)).scalar_one()
    asked = db.session.get(ConvocationRequest, found.request_id) if found.request_id is not None else None
    first = found.state is SittingState.PLANNED
    new = {item.id: sum(1 for p in item.papers if first or not p.announced) for item in items}
    return Facts(
        organ=organ,
        rule=rule,
        calls=found.calls,
        closes_at=found.delegations_close_at,
        items=[
            OnAgenda(item.number, item.title, item.kind, item.needs_papers, new[item.id])
            for item in items
            if first or not item.announced or new[item.id]
        ],
        unreachable=(),
        due_on=asked.due_on if asked else None,
    )
