"""What happened to a plan; stream `plan:<id>`, public."""

from __future__ import annotations

from dataclasses import dataclass

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class PlanImported(Event):
    """A text arrived as a draft version."""

    STREAM = "plan:{plan_id}"
    plan_id: int
    version_id: int
    number: int
    text_hash: str
    sections: int
    actions: int
    paragraphs: int


@dataclass(frozen=True)
class VersionPublished(Event):
    """A version became the public text; the one before it, if any, is superseded."""

    STREAM = "plan:{plan_id}"
    AUDIENCE = Audience.PUBLIC
    plan_id: int
    version_id: int
    number: int
    text_hash: str
    superseded_id: int | None
