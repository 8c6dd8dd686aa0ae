"""Statute art. 26, 28-30: the form in which the conditions of a vote are written down as data, and its reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from portal.kernel.errors import Invalid
from portal.kernel.offices import Office
from portal.kernel.words import N_, Words

Kind = TypeVar("Kind", bound=StrEnum)
MOST_CONDITIONS = 20
LAST_CALL = 3
LARGEST = 10**9
_KNOWN = frozenset({"conditions", "sits", "by_delegation", "may_change", "late_arrivals", "alternates"})


class Count(StrEnum):
    """What is counted."""

    YES = "yes"
    NO = "no"
    CAST = "cast"
    PRESENT = "present"
    ROLL = "roll"


class Dimension(StrEnum):
    """On which axis."""

    SEATS = "seats"
    POPULATION = "population"


class Base(StrEnum):
    """A share of what."""

    ROLL = "roll"
    PRESENT = "present"
    CAST = "cast"
    YES_AND_NO = "yes_and_no"


@dataclass(frozen=True)
class Condition:
    """A count on an axis against a share of a base, against another count, or against a fixed number."""

    count: Count
    axis: Dimension
    base: Base | None = None
    numerator: int = 0
    denominator: int = 1
    strict: bool = False
    more_than: Count | None = None
    at_least: int | None = None
    call: int | None = None

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Condition:
        """Read one condition; a ValueError says what is wrong with it."""
        given = dict(data)
        taken: dict[str, Any] = {
            "count": Count(given.pop("count")),
            "axis": Dimension(given.pop("axis")),
            "call": None if (call := given.pop("call", None)) is None else _number(call, 1, LAST_CALL),
        }
        if "more_than" in given:
            taken["more_than"] = Count(given.pop("more_than"))
        elif "at_least" in given:
            taken["at_least"] = _number(given.pop("at_least"), 1)
        else:
            taken["base"] = Base(given.pop("base"))
            taken["numerator"] = _number(given.pop("numerator"), 0)
            taken["denominator"] = _number(given.pop("denominator"), 1)
            taken["strict"] = _yes_or_no(given.pop("strict", False))
            if taken["numerator"] > taken["denominator"]:
                raise ValueError("numerator greater than denominator")
        if given:
            raise ValueError(f"unknown: {', '.join(sorted(given))}")
        return cls(**taken)

    def as_data(self) -> dict[str, Any]:
        """The same as plain values, with nothing that says nothing."""
        data: dict[str, Any] = {"count": self.count.value, "axis": self.axis.value}
        if self.more_than is not None:
            data["more_than"] = self.more_than.value
        elif self.at_least is not None:
            data["at_least"] = self.at_least
        elif self.base is not None:
            data["base"] = self.base.value
            data |= {"numerator": self.numerator, "denominator": self.denominator, "strict": self.strict}
        if self.call is not None:
            data["call"] = self.call
        return data


@dataclass(frozen=True)
class RuleSet:
    """All of these conditions; who takes a seat by right, who by delegation; what may happen while a poll is open."""

    conditions: tuple[Condition, ...]
    sits: tuple[Office, ...]
    by_delegation: tuple[Office, ...] = ()
    may_change: bool = True
    late_arrivals: bool = False
    alternates: bool = False  # everybody who holds one of these offices answers for the one seat

    def for_call(self, call: int) -> tuple[Condition, ...]:
        """The conditions of a call: those of every call, and those of this one, or of the last that has its own."""
        own = min(call, max((c.call or 1 for c in self.conditions), default=1))
        return tuple(c for c in self.conditions if c.call in {None, own})

    @property
    def weighted(self) -> bool:
        """True if the population behind a seat matters."""
        return any(condition.axis is Dimension.POPULATION for condition in self.conditions)

    def as_data(self) -> dict[str, Any]:
        """Plain values, as they are stored and exported."""
        return {
            "conditions": [condition.as_data() for condition in self.conditions],
            "sits": [office.value for office in self.sits],
            "by_delegation": [office.value for office in self.by_delegation],
            "may_change": self.may_change,
            "late_arrivals": self.late_arrivals,
            **({"alternates": True} if self.alternates else {}),
        }


def parse(data: Any) -> RuleSet:
    """Read a rule set; everything that is wrong with it is told together."""
    problems: list[Words] = []
    if not isinstance(data, Mapping):
        raise Invalid(N_("A rule set is an object with a list of conditions."), code="rule_set")
    unknown = data.keys() - _KNOWN
    problems += [Words(N_("The rule set says something unknown: %(name)s."), {"name": str(n)}) for n in sorted(unknown)]
    conditions = _conditions(data.get("conditions"), problems)
    sits = _offices(data.get("sits"), problems)
    delegates = _offices(data.get("by_delegation", []), problems)
    if not data.get("sits"):
        problems.append(Words(N_("Say which offices take a seat.")))
    said = {"may_change": True, "late_arrivals": False, "alternates": False}
    said = {name: data.get(name, usual) for name, usual in said.items()}
    if not all(isinstance(value, bool) for value in said.values()):
        problems.append(Words(N_("Changes, late arrivals and alternates are allowed or not: true or false.")))
    if problems:
        raise Invalid(N_("The rule set cannot be used as it is."), code="rule_set", problems=problems)
    return RuleSet(conditions, sits, delegates, **said)


def _conditions(given: Any, problems: list[Words]) -> tuple[Condition, ...]:
    if not isinstance(given, list) or not 0 < len(given) <= MOST_CONDITIONS:
        problems.append(Words(N_("A rule set has from one to %(most)d conditions."), {"most": MOST_CONDITIONS}))
        return ()
    found: list[Condition] = []
    for number, item in enumerate(given, 1):
        try:
            found.append(Condition.of(item))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            why = {"number": number, "why": f"{error}".strip("'\"")}
            problems.append(Words(N_("Condition %(number)d cannot be read: %(why)s."), why))
    calls = {condition.call for condition in found}
    named = range(1, max((c or 1 for c in calls), default=0) + 1)
    without = [] if None in calls else [n for n in named if n not in calls]
    problems += [Words(N_("No condition applies to call %(call)d."), {"call": n}) for n in without]
    return tuple(found)


def _offices(given: Any, problems: list[Words]) -> tuple[Office, ...]:
    try:
        return tuple(Office(office) for office in given)
    except (ValueError, TypeError):
        problems.append(Words(N_("An office of the rule set is unknown.")))
        return ()


def _number(value: Any, least: int, most: int = LARGEST) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"not a whole number from {least} to {most}: {value}")
    return value


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"not true or false: {value}")
    return value
