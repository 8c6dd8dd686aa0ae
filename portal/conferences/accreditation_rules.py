"""Statute art. 30 c.7: who may be accredited for a seat, until when, and how a person is identified. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from portal.conferences.ruleset import RuleSet
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.kernel.machine import Machine
from portal.kernel.offices import Office
from portal.kernel.words import N_

LINK_AFTER = timedelta(hours=24)  # how long after the last call a personal address still opens the portal
NOT_NAMED = N_("The rule set of this sitting does not let this office take the seat.")


class AccreditationState(StrEnum):
    """Where an accreditation stands."""

    PROPOSED = "proposed"
    GRANTED = "granted"
    REFUSED = "refused"
    ENDED = "ended"


class Identification(StrEnum):
    """How the secretariat knows who somebody is."""

    DIGITAL_IDENTITY = "digital_identity"
    DIGITAL_SIGNATURE = "digital_signature"
    IDENTITY_DOCUMENT = "identity_document"
    KNOWN = "known"


class Presence(StrEnum):
    """How somebody means to take part."""

    ROOM = "room"
    REMOTE = "remote"


MACHINE = Machine(
    {
        AccreditationState.PROPOSED: frozenset(
            {AccreditationState.GRANTED, AccreditationState.REFUSED, AccreditationState.ENDED}
        ),
        AccreditationState.GRANTED: frozenset({AccreditationState.ENDED}),
    }
)


def is_delegated(rule: RuleSet, office: Office) -> bool:
    """False for who sits by right, true for who may be sent; others are refused."""
    if office in rule.sits:
        return False
    if office in rule.by_delegation:
        return True
    raise Invalid(NOT_NAMED, code="office", field="candidate")


def check_names(rule: RuleSet, own: Office, *, delegated: bool) -> None:
    """Who sits by right confirms or delegates; a delegate may only confirm what the one who sits has written."""
    if own in rule.sits:
        return
    if own in rule.by_delegation and not delegated:
        raise Forbidden(N_("Whoever sits by right confirms; you can be sent by express delegation."), code="sits")
    raise Forbidden(N_("Only whoever sits by right for this body names its delegate."), code="sits")


def check_act(*, delegated: bool, title: str, has_document: bool) -> None:
    """A delegation is express: it names its act and brings the document."""
    if not delegated:
        return
    if not title:
        raise Invalid(N_("Write the act that delegates for this very sitting."), code="title", field="title")
    if not has_document:
        raise Invalid(N_("Attach the signed delegation as a PDF."), code="document", field="file")


def check_presence(presence: Presence, mode: str) -> None:
    """One comes into the room where there is a room, and joins from afar where the notice allows it."""
    if presence is Presence.REMOTE and mode == "room":
        raise Invalid(N_("This sitting is held in the room only."), code="mode", field="presence")
    if presence is Presence.ROOM and mode == "remote":
        raise Invalid(N_("This sitting is held from afar only."), code="mode", field="presence")


def check_in_time(closes_at: datetime, now: datetime) -> None:
    """Until the deadline bodies name; later the secretariat decides, with a reason."""
    if now > closes_at:
        raise Conflict(
            N_("The deadline for delegations has passed. The secretariat can still accredit, for a reason."),
            code="deadline",
        )


def check_exception(closes_at: datetime, last_call: datetime, now: datetime) -> None:
    """An exception is made between the deadline and the end of the last call's day."""
    if now <= closes_at:
        raise Conflict(
            N_("The deadline for delegations has not passed: the body itself confirms or names."), code="too_early"
        )
    if now > last_call + LINK_AFTER:
        raise Conflict(N_("The sitting is over."), code="over")
