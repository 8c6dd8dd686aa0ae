"""What the register says of a body, as a form or a file gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.kernel.offices import BodyKind, ForumCategory


@dataclass(frozen=True)
class BodyFacts:
    """What the register says of a body."""

    kind: BodyKind
    name: str
    key: str = ""
    istat_code: str | None = None
    cadastral_code: str | None = None
    ipa_code: str | None = None
    forum_category: ForumCategory | None = None
    parent_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    area_km2: float | None = None
    ended_on: date | None = None
