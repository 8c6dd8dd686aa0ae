"""Show something in a hall: an item, a paragraph, a remark, indications, a poll, a message; or follow the sitting.

What is not public for everybody is refused here, whoever asks: a screen is read by whoever walks in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from portal.comments.models import Comment
from portal.comments.rules import CommentState
from portal.conferences import locked
from portal.conferences.hall import acts
from portal.conferences.hall.events import ScreenShown
from portal.conferences.hall.models import HallScreen
from portal.conferences.hall.rules import MESSAGE_LIMIT, Shows, Theme
from portal.conferences.models import AgendaItem, AgendaItemAction
from portal.conferences.rules import SittingState
from portal.conferences.screen.queries import FIRST
from portal.conferences.table.models import IndicationRound, SittingPoll
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.plan.models import Action, Paragraph, PlanVersion
from portal.plan.rules import VersionState
from portal.voting.models import Poll
from portal.voting.rules import PUBLIC_STATES

ACT, ADDED = "screen.shown", "screen.added"
KEPT = (
    "label",
    "theme",
    "follows",
    "shows",
    "item_id",
    "action_id",
    "paragraph",
    "comment_id",
    "poll_id",
    "round_id",
    "message",
)
_NOT_YET = frozenset({SittingState.PLANNED, SittingState.CANCELLED})


@dataclass(frozen=True)
class Wanted:
    """What a hall should see; only what its kind needs is looked at."""

    shows: Shows
    item_id: int | None = None
    action_id: int | None = None
    paragraph: str = ""
    remark: int | None = None  # the public number
    poll_id: int | None = None
    round_id: int | None = None
    message: str = ""


@atomic()
def show(actor: Actor, sitting_id: int, hall: int, wanted: Wanted, *, now: datetime) -> None:
    """Show this until something else is shown, or until the screen follows the sitting again."""
    screen = _alone(actor, sitting_id, hall, now)
    chosen = _CHOSEN[wanted.shows](sitting_id, wanted)
    _put(actor, screen, {**_NOTHING, **chosen, "shows": wanted.shows, "follows": False}, now)


@atomic()
def follow(actor: Actor, sitting_id: int, hall: int, *, now: datetime) -> None:
    """Let the screen show the item in discussion by itself, and the order of the day while there is none."""
    screen = _alone(actor, sitting_id, hall, now)
    _put(actor, screen, {**_NOTHING, "shows": Shows.WAITING, "follows": True}, now)


@atomic()
def theme(actor: Actor, sitting_id: int, hall: int, wanted: Theme, *, now: datetime) -> None:
    """Dark on light, or light on dark."""
    screen = _alone(actor, sitting_id, hall, now)
    _put(actor, screen, {"theme": wanted}, now)


def told(screen: HallScreen) -> ScreenShown:
    """What the record says of a screen."""
    number = db.session.scalar(sa.select(Comment.number).where(Comment.id == screen.comment_id))
    return ScreenShown(
        screen.sitting_id,
        screen.hall,
        screen.shows.value,
        screen.follows,
        screen.theme.value,
        screen.item_id,
        screen.action_id,
        screen.paragraph,
        number,
        screen.poll_id,
        screen.round_id,
    )


def kept(screen: HallScreen) -> dict[str, Any]:
    """What is needed to go back to how a screen is now."""
    values = {name: getattr(screen, name) for name in KEPT}
    plain = {name: value.value if isinstance(value, StrEnum) else value for name, value in values.items()}
    return {"sitting": screen.sitting_id, "hall": screen.hall, **plain}


def of_hall(sitting_id: int, hall: int, now: datetime) -> HallScreen:
    """The row of a hall, made if it is the first one and nobody has set it up."""
    query = sa.select(HallScreen).where(HallScreen.sitting_id == sitting_id, HallScreen.hall == hall)
    screen = db.session.scalar(query.execution_options(populate_existing=True))
    if screen is None and hall == FIRST:
        screen = HallScreen(sitting_id=sitting_id, hall=hall, label="", theme=Theme.LIGHT, shown_at=now)
        screen.follows, screen.shows, screen.paragraph, screen.message = True, Shows.WAITING, "", ""
        db.session.add(screen)
        db.session.flush()
    if screen is None:
        raise NotFound()
    return screen


def check_announced(state: SittingState) -> None:
    """Before the notice there is nothing that a hall may see."""
    if state in _NOT_YET:
        raise Conflict(N_("Only a sitting that is convened has screens."), code="state")


def _alone(actor: Actor, sitting_id: int, hall: int, now: datetime) -> HallScreen:
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    check_announced(sitting.state)
    return of_hall(sitting_id, hall, now)


def _put(actor: Actor, screen: HallScreen, values: dict[str, Any], now: datetime) -> None:
    before = kept(screen)
    for name, value in values.items():
        setattr(screen, name, value)
    screen.shown_at = now
    record(told(screen), actor=actor, now=now)
    acts.done(screen.sitting_id, ACT, before, actor, now, of=screen.hall)


_NOTHING: dict[str, Any] = {
    "item_id": None,
    "action_id": None,
    "paragraph": "",
    "comment_id": None,
    "poll_id": None,
    "round_id": None,
    "message": "",
}


def _nothing(_sitting_id: int, _wanted: Wanted) -> dict[str, Any]:
    return {}


def _item(sitting_id: int, wanted: Wanted) -> dict[str, Any]:
    item = locked.item(sitting_id, wanted.item_id or 0)
    if item.notice_id is None:
        raise Conflict(N_("No notice has announced this item: it is not public."), code="not_public")
    return {"item_id": item.id}


def _paragraph(sitting_id: int, wanted: Wanted) -> dict[str, Any]:
    """An action of the agenda in a text that is public, and one of its paragraphs."""
    known = (
        sa.select(Action.id, PlanVersion.state)
        .join(PlanVersion, PlanVersion.id == Action.version_id)
        .join(AgendaItemAction, AgendaItemAction.action_id == Action.id)
        .join(AgendaItem, AgendaItem.id == AgendaItemAction.item_id)
        .where(AgendaItem.sitting_id == sitting_id, AgendaItem.notice_id.is_not(None), Action.id == wanted.action_id)
    )
    row = db.session.execute(known.limit(1)).first()
    if row is None:
        raise NotFound()
    if row[1] is VersionState.DRAFT:
        raise Conflict(N_("This text of the plan is not public yet."), code="not_public")
    there = sa.select(Paragraph.id).where(Paragraph.action_id == row[0], Paragraph.key == wanted.paragraph)
    if wanted.paragraph and db.session.scalar(there) is None:
        raise NotFound()
    item = {"item_id": _item(sitting_id, wanted)["item_id"]} if wanted.item_id else {}
    return {"action_id": row[0], "paragraph": wanted.paragraph, **item}


def _remark(_sitting_id: int, wanted: Wanted) -> dict[str, Any]:
    """An admitted remark alone; its words are read anew each time, as they stand after passages were hidden."""
    query = sa.select(Comment.id, Comment.state).where(Comment.number == wanted.remark)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound()
    if row[1] is not CommentState.ADMITTED:
        raise Conflict(N_("Only an admitted remark can be shown in the hall: admit it first."), code="not_public")
    return {"comment_id": row[0]}


def _round(sitting_id: int, wanted: Wanted) -> dict[str, Any]:
    there = sa.select(IndicationRound.action_id).where(
        IndicationRound.id == wanted.round_id, IndicationRound.sitting_id == sitting_id
    )
    action_id = db.session.scalar(there)
    if action_id is None:
        raise NotFound()
    return {"round_id": wanted.round_id, "action_id": action_id}


def _poll(sitting_id: int, wanted: Wanted) -> dict[str, Any]:
    query = sa.select(Poll.state, Poll.opened_at).join(SittingPoll, SittingPoll.poll_id == Poll.id)
    query = query.where(SittingPoll.sitting_id == sitting_id, Poll.id == wanted.poll_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound()
    if row[0] not in PUBLIC_STATES or row[1] is None:
        raise Conflict(N_("The vote can be shown once it is open."), code="not_public")
    return {"poll_id": wanted.poll_id}


def _message(_sitting_id: int, wanted: Wanted) -> dict[str, Any]:
    return {"message": typed(wanted.message, field="message", limit=MESSAGE_LIMIT)}


_CHOSEN = {
    Shows.WAITING: _nothing,
    Shows.ITEM: _item,
    Shows.PARAGRAPH: _paragraph,
    Shows.REMARK: _remark,
    Shows.INDICATION: _round,
    Shows.POLL: _poll,
    Shows.MESSAGE: _message,
}
