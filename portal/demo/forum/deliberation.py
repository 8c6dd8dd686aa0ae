"""What the invented Forum discussed: a discussion that is over and counted, one in which statements are weighed now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from hashlib import sha256

from portal.accounts import queries as accounts
from portal.comments.consultation_queries import shelf
from portal.demo import content
from portal.demo.agenda import Story
from portal.demo.city import City
from portal.demo.content import Item
from portal.demo.forum.requests import SECRETARY, number_of
from portal.forum import queries as forums
from portal.forum import register_queries
from portal.forum.queries import Seat
from portal.kernel.actor import Actor
from portal.kernel.clock import at_rome, local_day
from portal.opinions.deliberation import close, moderate, notes, offer, open_up, propose, tables, weigh
from portal.opinions.deliberation.propose import Point
from portal.opinions.deliberation.rules import Origin, Weight
from portal.opinions.deliberation.tables import Theme
from portal.opinions.requests import queries as requests
from portal.plan import queries as plans

FILE = "forum/discussions.json"
MINUTE = timedelta(minutes=1)


@dataclass
class Room:
    """One discussion as it goes on: each act some minutes after the one before."""

    city: City
    facts: Item
    number: int
    version: int
    ends_at: datetime
    at: datetime
    secretary: Actor
    seats: list[Seat] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """Of the version of the plan, as its tree is remembered."""
        return next(one.mark for one in shelf().editions if one.version_id == self.version)

    def later(self, minutes: int = 7) -> datetime:
        """The instant of the next act: before the end, and never ahead of us."""
        self.at = min(self.at + minutes * MINUTE, self.ends_at - MINUTE, self.city.agenda.now)
        return self.at

    def on(self, days: int, hour: time) -> datetime:
        """An hour so many days ago, if that is later than the last act."""
        self.at = max(self.at, at_rome(local_day(self.city.agenda.now) - timedelta(days=days), hour))
        return self.later()

    def who(self, facts: Item) -> Actor:
        """A delegate by name."""
        return self.city.actor(facts["by"], facts["body"], self.at)


def tell_deliberation(city: City) -> None:
    """The one that is over first."""
    for facts in content.items(FILE, "discussions"):
        city.agenda.follow(_discussion(city, facts))


def _discussion(city: City, facts: Item) -> Story:
    day = partial(_day, city)
    begins, ends = day(facts["begins"], time(9)), day(facts["ends"], time(18))
    yield begins
    row = requests.request(number_of(facts["key"]))
    room = Room(city, facts, row.id, row.version_id, ends, begins, city.staff(SECRETARY, begins))
    room.seats = forums.seats(row.forum_id, local_day(room.at))
    open_up.open_up(room.secretary, room.number, room.at, room.ends_at, now=room.at)
    yield from _tables(room)
    yield from _statements(room)
    yield from _weigh(room)
    if room.ends_at < city.agenda.now:
        yield room.ends_at
        close.close(room.number, now=room.ends_at)


def _day(city: City, days: int, hour: time) -> datetime:
    return at_rome(local_day(city.agenda.now) - timedelta(days=days), hour)


def _tables(room: Room) -> Story:
    tree = plans.tree(room.version, room.mark)
    sections = {one.code: one.id for one in tree.sections}
    actions = {one.code: one.id for one in tree.actions}
    for number, facts in enumerate(room.facts["tables"], 1):
        leader = room.city.bodies[facts["coordinator"]]
        theme = Theme(facts["title"], sections[facts["section"]], leader)
        yield room.later()
        tables.open_table(room.secretary, room.number, theme, now=room.at)
        others = [seat for seat in room.seats if seat.body_id != leader]
        for seat in sorted(others, key=lambda one: _chance(one.key, facts["title"]))[: facts["members"] - 1]:
            yield room.later(1)
            tables.put(room.secretary, room.number, number, seat.body_id, now=room.at)
        for point in facts["proposals"]:
            tables.join(room.who(point), room.number, number, now=room.at)
            proposal = Point(point["request"], point["reason"], actions[point["action"]])
            yield room.later()
            propose.propose(room.who(point), room.number, number, proposal, now=room.at)
    for number, facts in enumerate(room.facts["tables"], 1):
        for which, note in enumerate(facts["notes"], 1):
            room.city.agenda.follow(_note(room, number, which, facts["coordinator"], note))


def _note(room: Room, number: int, which: int, leader: str, facts: Item) -> Story:
    """The secretariat writes it on the day, the coordinator approves it, unless it is a draft still."""
    day = local_day(room.city.agenda.now) - timedelta(days=facts["days"])
    at = at_rome(day, time(19))
    yield at
    notes.write(room.secretary, room.number, number, day, facts["text"], now=at)
    if "draft" not in facts:
        yield at + 30 * MINUTE
        coordinator = room.city.actor(f"{leader}-delegato", leader, at)
        notes.approve(coordinator, room.number, number, which, now=at + 30 * MINUTE)


def _statements(room: Room) -> Story:
    for number, facts in enumerate(room.facts["statements"], 1):
        at, table = room.later(), facts.get("table")
        yield at
        if "origin" in facts:
            origin = Origin(facts["origin"])
            offer.put_forward(room.secretary, room.number, facts["text"], origin, table=table, now=at)
            continue
        offer.offer(room.who(facts), room.number, facts["text"], table=table, now=at)
        clerk, then = room.secretary, room.later()
        yield then
        if "refuse" in facts:
            moderate.refuse(clerk, room.number, number, facts["refuse"], now=then)
        elif "waits" not in facts:
            moderate.admit(clerk, room.number, number, now=then)


def _weigh(room: Room) -> Story:
    """Each organisation its list at once, some leaving out a few; then what says the same is merged."""
    stated = [(n, one) for n, one in enumerate(room.facts["statements"], 1) if not {"refuse", "waits"} & one.keys()]
    chosen = sorted(room.seats, key=lambda one: _chance(one.key, room.facts["key"]))[: room.facts["weigh"]]
    held = register_queries.holders([seat.body_id for seat in chosen], room.at)
    for seat in chosen:
        delegate = next((one for one in held.get(seat.body_id, ()) if one.email), None)
        actor = accounts.actor_of_email(delegate.email or "", now=room.at) if delegate else None
        if actor is None:
            continue
        answers = {n: _weight(seat, facts) for n, facts in stated if _chance(seat.key, f"{n} read") < 88}
        yield room.later(11)
        weigh.weigh_several(actor, room.number, answers, now=room.at)
    for number, facts in stated:
        if "merge" in facts:
            yield room.later()
            moderate.merge(room.secretary, room.number, number, facts["merge"], facts["reason"], now=room.at)


def _weight(seat: Seat, facts: Item) -> Weight:
    """By the leaning of its category, the same every time the city is told."""
    agree = facts.get("but", {}).get(seat.category.value, facts.get("agree", 75))
    drawn = _chance(seat.key, facts["text"])
    if drawn < agree:
        return Weight.AGREE
    return Weight.PASSES if drawn < agree + facts.get("pass", 10) else Weight.DISAGREE


def _chance(key: str, about: str) -> int:
    """A number below one hundred that looks like chance."""
    return int(sha256(f"{key} {about}".encode()).hexdigest()[:8], 16) % 100
