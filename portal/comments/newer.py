"""What became of a text that somebody is writing about, when a new version of the plan appears meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.comments import places
from portal.comments.difference import Stretch, difference
from portal.comments.models import Consultation
from portal.comments.passages import Passage, refound, selector
from portal.comments.places import Text
from portal.comments.rules import Phase, phase
from portal.db import db
from portal.kernel.actor import Actor
from portal.plan.models import PlanVersion
from portal.plan.rules import VersionState


@dataclass(frozen=True)
class Version:
    """The latest public version of the plan, where it is later than the one in hand."""

    id: int
    number: int
    published_at: datetime
    consultation_id: int | None  # in which this version is open to the reader's body, if it is

    @property
    def receives(self) -> bool:
        """True if a draft can be taken there."""
        return self.consultation_id is not None


@dataclass(frozen=True)
class News:
    """What became of one paragraph, and of the words chosen in it."""

    gone: bool
    change: tuple[Stretch, ...]  # from the text in hand to the new one; empty where it reads the same
    lost: tuple[str, ...]  # chosen words that are not found there any more


def version_after(actor: Actor, version_id: int, now: datetime) -> Version | None:
    """The version in force, if it came after the one given."""
    this = sa.select(PlanVersion.plan_id, PlanVersion.number).where(PlanVersion.id == version_id).subquery()
    row: Any = db.session.execute(
        sa.select(
            PlanVersion.id,
            PlanVersion.number,
            PlanVersion.published_at,
            Consultation.id,
            Consultation.opens_at,
            Consultation.deadline_at,
            Consultation.concluded_at,
            Consultation.body_kinds,
        )
        .join(this, sa.and_(this.c.plan_id == PlanVersion.plan_id, PlanVersion.number > this.c.number))
        .outerjoin(Consultation, Consultation.version_id == PlanVersion.id)
        .where(PlanVersion.state == VersionState.PUBLISHED)
        .order_by(PlanVersion.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    id_, number, published_at, consultation_id, opens_at, deadline_at, concluded_at, kinds = row
    open_ = consultation_id and phase(opens_at, deadline_at, concluded_at, now) in {Phase.SCHEDULED, Phase.OPEN}
    own = actor.acting.body_kind.value if actor.acting else ""
    return Version(id_, number, published_at, consultation_id if open_ and own in kinds else None)


def news_of(
    version: Version, paragraphs: Iterable[tuple[str | None, str | None, Sequence[Passage]]]
) -> list[News | None]:
    """What became of each (key, text, passages chosen in it), in their order; None where no paragraph is meant."""
    listed = list(paragraphs)
    found = {text.paragraph_key: text for text in places.texts(version.id, keys=[key for key, _, _ in listed if key])}
    return [_news(text or "", found.get(key), chosen) if key else None for key, text, chosen in listed]


def _news(text: str, now: Text | None, chosen: Sequence[Passage]) -> News:
    if now is None:
        return News(True, (), tuple(passage.exact for passage in chosen))
    lost = [p.exact for p in chosen if refound(selector(p.paragraph, text, p.start, p.end), now.text) is None]
    return News(False, tuple(difference(text, now.text)) if text != now.text else (), tuple(lost))
