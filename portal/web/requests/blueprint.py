"""What all pages of requests to the Forum share: the blueprint, a request as it is shown, the rooms of an opinion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, url_for
from flask_babel import gettext, ngettext

from portal.opinions.requests import queries
from portal.opinions.requests.rows import ForumDocumentRow, ForumRequest, InterruptionRow, WithdrawalRow
from portal.opinions.requests.standing import Standing, standing
from portal.web.door import now, translate
from portal.web.pages import day

bp = Blueprint("requests", __name__)


@dataclass(frozen=True)
class Shown:
    """A request as its pages show it."""

    row: ForumRequest
    stands: Standing
    interruption: InterruptionRow | None
    withdrawal: WithdrawalRow | None
    documents: list[ForumDocumentRow]

    @property
    def opinion(self) -> ForumDocumentRow | None:
        """The opinion that holds."""
        return next((one for one in self.documents if one.id == self.stands.opinion), None)

    @property
    def certificate(self) -> ForumDocumentRow | None:
        """The certificate that the term ran out."""
        return next((one for one in self.documents if one.id == self.stands.certificate), None)

    @property
    def gone(self) -> list[ForumDocumentRow]:
        """Opinions whose vote was annulled or repeated since."""
        held = {self.stands.opinion, self.stands.certificate}
        return [one for one in self.documents if one.id not in held]


@dataclass(frozen=True)
class Room:
    """A page of the same opinion that belongs to another office or phase."""

    title: str
    text: str
    url: str
    icon: str


def shown(number: int) -> Shown:
    """A request with how it stands."""
    row = queries.request(number)
    documents = queries.documents(number)
    return Shown(row, standing(number, now()), queries.interruption(number), queries.withdrawal(number), documents)


def reasons(stands: Standing) -> list[str]:
    """What keeps the Council from going on, in words."""
    return [translate(one.words) for one in stands.reasons]


def rooms(number: int) -> dict[str, Room]:
    """The rooms of an opinion, for everybody."""
    found = (
        ("deliberation.tables", gettext("Thematic tables"), gettext("What the thematic tables discussed"), "comment"),
        ("deliberation.statements", gettext("Statements"), gettext("Short statements weighed by the members"), "check"),
        ("amending.text", gettext("Text"), gettext("The opinion, section by section, with its sources"), "file"),
        ("amending.index", gettext("Amendments"), gettext("Changes asked for by the organisations"), "pencil"),
        ("adoption.votes", gettext("Votes"), gettext("Amendments and final text, organisation by organisation"), "box"),
        ("adoption.dissent", gettext("Dissent"), gettext("Notes of those who did not agree"), "flag"),
    )
    return {name: Room(title, text, url_for(name, number=number), f"it-{icon}") for name, title, text, icon in found}


def desks(number: int) -> list[Room]:
    """Where the office works on the same opinion."""
    found = (
        ("deliberation.desk", gettext("Discussion"), gettext("Hours, tables, statements to be admitted"), "comment"),
        ("amending.text", gettext("Text"), gettext("Rapporteur, sections, opening and freezing"), "file"),
        ("amending.index", gettext("Amendments"), gettext("What is to be disposed of before the vote"), "pencil"),
        ("adoption.manage", gettext("Votes"), gettext("Preparing, opening, closing, proclaiming"), "box"),
    )
    return [Room(title, text, url_for(name, number=number), f"it-{icon}") for name, title, text, icon in found]


@bp.app_template_global("forum_term")
def term_words(stands: Standing) -> str:
    """How long is left, in words."""
    if stands.withdrawn:
        return gettext("the Council took the request back")
    if stands.due_at is None or stands.days_left is None:
        return gettext("no term runs: the Forum waits for the Council")
    if stands.transmitted_at is not None:
        return _given(stands.late, day(stands.transmitted_at), day(stands.due_at))
    last = day(stands.due_at)
    if stands.term.is_over(now()):
        return gettext("the term ended on %(day)s") % {"day": last}
    return _left(stands.days_left, last)


def _left(days: int, last: str) -> str:
    if days == 0:
        return gettext("last day: until midnight of %(day)s") % {"day": last}
    left = ngettext("%(num)s day left", "%(num)s days left", days)
    return gettext("%(left)s, until %(day)s at midnight") % {"left": left, "day": last}


def _given(late: bool, sent: str, last: str) -> str:
    if late:
        return gettext("given on %(sent)s, after the term that ended on %(day)s") % {"sent": sent, "day": last}
    return gettext("given on %(sent)s, within the term of %(day)s") % {"sent": sent, "day": last}


def ruler(shown: Shown) -> dict[str, Any]:
    """The days of the term as a line of a thousand parts: today, the first end, the interruption, the end."""
    start, term, today = shown.row.received_at, shown.stands.term, now()
    ends = [term.first_due_at, *([term.due_at] if term.due_at else [today])]
    ends += [one.transmitted_at or one.drawn_at for one in shown.documents]
    whole = max((max(ends) - start).total_seconds(), 1)

    def at(instant: datetime) -> int:
        return max(0, min(1000, round(1000 * (instant - start).total_seconds() / whole)))

    broken, sent = term.interruption, shown.stands.transmitted_at
    gone = sent or (shown.withdrawal.withdrawn_at if shown.withdrawal else today)
    return {
        "gone": at(gone),
        "due": at(term.due_at) if term.due_at else None,
        "first": at(term.first_due_at) if broken else None,
        "waits": (at(broken.asked_at), at(broken.answered_at or today)) if broken else None,
        "sent": at(sent) if sent else None,
        "certified": at(shown.certificate.drawn_at) if shown.certificate else None,
    }
