"""What happened to people and mandates; stream `accounts`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.kernel.events import Event


@dataclass(frozen=True)
class SignedIn(Event):
    """Somebody signed in, by link or password."""

    STREAM = "accounts"
    signed_in_id: int
    session_id: int
    method: str


@dataclass(frozen=True)
class SignedOut(Event):
    """Somebody ended a session."""

    STREAM = "accounts"
    signed_out_id: int
    session_id: int


@dataclass(frozen=True)
class PersonAdded(Event):
    """Somebody can sign in from now on."""

    STREAM = "accounts"
    added_id: int


@dataclass(frozen=True)
class PersonCorrected(Event):
    """Name, address or language of a person were changed."""

    STREAM = "accounts"
    corrected_id: int


@dataclass(frozen=True)
class PersonErased(Event):
    """A person's own data were erased; the number is left."""

    STREAM = "accounts"
    erased_id: int


@dataclass(frozen=True)
class PasswordSet(Event):
    """A person chose a password, or took it away."""

    STREAM = "accounts"
    of_person_id: int
    kept: bool


@dataclass(frozen=True)
class NoticeAccepted(Event):
    """A person read the privacy notice, in this version."""

    STREAM = "accounts"
    reader_id: int
    version: str


@dataclass(frozen=True)
class MandateGranted(Event):
    """A person holds an office of a body from one day to another."""

    STREAM = "accounts"
    granted_id: int
    holder_id: int
    body_id: int
    office: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class MandateEnded(Event):
    """A mandate has a last day; at once, if it was revoked."""

    STREAM = "accounts"
    ended_id: int
    holder_id: int
    body_id: int
    ends_on: date
    at_once: bool


@dataclass(frozen=True)
class MailChosen(Event):
    """A person chose how often to hear of what the law does not owe."""

    STREAM = "accounts"
    chooser_id: int
    pace: str
