"""Which edition of the plan an address means, and the phase that stands on every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g, url_for

from portal.comments import consultation_queries
from portal.comments.consultation_queries import Edition, Shelf
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, can
from portal.plan.rules import VersionState
from portal.web.door import current_actor_or_visitor, now


@dataclass(frozen=True)
class PhaseStrip:
    """What the head of every page says of the consultation in hand."""

    title: str
    url: str
    is_open: bool
    days_left: int
    deadline: datetime


def shelf() -> Shelf:
    """All editions, read once a request."""
    if "shelf" not in g:
        g.shelf = consultation_queries.shelf()
    found: Shelf = g.shelf
    return found


def edition(slug: str | None, number: int | None) -> Edition:
    """The edition that an address names; drafts only for those who may read them."""
    found = shelf().find(slug, number, now(), sees_drafts())
    if found is None:
        raise NotFound()
    return found


def sees_drafts() -> bool:
    """True if the reader may read versions that are not public yet."""
    return can(current_actor_or_visitor(), Permission.PLAN_READ_DRAFT)


def address(of: Edition) -> dict[str, Any]:
    """What `url_for` needs for an edition: nothing for the main text, so that its addresses are the short ones."""
    main = shelf().main(now())
    if main == of:
        return {}
    same_plan = main is not None and main.slug == of.slug
    newest = shelf().find(of.slug, None, now(), drafts=False)
    number = {} if newest == of else {"number": of.number}
    return number if same_plan else {"slug": of.slug, **number}


def newest(than: Edition) -> Edition | None:
    """The last public version of the same plan, if it is another."""
    own = [e for e in shelf().editions if e.slug == than.slug and e.number > than.number and e.published_at]
    return own[0] if own else None


def earlier(than: Edition) -> Edition | None:
    """The public version before this one."""
    own = [e for e in shelf().editions if e.slug == than.slug and e.number < than.number and e.published_at]
    return own[0] if own else None


def comparison(old: Edition, new: Edition) -> str:
    """Where two versions of a plan are compared."""
    return url_for("plan.compare", first=old.number, second=new.number, slug=address(new).get("slug"))


def phase() -> PhaseStrip | None:
    """The consultation in hand, for the strip under the head; None while there is none."""
    found = shelf().in_hand(now())
    if found is None or found.deadline_at is None or found.state is VersionState.DRAFT:
        return None
    return PhaseStrip(
        title=found.consultation_title or found.title,
        url=url_for("plan.plan", **address(found)),
        is_open=found.is_open(now()),
        days_left=found.days_left(now()),
        deadline=found.deadline_at,
    )
