"""Invented requests to the Forum: answered by the Council, expired, taken back, interrupted, under way.

What becomes of tables, text and votes in between is told by the chapters after this one.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from portal.comments.consultation_queries import Edition, shelf
from portal.demo import content
from portal.demo.agenda import Story
from portal.demo.city import City
from portal.demo.content import Item
from portal.forum import queries as forums
from portal.forum.rules import ForumKey
from portal.kernel.clock import at_rome, local_day
from portal.opinions.requests import certify, interrupt, queries, register, transmit, withdraw
from portal.opinions.requests.answer import answer
from portal.opinions.requests.register import Asked
from portal.opinions.requests.rules import AnswerOutcome, Step
from portal.opinions.requests.steps import taken
from portal.opinions.requests.transmit import Sent
from portal.opinions.requests.withdraw import TakenBack
from portal.records import forum_opinion

FILE = "forum/requests.json"
CLERK, SECRETARY = "metro-aula", "metro-forum"
COUNCIL = "Consiglio metropolitano"
HOUR = timedelta(hours=1)


def facts_of(key: str) -> Item:
    """What the file says of a request; `days` is how long ago it arrived."""
    return next(one for one in content.items(FILE, "requests") if one["key"] == key)


def number_of(key: str) -> int:
    """The number of a request, once it is registered."""
    subject = facts_of(key)["subject"]
    return next(row.id for row in queries.requests() if row.subject == subject)


def day(city: City, days: int, hour: time = time(9)) -> datetime:
    """An hour so many days ago, never later than now."""
    return min(at_rome(local_day(city.agenda.now) - timedelta(days=days), hour), city.agenda.now)


def tell_requests(city: City) -> None:
    """The Council asks; terms are interrupted, run out, or are taken back."""
    for facts in content.items(FILE, "requests"):
        city.agenda.follow(_asked(city, facts))


def tell_documents(city: City) -> None:
    """What was adopted is drawn up, transmitted, answered; what was not, is left to run out."""
    for facts in content.items(FILE, "requests"):
        if "drawn" in facts:
            city.agenda.follow(_sent(city, facts))


def _asked(city: City, facts: Item) -> Story:
    arrived = day(city, facts["days"])
    yield arrived
    number = _register(city, facts, arrived)
    if "interruption" in facts:
        yield from _interrupt(city, number, facts["interruption"])
    if "withdrawn" in facts:
        yield from _withdraw(city, number, facts["withdrawn"])
    if "certified" in facts:
        yield from _certify(number)


def _sent(city: City, facts: Item) -> Story:
    yield day(city, facts["drawn"])
    number = number_of(facts["key"])
    if Step.ADOPTED in taken(number):
        _send(city, number, facts)
        yield from _answer(city, number, facts["answers"])


def _register(city: City, facts: Item, arrived: datetime) -> int:
    asked = Asked(
        forum_id=forums.by_key(ForumKey(facts["forum"])).id,
        version_id=_edition(facts).version_id,
        subject=facts["subject"],
        act_number=facts["act"],
        act_date=local_day(arrived) - timedelta(days=1),
        received_at=arrived,
    )
    at = min(arrived + HOUR, city.agenda.now)
    return register.register(city.staff(CLERK, at), asked, now=at)


def _edition(facts: Item) -> Edition:
    ours = content.slug()
    return next(
        one
        for one in shelf().editions
        if (one.slug == ours) is (facts["slug"] == "plan") and one.number == facts["version"]
    )


def _interrupt(city: City, number: int, facts: Item) -> Story:
    at = day(city, facts["asked"])
    yield at
    interrupt.interrupt(city.staff(SECRETARY, at), number, facts["reason"], now=at)
    if "answered" not in facts:
        return
    arrived = day(city, facts["answered"])
    at = arrived + HOUR
    yield at
    interrupt.restart(city.staff(SECRETARY, at), number, facts["answer"], arrived, now=at)


def _withdraw(city: City, number: int, facts: Item) -> Story:
    at = day(city, facts["days"], time(12))
    yield at
    act = TakenBack(facts["act"], local_day(at), facts["reason"])
    withdraw.withdraw(city.staff(CLERK, at), number, act, now=at)


def _certify(number: int) -> Story:
    """As the worker does, in the first minute after the end."""
    due = queries.request(number).due_at
    assert due is not None
    yield due + timedelta(minutes=1)
    certify.expire(number, now=due + timedelta(minutes=1))


def _send(city: City, number: int, facts: Item) -> None:
    at = day(city, facts["drawn"])
    which = forum_opinion.draw_up(city.staff(SECRETARY, at), number, now=at)
    _transmit(city, number, which, facts["register"], at + 2 * HOUR)


def _transmit(city: City, number: int, which: int, register_number: str, at: datetime) -> None:
    sent = Sent(COUNCIL, register_number, at)
    transmit.transmit(city.staff(SECRETARY, at), number, which, sent, now=at)


def _answer(city: City, number: int, answers: list[Item]) -> Story:
    for remark, facts in zip(queries.remarks(number), answers, strict=False):
        at = day(city, facts["days"], time(11))
        yield at
        outcome = AnswerOutcome(facts["outcome"])
        answer(city.staff(CLERK, at), number, remark["number"], outcome, facts["reason"], now=at)
