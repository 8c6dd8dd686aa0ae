"""An amendment goes into the text, and what it makes impossible lapses: plain functions under the request's lock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from portal.db import db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.opinions.amending import locked
from portal.opinions.amending.edits import combine
from portal.opinions.amending.events import ForumAmendmentLapsed
from portal.opinions.amending.keep import begin_section, revise
from portal.opinions.amending.models import Amendment, ForumSection, ForumText
from portal.opinions.amending.rules import (
    MACHINE,
    PENDING,
    AmendmentKind,
    AmendmentState,
    Change,
    Lapse,
    SectionRole,
    further,
    impossible,
)


def own_remark(actor: Actor, row: Amendment, now: datetime) -> None:
    """The remark that an amendment adds, after its section and what was added there before."""
    known = locked.sections(row.request_id, gone=True)
    if row.made_id is not None:  # it was there before its vote was annulled
        next(one for one in known if one.id == row.made_id).removed_at = None
        return
    anchor = next(one for one in known if one.id == row.section_id)
    if anchor.role is SectionRole.REMARK:
        label = further(anchor.label, [one.label for one in known])
    else:
        label = str(1 + max((int(one.label) for one in known if one.label.isdigit()), default=0))
    place = anchor.position + 1
    while any(one.position == place and one.label.startswith(f"{anchor.label}-") for one in known):
        place += 1
    facts = {"text": row.text, "reason": row.why, "heading": row.heading, "label": label}
    targets = {"action_id": row.action_id, "paragraph_id": row.paragraph_id}
    made = begin_section(actor, row.request_id, SectionRole.REMARK, place, now, by=row.id, **facts, **targets)
    row.made_id = made.id


def accepted(actor: Actor, text: ForumText, row: Amendment, now: datetime) -> None:
    """Before the freezing: the text changes at once, and what waits is put over the new wording."""
    section = locked.section(text.request_id, row.section_id, gone=True)
    made = locked.change(row, section.text)
    waiting = [one for one in locked.amendments(text.request_id, PENDING) if one.id != row.id]
    others = [(one, locked.change(one, _base(one, section))) for one in waiting]
    lapse_all(actor, row, others, made, now)
    before = section.text
    if row.opinion is not None:
        text.kind = row.opinion
    if row.apart:
        own_remark(actor, row, now)
    elif row.kind is AmendmentKind.SUPPRESSIVE:
        section.removed_at = now
    elif row.text != section.text:
        revise(section, actor, now, by=row.id, text=row.text)
    for one, change in others:
        if one.section_id == section.id and one.state in PENDING:
            if not one.apart and one.kind is not AmendmentKind.SUPPRESSIVE:
                one.text = combine(before, made.edits, change.edits)
            one.base_revision = section.revision
    db.session.flush()


def lapse_all(
    actor: Actor, row: Amendment, others: Iterable[tuple[Amendment, Change]], made: Change, now: datetime
) -> None:
    """Those that cannot be voted any more, each with the reason and the amendment that did it."""
    for other, change in others:
        why = impossible(change, made)
        if why is not None:
            lapse(actor, other, why, row, now)


def lapse(actor: Actor, other: Amendment, why: Lapse, by: Amendment | None, now: datetime) -> None:
    """One of them."""
    other.state = MACHINE.advance(other.state, AmendmentState.LAPSED)
    other.lapse, other.lapsed_by_id, other.decided_at = why.value, by.id if by else None, now
    event = ForumAmendmentLapsed(other.request_id, other.number, why.value, by.number if by else None)
    record(event, actor=actor, now=now)


def _base(row: Amendment, section: ForumSection) -> str:
    """The wording it stands over; of another section its own, which does not matter here."""
    return section.text if row.section_id == section.id else row.text
