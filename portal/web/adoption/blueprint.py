"""What all pages of the Forum's votes share: the blueprint, a vote as it is shown, who the reader is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint
from flask_babel import gettext

from portal.forum import members
from portal.forum.members import Member
from portal.kernel.errors import Forbidden
from portal.kernel.offices import ForumCategory
from portal.opinions.adoption import queries
from portal.opinions.adoption.rows import SeatAnswer, VoteRow
from portal.opinions.adoption.rules import Cell
from portal.opinions.amending import queries as amending
from portal.opinions.amending.rows import AmendmentRow
from portal.voting import queries as voting
from portal.voting.rules import Choice
from portal.web.door import current_actor, now, translate
from portal.web.labels import label
from portal.web.voting.sheet import Bar, bars

bp = Blueprint("adoption", __name__)
ORDER = (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.PRESENT_NOT_VOTING)
TONES = {Choice.YES: "yes", Choice.NO: "no", Choice.ABSTAIN: "abstain", Choice.PRESENT_NOT_VOTING: "silent"}


@dataclass(frozen=True)
class Part:
    """One stretch of a family's bar, in parts of a thousand."""

    tone: str
    start: int
    width: int


@dataclass(frozen=True)
class Family:
    """A family as it answered, in words, numbers and a bar."""

    category: ForumCategory
    seats: int
    counts: tuple[int, ...]  # in the order of ORDER
    silent: int
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Counted:
    """A vote that was counted, as its page shows it."""

    row: VoteRow
    bars: list[Bar]
    sums: tuple[int, ...]
    silent: int
    families: list[Family]
    seats: list[SeatAnswer]


def counted(row: VoteRow) -> Counted:
    """What came of it; refused before the closing."""
    seats = queries.seats(row.poll_id, told=True)
    outcome = voting.poll(current_actor(), row.poll_id).outcome
    given = [seat.choice for seat in seats]
    return Counted(
        row=row,
        bars=bars(outcome.results) if outcome else [],
        sums=tuple(given.count(choice) for choice in ORDER),
        silent=given.count(None),
        families=[_family(cell, max(1, _largest(seats))) for cell in queries.by_family(seats)],
        seats=seats,
    )


def _largest(seats: list[SeatAnswer]) -> int:
    return max((cell.seats for cell in queries.by_family(seats)), default=1)


def _family(cell: Cell, largest: int) -> Family:
    """All bars on one scale, so that families can be compared by their seats."""
    counts = tuple(cell.counts.get(choice.value, 0) for choice in ORDER)
    silent = cell.seats - sum(counts)
    parts, start = [], 0
    for tone, count in (*zip((TONES[choice] for choice in ORDER), counts, strict=True), ("none", silent)):
        width = round(1000 * (start + count) / largest) - round(1000 * start / largest)
        if width:
            parts.append(Part(tone, round(1000 * start / largest), width))
        start += count
    return Family(cell.category, cell.seats, counts, silent, tuple(parts))


@dataclass(frozen=True)
class Reader:
    """Who reads: a member of the Forum, or why not."""

    member: Member | None
    refusal: str


def reader(forum_id: int) -> Reader:
    """The member for whom the reader acts now; a refusal is told to delegates alone."""
    actor = current_actor()
    try:
        return Reader(members.standing(actor, forum_id, now()), "")
    except Forbidden as refused:
        told = refused.code != "no_delegate"
        return Reader(None, translate(refused.words) if told else "")


def amendments(request_id: int) -> dict[int, AmendmentRow]:
    """The amendments of a text, by the row that votes refer to."""
    return {one.id: one for one in amending.amendments(request_id)} if amending.exists(request_id) else {}


def title(row: VoteRow, known: dict[int, AmendmentRow]) -> str:
    """What a vote is about, in a line."""
    one = known.get(row.amendment_id or 0)
    if one is None:
        return gettext("Final text") if row.call == 1 else gettext("Final text, second call")
    return gettext("Amendment n. %(number)s") % {"number": one.number}


def question(one: AmendmentRow) -> str:
    """How an amendment is put."""
    said = {"number": one.number, "kind": label(one.kind).text.lower(), "body": one.body_name}
    return gettext("Amendment n. %(number)s (%(kind)s), proposed by %(body)s: do you approve it?") % said


def until(at: datetime | None) -> str:
    """The hours that are left, in words."""
    if at is None:
        return ""
    left = at - now()
    if left.total_seconds() <= 0:
        return gettext("the time is over")
    hours, minutes = divmod(int(left.total_seconds()) // 60, 60)
    if hours >= 48:
        return gettext("%(days)s days left") % {"days": hours // 24}
    if hours:
        return gettext("%(hours)s h %(minutes)s min left") % {"hours": hours, "minutes": minutes}
    return gettext("%(minutes)s min left") % {"minutes": minutes}


bp.add_app_template_global(until, "vote_until")
