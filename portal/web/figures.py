"""Public figures of a consultation with the words of their rows: counted once for each stamp of the journal."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from portal.comments.consultation_queries import Edition
from portal.comments.figures import Figures, figures
from portal.comments.rules import CommentKind, CommentState
from portal.drafting.figures import outcomes
from portal.drafting.rules import Outcome
from portal.kernel.offices import BodyKind
from portal.territory import queries as territory
from portal.territory.rules import Represented
from portal.web.cache import derived
from portal.web.labels import label


@dataclass(frozen=True)
class Counted:
    """What was received and answered, and for whom it stands."""

    figures: Figures
    by_outcome: dict[Outcome, int]
    represented: Represented

    @property
    def answered(self) -> int:
        """Answers that everybody can read."""
        return sum(self.by_outcome.values())

    def kinds(self) -> list[tuple[str, int]]:
        """Remarks by kind, in words."""
        return [(label(k).text, self.figures.by_kind[k]) for k in CommentKind if k in self.figures.by_kind]

    def states(self) -> list[tuple[str, int]]:
        """Remarks by state, in words; together they are all."""
        past_draft = (s for s in CommentState if s is not CommentState.DRAFT)
        return [(label(s).text, self.figures.by_state.get(s, 0)) for s in past_draft]

    def outcomes(self) -> list[tuple[str, int]]:
        """Published answers by outcome, in words."""
        return [(label(o).text, self.by_outcome[o]) for o in Outcome if o in self.by_outcome]


def counted(consultation_id: int, snapshot_id: int) -> Counted:
    """The figures of a consultation."""

    def count() -> Counted:
        found = figures(consultation_id)
        return Counted(found, outcomes(consultation_id), territory.representativeness(snapshot_id, found.body_ids))

    return derived("figures", consultation_id, count)


def of_edition(edition: Edition | None) -> Counted | None:
    """The same for an edition; None without a consultation."""
    if edition is None or edition.consultation_id is None or edition.snapshot_id is None:
        return None
    return counted(edition.consultation_id, edition.snapshot_id)


@dataclass(frozen=True)
class Point:
    """A Comune on the map: where it is, how many live there, whether it has spoken."""

    key: str
    name: str
    lat: float | None
    lon: float | None
    population: int | None
    spoke: str  # itself | through | silent

    @property
    def tone(self) -> str:
        """How the map draws it."""
        return {"itself": "brand", "through": "info"}.get(self.spoke, "quiet")

    @property
    def words(self) -> str:
        """The same in words."""
        return {"itself": gettext("has spoken"), "through": gettext("through its Unione")}.get(
            self.spoke, gettext("not yet")
        )

    @property
    def url(self) -> str:
        """Its page."""
        return url_for("territory.body", key=self.key)


def speakers_map(edition: Edition, of: Counted) -> list[Point]:
    """Every Comune, and whether it has spoken itself or through its Unione."""

    def draw() -> list[Point]:
        comuni = [b for b in territory.bodies(BodyKind.MUNICIPALITY) if b.ended_on is None]
        residents = territory.population_of(edition.snapshot_id or 0, [b.id for b in comuni])
        spoke = set(of.figures.body_ids)
        through = territory.members_of(edition.snapshot_id or 0, [i for i in spoke if i not in residents])
        return [
            Point(
                b.key,
                b.name,
                b.lat,
                b.lon,
                residents.get(b.id),
                "itself" if b.id in spoke else "through" if b.id in through else "silent",
            )
            for b in comuni
        ]

    return derived("map", edition.consultation_id or 0, draw)
