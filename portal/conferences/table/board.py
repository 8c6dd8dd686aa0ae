"""What the cockpit says of the table: remarks that arrive, the round that is open, the votes of the items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Mandate
from portal.comments import rules as admission
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.placed import sent
from portal.comments.rules import CommentKind, CommentState
from portal.comments.visibility import visible_clause
from portal.conferences import queries as sittings
from portal.conferences.floor.models import Speech
from portal.conferences.hall.models import ItemSpell
from portal.conferences.models import AgendaItem, AgendaItemAction
from portal.conferences.rules import ItemKind, SittingState, votable
from portal.conferences.table import queries
from portal.conferences.table.models import SittingRemark
from portal.conferences.table.queries import RoundRow, Sheet
from portal.conferences.table.votes import PollLine, poll_lines
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, can, require
from portal.plan.models import Action, Paragraph
from portal.territory.models import Body

WORDS = 160  # characters of a remark on the panel
ADMITTED_SHOWN = 8


@dataclass(frozen=True)
class RemarkLine:
    """A remark on the panel: who, on what, its first words."""

    comment_id: int
    number: int
    kind: CommentKind
    state: CommentState
    is_public: bool
    body: str
    office: Office | None
    action_code: str | None
    paragraph: int | None
    words: str
    item: int | None
    speech_id: int | None
    read_at: datetime | None
    tied_at: datetime
    made_here: bool
    own: bool  # the reader wrote or signed it: somebody else decides


@dataclass(frozen=True)
class ItemNow:
    """The item in discussion, with the actions it is about."""

    id: int
    number: int
    title: str
    kind: ItemKind
    actions: tuple[tuple[int, str, str], ...]  # id, code, title

    @property
    def votable(self) -> bool:
        """True if something can be put to the vote on it."""
        return votable(self.kind)


@dataclass(frozen=True)
class TableBoard:
    """Everything that the panel draws."""

    sitting: int
    state: SittingState
    item: ItemNow | None
    waiting: tuple[RemarkLine, ...]  # to be admitted, the newest first
    admitted: tuple[RemarkLine, ...]  # the latest ones
    admitted_total: int
    sheet: Sheet | None  # of the round that is open
    rounds: tuple[RoundRow, ...]
    polls: tuple[PollLine, ...]
    consultations: tuple[str, ...]  # streams in which decisions on these remarks are told
    speech_id: int | None
    may_conduct: bool
    may_decide: bool
    may_prepare: bool
    may_vote: bool  # conduct votes

    @property
    def running(self) -> bool:
        """True while something can be put on the table."""
        return self.state in {SittingState.IN_SESSION, SittingState.SUSPENDED}


def table_board(actor: Actor, sitting_id: int, now: datetime) -> TableBoard:
    """For whoever conducts or watches."""
    require(actor, Permission.SITTING_WATCH)
    row = sittings.sitting(actor, sitting_id)
    lines = remark_lines(actor, sitting_id)
    opened = queries.open_round(sitting_id)
    admitted = [line for line in lines if line.state is CommentState.ADMITTED]
    return TableBoard(
        sitting=sitting_id,
        state=row.state,
        item=item_now(sitting_id),
        waiting=tuple(line for line in lines if line.state is CommentState.SUBMITTED),
        admitted=tuple(admitted[:ADMITTED_SHOWN]),
        admitted_total=len(admitted),
        sheet=queries.sheet_of(opened, now=now) if opened else None,
        rounds=tuple(queries.rounds(actor, sitting_id)),
        polls=tuple(poll_lines(actor, sitting_id, now)),
        consultations=_streams(sitting_id),
        speech_id=_speech(sitting_id),
        may_conduct=can(actor, Permission.SITTING_CONDUCT),
        may_decide=can(actor, Permission.COMMENT_DECIDE),
        may_prepare=can(actor, Permission.POLL_PREPARE),
        may_vote=can(actor, Permission.POLL_CONDUCT),
    )


def remark_lines(actor: Actor, sitting_id: int) -> list[RemarkLine]:
    """Remarks of the sitting that were sent and stand, the newest first, with the words this reader may read."""
    columns = (
        Comment.id, Comment.number, Comment.kind, Comment.state, Consultation.admission, Body.name,
        Action.code, Paragraph.number, sa.func.substr(Comment.observation, 1, 2 * WORDS), AgendaItem.position,
        SittingRemark.speech_id, SittingRemark.read_at, SittingRemark.tied_at, SittingRemark.made_here,
        Submission.person_id, Submission.signed_person_id, Mandate.office,
    )  # fmt: skip
    rows: Any = db.session.execute(
        sent(*columns)
        .join(SittingRemark, SittingRemark.comment_id == Comment.id)
        .outerjoin(Mandate, Mandate.id == Submission.signed_mandate_id)
        .outerjoin(AgendaItem, AgendaItem.id == SittingRemark.item_id)
        .where(SittingRemark.sitting_id == sitting_id, Comment.number.is_not(None), visible_clause(actor))
        .where(Comment.state.in_((CommentState.SUBMITTED, CommentState.ADMITTED)))
        .order_by(SittingRemark.tied_at.desc(), Comment.id.desc())
        .limit(queries.MOST)
    )
    return [_line(actor, row) for row in rows]


def _line(actor: Actor, row: Any) -> RemarkLine:
    cid, number, kind, state, mode, body, code, paragraph, words, item, speech, read, tied, here, *who, office = row
    said = " ".join(words.split())
    return RemarkLine(
        comment_id=cid,
        number=number,
        kind=kind,
        state=state,
        is_public=admission.may_see(admission.Reader.PUBLIC, state, mode),
        body=body,
        office=office,
        action_code=code,
        paragraph=paragraph,
        words=said if len(said) <= WORDS else f"{said[:WORDS].rstrip()}…",
        item=item,
        speech_id=speech,
        read_at=read,
        tied_at=tied,
        made_here=here,
        own=actor.person_id in who,
    )


def item_now(sitting_id: int) -> ItemNow | None:
    """What is in discussion."""
    row = db.session.execute(
        sa.select(AgendaItem.id, AgendaItem.position, AgendaItem.title, AgendaItem.kind)
        .join(ItemSpell, ItemSpell.item_id == AgendaItem.id)
        .where(ItemSpell.sitting_id == sitting_id, ItemSpell.ended_at.is_(None))
    ).first()
    return ItemNow(*row, actions=actions_of(row.id)) if row else None


def actions_of(item_id: int) -> tuple[tuple[int, str, str], ...]:
    """The actions that an item is about: id, code, title."""
    rows = db.session.execute(
        sa.select(Action.id, Action.code, Action.title)
        .join(AgendaItemAction, AgendaItemAction.action_id == Action.id)
        .where(AgendaItemAction.item_id == item_id)
        .order_by(Action.position)
    )
    return tuple((row.id, row.code, row.title) for row in rows)


def _speech(sitting_id: int) -> int | None:
    return db.session.scalar(sa.select(Speech.id).where(Speech.sitting_id == sitting_id, Speech.ended_at.is_(None)))


def _streams(sitting_id: int) -> tuple[str, ...]:
    among = sa.select(Comment.consultation_id).join(SittingRemark, SittingRemark.comment_id == Comment.id)
    found = db.session.scalars(among.where(SittingRemark.sitting_id == sitting_id).distinct())
    return tuple(f"consultation:{number}" for number in sorted(found))
