"""Reading conferences and sittings: what is announced, for everybody; what is planned, for the secretariat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.conferences.models import (
    Conference,
    ConferenceAction,
    ConferenceGuest,
    Notice,
    Paper,
    Sitting,
    SittingCall,
    SittingSeat,
)
from portal.conferences.rules import Mode, NoticeKind, Organ, SittingState, Slot, Visibility, timetable
from portal.conferences.ruleset import RuleSet, parse
from portal.db import db
from portal.files.models import StoredFile
from portal.files.rules import FileKind
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import NotFound
from portal.kernel.offices import BodyKind, Office
from portal.kernel.permissions import Permission, can
from portal.plan.models import Action

PAGE = 30


@dataclass(frozen=True)
class ConferenceRow:
    """A conference."""

    number: int
    organ: Organ
    title: str
    aim: str
    version_id: int | None
    opened_at: datetime


@dataclass(frozen=True)
class SittingRow:
    """A sitting in a list."""

    number: int
    conference: int
    conference_title: str
    organ: Organ
    title: str
    state: SittingState
    mode: Mode
    place: str
    visibility: Visibility
    starts_at: datetime
    last_call: datetime

    def is_over(self, now: datetime) -> bool:
        """True once the day of the last call has gone."""
        return local_day(now) > local_day(self.last_call)


@dataclass(frozen=True)
class NoticeRow:
    """A notice that was sent, as it was frozen."""

    id: int
    sitting: int
    number: int
    kind: NoticeKind
    content: dict[str, Any]
    sha256: str
    reason: str
    sent_at: datetime


@dataclass(frozen=True)
class Announced:
    """All that the notices of a sitting have announced so far."""

    row: SittingRow
    convocation: NoticeRow
    notices: tuple[NoticeRow, ...]
    items: tuple[dict[str, Any], ...]
    slots: tuple[Slot, ...]
    delegations_close_at: datetime

    @property
    def rule(self) -> RuleSet:
        """The rules frozen with the notice."""
        return parse(self.convocation.content["rule"]["definition"])

    @property
    def calls(self) -> list[datetime]:
        """Days and hours of the calls."""
        return [datetime.fromisoformat(call["starts_at"]) for call in self.convocation.content["calls"]]

    @property
    def cancellation(self) -> NoticeRow | None:
        """The notice that took it back."""
        return next((one for one in self.notices if one.kind is NoticeKind.CANCELLATION), None)


@dataclass(frozen=True)
class PaperFile:
    """A paper to hand out."""

    title: str
    name: str
    sha256: str
    kind: FileKind
    announced: bool


_FIRST = (
    sa.select(SittingCall.sitting_id, sa.func.min(SittingCall.starts_at, type_=SittingCall.starts_at.type).label("a"))
    .add_columns(sa.func.max(SittingCall.starts_at, type_=SittingCall.starts_at.type).label("z"))
    .group_by(SittingCall.sitting_id)
    .subquery()
)
_CONFERENCE = (
    Conference.id, Conference.organ, Conference.title, Conference.aim, Conference.version_id, Conference.opened_at,
)  # fmt: skip
_SITTING = (
    Sitting.id, Conference.id, Conference.title, Conference.organ, Sitting.title, Sitting.state, Sitting.mode,
    Sitting.place, Sitting.visibility, _FIRST.c.a, _FIRST.c.z,
)  # fmt: skip
_NOTICE = (
    Notice.id, Notice.sitting_id, Notice.number, Notice.kind, Notice.content, Notice.sha256, Notice.reason,
    Notice.sent_at,
)  # fmt: skip


def visible(actor: Actor) -> sa.ColumnElement[bool]:
    """The one clause: public sittings that were convened; reserved ones for those called; all for the staff."""
    if can(actor, Permission.CONFERENCE_WATCH):
        return sa.true()
    called = sa.select(SittingSeat.sitting_id).where(
        SittingSeat.body_id.in_([grant.body_id for grant in actor.grants] or [0])
    )
    seen = sa.or_(Sitting.visibility == Visibility.PUBLIC, Sitting.id.in_(called))
    # A moderator conducts reserved sittings too, and whoever presides by right signs their minutes, once convened.
    if can(actor, Permission.SITTING_WATCH) or _presides(actor):
        seen = sa.true()
    return sa.and_(Sitting.convened_at.is_not(None), seen)


def _presides(actor: Actor) -> bool:
    """The metropolitan mayor, or the deputy in the mayor's place."""
    acting = actor.acting
    return (
        acting is not None
        and acting.body_kind is BodyKind.METROPOLITAN_CITY
        and acting.office in {Office.MAYOR, Office.DEPUTY_MAYOR}
    )


def _sittings() -> sa.Select[Any]:
    query = sa.select(*_SITTING).join(Conference, Conference.id == Sitting.conference_id)
    return query.join(_FIRST, _FIRST.c.sitting_id == Sitting.id)


def sittings(actor: Actor, *, conference: int | None = None, announced: bool = True) -> list[SittingRow]:
    """Latest first; `announced` leaves out those that are only planned."""
    query = _sittings().where(visible(actor))
    if announced:
        query = query.where(Sitting.convened_at.is_not(None))
    if conference is not None:
        query = query.where(Sitting.conference_id == conference)
    rows = db.session.execute(query.order_by(_FIRST.c.a.desc(), Sitting.id.desc()).limit(200))
    return [SittingRow(*row) for row in rows]


def sitting(actor: Actor, number: int) -> SittingRow:
    """One sitting, for whoever may see it."""
    row = db.session.execute(_sittings().where(Sitting.id == number, visible(actor))).first()
    if row is None:
        raise NotFound()
    return SittingRow(*row)


def conferences(actor: Actor) -> list[ConferenceRow]:
    """Those with a sitting that the reader may see, latest first; for the staff all of them."""
    query = sa.select(*_CONFERENCE).order_by(Conference.id.desc()).limit(200)
    if not can(actor, Permission.CONFERENCE_WATCH):
        query = query.where(Conference.id.in_(sa.select(Sitting.conference_id).where(visible(actor))))
    return [ConferenceRow(*row) for row in db.session.execute(query)]


def conference(actor: Actor, number: int) -> ConferenceRow:
    """One conference, for whoever may see one of its sittings."""
    query = sa.select(*_CONFERENCE).where(Conference.id == number)
    if not can(actor, Permission.CONFERENCE_WATCH):
        query = query.where(Conference.id.in_(sa.select(Sitting.conference_id).where(visible(actor))))
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound()
    return ConferenceRow(*row)


def actions_of(conference_number: int) -> list[tuple[int, str, str]]:
    """The actions on the table: id, code, title."""
    rows = db.session.execute(
        sa.select(Action.id, Action.code, Action.title)
        .join(ConferenceAction, ConferenceAction.action_id == Action.id)
        .where(ConferenceAction.conference_id == conference_number)
        .order_by(Action.position)
    )
    return [(row.id, row.code, row.title) for row in rows]


def guests_of(conference_number: int) -> dict[int, str]:
    """Bodies invited besides, with the address given for them."""
    rows = db.session.execute(
        sa.select(ConferenceGuest.body_id, ConferenceGuest.email).where(
            ConferenceGuest.conference_id == conference_number
        )
    )
    return {row.body_id: row.email for row in rows}


def notices(sitting_number: int) -> list[NoticeRow]:
    """What was sent, oldest first."""
    query = sa.select(*_NOTICE).where(Notice.sitting_id == sitting_number).order_by(Notice.number)
    return [NoticeRow(*row) for row in db.session.execute(query)]


def announced(actor: Actor, number: int) -> Announced:
    """A sitting as its notices announce it; for everybody else there is nothing before the convocation."""
    row = sitting(actor, number)
    sent = notices(number)
    if not sent:
        raise NotFound()
    items = merged(sent)
    content = sent[0].content
    starts = datetime.fromisoformat(content["calls"][0]["starts_at"])
    return Announced(
        row=row,
        convocation=sent[0],
        notices=tuple(sent),
        items=items,
        slots=timetable(starts, [item["minutes"] for item in items]),
        delegations_close_at=datetime.fromisoformat(content["delegations_close_at"]),
    )


def merged(sent: Sequence[NoticeRow]) -> tuple[dict[str, Any], ...]:
    """The agenda with all that addenda have added; `since` is the notice that announced an item or a paper."""
    items: dict[int, dict[str, Any]] = {}
    for notice in sent:
        for item in notice.content["items"]:
            papers = [{**paper, "since": notice.number} for paper in item["papers"]]
            known = items.get(item["id"])
            if known is None:
                items[item["id"]] = {**item, "papers": papers, "since": notice.number}
            else:
                known["papers"] = [*known["papers"], *papers]
    return tuple(sorted(items.values(), key=lambda item: item["number"]))


def paper(actor: Actor, sitting_number: int, paper_id: int) -> PaperFile:
    """A paper to hand out: announced ones to whoever sees the sitting, others to the staff."""
    sitting(actor, sitting_number)
    row = db.session.execute(
        sa.select(Paper.title, Paper.name, Paper.sha256, StoredFile.kind, Paper.notice_id.is_not(None))
        .join(StoredFile, StoredFile.sha256 == Paper.sha256)
        .where(Paper.id == paper_id, Paper.sitting_id == sitting_number)
    ).first()
    if row is None or not (row[4] or can(actor, Permission.CONFERENCE_WATCH)):
        raise NotFound()
    return PaperFile(*row)


def remote_link(actor: Actor, sitting_number: int) -> str:
    """Where one joins from afar, for those who were called; nothing for everybody else."""
    if not _is_called(actor, sitting_number):
        return ""
    return db.session.scalar(sa.select(Sitting.remote_link).where(Sitting.id == sitting_number)) or ""


def _is_called(actor: Actor, sitting_number: int) -> bool:
    if can(actor, Permission.CONFERENCE_WATCH):
        return True
    bodies = [grant.body_id for grant in actor.grants]
    query = sa.select(SittingSeat.id).where(SittingSeat.sitting_id == sitting_number, SittingSeat.body_id.in_(bodies))
    return bool(bodies) and db.session.scalar(query.limit(1)) is not None
