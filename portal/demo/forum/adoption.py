"""What the invented Forum voted: amendments in one round, the text without its number and again; and who dissented.

Who answers and how is drawn from the names of the organisations, the same every time the city is told.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from hashlib import sha256

from portal.accounts import queries as accounts
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
from portal.opinions.adoption import cast_votes, conduct, notes, put_to_vote, seal_dissent, subjects, write_dissent
from portal.opinions.adoption.put_to_vote import Asked, OverDays
from portal.opinions.amending import queries as texts
from portal.opinions.requests import queries as requests
from portal.voting.rules import Choice

FILE = "forum/adoption.json"
MINUTE = timedelta(minutes=1)


def tell_adoption(city: City) -> None:
    """Each text that was frozen, from the first amendment to the last signature."""
    for facts in content.items(FILE, "votes"):
        city.agenda.follow(_Votes(city, facts).tell())


class _Votes:
    """The votes on one text."""

    def __init__(self, city: City, facts: Item) -> None:
        self.city, self.facts = city, facts
        self.opens = self._on(facts["amendments"]["opens"])
        self.delegates: dict[int, Actor] = {}

    def _look_up(self) -> None:
        facts = self.facts
        self.number = number_of(facts["request"])
        forum_id = requests.request(self.number).forum_id
        seats = forums.seats(forum_id, local_day(self.opens))
        dissent = {one["by"].partition(":")[2] for one in facts["dissent"]}
        self.seats = sorted(seats, key=lambda one: (one.key not in dissent, _chance(one.key, facts["request"])))
        held = register_queries.holders([seat.body_id for seat in seats], self.opens)
        self.mail = {body: next((one.email for one in found if one.email), "") for body, found in held.items()}

    def tell(self) -> Story:
        """Amendments, the text in as many calls as it took, notes of dissent."""
        yield self.opens
        self._look_up()
        leanings = self.facts["leanings"]
        known = {one.id: one.number for one in texts.amendments(self.number)}
        left = subjects.left(self.number)
        asked = [Asked(one, f"Emendamento n. {known[one]}: lo approvi?") for one in left]
        yield from self._round(asked, self.facts["amendments"], leanings["amendments"])
        subject = requests.request(self.number).subject
        for facts in self.facts["calls"]:
            question = f"Approvi il testo finale: «{subject}»?"
            yield from self._round([Asked(None, question)], facts, [leanings["final"]])
        yield from self._dissent()

    def _on(self, when: list[int]) -> datetime:
        days, hour = when
        return at_rome(local_day(self.city.agenda.now) - timedelta(days=days), time(hour))

    def _round(self, asked: list[Asked], facts: Item, leanings: list[Item]) -> Story:
        opens, closes = self._on(facts["opens"]), self._on(facts["closes"])
        yield opens
        days = OverDays(opens, closes)
        polls = put_to_vote.put_to_vote(self._secretary(opens), self.number, asked, days, now=opens)
        for later, seat in enumerate(self.seats[: facts["answers"]], 1):
            at = opens + later * 11 * MINUTE
            yield at
            answers = {poll: _said(seat, poll, one) for poll, one in zip(polls, leanings, strict=False)}
            cast_votes.cast_votes(self._delegate(seat, at), self.number, answers, key=f"demo-{seat.key}"[:50], now=at)
        then = closes + 5 * MINUTE
        yield then
        conduct.close_all(self._secretary(then), self.number, now=then)
        conduct.proclaim_all(self._secretary(then), self.number, now=then + 10 * MINUTE)

    def _dissent(self) -> Story:
        vote = notes.adopting(self.number)
        if vote is None or vote.dissent_until is None or vote.carried_at is None:
            return
        at = vote.carried_at
        for hours, facts in enumerate(self.facts["dissent"], 1):
            self.city.agenda.follow(self._note(vote.poll_id, facts, at + timedelta(hours=hours)))
        yield vote.dissent_until + MINUTE
        seal_dissent.seal_dissent(self.number, now=vote.dissent_until + MINUTE)

    def _note(self, poll: int, facts: Item, then: datetime) -> Story:
        yield then
        person, _, body = facts["by"].partition(":")
        author = self.city.actor(person, body, then)
        note = write_dissent.write_dissent(author, self.number, facts["text"], now=then)
        fingerprint = next(one.sha256 for one in notes.notes(self.number) if one.id == note)
        others = [seat for seat in self.seats[: self.facts["calls"][-1]["answers"]] if seat.key != body]
        others.sort(key=lambda one: _said(one, poll, self.facts["leanings"]["final"]) is Choice.YES)
        for later, seat in enumerate(others[: facts["signers"]], 1):
            when = then + later * 7 * MINUTE
            yield when
            write_dissent.sign(self._delegate(seat, when), self.number, note, fingerprint, now=when)

    def _secretary(self, at: datetime) -> Actor:
        return self.city.staff(SECRETARY, at)

    def _delegate(self, seat: Seat, at: datetime) -> Actor:
        if seat.body_id not in self.delegates:
            self.delegates[seat.body_id] = self._found(seat, at)
        return self.delegates[seat.body_id]

    def _found(self, seat: Seat, at: datetime) -> Actor:
        found = accounts.actor_of_email(self.mail[seat.body_id], now=at)
        if found is None:
            raise LookupError(f"{seat.key} has nobody on {at:%Y-%m-%d}")
        mandate = next(one.mandate_id for one in found.grants if one.body_id == seat.body_id)
        return found.acting_under(mandate)


def _said(seat: Seat, poll: int, facts: Item) -> Choice:
    """By the leaning of its family."""
    yes = facts.get("but", {}).get(seat.category.value, facts["yes"])
    drawn = _chance(seat.key, f"poll {poll}")
    if drawn < yes:
        return Choice.YES
    return Choice.ABSTAIN if drawn < yes + facts["abstain"] else Choice.NO


def _chance(key: str, about: str) -> int:
    """A number below one hundred that looks like chance."""
    return int(sha256(f"{key} {about}".encode()).hexdigest()[:8], 16) % 100
