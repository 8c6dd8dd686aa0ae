"""Put the generated text into minutes: the first time with a number, later beside what people have written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.conferences import locked as sittings
from portal.conferences.minutes import locked
from portal.conferences.minutes.events import MinutesDrawnUp, MinutesRegenerated
from portal.conferences.minutes.models import Minutes, MinutesRevision, MinutesSection
from portal.conferences.minutes.rules import Part, fingerprint, merge
from portal.conferences.rules import Organ
from portal.db import atomic, db, next_numbers
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, require


@dataclass(frozen=True)
class Drawing:
    """What was generated: the facts of the head, the sections, the names that are kept, where the journal stood."""

    sitting_id: int
    call: int
    organ: Organ
    year: int
    head: dict[str, Any]
    kept: dict[str, Any]
    parts: tuple[Part, ...]
    head_seq: int
    head_hash: str


def of_call(sitting_id: int, call: int) -> Minutes | None:
    """The minutes of a held call, if they were drawn up."""
    query = sa.select(Minutes).where(Minutes.sitting_id == sitting_id, Minutes.call == call)
    return db.session.execute(query).scalar_one_or_none()


@atomic()
def draw_up(actor: Actor, drawing: Drawing, *, now: datetime) -> int:
    """Art. 49: the first text, with the next number of the organ and the year; what is there already stays."""
    require(actor, Permission.MINUTES_WRITE)
    sittings.sitting(drawing.sitting_id)
    found = of_call(drawing.sitting_id, drawing.call)
    if found is not None:
        return found.id

    (number,) = next_numbers(f"minutes:{drawing.organ.value}:{drawing.year}")
    row = Minutes(
        sitting_id=drawing.sitting_id,
        call=drawing.call,
        organ=drawing.organ,
        year=drawing.year,
        number=number,
        head={**drawing.head, "number": f"{number}/{drawing.year}"},
        kept=drawing.kept,
        drawn_at=now,
        generated_at=now,
    )
    db.session.add(row)
    db.session.flush()
    for position, part in enumerate(drawing.parts, 1):
        _add(row, part, position, now)
    db.session.flush()
    hashed = fingerprint(locked.written(row))
    event = MinutesDrawnUp(
        row.id, row.sitting_id, row.call, number, row.year, drawing.head_seq, drawing.head_hash, hashed
    )
    record(event, actor=actor, now=now)
    return row.id


@atomic()
def put(actor: Actor, minutes_id: int, drawing: Drawing, *, now: datetime) -> tuple[str, ...]:
    """Generate anew: what people wrote is kept; the keys of sections where both changed the same lines come back."""
    require(actor, Permission.MINUTES_WRITE)
    row = locked.draft(minutes_id)
    known = {one.key: one for one in locked.sections(row.id)}
    clashes = []
    for position, part in enumerate(drawing.parts, 1):
        section = known.pop(part.key, None)
        if section is None:
            _add(row, part, position, now)
        elif not _renew(actor, section, part, position, now):
            clashes.append(part.key)
    _drop(actor, known.values(), len(drawing.parts), now)
    row.head, row.kept, row.generated_at = {**drawing.head, "number": row.head["number"]}, drawing.kept, now
    db.session.flush()
    hashed = fingerprint(locked.written(row))
    event = MinutesRegenerated(row.id, row.sitting_id, row.call, drawing.head_seq, hashed)
    record(event, actor=actor, now=now)
    return tuple(clashes)


def revise(section: MinutesSection, text: str, actor: Actor | None, now: datetime) -> None:
    """The text as it stands from now on, kept as a revision of its own."""
    section.text = text
    section.revision += 1
    _keep(section, actor, now)


def _add(row: Minutes, part: Part, position: int, now: datetime) -> None:
    section = MinutesSection(
        minutes_id=row.id,
        key=part.key,
        position=position,
        title=part.title,
        generated=part.text,
        tables=[table.as_data() for table in part.tables],
        text=part.text,
        revision=1,
    )
    db.session.add(section)
    db.session.flush()
    _keep(section, None, now)


def _keep(section: MinutesSection, actor: Actor | None, now: datetime) -> None:
    mandate = actor.acting.mandate_id if actor and actor.acting else None
    person = actor.person_id if actor else None
    facts = {"section_id": section.id, "revision": section.revision, "text": section.text, "at": now}
    db.session.add(MinutesRevision(**facts, person_id=person, mandate_id=mandate))


def _renew(actor: Actor, section: MinutesSection, part: Part, position: int, now: datetime) -> bool:
    """The new text under what was written over the old one; False if both changed the same lines."""
    found = merge(section.generated, section.text, part.text)
    section.generated, section.title, section.position = part.text, part.title, position
    section.tables = [table.as_data() for table in part.tables]
    if not found.clash and found.text != section.text:
        revise(section, found.text, actor, now)
    return not found.clash


def _drop(actor: Actor, gone: Iterable[MinutesSection], after: int, now: datetime) -> None:
    """Sections that the journal does not know any more: what nobody had touched is emptied, the rest goes last."""
    for position, section in enumerate(sorted(gone, key=lambda one: one.position), after + 1):
        untouched = section.text == section.generated
        section.position, section.tables, section.generated = position, [], ""
        if untouched and section.text:
            revise(section, "", actor, now)
