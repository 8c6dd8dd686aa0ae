"""Art. 12-13: a letter is split into remarks without losing a word. Pure.

A *passage* is a stretch of the letter, in code points, that belongs to one part of one remark or holds no request.
Passages never overlap; what lies between them is not assigned yet, and white space needs no owner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.kernel.errors import Invalid
from portal.kernel.words import N_

TEXT_LIMIT = 200_000
PROTOCOL_LIMIT = 60
CUT = "\n[…]\n"  # between two passages of one part that did not stand side by side


class LetterChannel(StrEnum):
    """By which way a letter came."""

    PEC = "pec"
    EMAIL = "email"
    POST = "post"
    HAND = "hand"


class RegistrationState(StrEnum):
    """A letter is being read, was registered, or was given up."""

    OPEN = "open"
    REGISTERED = "registered"
    DISCARDED = "discarded"


class Part(StrEnum):
    """Which part of a remark a passage makes."""

    OBSERVATION = "observation"
    PROPOSED = "proposed_text"
    REASONS = "reasons"


@dataclass(frozen=True)
class Owner:
    """To what a passage belongs: a part of a point, or nothing because it asks for nothing."""

    point_id: int | None = None
    part: Part | None = None


NO_REQUEST = Owner()


@dataclass(frozen=True, order=True)
class Passage:
    """A stretch of the letter with its owner."""

    start: int
    end: int
    owner: Owner


Passages = tuple[Passage, ...]


def _merged(passages: Iterable[Passage], text: str) -> Passages:
    """In order, and as one where nothing but white space stands between two of the same owner."""
    merged: list[Passage] = []
    for passage in sorted(passages, key=lambda p: p.start):
        last = merged[-1] if merged else None
        if last and last.owner == passage.owner and not text[last.end : passage.start].strip():
            merged[-1] = Passage(last.start, passage.end, last.owner)
        else:
            merged.append(passage)
    return tuple(merged)


def _without(passages: Iterable[Passage], start: int, end: int) -> Iterator[Passage]:
    for passage in passages:
        if passage.start < start:
            yield Passage(passage.start, min(passage.end, start), passage.owner)
        if passage.end > end:
            yield Passage(max(passage.start, end), passage.end, passage.owner)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the white space at its ends."""
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    return start, start + len(inside.strip())


def _tidy(passages: Iterable[Passage], text: str) -> Passages:
    """Without white space at the ends, without empty ones, joined where they can be."""
    trimmed = (Passage(*_trimmed(text, p.start, p.end), p.owner) for p in passages)
    return _merged((p for p in trimmed if p.end > p.start), text)


def give(text: str, passages: Passages, start: int, end: int, owner: Owner | None) -> Passages:
    """Give a stretch to an owner, whoever had parts of it before; None takes it from whoever had it."""
    if not 0 <= start < end <= len(text):
        raise Invalid(N_("This passage is not in the letter. Mark it again."), code="beyond_text", field="passages")
    if not text[start:end].strip():
        raise Invalid(N_("Mark at least one word."), code="blank_passage", field="passages")
    rest = list(_without(passages, start, end))
    return _tidy(rest if owner is None else [*rest, Passage(start, end, owner)], text)


def unassigned(text: str, passages: Passages) -> tuple[tuple[int, int], ...]:
    """The stretches with words in them that nobody owns yet."""
    ends, found = [0, *(p.end for p in passages)], []
    for begin, until in zip(ends, [*(p.start for p in passages), len(text)], strict=True):
        start, end = _trimmed(text, begin, until)
        if end > start:
            found.append((start, end))
    return tuple(found)


@dataclass(frozen=True)
class Coverage:
    """How much of the letter's words belongs to remarks, asks for nothing, or waits: in characters without spaces."""

    whole: int
    assigned: int
    no_request: int

    @property
    def waiting(self) -> int:
        """What nobody owns yet."""
        return self.whole - self.assigned - self.no_request

    @property
    def is_full(self) -> bool:
        """True if every word of a letter that has words was dealt with."""
        return self.whole > 0 and self.waiting == 0


def coverage(text: str, passages: Passages) -> Coverage:
    """What the bar over the letter shows."""
    sums = {True: 0, False: 0}
    for passage in passages:
        sums[passage.owner == NO_REQUEST] += _signs(text[passage.start : passage.end])
    return Coverage(_signs(text), sums[False], sums[True])


def _signs(text: str) -> int:
    return len("".join(text.split()))


def part_text(text: str, passages: Passages, owner: Owner) -> str:
    """The words of one part of a point in the letter's order; what stood apart is shown as cut."""
    return CUT.join(text[p.start : p.end] for p in passages if p.owner == owner)


def carried(old: str, new: str, passages: Passages) -> Passages:
    """The passages after the letter's text was corrected: those around the correction stay, those within it wait."""
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    changed_to, shift = len(old) - tail, len(new) - len(old)
    kept = _without(passages, head, changed_to)
    moved = (
        Passage(p.start + shift, p.end + shift, p.owner) if p.start >= changed_to and changed_to >= head else p
        for p in kept
    )
    return _tidy((p for p in moved if p.end > p.start), new)


def _alike(one: str, other: str) -> int:
    """How many signs the two have in common from the beginning."""
    length = min(len(one), len(other))
    low, high = 0, length
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def check_received(received_at: datetime, opens_at: datetime, now: datetime) -> None:
    """Statute art. 32 c.7: a letter counts by the instant at which it came, not by that of its registration."""
    if received_at > now:
        raise Invalid(N_("This instant is still to come."), code="in_future", field="received_on")
    if received_at < opens_at:
        raise Invalid(
            N_("The letter came before the consultation opened: it cannot be registered in it."),
            code="before_opening",
            field="received_on",
        )


def check_parts(parts: Sequence[int], waiting: int) -> None:
    """Refuse to register while words wait, or while a remark has no words at all."""
    if waiting:
        raise Invalid(
            N_(
                "%(count)d characters of the letter are not assigned yet: "
                "assign them, or mark that they ask for nothing."
            ),
            code="unassigned",
            count=waiting,
        )
    if not parts:
        raise Invalid(N_("The letter has no remark yet: mark at least one passage."), code="no_points")
