"""Statute art. 28-30: a mandate gives access from its first day to its last, both included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from portal.kernel.errors import Conflict, Gone, Invalid
from portal.kernel.offices import OFFICES_OF, SIGNATORIES, BodyKind, Office
from portal.kernel.words import N_

LINK_LIFE = timedelta(minutes=30)
SESSION_LIFE = timedelta(days=14)
NOTICE_VERSION = "2026-11"  # changes when the privacy notice does; then everybody is shown it again
PASSWORD_SHORTEST, PASSWORD_LONGEST = 12, 200
EMAIL_LONGEST, NAME_LONGEST, ACT_LONGEST = 254, 200, 200
_EMAIL = re.compile(r"^[^\s@<>\"(),:;\[\]\\]{1,64}@(?:[^\s@.<>\"(),:;\[\]\\]{1,63}\.)+[^\s@.<>\"(),:;\[\]\\]{2,63}$")


class Pace(StrEnum):
    """How often somebody wants to hear of what the law does not owe them."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


class LinkState(StrEnum):
    """What a one-time link is worth."""

    VALID = "valid"
    EXPIRED = "expired"
    USED = "used"
    UNKNOWN = "unknown"


def in_force(starts_on: date, ends_on: date | None, today: date) -> bool:
    """True on the first day, on the last day, and in between."""
    return starts_on <= today and (ends_on is None or today <= ends_on)


def check_office(kind: BodyKind, office: Office) -> None:
    """Refuse an office that this kind of body does not confer."""
    if office not in OFFICES_OF[kind]:
        raise Invalid(N_("This body does not confer this office."), code="office", field="office")


def own_staff(kind: BodyKind, signatory: Office) -> frozenset[Office]:
    """The offices that a signatory may grant and end in its own body: its officers; in the Forum, the substitute."""
    if signatory not in SIGNATORIES:
        return frozenset()
    if kind is BodyKind.FORUM_ORGANISATION:
        return frozenset({Office.FORUM_SUBSTITUTE}) if signatory is Office.FORUM_DELEGATE else frozenset()
    return frozenset({Office.OFFICER}) & OFFICES_OF[kind]


def check_term(starts_on: date, ends_on: date | None, today: date) -> None:
    """A mandate ends after it begins, and is not granted when it is already over."""
    if ends_on is not None and ends_on < starts_on:
        raise Invalid(N_("The last day comes before the first day."), code="term", field="ends_on")
    if ends_on is not None and ends_on < today:
        raise Invalid(N_("The last day is already past: nothing would be granted."), code="term", field="ends_on")


@dataclass(frozen=True)
class Term:
    """From one day to another, both included; None is without end."""

    starts_on: date
    ends_on: date | None

    def overlaps(self, other: Term) -> bool:
        """True if there is a day in both."""
        mine, theirs = self.ends_on or date.max, other.ends_on or date.max
        return self.starts_on <= theirs and other.starts_on <= mine


def check_no_overlap(new: Term, others: list[Term]) -> None:
    """The same person holds the same office of the same body once at a time."""
    if any(new.overlaps(other) for other in others):
        raise Conflict(N_("This person already holds this office in these days."), code="overlap", field="email")


def last_day(starts_on: date, ends_on: date | None, wanted: date, today: date) -> date:
    """The last day that an end may set: neither before today nor later than the one already set."""
    if wanted < today:
        raise Invalid(N_("Choose today or a later day; to end it now, choose «at once»."), code="end", field="ends_on")
    if wanted < starts_on:
        raise Invalid(N_("The mandate has not begun by then: end it at once instead."), code="end", field="ends_on")
    if ends_on is not None and wanted > ends_on:
        raise Invalid(N_("The mandate already ends before that day. Grant a new one."), code="end", field="ends_on")
    return wanted


def is_over(ends_on: date | None, revoked_at: datetime | None, today: date) -> bool:
    """True if nothing is left to end."""
    return revoked_at is not None or (ends_on is not None and ends_on < today)


def normal_email(text: str) -> str:
    """The address as it is stored: trimmed, in lower case; refuses what cannot be one."""
    value = text.strip().lower()
    if len(value) > EMAIL_LONGEST or not value.isprintable() or not _EMAIL.match(value):
        raise Invalid(N_("This is not an e-mail address. It looks like name@comune.it."), code="email", field="email")
    return value


def link_state(expires_at: datetime, used_at: datetime | None, now: datetime) -> LinkState:
    """A link is good once, until it expires."""
    if used_at is not None:
        return LinkState.USED
    return LinkState.VALID if now < expires_at else LinkState.EXPIRED


REFUSED_LINKS = {
    LinkState.USED: N_("This link has already been used. Ask for a new one: it arrives in a minute."),
    LinkState.EXPIRED: N_("This link has expired. Ask for a new one: it arrives in a minute."),
    LinkState.UNKNOWN: N_(
        "This link is not complete or was never issued. Copy the whole address or ask for a new one."
    ),
}


def check_link(state: LinkState) -> None:
    """Refuse a link that is used up, expired or unknown, and say which."""
    if state is not LinkState.VALID:
        raise Gone(REFUSED_LINKS[state], code=f"link_{state.value}")


def check_password(password: str, *, email: str, name: str) -> None:
    """Long enough, and not what anybody would try first."""
    if len(password) < PASSWORD_SHORTEST:
        raise Invalid(
            N_("The password has fewer than %(least)d characters. Four unrelated words are easy to remember."),
            code="password",
            field="password",
            least=PASSWORD_SHORTEST,
        )
    if len(password) > PASSWORD_LONGEST:
        raise Invalid(
            N_("The password has more than %(most)d characters."),
            code="password",
            field="password",
            most=PASSWORD_LONGEST,
        )
    low = password.casefold()
    told = [part for part in (email, email.split("@", maxsplit=1)[0], name.casefold(), "parere") if len(part) > 3]
    if len(set(low)) < 5 or any(low in part or (part in low and len(low) - len(part) < 8) for part in told):
        raise Invalid(
            N_("This password is easy to guess. Choose words that have nothing to do with you."),
            code="password",
            field="password",
        )
