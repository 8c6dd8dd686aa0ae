"""What letters about votes and dissent need to know, and to whom they go: whoever may answer for a seat of the roll."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.opinions.adoption import queries, rules
from portal.opinions.adoption.queries import Round
from portal.opinions.requests import queries as requests


@dataclass(frozen=True)
class Called:
    """Votes to answer, for one addressee."""

    request: int
    subject: str
    votes: int
    closes_at: datetime
    left: timedelta
    bodies: tuple[str, ...]

    @property
    def hours(self) -> int:
        """Hours that are left, to the nearest, at least one."""
        return max(1, round(self.left / timedelta(hours=1)))


@dataclass(frozen=True)
class Adopted:
    """The opinion that was adopted, and until when dissent is written down."""

    request: int
    subject: str
    until: datetime


@dataclass(frozen=True)
class Reminder:
    """A round whose hour of reminding has come, and who has not answered everything in it."""

    round: Round
    hours: int

    @property
    def name(self) -> str:
        """It is given once for each end and hour."""
        return self.round.name(self.hours)


def called(request_id: int, poll_ids: Iterable[int], closes_at: datetime, now: datetime) -> dict[int, Called]:
    """Everybody who may answer, with what is asked of them."""
    return _told(request_id, tuple(poll_ids), closes_at, now, missing_only=False)


def reminders(now: datetime) -> list[Reminder]:
    """Those that are due: three days, one day and two hours before the end."""
    found = ((one, rules.reminder_due(one.opens_at, one.closes_at, now)) for one in queries.open_rounds(now))
    return [Reminder(one, hours) for one, hours in found if hours is not None]


def missing(reminder: Reminder, now: datetime) -> dict[int, Called]:
    """Those for whose organisation an answer is missing."""
    it = reminder.round
    return _told(it.request_id, it.poll_ids, it.closes_at, now, missing_only=True)


def adopted(request_id: int, poll_id: int, until: datetime) -> dict[int, Adopted]:
    """Everybody on the roll."""
    told = Adopted(request_id, requests.request(request_id).subject, until)
    return dict.fromkeys(queries.voters((poll_id,), missing_only=False), told)


def _told(
    request_id: int, poll_ids: tuple[int, ...], closes_at: datetime, now: datetime, *, missing_only: bool
) -> dict[int, Called]:
    subject = requests.request(request_id).subject
    found = queries.voters(poll_ids, missing_only=missing_only)
    return {
        person: Called(request_id, subject, len(poll_ids), closes_at, closes_at - now, tuple(names))
        for person, names in found.items()
    }
