"""The words for what a sitting, its agenda, its notices and its accreditations can be."""

from __future__ import annotations

from enum import Enum

from portal.conferences.accreditation_rules import AccreditationState, Identification, Presence
from portal.conferences.rules import ItemKind, Mode, NoticeKind, Organ, ReceiptKind, SeatRole, SittingState, Visibility
from portal.conferences.ruleset import Quorum
from portal.kernel.words import N_, Words

PAIRS: tuple[tuple[Enum, str], ...] = (
    (Organ.PROGRAMMING, N_("Programming conference")),
    (Organ.MAYORS, N_("Conference of the mayors")),
    (Organ.FORUM, N_("Forum of the city")),
    (Organ.COUNCIL, N_("Council of the city")),
    (Organ.COPLANNING, N_("Co-planning table")),
    (Organ.YOUTH_FORUM, N_("Forum of the young")),
    (SittingState.PLANNED, N_("To be convened")),
    (SittingState.CONVENED, N_("Convened")),
    (SittingState.ROLL_CALL, N_("Roll call")),
    (SittingState.IN_SESSION, N_("In session")),
    (SittingState.SUSPENDED, N_("Suspended")),
    (SittingState.CLOSED, N_("Closed")),
    (SittingState.DESERTED, N_("Deserted")),
    (SittingState.CANCELLED, N_("Cancelled")),
    (Mode.ROOM, N_("In the room")),
    (Mode.MIXED, N_("In the room and from afar")),
    (Mode.REMOTE, N_("From afar")),
    (Visibility.PUBLIC, N_("Public sitting")),
    (Visibility.RESERVED, N_("Reserved sitting")),
    (ItemKind.INFORMATION, N_("Information")),
    (ItemKind.CONTRIBUTION, N_("Contributions")),
    (ItemKind.OPINION, N_("Opinion")),
    (ItemKind.RESOLUTION, N_("Resolution")),
    (ItemKind.OTHER_BUSINESS, N_("Any other business")),
    (NoticeKind.CONVOCATION, N_("Notice of convocation")),
    (NoticeKind.ADDENDUM, N_("Addendum")),
    (NoticeKind.CANCELLATION, N_("Notice of cancellation")),
    (ReceiptKind.ACCEPTED, N_("Accepted by the provider")),
    (ReceiptKind.DELIVERED, N_("Delivered")),
    (ReceiptKind.FAILED, N_("Not delivered")),
    (SeatRole.ENTITLED, N_("Entitled")),
    (SeatRole.INVITED, N_("Invited")),
    (AccreditationState.PROPOSED, N_("To be checked")),
    (AccreditationState.GRANTED, N_("Accredited")),
    (AccreditationState.REFUSED, N_("Refused")),
    (AccreditationState.ENDED, N_("Ended")),
    (Identification.DIGITAL_IDENTITY, N_("Digital identity (SPID, CIE, CNS)")),
    (Identification.DIGITAL_SIGNATURE, N_("Digital signature on the document")),
    (Identification.IDENTITY_DOCUMENT, N_("Identity document shown")),
    (Identification.KNOWN, N_("Known in person to the secretariat")),
    (Presence.ROOM, N_("Comes into the room")),
    (Presence.REMOTE, N_("Joins from afar")),
)
KIND_HINTS: dict[Enum, str] = {
    ItemKind.INFORMATION: N_("Something is reported; nobody is asked for anything."),
    ItemKind.CONTRIBUTION: N_("Those present are asked for remarks and proposals."),
    ItemKind.OPINION: N_("An opinion is put to the vote."),
    ItemKind.RESOLUTION: N_("A decision is put to the vote."),
    ItemKind.OTHER_BUSINESS: N_("Never put to the vote; it stays last."),
}


def legal_number(quorum: tuple[Quorum, ...]) -> list[Words]:
    """The number of seats that makes each call valid, in words."""
    if not quorum:
        return [Words(N_("No legal number: the sitting is valid whoever is there."))]
    least = N_("Call %(call)d: at least %(numerator)d of %(denominator)d parts of the seats.")
    more = N_("Call %(call)d: more than %(numerator)d of %(denominator)d parts of the seats.")
    return [
        Words(
            more if one.strict else least,
            {"call": one.call, "numerator": one.numerator, "denominator": one.denominator},
        )
        for one in quorum
    ]
