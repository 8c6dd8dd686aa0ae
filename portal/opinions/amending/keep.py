"""How sections come into being and every wording of them is kept: plain functions for the verbs of the text."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from portal.db import db
from portal.kernel.actor import Actor
from portal.opinions.amending import locked
from portal.opinions.amending.models import ForumSection, ForumWording
from portal.opinions.amending.rules import SectionRole

FIELDS = ("heading", "text", "reason", "action_id", "paragraph_id")


def begin_section(
    actor: Actor,
    request_id: int,
    role: SectionRole,
    position: int,
    now: datetime,
    *,
    by: int | None = None,
    **known: Any,
) -> ForumSection:
    """A new section at a place; those from there on move down. `by` is the amendment that puts it in."""
    for other in locked.sections(request_id, gone=True):
        if other.position >= position:
            other.position += 1
    row = ForumSection(request_id=request_id, role=role, position=position, revision=1)
    for name in FIELDS:
        setattr(row, name, known.get(name, "" if name in {"heading", "text", "reason"} else None))
    row.label = known.get("label", "")
    db.session.add(row)
    db.session.flush()
    _keep(row, actor, now, by)
    return row


def revise(row: ForumSection, actor: Actor, now: datetime, *, by: int | None = None, **changed: Any) -> None:
    """The section as it stands from now on, kept as a wording of its own."""
    for name, value in changed.items():
        setattr(row, name, value)
    row.revision += 1
    _keep(row, actor, now, by)


def _keep(row: ForumSection, actor: Actor, now: datetime, by: int | None) -> None:
    same = {name: getattr(row, name) for name in FIELDS}
    facts = {"section_id": row.id, "revision": row.revision, "amendment_id": by, "at": now}
    db.session.add(ForumWording(**facts, **same, person_id=actor.person_id))
    db.session.flush()
