"""What happens to the Forum and in its register, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class ForumEvent(Event):
    """Who is a member, since when and by which rules, is public."""

    STREAM: ClassVar[str] = "forum:{forum_id}"
    AUDIENCE: ClassVar[Audience] = Audience.PUBLIC
    forum_id: int


@dataclass(frozen=True)
class ForumRulesRevised(ForumEvent):
    """The Forum works by these rules from a day on."""

    number: int
    valid_from: date
    rules_hash: str


@dataclass(frozen=True)
class OrganisationAdmitted(ForumEvent):
    """An organisation is a member from a day on."""

    membership_id: int
    body_id: int
    admitted_on: date


@dataclass(frozen=True)
class OrganisationDescribed(ForumEvent):
    """What the register says of it was written or corrected."""

    body_id: int
    facts_hash: str


@dataclass(frozen=True)
class OrganisationSuspended(ForumEvent):
    """It holds no seat in these days."""

    membership_id: int
    body_id: int
    suspension_id: int
    starts_on: date
    ends_on: date | None
    reason_hash: str


@dataclass(frozen=True)
class OrganisationReadmitted(ForumEvent):
    """The suspension has a last day."""

    membership_id: int
    body_id: int
    suspension_id: int
    ends_on: date


@dataclass(frozen=True)
class OrganisationLeft(ForumEvent):
    """The membership has a last day."""

    membership_id: int
    body_id: int
    left_on: date
    reason_hash: str


@dataclass(frozen=True)
class JoiningAsked(ForumEvent):
    """Somebody asked that an organisation be admitted, and confirmed the address."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF
    application_id: int


@dataclass(frozen=True)
class JoiningQuestioned(ForumEvent):
    """The secretariat asked the applicant for something."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF
    application_id: int
    question: int
    text_hash: str


@dataclass(frozen=True)
class JoiningAnswered(ForumEvent):
    """The applicant answered."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF
    application_id: int
    question: int
    text_hash: str


@dataclass(frozen=True)
class JoiningDecided(ForumEvent):
    """The organisation was admitted or not, or the applicant withdrew the request."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF
    application_id: int
    outcome: str
    reason_hash: str
