"""Statute art. 12 and 30 c.4: what an answer must be before it may be published."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from enum import StrEnum

from portal.comments.rules import CommentState
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.kernel.machine import Machine
from portal.kernel.words import N_

MIN_REASON = 40  # code points: less than this is a formula, not a reason


class AnswerState(StrEnum):
    """How far an answer has come."""

    ASSIGNED = "assigned"
    PROPOSED = "proposed"
    APPROVED = "approved"
    PUBLISHED = "published"


SETTLED = frozenset({AnswerState.APPROVED, AnswerState.PUBLISHED})  # the remark cannot be taken back any more


class Outcome(StrEnum):
    """What becomes of a remark."""

    ACCEPTED = "accepted"
    PARTIALLY_ACCEPTED = "partially_accepted"
    NOT_ACCEPTED = "not_accepted"
    ALREADY_PROVIDED = "already_provided"
    NOT_PERTINENT = "not_pertinent"
    DEFERRED = "deferred_to_implementation"
    NOTED = "noted"


class Standing(StrEnum):
    """What is known of two remarks that are alike: only a person says that they ask the same, or do not."""

    PROPOSED = "proposed"
    SAME = "same"
    DIFFERENT = "different"


class Found(StrEnum):
    """How a remark came into a group of duplicates: its words are the same, or an officer said so."""

    EXACT = "exact"
    CONFIRMED = "confirmed"


ANSWER_MACHINE = Machine[AnswerState](
    {
        AnswerState.ASSIGNED: frozenset({AnswerState.PROPOSED}),
        AnswerState.PROPOSED: frozenset({AnswerState.PROPOSED, AnswerState.APPROVED, AnswerState.ASSIGNED}),
        AnswerState.APPROVED: frozenset({AnswerState.PUBLISHED, AnswerState.ASSIGNED}),
    }
)


def check_reason(text: str) -> str:
    """An answer gives reasons of its own (art. 30 c.4): refuse one too short to be any."""
    if len(text) < MIN_REASON:
        raise Invalid(
            N_("Give the reasons of the answer in at least %(least)d characters."),
            code="reason_too_short",
            field="text",
            least=MIN_REASON,
        )
    return text


def check_second_person(proposer_id: int | None, approver_id: int | None) -> None:
    """Two persons answer: who proposed does not approve, whatever mandate they act under."""
    if proposer_id is not None and proposer_id == approver_id:
        raise Conflict(N_("You proposed this answer: another person must approve it."), code="second_person")


TEXT_LIMIT = 10_000
NOTE_LIMIT = 5_000
BATCH_LIMIT = 500
STALE = N_("A colleague has changed this answer in the meantime. Compare the two texts and send again.")


def check_answerable(state: CommentState) -> None:
    """Only a remark that has been admitted is answered."""
    if state is not CommentState.ADMITTED:
        raise Conflict(N_("Only an admitted remark can be answered."), code="not_admitted")


def check_base(current: int, seen: int) -> None:
    """Whoever writes over an answer has seen its latest wording."""
    if current != seen:
        raise Conflict(STALE, code="stale")


def check_officer(officer_id: int, person_id: int | None, *, leads: bool) -> None:
    """An answer is written by the officer to whom it is assigned, or by the lead."""
    if officer_id != person_id and not leads:
        raise Forbidden(N_("This remark is assigned to a colleague."), code="not_yours")


def check_batch(how_many: int) -> None:
    """An act on many remarks names at least one of them, and not more than one can follow."""
    if not how_many:
        raise Invalid(N_("Choose at least one remark."), code="none_chosen", field="chosen")
    if how_many > BATCH_LIMIT:
        raise Invalid(
            N_("At most %(limit)d remarks can be chosen at once."), code="too_many", field="chosen", limit=BATCH_LIMIT
        )


def check_reassign(state: AnswerState | None) -> None:
    """An answer that has been approved or published stays with who wrote it."""
    if state in {AnswerState.APPROVED, AnswerState.PUBLISHED}:
        raise Conflict(N_("This answer has already been approved or published."), code="answered")


TAG_LIMIT = 60
VIEW_LIMIT = 60
MOST_VIEWS = 30
FILTERS = ("stage", "action", "kind", "body", "officer", "mine", "late", "tag", "twins", "consultation")


def tag_key(name: str) -> str:
    """What makes two names of themes the same."""
    return " ".join(name.casefold().split())[:TAG_LIMIT]


def check_view(filters: Mapping[str, str]) -> dict[str, str]:
    """The filters worth keeping: those of the table, each a short word; a view of everything is none."""
    kept = {name: filters[name][:100] for name in FILTERS if filters.get(name)}
    if not kept:
        raise Invalid(N_("Choose some filters first: a view keeps them."), code="no_filters")
    return kept


def check_views(how_many: int) -> None:
    """Nobody keeps more views than one can see at a glance."""
    if how_many >= MOST_VIEWS:
        raise Conflict(
            N_("You keep %(most)d views already: take one away first."), code="too_many_views", most=MOST_VIEWS
        )


CALL = "@"
MOST_CALLED = 20


def called(text: str, names: Mapping[str, int]) -> frozenset[int]:
    """The colleagues whom a note calls by `@` and their name as the portal writes it, whatever the case."""
    small = text.casefold()
    found: set[int] = set()
    for name in sorted(names, key=len, reverse=True):
        pattern = re.compile(re.escape(CALL + name.casefold()) + r"(?!\w)")
        if pattern.search(small):
            found.add(names[name])
            small = pattern.sub(" ", small)  # a longer name is not taken for the shorter one it begins with
    return frozenset(found)


def check_called(chosen: Collection[int], colleagues: Collection[int]) -> None:
    """A note calls staff alone, and not the whole house."""
    if not set(chosen) <= set(colleagues):
        raise Invalid(
            N_("Choose colleagues of the drafting team or of the secretariat."), code="called", field="called"
        )
    if len(set(chosen)) > MOST_CALLED:
        raise Invalid(
            N_("A note can call at most %(most)d colleagues."), code="too_many_called", field="called", most=MOST_CALLED
        )


def check_servable(has_own: bool) -> None:
    """An answer that somebody wrote for a remark is not written over by that of its group."""
    if has_own:
        raise Conflict(N_("It has an answer of its own already."), code="own_answer")


def check_parting(answered: bool) -> None:
    """What has been approved or published as the answer of a group stays that."""
    if answered:
        raise Conflict(N_("This answer has already been approved or published."), code="answered")
