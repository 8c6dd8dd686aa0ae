"""Write in a section of the draft: nothing that another hand wrote meanwhile is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.amending import locked
from portal.opinions.amending.edits import merge
from portal.opinions.amending.events import ForumSectionWritten
from portal.opinions.amending.keep import FIELDS, revise
from portal.opinions.amending.models import ForumSection, ForumWording
from portal.opinions.amending.rules import HEADING_LIMIT, REASON_LIMIT, SAME_HAND, TEXT_LIMIT, SectionRole
from portal.opinions.amending.writers import check_writer
from portal.opinions.models import OpinionRequest
from portal.opinions.requests.standing import check_running
from portal.opinions.write_text import target


@dataclass(frozen=True)
class Written:
    """A section as it was typed; what it is about, what is asked and why are those of a remark."""

    text: str
    heading: str = ""
    reason: str = ""
    action_id: int | None = None
    paragraph_id: int | None = None


@dataclass(frozen=True)
class Saved:
    """What was kept, and what to name when writing again."""

    revision: int
    text: str
    reason: str
    joined: bool  # with what another hand wrote elsewhere in the section


class Overtaken(Conflict):
    """Another hand changed the same words meanwhile: both texts are shown, and the reader puts them together."""

    code = "overtaken"
    default = N_("Somebody changed the same words in the meantime: put the two texts together and save again.")

    def __init__(self, stored: Written, revision: int) -> None:
        super().__init__()
        self.stored, self.revision = stored, revision


@atomic()
def write(
    actor: Actor, request_id: int, section_id: int, wanted: Written, base: int, *, join: bool = True, now: datetime
) -> Saved:
    """Keep what was written over revision `base`; what others changed elsewhere in the section is kept too.

    Without `join` (while somebody types, and the page could not show what came in) it is refused instead.
    """
    text = locked.draft(request_id, now)
    check_writer(actor, text, now)
    check_running(request_id, now)
    row = locked.section(request_id, section_id)
    mine = _clean(row, wanted, request_id)
    joined = base != row.revision
    if joined and not join:
        raise Conflict(
            N_("Somebody else wrote in this section: press “Save” to put the two texts together."), code="behind"
        )
    if joined:
        mine = _joined(_known(locked.wording(row.id, base)), mine, row)
    changed = {name: value for name, value in mine.items() if value != getattr(row, name)}
    if changed:
        _tell(actor, row, mine["text"] + "\n" + mine["reason"], now)
        revise(row, actor, now, **changed)
    return Saved(row.revision, row.text, row.reason, joined)


def _clean(row: ForumSection, wanted: Written, request_id: int) -> dict[str, Any]:
    """What is stored; preamble and conclusion are a text and nothing else."""
    found: dict[str, Any] = dict.fromkeys(FIELDS, "")
    found |= {"text": typed(wanted.text, field="text", limit=TEXT_LIMIT, required=False)}
    found |= {"action_id": None, "paragraph_id": None}
    if row.role is not SectionRole.REMARK:
        return found
    found["heading"] = typed(wanted.heading, field="heading", limit=HEADING_LIMIT, required=False)
    found["reason"] = typed(wanted.reason, field="reason", limit=REASON_LIMIT, required=False)
    if wanted.action_id is not None or wanted.paragraph_id is not None:
        version_id = db.session.get_one(OpinionRequest, request_id).version_id
        found["action_id"], found["paragraph_id"] = target(wanted.action_id, wanted.paragraph_id, version_id)
    return found


def _known(row: ForumWording | ForumSection) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS}


def _joined(base: dict[str, Any], mine: dict[str, Any], row: ForumSection) -> dict[str, Any]:
    """Both changes, or a refusal that carries what is stored."""
    theirs, found = _known(row), dict[str, Any]()
    clash = False
    for name in ("text", "reason"):
        merged = merge(base[name], mine[name], theirs[name])
        found[name], clash = merged.text, clash or merged.clash
    place = ("action_id", "paragraph_id")
    for names in (("heading",), place):
        old, new, other = ([side[name] for name in names] for side in (base, mine, theirs))
        found |= dict(zip(names, other if new == old else new, strict=True))
        clash = clash or (new not in (old, other) and other != old)
    if clash:
        stored = Written(row.text, row.heading, row.reason, row.action_id, row.paragraph_id)
        raise Overtaken(stored, row.revision)
    return found


def _tell(actor: Actor, row: ForumSection, written: str, now: datetime) -> None:
    """The journal is told once of what one hand writes within some minutes."""
    query = sa.select(ForumWording.person_id, ForumWording.at).where(ForumWording.section_id == row.id)
    last = db.session.execute(query.order_by(ForumWording.revision.desc()).limit(1)).one()
    if row.revision == 1 or last.person_id != actor.person_id or now - last.at >= SAME_HAND:
        event = ForumSectionWritten(row.request_id, row.id, row.revision + 1, text_digest(written))
        record(event, actor=actor, now=now)
