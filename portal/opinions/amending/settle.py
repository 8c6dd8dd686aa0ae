"""What the votes make of the frozen text: plain functions for the verbs that proclaim them, within their transaction.

The text after the votes is the frozen one with every change that passed, whatever the order they were proclaimed in,
so that a vote that is annulled can be taken out of it again.
"""

from __future__ import annotations

from datetime import datetime

from portal.db import db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.words import N_
from portal.opinions.amending import locked, put_in
from portal.opinions.amending.edits import combine
from portal.opinions.amending.events import ForumAmendmentReopened, ForumAmendmentSettled, ForumFinalTextFrozen
from portal.opinions.amending.freeze import voting_order
from portal.opinions.amending.keep import revise
from portal.opinions.amending.models import Amendment, ForumSection, ForumText
from portal.opinions.amending.rules import (
    MACHINE,
    AmendmentKind,
    AmendmentState,
    Change,
    Phase,
    SectionRole,
    fingerprint,
    impossible,
    settled_kind,
    turn,
)
from portal.opinions.requests import steps

_WAITS = {AmendmentState.TO_VOTE}


def settle(request_id: int, amendment_id: int, passed: bool, poll_id: int, now: datetime) -> None:
    """The vote on an amendment was proclaimed; told twice of the same vote, it stays as it was."""
    text, row = _of(request_id, amendment_id, now)
    wanted = AmendmentState.PASSED if passed else AmendmentState.REJECTED
    if row.poll_id == poll_id and row.state is wanted:
        return
    actor = Actor.system()
    row.state = MACHINE.advance(row.state, wanted)
    row.poll_id, row.settled_at = poll_id, now
    record(ForumAmendmentSettled(request_id, row.number, poll_id, passed), actor=actor, now=now)
    if not passed:
        return
    others = [(one, _change(one)) for one in locked.amendments(request_id, _WAITS)]
    put_in.lapse_all(actor, row, others, _change(row), now)
    _rewrite(actor, text, row, now)


def reopen(request_id: int, amendment_id: int, now: datetime) -> None:
    """Its vote was annulled: what it changed is taken out, and what it alone made lapse is to be voted again."""
    text, row = _of(request_id, amendment_id, now)
    if row.state is AmendmentState.TO_VOTE:
        return
    actor, passed = Actor.system(), row.state is AmendmentState.PASSED
    _back(actor, row, now)
    if not passed:
        return
    made = [(one, _change(one)) for one in locked.amendments(request_id, {AmendmentState.PASSED})]
    for one in locked.amendments(request_id, {AmendmentState.LAPSED}):
        if one.lapsed_by_id == row.id:
            _back(actor, one, now)
            for by, change in made:
                why = impossible(_change(one), change)
                if why is not None:
                    put_in.lapse(actor, one, why, by, now)
                    break
    _rewrite(actor, text, row, now)


def freeze_final(request_id: int, now: datetime) -> str:
    """The fingerprint of the text that is put to the final vote; from here on remarks are numbered by their order."""
    text = locked.text(request_id)
    if locked.phase_of(text, now) is Phase.FINAL:
        return text.final_sha256 or ""
    if locked.phase_of(text, now) is not Phase.FROZEN:
        raise Conflict(N_("The text has not been frozen yet."), code="not_frozen")
    if voting_order(request_id):
        raise Conflict(N_("There are amendments that have not been voted yet."), code="unvoted")
    sections = locked.sections(request_id)
    remarks = [row for row in sections if row.role is SectionRole.REMARK]
    text.kind = settled_kind(text.kind, len(remarks))
    db.session.flush()
    text.final_sha256, text.final_at = fingerprint(text.kind, map(locked.part, sections)), now
    db.session.flush()
    steps.reach(request_id, steps.Step.FINAL_TEXT_FROZEN, now)
    event = ForumFinalTextFrozen(request_id, text.kind.value, len(sections), text.final_sha256)
    record(event, actor=Actor.system(), now=now)
    return text.final_sha256


def _of(request_id: int, amendment_id: int, now: datetime) -> tuple[ForumText, Amendment]:
    text = locked.text(request_id)
    if locked.phase_of(text, now) is not Phase.FROZEN:
        raise Conflict(N_("Amendments are voted on the frozen text, before the final one."), code="phase")
    row = next((one for one in locked.amendments(request_id) if one.id == amendment_id), None)
    if row is None:
        raise Conflict(N_("This amendment belongs to another text."), code="other_text")
    return text, row


def _back(actor: Actor, row: Amendment, now: datetime) -> None:
    row.state = MACHINE.advance(row.state, AmendmentState.TO_VOTE)
    row.poll_id = row.settled_at = row.lapsed_by_id = None
    row.lapse = ""
    record(ForumAmendmentReopened(row.request_id, row.number), actor=actor, now=now)


def _change(row: Amendment) -> Change:
    """Over the frozen wording of its section, which is what it stands over from the freezing on."""
    return locked.change(row, locked.wording(row.section_id, row.base_revision).text)


def _rewrite(actor: Actor, text: ForumText, row: Amendment, now: datetime) -> None:
    """The section of an amendment, and the kind of the opinion, as all that passed makes them."""
    passed = locked.amendments(text.request_id, {AmendmentState.PASSED})
    chosen = [one.opinion for one in passed if one.opinion is not None]
    text.kind = chosen[0] if chosen else text.frozen_kind or text.kind
    if row.apart:
        _own(actor, row, now)
        return
    section = locked.section(text.request_id, row.section_id, gone=True)
    here = [one for one in passed if one.section_id == section.id and not one.apart]
    gone = any(one.kind is AmendmentKind.SUPPRESSIVE for one in here)
    section.removed_at = now if gone else None
    base = locked.wording(section.id, section.frozen_revision or section.revision).text
    ordered = sorted(here, key=lambda one: turn(one.kind, 0, one.number))
    _reword(actor, section, combine(base, *(_change(one).edits for one in ordered)), row, now)


def _own(actor: Actor, row: Amendment, now: datetime) -> None:
    if row.state is AmendmentState.PASSED:
        put_in.own_remark(actor, row, now)
    elif row.made_id is not None:
        locked.section(row.request_id, row.made_id, gone=True).removed_at = now


def _reword(actor: Actor, section: ForumSection, words: str, row: Amendment, now: datetime) -> None:
    if words != section.text:
        revise(section, actor, now, by=row.id, text=words)
