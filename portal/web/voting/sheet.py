"""What the pages of a poll show of its outcome: bars, seats, sums; the same for the page and for the printed sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from portal.kernel.actor import Actor
from portal.kernel.words import Words
from portal.voting import queries, results, wording
from portal.voting.conditions import Base, Count, Dimension
from portal.voting.mine import OwnSeat
from portal.voting.queries import PollPage, SeatRow, Turnout
from portal.voting.results import Answer
from portal.voting.rules import ANSWERS, Choice
from portal.voting.thresholds import Result
from portal.web.labels import Label, label

LENS = 100  # a threshold missed or reached by less than one part in a hundred is shown enlarged as well


@dataclass(frozen=True)
class Bar:
    """One condition as a bar: parts of a thousand for the drawing, exact numbers in words."""

    title: str
    condition: Words
    explanation: Words
    line: Words
    got: int
    needed: int
    total: int
    missing: int
    met: bool
    people: bool
    lens: tuple[int, int] | None

    @property
    def whole(self) -> int:
        """The length of the bar: at least as long as its threshold."""
        return max(self.total, self.needed, 1)


@dataclass(frozen=True)
class Tile:
    """A seat with what it said."""

    seat: SeatRow
    said: Label
    answer: Answer | None
    versions: int


@dataclass(frozen=True)
class Point:
    """A seat on the map."""

    name: str
    lat: float | None
    lon: float | None
    population: int
    tone: str
    words: str
    url: str = ""


@dataclass(frozen=True)
class Sheet:
    """A closed poll as it is shown."""

    page: PollPage
    bars: list[Bar]
    tiles: list[Tile]
    sums: list[tuple[Label, int, int]]
    silent: int
    vacant: int
    ballots: int
    head: tuple[int, str] | None
    closed_at: datetime | None
    last: dict[int, Answer]

    def own(self, actor: Actor) -> OwnSeat | None:
        """The seat of the mandate the reader acts under, with what it said last."""
        mandate = actor.acting.mandate_id if actor.acting else None
        seat = next((t.seat for t in self.tiles if mandate and t.seat.mandate_id == mandate), None)
        if seat is None or mandate is None:
            return None
        said = self.last.get(seat.number)
        answer = (
            (said.choice, said.version, said.channel, said.code, said.sha256, said.cast_at) if said else (None,) * 6
        )
        return OwnSeat(seat.number, seat.key, seat.name, seat.population, mandate, *answer)

    @property
    def points(self) -> list[Point]:
        """The seats for the map, where the register knows where they lie."""
        placed = [tile for tile in self.tiles if tile.seat.lat is not None and tile.seat.lon is not None]
        return [Point(t.seat.name, t.seat.lat, t.seat.lon, t.seat.population, t.said.tone, t.said.text) for t in placed]

    @property
    def legend(self) -> list[tuple[str, str]]:
        """Tones and words of the map, each once."""
        return list({tile.said.tone: tile.said.text for tile in self.tiles}.items())

    @property
    def silent_people(self) -> int:
        """The residents behind the seats that did not answer."""
        return _residents(tile for tile in self.tiles if tile.answer is None and not tile.seat.vacant)

    @property
    def vacant_people(self) -> int:
        """The residents behind the vacant seats."""
        return _residents(tile for tile in self.tiles if tile.seat.vacant)

    @property
    def weighted(self) -> bool:
        """True if residents count."""
        return any(tile.seat.population for tile in self.tiles)


def _residents(tiles: Iterable[Tile]) -> int:
    """Seats of one group stand for the same residents, who are counted once."""
    return sum({tile.seat.group: tile.seat.population for tile in tiles}.values())


def bars(found: tuple[Result, ...]) -> list[Bar]:
    """The conditions of an outcome as bars."""
    return [_bar(result) for result in found]


def within_reach(turnout: Turnout) -> list[Bar]:
    """While a poll is open: what each share of those in favour needs, and what those who answered could make of it."""
    asked = (one for one in turnout.by_answered.results if one.condition.base is Base.ROLL)
    return bars(tuple(one for one in asked if one.condition.count is Count.YES))


def _bar(result: Result) -> Bar:
    axis, people = result.axis, result.condition.axis is Dimension.POPULATION
    return Bar(
        title=gettext(wording.AXES[result.condition.axis]),
        condition=wording.requirement(result.condition),
        explanation=wording.explanation(result),
        line=wording.line(result),
        got=axis.got,
        needed=axis.needed,
        total=axis.total,
        missing=axis.missing,
        met=axis.met,
        people=people,
        lens=_lens(axis.got, axis.needed, axis.total) if people else None,
    )


def _lens(got: int, needed: int, total: int) -> tuple[int, int] | None:
    """The stretch of the bar around got and needed that is worth enlarging, if they are very near each other."""
    apart = abs(got - needed)
    if not total or apart * LENS >= total:
        return None
    around = max(2 * apart, total // 1000, 2)
    return max(0, min(got, needed) - around), min(max(total, needed), max(got, needed) + around)


def sheet(page: PollPage) -> Sheet:
    """All that a closed poll shows; refused before the closing."""
    versions = results.ballots(page.id)
    last = {answer.seat: answer for answer in versions if answer.choice in ANSWERS or answer.choice is Choice.WITHDRAWN}
    counted = {seat: answer for seat, answer in last.items() if answer.choice is not Choice.WITHDRAWN}
    seats = queries.roll(page.id)
    tiles = [_tile(seat, counted.get(seat.number), sum(v.seat == seat.number for v in versions)) for seat in seats]
    outcome = page.outcome
    assert outcome is not None
    sums = [(label(choice), share.seats, share.population) for choice, share in outcome.tally.items()]
    return Sheet(
        page=page,
        bars=bars(outcome.results),
        tiles=tiles,
        sums=sorted(sums, key=lambda row: _order(row[0])),
        silent=sum(tile.answer is None and not tile.seat.vacant for tile in tiles),
        vacant=sum(tile.seat.vacant for tile in tiles),
        ballots=len(versions),
        head=results.record_head(page.id),
        closed_at=page.closed_at,
        last=last,
    )


def _order(said: Label) -> int:
    return [label(choice).text for choice in Choice].index(said.text)


def _tile(seat: SeatRow, answer: Answer | None, versions: int) -> Tile:
    if answer is not None:
        said = label(answer.choice)
    elif seat.vacant:
        said = Label(gettext("Vacant seat"), "vacant", "close")
    else:
        said = Label(gettext("No answer"), "silent", "minus")
    return Tile(seat, said, answer, versions)
