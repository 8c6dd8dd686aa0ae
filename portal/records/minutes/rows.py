"""The rows that entries name, read a table at a time; names as they were when the minutes were drawn up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.comments.models import Comment
from portal.conferences.accreditation_models import Accreditation
from portal.conferences.floor.models import Speech, SpeechPause
from portal.conferences.hall.models import Incident, ItemCourse, Presence, RollAnswer, RollCall, Suspension
from portal.conferences.models import SittingSeat
from portal.conferences.table.models import Indication, IndicationRound, SittingPoll
from portal.db import db
from portal.kernel.offices import BodyKind
from portal.plan.models import Action, Paragraph
from portal.records.minutes.facts import Place, Sitter
from portal.records.minutes.italian import municipality
from portal.territory.models import Body

Kept = dict[str, Any]


class Rows:
    """Everything of one sitting, by id."""

    def __init__(self, sitting_id: int, kept: Kept | None) -> None:
        self.sitting_id = sitting_id
        self.kept: Kept = {"city": "", "sitters": {}, "bodies": {}, "voters": {}, **(kept or {})}
        self.seats = {row.id: row for row in self._all(SittingSeat)}
        self.municipalities = self._municipalities()
        self.presence = {row.id: row for row in self._all(Presence)}
        self.suspensions = {row.id: row for row in self._all(Suspension)}
        self.courses = {row.item_id: row for row in self._all(ItemCourse)}
        self.incidents = {row.id: row for row in self._all(Incident)}
        self.rolls = {row.id: row for row in self._all(RollCall)}
        self.speeches = {row.id: row for row in self._all(Speech)}
        self.rounds = {row.id: row for row in self._all(IndicationRound)}
        self.polls = {row.poll_id: row for row in self._all(SittingPoll)}
        self.paused = self._pauses()
        self.sitters = self._sitters()
        self.city = self._city()

    def _all(self, model: Any) -> Iterable[Any]:
        query = sa.select(model).where(model.sitting_id == self.sitting_id)
        return db.session.execute(query.execution_options(populate_existing=True)).scalars()

    def place(self, seat_id: int | None) -> Place | None:
        """A seat by its row."""
        row = self.seats.get(seat_id or 0)
        if row is None:
            return None
        called = municipality(row.name) if row.body_id in self.municipalities else ""
        return Place(row.number, row.name, row.role.value == "entitled", row.population, called)

    def answered(self, roll_call: int) -> set[int]:
        """The seats that answered a roll call."""
        query = sa.select(RollAnswer.seat_id).where(RollAnswer.roll_call_id == roll_call, RollAnswer.present.is_(True))
        return set(db.session.execute(query).scalars())

    def indications(self, round_id: int) -> list[tuple[str, str]]:
        """What each body said last, in the order of the seats."""
        rows = db.session.execute(
            sa.select(SittingSeat.name, Indication.stance)
            .join(SittingSeat, SittingSeat.id == Indication.seat_id)
            .where(Indication.round_id == round_id, Indication.replaced_at.is_(None))
            .order_by(SittingSeat.number)
        )
        return [(row.name, row.stance.value) for row in rows]

    def action(self, action_id: int) -> tuple[str, str]:
        """Code and title; versions that were published do not change."""
        row = db.session.execute(sa.select(Action.code, Action.title).where(Action.id == action_id)).one()
        return row.code, row.title

    def remark(self, comment_id: int) -> tuple[int | None, str, str, str] | None:
        """Number, body, kind and place of a remark; never its words."""
        row = db.session.execute(
            sa.select(Comment.number, Comment.body_id, Body.name, Body.kind.label("body_kind"), Comment.kind)
            .add_columns(Action.code, Paragraph.position)
            .join(Body, Body.id == Comment.body_id)
            .outerjoin(Action, Action.id == Comment.action_id)
            .outerjoin(Paragraph, Paragraph.id == Comment.paragraph_id)
            .where(Comment.id == comment_id)
        ).one_or_none()
        if row is None:
            return None
        name = municipality(row.name) if row.body_kind is BodyKind.MUNICIPALITY else row.name
        body = self.kept["bodies"].setdefault(str(row.body_id), name)
        place = f"azione {row.code}" if row.code else "piano nel suo insieme"
        if row.position is not None and row.code:
            place += f", comma {row.position}"
        return row.number, body, row.kind.value, place

    def voter(self, poll_id: int, seat: int, name: str) -> str:
        """Who answered for a seat of a poll, as named when the minutes were drawn up."""
        return str(self.kept["voters"].setdefault(f"{poll_id}:{seat}", name))

    def _municipalities(self) -> set[int]:
        """Bodies of this sitting that are Comuni, whose name may not say so."""
        bodies = {row.body_id for row in self.seats.values()}
        query = sa.select(Body.id).where(Body.id.in_(bodies), Body.kind == BodyKind.MUNICIPALITY)
        return set(db.session.execute(query).scalars())

    def _pauses(self) -> dict[int, int]:
        """Seconds that each speech stood still."""
        rows = db.session.execute(
            sa.select(SpeechPause.speech_id, SpeechPause.began_at, SpeechPause.ended_at).where(
                SpeechPause.speech_id.in_(list(self.speeches)), SpeechPause.ended_at.is_not(None)
            )
        )
        found: dict[int, int] = {}
        for row in rows:
            found[row.speech_id] = found.get(row.speech_id, 0) + int((row.ended_at - row.began_at).total_seconds())
        return found

    def _sitters(self) -> dict[int, Sitter]:
        """Who came by each accreditation."""
        rows = db.session.execute(
            sa.select(Accreditation.id, Person.name, Accreditation.office, Accreditation.title, Accreditation.delegated)
            .join(Person, Person.id == Accreditation.person_id)
            .where(Accreditation.sitting_id == self.sitting_id)
        )
        kept: dict[str, Any] = self.kept["sitters"]
        for row in rows:
            kept.setdefault(str(row.id), [row.name, row.office.value, row.title, row.delegated])
        return {int(key): Sitter(*value) for key, value in kept.items()}

    def _city(self) -> str:
        if not self.kept["city"]:
            query = sa.select(Body.name).where(Body.kind == BodyKind.METROPOLITAN_CITY).order_by(Body.id).limit(1)
            self.kept["city"] = db.session.scalar(query) or ""
        return str(self.kept["city"])
