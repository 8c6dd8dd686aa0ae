"""Statute art. 26, 28-30: what a poll may become, what a seat may say in it, and who may act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from portal.kernel.errors import Conflict, Invalid
from portal.kernel.machine import Machine
from portal.kernel.words import N_

QUESTION_LIMIT = 2_000
REASON_LIMIT, REASON_LEAST = 2_000, 20
KEY_LIMIT = 64
SHORTEST_CALL, LONGEST_CALL = 10, 600  # seconds
LAST_CALL = 3  # art. 30 c.6: the vote is repeated in two further sittings


class PollState(StrEnum):
    """How far a poll has come."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    PROCLAIMED = "proclaimed"
    ANNULLED = "annulled"


class Choice(StrEnum):
    """What one seat says; `withdrawn` is the clerk's correction of an answer that nobody gave."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    PRESENT_NOT_VOTING = "present_not_voting"
    WITHDRAWN = "withdrawn"


class Channel(StrEnum):
    """How a ballot came in."""

    FORM = "form"
    CLERK = "clerk"
    SHOW_OF_HANDS = "show_of_hands"
    PAPER = "paper"
    COMMAND_LINE = "command_line"


class Mode(StrEnum):
    """How the chair asks for answers."""

    ROLL_CALL = "roll_call"
    SHOW_OF_HANDS = "show_of_hands"


class SeatPresence(StrEnum):
    """Whether somebody was in the hall for a seat when a sitting's poll was opened, or came in while it was open."""

    THERE = "there"
    AWAY = "away"
    LATE = "late"


class Electorate(StrEnum):
    """Whose members hold the seats."""

    CONFERENCE = "conference"
    COUNCIL = "council"
    FORUM = "forum"
    YOUTH_FORUM = "youth_forum"
    ZONE = "zone"


class Matter(StrEnum):
    """What is decided: each matter of a body has its rule set."""

    CONFERENCE_OPINION = "conference_opinion"
    STATUTE_AND_BUDGETS = "statute_and_budgets"
    ZONES = "zones"
    EXTRA_MATTERS = "extra_matters"
    PLAN_APPROVAL = "plan_approval"
    REQUEST_TO_CONVENE = "request_to_convene"
    ZONE_SIZE = "zone_size"
    ZONE_DEROGATION = "zone_derogation"
    ZONE_COORDINATOR = "zone_coordinator"
    FORUM_OPINION = "forum_opinion"
    FORUM_AMENDMENT = "forum_amendment"
    YOUTH_FORUM_OPINION = "youth_forum_opinion"
    YOUTH_FORUM_AMENDMENT = "youth_forum_amendment"


FORUMS = frozenset({Electorate.FORUM, Electorate.YOUTH_FORUM})  # one seat an organisation, whatever its size
IN_THE_HALL = frozenset({SeatPresence.THERE, SeatPresence.LATE})
ANSWERS = frozenset(Choice) - {Choice.WITHDRAWN}
PUBLIC_STATES = frozenset({PollState.OPEN, PollState.CLOSED, PollState.PROCLAIMED, PollState.ANNULLED})
COUNTED_STATES = frozenset({PollState.CLOSED, PollState.PROCLAIMED})
POLL_MACHINE = Machine[PollState](
    {
        PollState.PREPARED: frozenset({PollState.OPEN, PollState.ANNULLED}),
        PollState.OPEN: frozenset({PollState.CLOSED, PollState.ANNULLED}),
        PollState.CLOSED: frozenset({PollState.PROCLAIMED, PollState.ANNULLED}),
        PollState.PROCLAIMED: frozenset({PollState.ANNULLED}),
    }
)


def check_not_secret(secret: bool, *, weighted: bool) -> None:
    """A weighted vote is open by its nature: the totals of a secret one would say who voted what."""
    if secret and weighted:
        raise Invalid(
            N_(
                "This vote cannot be secret. Each seat counts with its own population and no two are equal: "
                "the totals alone would tell how each one voted."
            ),
            code="weighted_secret",
            field="secret",
        )
    if secret:
        raise Invalid(
            N_("This portal holds open votes only. Hold a secret ballot on paper."), code="secret", field="secret"
        )


def check_no_seat(person_id: int | None, sitters: Iterable[int | None]) -> None:
    """Who conducts a poll or records the answers of others does not vote in it, whatever mandate they act under."""
    if person_id is not None and person_id in set(sitters):
        raise Conflict(N_("You hold a seat in this poll: a colleague must conduct it."), code="own_seat")


def check_confirmed(may_change: bool, confirmed: bool) -> None:
    """An answer that cannot be taken back is read back before it is recorded."""
    if not (may_change or confirmed):
        raise Conflict(N_("Not recorded yet: this answer cannot be changed. Confirm it."), code="confirm")


def check_there(presence: SeatPresence | None) -> None:
    """In a poll of a sitting a seat answers if somebody was in the hall for it, or came in where that is enough."""
    if presence is SeatPresence.AWAY:
        raise Conflict(
            N_("Not recorded: nobody was counted as present for this seat when the vote was opened."), code="away"
        )


def check_key(key: str) -> str:
    """The key with which a client sends, and sends again, one and the same answer."""
    if not 8 <= len(key) <= KEY_LIMIT or not key.isascii() or not key.isprintable():
        raise Invalid(N_("Nothing was recorded: reload the page and answer again."), code="key")
    return key


def check_answer(choice: Choice, channel: Channel) -> None:
    """Only the clerk takes back an answer that nobody gave."""
    if choice is Choice.WITHDRAWN and channel not in {Channel.CLERK, Channel.COMMAND_LINE}:
        raise Invalid(N_("Choose one of the answers."), code="choice", field="choice")


def check_reason(reason: str) -> str:
    """A poll is annulled for a reason that everybody can read."""
    if len(reason) < REASON_LEAST:
        raise Invalid(
            N_("Give the reason in at least %(least)d characters: everybody will read it."),
            code="reason_too_short",
            field="reason",
            least=REASON_LEAST,
        )
    return reason


def check_open(state: PollState) -> None:
    """Nothing is called for the last time before it was asked."""
    if state is not PollState.OPEN:
        raise Conflict(N_("The poll is not open."), code="not_open")


def check_may_end(state: PollState, closes_at: datetime | None, now: datetime) -> None:
    """When a poll ends is said before it is over."""
    if state not in {PollState.PREPARED, PollState.OPEN} or is_over(state, closes_at, now):
        raise Conflict(N_("The poll is over: its end cannot be moved any more."), code="over")


def check_end(at: datetime, told: datetime | None, now: datetime) -> None:
    """Nobody is left with less time than was told."""
    if at <= now:
        raise Invalid(N_("A poll ends at an instant that has not come yet."), code="past", field="closes_at")
    if told is not None and at < told:
        raise Conflict(N_("A later end has been told already: it is put off, never brought forward."), code="earlier")


def check_seconds(seconds: int) -> int:
    """Time to find the telephone, and no more than a hall can wait."""
    if not SHORTEST_CALL <= seconds <= LONGEST_CALL:
        raise Invalid(
            N_("A last call takes from %(least)d to %(most)d seconds."),
            code="seconds",
            field="seconds",
            least=SHORTEST_CALL,
            most=LONGEST_CALL,
        )
    return seconds


def is_over(state: PollState, closes_at: datetime | None, now: datetime) -> bool:
    """True if the instant of an open poll has come, though nobody has closed it yet."""
    return state is PollState.OPEN and closes_at is not None and closes_at <= now


def next_call(state: PollState, call: int, *, met: bool) -> int:
    """Art. 30 c.6: a vote that did not pass is repeated in the next call; an annulled one in the same."""
    if state is PollState.ANNULLED:
        return call
    if state not in COUNTED_STATES:
        raise Conflict(N_("The earlier poll is not over yet."), code="follows", field="follows")
    if met:
        raise Conflict(N_("The earlier poll has passed: there is nothing to repeat."), code="follows", field="follows")
    if call >= LAST_CALL:
        raise Conflict(N_("The vote has already been repeated twice."), code="follows", field="follows")
    return call + 1
