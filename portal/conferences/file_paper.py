"""Put a document to an item of the agenda, or take one away that no notice has announced."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.conferences import locked, rules
from portal.conferences.events import PaperAdded, PaperRemoved
from portal.conferences.models import Paper
from portal.conferences.rules import SittingState
from portal.db import atomic, db
from portal.files.examine import Examined
from portal.files.keep import keep
from portal.files.rules import tidy_name
from portal.files.store import Store
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def add_paper(
    actor: Actor, sitting_id: int, item_id: int, title: str, name: str, found: Examined, *, store: Store, now: datetime
) -> int:
    """Keep the file under its fingerprint and put it to the item; the next notice announces it."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.CONFERENCE_MANAGE)
    if sitting.state is SittingState.CANCELLED:
        raise Conflict(N_("This sitting has been cancelled."), code="cancelled")
    item = locked.item(sitting_id, item_id)
    papers = db.session.scalars(sa.select(Paper).where(Paper.item_id == item.id)).all()
    if len(papers) >= rules.MOST_PAPERS:
        raise Conflict(N_("An item has at most %(most)d papers."), code="papers", most=rules.MOST_PAPERS)
    if any(one.sha256 == found.sha256 for one in papers):
        raise Invalid(N_("This item has this very file already."), code="same_file", field="file")

    shown = tidy_name(name, found.kind)
    paper = Paper(
        sitting_id=sitting_id,
        item_id=item.id,
        title=typed(title, field="title", limit=rules.TITLE_LIMIT, required=False) or shown.rsplit(".", 1)[0],
        name=shown,
        sha256=keep(store, found, now=now),
        added_at=now,
    )
    db.session.add(paper)
    db.session.flush()
    record(PaperAdded(sitting_id, item.id, paper.id, paper.sha256), actor=actor, now=now)
    return paper.id


@atomic()
def remove_paper(actor: Actor, sitting_id: int, paper_id: int, *, now: datetime) -> None:
    """Take away a paper that no notice has announced; the file itself is collected when nothing refers to it."""
    locked.sitting(sitting_id)
    require(actor, Permission.CONFERENCE_MANAGE)
    paper = db.session.get(Paper, paper_id)
    if paper is None or paper.sitting_id != sitting_id:
        raise NotFound()
    if paper.notice_id is not None:
        raise Conflict(N_("This paper has been announced and stays."), code="announced")
    db.session.delete(paper)
    record(PaperRemoved(sitting_id, paper_id), actor=actor, now=now)
