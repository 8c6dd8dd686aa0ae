"""The invented votes: one at every stage, held through the same verbs as real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from portal.demo import content
from portal.demo.agenda import Act
from portal.demo.city import SYSTEM, City
from portal.demo.content import Item
from portal.voting import annul, cast, close, confirm_tally, install_rules, open_poll, prepare, proclaim, propose_tally
from portal.voting import queries as votes
from portal.voting import record_answer as roll_call
from portal.voting.queries import SeatRow
from portal.voting.rules import Channel, Choice, Matter, Mode

CLERK, COLLEAGUE, GENERAL = "metro-aula", "metro-segreteria", "metro-segretario-generale"
MINUTES = timedelta(minutes=1)
RECENT = 55 * MINUTES  # an open vote was opened this long ago
CYCLE = (Choice.NO, Choice.ABSTAIN, Choice.YES, Choice.PRESENT_NOT_VOTING)
Answers = dict[int, Choice]


@dataclass
class Story:
    """One vote as it goes on."""

    city: City
    facts: Item
    numbers: dict[str, int]
    answers: Answers = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The poll's number, once it is prepared."""
        return self.numbers[self.facts["key"]]

    def later(self, at: datetime, minutes: int, act: Act) -> None:
        """Put the next act on the agenda."""
        self.city.agenda.add(at + minutes * MINUTES, act)


def plan_polls(city: City) -> None:
    """Put the rule sets and each vote on the agenda."""
    agenda, numbers = city.agenda, dict[str, int]()
    polls = content.items("polls.json", "polls")
    first = agenda.days_ago(max(facts["days_ago"] for facts in polls) + 30)
    agenda.add(first, _install)
    for facts in polls:
        story = Story(city, facts, numbers)
        prepared = agenda.days_ago(facts["days_ago"]) if facts["days_ago"] else agenda.now - 60 * MINUTES - RECENT
        agenda.add(prepared, partial(_prepare, story))


def _install(at: datetime) -> None:
    install_rules.install_rules(SYSTEM, now=at)


def _prepare(story: Story, at: datetime) -> None:
    facts = story.facts
    asked = prepare.Question(
        facts["question"],
        Matter(facts["matter"]),
        mode=Mode(facts["mode"]),
        follows_id=story.numbers[facts["follows"]] if "follows" in facts else None,
    )
    story.numbers[facts["key"]] = prepare.prepare(story.city.staff(CLERK, at), asked, now=at)
    if facts["ends"] != "prepared":
        story.later(at, 60, lambda then: _open(story, then))


def _open(story: Story, at: datetime) -> None:
    open_poll.open_poll(story.city.staff(CLERK, at), story.number, now=at)
    seats = [seat for seat in votes.roll(story.number) if not seat.vacant]
    story.answers = ANSWERS[story.facts["answers"]](seats, votes.poll(SYSTEM, story.number).population_base)
    if story.facts["mode"] == Mode.SHOW_OF_HANDS:
        story.later(at, 5, lambda then: _hands(story, then, confirmed=True))
    else:
        story.later(at, 2, lambda then: _answers(story, seats, then))
    if story.facts["ends"] == "open":
        story.later(at, 50, lambda then: _waiting(story, seats, then))
    else:
        story.later(at, 45, lambda then: _end(story, then))


def _answers(story: Story, seats: list[SeatRow], at: datetime) -> None:
    """Two of three answer from their own page, the third at the roll call; every ninth thinks again."""
    by_mandate = {mandate: who for who, mandate in story.city.mandates.items()}
    for n, (number, choice) in enumerate(story.answers.items()):
        then = at + n * timedelta(seconds=40)
        seat = next(seat for seat in seats if seat.number == number)
        person, body = by_mandate[seat.mandate_id or 0]
        key = f"demo-{story.number}-{number}"
        if n % 3 == 2:
            clerk = story.city.staff(CLERK, then)
            roll_call.record_answer(clerk, story.number, number, choice, key=key, now=then)
            continue
        mayor = story.city.actor(person, body, then)
        if n % 9 == 4:
            cast.cast(mayor, story.number, Choice.ABSTAIN, key=f"{key}-first", now=then)
        cast.cast(mayor, story.number, choice, key=key, now=then + timedelta(seconds=20))


def _hands(story: Story, at: datetime, *, confirmed: bool) -> None:
    city = story.city
    request = propose_tally.propose_tally(
        city.staff(CLERK, at), story.number, story.answers, Channel.SHOW_OF_HANDS, now=at
    )
    if confirmed:
        then = at + 4 * MINUTES
        confirm_tally.confirm_tally(city.staff(COLLEAGUE, then), story.number, request, now=then)


def _waiting(story: Story, seats: list[SeatRow], at: datetime) -> None:
    """Papers of two seats that a second person has not compared yet."""
    left = [seat.number for seat in seats if seat.number not in story.answers][-2:]
    papers = dict.fromkeys(left, Choice.YES)
    propose_tally.propose_tally(story.city.staff(CLERK, at), story.number, papers, Channel.PAPER, now=at)


def _end(story: Story, at: datetime) -> None:
    city, facts = story.city, story.facts
    if facts["ends"] == "annulled":
        annul.annul(city.staff(GENERAL, at), story.number, facts["reason"], now=at)
        return
    close.close(city.staff(CLERK, at), story.number, now=at)
    if facts["ends"] == "proclaimed":
        then = at + 15 * MINUTES
        proclaim.proclaim(city.staff(CLERK, then), story.number, now=then)


def _most(seats: list[SeatRow], _base: int) -> Answers:
    """Nearly all answer, most of them in favour."""
    said: Answers = {}
    for n, seat in enumerate(seats):
        if n % 11 != 7:
            said[seat.number] = CYCLE[(n // 4) % 4] if n % 4 == 3 else Choice.YES
    return said


def _just_short(seats: list[SeatRow], base: int) -> Answers:
    """Half of the seats and more in favour, and residents behind them as near to two fifths as can be, and short."""
    smallest = sorted(seats, key=lambda s: (s.population, s.number))
    half = smallest[: len(seats) // 2]
    said: Answers = {seat.number: Choice.YES for seat in half}
    total = sum(seat.population for seat in half)
    for seat in reversed(smallest[len(half) : -1]):  # the largest does not answer
        in_favour = (total + seat.population) * 5 < base * 2
        total += seat.population if in_favour else 0
        said[seat.number] = Choice.YES if in_favour else CYCLE[seat.number % 2]
    return dict(sorted(said.items()))


def _few(seats: list[SeatRow], _base: int) -> Answers:
    """Some have answered so far."""
    return {seat.number: CYCLE[n % 3] if n % 5 == 3 else Choice.YES for n, seat in enumerate(seats[1::2])}


def _none(_seats: Iterable[SeatRow], _base: int) -> Answers:
    """Nobody has answered."""
    return {}


ANSWERS: dict[str, Callable[[list[SeatRow], int], Answers]] = {
    "most": _most,
    "just_short": _just_short,
    "few": _few,
    "none": _none,
}
