"""Write in a section: who writes holds it for some minutes, and nothing that a colleague wrote meanwhile is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.conferences.minutes import locked, rules
from portal.conferences.minutes.draw_up import revise
from portal.conferences.minutes.events import MinutesRevised
from portal.conferences.minutes.models import Minutes, MinutesRevision, MinutesSection
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


class Overtaken(Conflict):
    """A colleague changed the same lines meanwhile: both texts are shown, and the reader puts them together."""

    code = "overtaken"
    default = N_("A colleague has changed the same lines in the meantime: put the two texts together and save again.")

    def __init__(self, stored: str, revision: int) -> None:
        super().__init__()
        self.stored, self.revision = stored, revision


@dataclass(frozen=True)
class Saved:
    """What was kept, and what to name when writing again."""

    revision: int
    text: str
    joined: bool  # with what a colleague wrote elsewhere in the section


@atomic()
def write(actor: Actor, minutes_id: int, key: str, text: str, base: int, *, now: datetime) -> Saved:
    """Keep a text written over revision `base`; changes of others elsewhere in it are kept too."""
    require(actor, Permission.MINUTES_WRITE)
    row = locked.draft(minutes_id)
    section = locked.section(row.id, key)
    _hold(actor, section, now)
    wanted = typed(text, field="text", limit=rules.SECTION_LIMIT, required=False)
    if wanted == section.text:
        return Saved(section.revision, section.text, False)
    joined = base != section.revision
    if joined:
        found = rules.merge(_at(section, base), wanted, section.text)
        if found.clash:
            raise Overtaken(section.text, section.revision)
        wanted = found.text
    _put(actor, row, section, wanted, now)
    return Saved(section.revision, wanted, joined)


@atomic()
def take(actor: Actor, minutes_id: int, key: str, *, now: datetime) -> None:
    """Write in a section that a colleague left open: what they wrote is kept, and they are told at their next word."""
    require(actor, Permission.MINUTES_WRITE)
    section = locked.section(locked.draft(minutes_id).id, key)
    section.writer_id, section.writing_since, section.written_at = _person(actor), now, now


@atomic()
def release(actor: Actor, minutes_id: int, key: str, *, now: datetime) -> None:
    """Leave it to others."""
    require(actor, Permission.MINUTES_WRITE)
    section = locked.section(locked.minutes(minutes_id).id, key)
    if section.writer_id == actor.person_id:
        section.writer_id = section.writing_since = section.written_at = None


@atomic()
def restore(actor: Actor, minutes_id: int, key: str, *, now: datetime) -> None:
    """Put back what was generated; what had been written stays among the revisions."""
    require(actor, Permission.MINUTES_WRITE)
    row = locked.draft(minutes_id)
    section = locked.section(row.id, key)
    _hold(actor, section, now)
    if section.text != section.generated:
        _put(actor, row, section, section.generated, now)


def _put(actor: Actor, row: Minutes, section: MinutesSection, text: str, now: datetime) -> None:
    """A new revision; the journal is told once of what one hand writes within some minutes."""
    last = _last(section)
    revise(section, text, actor, now)
    if last.person_id != actor.person_id or now - last.at >= rules.SAME_HAND:
        event = MinutesRevised(row.id, row.sitting_id, row.call, section.key, section.revision, text_digest(text))
        record(event, actor=actor, now=now)


def _hold(actor: Actor, section: MinutesSection, now: datetime) -> None:
    """Nobody else is writing; from now on this person is."""
    person_id = _person(actor)
    if section.writer_id not in {None, person_id} and rules.is_held(section.written_at, now):
        name = db.session.scalar(sa.select(Person.name).where(Person.id == section.writer_id)) or ""
        raise Conflict(
            N_("%(name)s is writing here: wait, or take the section over."), code="held", field="text", name=name
        )
    if section.writer_id != person_id:
        section.writing_since = now
    section.writer_id, section.written_at = person_id, now


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise Forbidden(N_("A person must do this: it cannot be done from the console."), code="needs_person")
    return actor.person_id


def _last(section: MinutesSection) -> MinutesRevision:
    query = sa.select(MinutesRevision).where(MinutesRevision.section_id == section.id)
    return db.session.execute(query.order_by(MinutesRevision.revision.desc()).limit(1)).scalar_one()


def _at(section: MinutesSection, revision: int) -> str:
    """The text a page showed: the last wording not younger than that revision."""
    query = sa.select(MinutesRevision.text).where(
        MinutesRevision.section_id == section.id, MinutesRevision.revision <= revision
    )
    found = db.session.scalar(query.order_by(MinutesRevision.revision.desc()).limit(1))
    if found is None:
        raise Invalid(N_("This form has lost its place. Open the page again."), code="base")
    return found
