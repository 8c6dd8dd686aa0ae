"""Keep the filters of the table under a name: for oneself, or shared by the lead with the whole team."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.drafting import queries, rules
from portal.drafting.models import SavedView
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, NotFound
from portal.kernel.permissions import Permission, can, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def save_view(actor: Actor, name: str, filters: Mapping[str, str], *, shared: bool, now: datetime) -> SavedView:
    """Under a name of one's own that is there already, the new filters take the place of the old."""
    require(actor, Permission.ANSWER_READ)
    if actor.person_id is None:
        raise Forbidden()
    if shared:
        require(actor, Permission.ANSWER_ASSIGN)
    words = " ".join(typed(name, field="name", limit=rules.VIEW_LIMIT).split())
    kept = rules.check_view(filters)
    own = sa.select(SavedView).where(SavedView.person_id == actor.person_id)
    view = db.session.execute(own.where(SavedView.name == words).with_for_update()).scalar_one_or_none()
    if view is None:
        rules.check_views(db.session.scalar(sa.select(sa.func.count()).select_from(own.subquery())) or 0)
        view = SavedView(person_id=actor.person_id, name=words, made_at=now)
        db.session.add(view)
    view.filters, view.shared = kept, shared
    db.session.flush()
    return view


@atomic()
def drop_view(actor: Actor, view_id: int) -> None:
    """One's own, or as the lead a shared one."""
    require(actor, Permission.ANSWER_READ)
    view = queries.view_for_update(view_id)
    if view is None or not (view.shared or view.person_id == actor.person_id):
        raise NotFound()
    if view.person_id != actor.person_id and not can(actor, Permission.ANSWER_ASSIGN):
        raise Conflict(N_("Only the lead takes a shared view away."), code="not_yours")
    db.session.delete(view)
