"""Statute art. 4, 13, 28, 30, 32 c.7: which Comuni stand behind a body on a day, and the residents they stand for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from portal.kernel.errors import Conflict, Invalid
from portal.kernel.offices import BodyKind
from portal.kernel.words import N_
from portal.territory.facts import BodyFacts

GROUPS = frozenset({BodyKind.UNION, BodyKind.ZONE})
IMPORTED = frozenset({BodyKind.MUNICIPALITY, BodyKind.NEIGHBOUR})
NAME_LONGEST = 200
ISTAT = re.compile(r"^[0-9]{6}$")
CADASTRAL = re.compile(r"^[A-Z][0-9]{3}$")
IPA = re.compile(r"^[A-Za-z0-9_.-]{1,20}$")
KEY = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")


@dataclass(frozen=True)
class Tie:
    """A Comune is part of a group from one day to another, both included."""

    group_id: int
    member_id: int
    starts_on: date
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        """True on the first day, on the last day, and in between."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def overlaps(self, starts_on: date, ends_on: date | None) -> bool:
        """True if there is a day in both."""
        return self.starts_on <= (ends_on or date.max) and starts_on <= (self.ends_on or date.max)


def members_on(ties: Iterable[Tie], day: date) -> dict[int, frozenset[int]]:
    """The Comuni of each group on a day; a group founded later counts with the Comuni that founded it."""
    by_group: dict[int, list[Tie]] = {}
    for tie in ties:
        by_group.setdefault(tie.group_id, []).append(tie)
    return {group: _members(of_group, day) for group, of_group in by_group.items()}


def _members(ties: list[Tie], day: date) -> frozenset[int]:
    on_the_day = frozenset(tie.member_id for tie in ties if tie.holds_on(day))
    later = [tie.starts_on for tie in ties if tie.starts_on > day]
    if on_the_day or not later:
        return on_the_day
    return frozenset(tie.member_id for tie in ties if tie.holds_on(min(later)))


def residents_of(
    bodies: Iterable[int], members: Mapping[int, frozenset[int]], figures: Mapping[int, int]
) -> dict[int, int]:
    """Residents of each body: its own figure, or for a group the sum of its members; unknown bodies are left out."""
    found: dict[int, int] = {}
    for body in bodies:
        if body in members:
            found[body] = sum(figures.get(member, 0) for member in members[body])
        elif body in figures:
            found[body] = figures[body]
    return found


@dataclass(frozen=True)
class Represented:
    """Art. 13: how many bodies spoke, how many Comuni stand behind them, and how many residents, each with its base."""

    bodies: int
    municipalities: int
    of_municipalities: int
    residents: int
    of_residents: int


def represented(
    bodies: Iterable[int], members: Mapping[int, frozenset[int]], municipalities: Mapping[int, int]
) -> Represented:
    """Count each Comune once, whether it spoke itself, through its Unione, or both; `municipalities` is the base."""
    spoke = frozenset(bodies)
    behind = {m for body in spoke for m in members.get(body, frozenset({body})) if m in municipalities}
    return Represented(
        bodies=len(spoke),
        municipalities=len(behind),
        of_municipalities=len(municipalities),
        residents=sum(municipalities[m] for m in behind),
        of_residents=sum(municipalities.values()),
    )


def slug(text: str) -> str:
    """An address from a name: lower case, without accents, words joined by a dash."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def check_codes(istat: str | None, cadastral: str | None, ipa: str | None) -> None:
    """Refuse codes that do not have the shape their registers give them."""
    if istat and not ISTAT.match(istat):
        raise Invalid(
            N_("An ISTAT code has six digits, with the zeros in front: 063049."), code="istat", field="istat_code"
        )
    if cadastral and not CADASTRAL.match(cadastral):
        raise Invalid(
            N_("A cadastral code is a capital letter and three digits: F839."),
            code="cadastral",
            field="cadastral_code",
        )
    if ipa and not IPA.match(ipa):
        raise Invalid(
            N_("An IPA code has letters, digits, dashes and underscores, at most twenty."), code="ipa", field="ipa_code"
        )


def check_facts(facts: BodyFacts, parent: BodyKind | None) -> None:
    """Refuse what this kind of body cannot be without, or cannot have."""
    check_codes(facts.istat_code, facts.cadastral_code, facts.ipa_code)
    if facts.kind is BodyKind.MUNICIPALITY and not facts.istat_code:
        raise Invalid(N_("A Comune needs its ISTAT code."), code="istat", field="istat_code")
    if (facts.kind is BodyKind.FORUM_ORGANISATION) != (facts.forum_category is not None):
        raise Invalid(
            N_("Organisations of the Forum, and only they, belong to one of the six families."),
            code="family",
            field="forum_category",
        )
    if facts.kind is BodyKind.DISTRICT and parent is not BodyKind.MUNICIPALITY:
        raise Invalid(N_("A Municipalità is part of a Comune: choose which."), code="parent", field="parent")
    if facts.kind is not BodyKind.DISTRICT and facts.parent_id is not None:
        raise Invalid(N_("Only a Municipalità is part of a Comune in this way."), code="parent", field="parent")


def check_tie(group: BodyKind, member: BodyKind, starts_on: date, ends_on: date | None) -> None:
    """Art. 4, 32 c.7: Unioni and homogeneous zones are made of Comuni, from one day to another."""
    if group not in GROUPS or member is not BodyKind.MUNICIPALITY:
        raise Invalid(N_("Only a Comune can be part of an Unione or of a zone."), code="tie", field="member")
    if ends_on is not None and ends_on < starts_on:
        raise Invalid(N_("The last day comes before the first day."), code="term", field="ends_on")


def check_single(ties: Iterable[Tie], starts_on: date, ends_on: date | None) -> None:
    """A Comune is part of one Unione, and of one zone, at a time; `ties` are those to groups of the same kind."""
    if any(tie.overlaps(starts_on, ends_on) for tie in ties):
        raise Conflict(
            N_("On some of these days the Comune is already part of a group of this kind. End that first."),
            code="overlap",
            field="member",
        )


def day_before(day: date) -> date:
    """The last day of what ends when something else begins."""
    return day - timedelta(days=1)
