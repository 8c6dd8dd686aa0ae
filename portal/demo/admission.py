"""What admission did with some of the invented remarks: questions, hidden passages, reports, replies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

import sqlalchemy as sa

from portal.accounts import two_persons
from portal.comments import hiding
from portal.comments.answer_question import answer_question
from portal.comments.ask_author import ask_author
from portal.comments.confirm_hiding import confirm_hiding
from portal.comments.escalate import escalate
from portal.comments.exchange import questions
from portal.comments.hide_passage import hide_passage
from portal.comments.models import Comment
from portal.comments.open_original import open_original
from portal.comments.reconsider import reconsider
from portal.comments.reply import reply
from portal.comments.report import keep, report
from portal.comments.rules import ReasonCode
from portal.comments.take_down import take_down
from portal.db import db
from portal.demo import content
from portal.demo.agenda import Act
from portal.demo.city import City
from portal.demo.content import Item
from portal.kernel.actor import Actor

FILE = "admission.json"
MINUTES = timedelta(minutes=1)


class Told(Protocol):
    """A consultation as it goes on."""

    city: City
    remarks: dict[str, int]


def plan_admission(procedure: Told) -> None:
    """Put each act on the agenda, an hour and some minutes after the office opened, in their order."""
    agenda = procedure.city.agenda
    for n, fact in enumerate(content.items(FILE, "acts")):
        at = min(agenda.days_ago(fact["days_ago"]) + (70 + n) * MINUTES, agenda.now - (60 - n) * MINUTES)
        agenda.add(at, _act(procedure, fact))
    agenda.add(agenda.now - MINUTES, _escalate)


def _escalate(now: datetime) -> None:
    escalate(now=now)


def _act(procedure: Told, fact: Item) -> Act:
    def act(now: datetime) -> None:
        who = procedure.city.actor(fact["by"], fact.get("body", "citta-metropolitana"), now)
        ACTS[fact["act"]](procedure, who, procedure.remarks[fact["remark"]], fact, now)

    return act


def _number(comment_id: int) -> int:
    return db.session.execute(sa.select(Comment.number).where(Comment.id == comment_id)).scalar_one() or 0


def _reason(fact: Item) -> ReasonCode | None:
    return ReasonCode(fact["reason"]) if fact["reason"] else None


def _ask(_procedure: Told, who: Actor, comment_id: int, fact: Item, now: datetime) -> None:
    ask_author(who, comment_id, fact["text"], now=now)


def _answer(_procedure: Told, who: Actor, comment_id: int, fact: Item, now: datetime) -> None:
    (asked,) = (q for q in questions(comment_id) if q.is_open)
    answer_question(who, _number(comment_id), asked.id, fact["text"], now=now)


def _hide(procedure: Told, who: Actor, comment_id: int, fact: Item, now: datetime) -> None:
    hide_passage(who, comment_id, [], fact["quote"], _reason(fact), fact["text"], now=now)
    if fact["confirmed_by"]:
        (waiting,) = two_persons.waiting(hiding.subject(comment_id), hiding.PASSAGES, now=now)
        _confirm_later(procedure, comment_id, fact, waiting.id, now)


def _take_down(procedure: Told, who: Actor, comment_id: int, fact: Item, now: datetime) -> None:
    request = take_down(who, comment_id, _reason(fact), fact["text"], now=now)
    _confirm_later(procedure, comment_id, fact, request, now)


def _confirm_later(procedure: Told, comment_id: int, fact: Item, request_id: int, now: datetime) -> None:
    def confirm(then: datetime) -> None:
        confirm_hiding(procedure.city.staff(fact["confirmed_by"], then), comment_id, request_id, now=then)

    procedure.city.agenda.add(now + MINUTES / 2, confirm)


def _open(_procedure: Told, who: Actor, comment_id: int, fact: Item, now: datetime) -> None:
    open_original(who, comment_id, fact["text"], now=now)


def _report(_procedure: Told, who: Actor, comment_id: int, fact: Item, now: datetime) -> None:
    report(who, _number(comment_id), _reason(fact), fact["text"], now=now)


def _keep(_procedure: Told, who: Actor, comment_id: int, fact: Item, now: datetime) -> None:
    keep(who, comment_id, fact["text"], now=now)


def _reply(_procedure: Told, who: Actor, comment_id: int, fact: Item, now: datetime) -> None:
    reply(who, _number(comment_id), fact["text"], now=now)


def _reconsider(_procedure: Told, who: Actor, comment_id: int, fact: Item, now: datetime) -> None:
    reconsider(who, comment_id, fact["admitted"], _reason(fact), fact["text"], now=now)


ACTS: dict[str, Callable[[Told, Actor, int, Item, datetime], None]] = {
    "ask": _ask,
    "answer": _answer,
    "hide": _hide,
    "take_down": _take_down,
    "open": _open,
    "report": _report,
    "keep": _keep,
    "reply": _reply,
    "reconsider": _reconsider,
}
