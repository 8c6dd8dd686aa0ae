"""Statute art. 29, 30 c.7, 32 c.7: the form in which the rules of a body's sittings are written as data. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.conferences.rules import MOST_CALLS, Visibility
from portal.kernel.errors import Invalid
from portal.kernel.offices import BodyKind, Office
from portal.kernel.words import N_, Words
from portal.kernel.workdays import is_patron_day

_FINEST = 1_000
_RANGES: dict[str, tuple[int, int]] = {
    "notice_days": (0, 60),
    "paper_days": (0, 60),
    "addendum_hours": (0, 240),
    "delegation_hours": (0, 720),
    "speech_minutes": (1, 120),
    "reply_minutes": (1, 120),
    "explanation_minutes": (1, 120),
    "most_calls": (1, MOST_CALLS),
    "request_days": (0, 60),
}


@dataclass(frozen=True)
class Quorum:
    """How many of the seats must be there for a call to be valid; no row for a call: none is needed."""

    call: int
    numerator: int
    denominator: int
    strict: bool = False

    def as_data(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "call": self.call,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "strict": self.strict,
        }


@dataclass(frozen=True)
class RuleSet:
    """How a body is convened and who comes."""

    notice_days: int
    paper_days: int
    addendum_hours: int
    delegation_hours: int
    speech_minutes: int
    reply_minutes: int
    explanation_minutes: int
    most_calls: int
    request_days: int  # 0: nobody may request a sitting
    visibility: Visibility
    entitled: tuple[BodyKind, ...]
    invited: tuple[BodyKind, ...]
    sits: tuple[Office, ...]
    by_delegation: tuple[Office, ...]
    quorum: tuple[Quorum, ...]
    patron_day: str = ""  # month and day, such as 09-19

    def as_data(self) -> dict[str, Any]:
        """The written form."""
        return {
            **{name: getattr(self, name) for name in _RANGES},
            "visibility": self.visibility.value,
            "entitled": [kind.value for kind in self.entitled],
            "invited": [kind.value for kind in self.invited],
            "sits": [office.value for office in self.sits],
            "by_delegation": [office.value for office in self.by_delegation],
            "quorum": [one.as_data() for one in self.quorum],
            "patron_day": self.patron_day,
        }


def parse(data: Any) -> RuleSet:
    """Read the written form, or refuse with everything that is wrong in it."""
    problems: list[Words] = []
    if not isinstance(data, Mapping):
        raise Invalid(N_("The rule set is not in its form."), code="rule_set")
    numbers = {name: _number(name, data.get(name), problems) for name in _RANGES}
    entitled = _values(BodyKind, data.get("entitled"))
    invited = _values(BodyKind, data.get("invited"))
    sits = _values(Office, data.get("sits"))
    by_delegation = _values(Office, data.get("by_delegation"))
    if not entitled:
        problems.append(Words(N_("Say which bodies are entitled.")))
    if not sits:
        problems.append(Words(N_("Say which offices sit by right.")))
    if set(entitled) & set(invited):
        problems.append(Words(N_("A kind of body is either entitled or invited.")))
    if set(sits) & set(by_delegation):
        problems.append(Words(N_("An office either sits by right or is sent.")))
    quorum = _quorum(data.get("quorum"), problems)
    if data.get("visibility") not in set(Visibility):
        problems.append(Words(N_("Say whether sittings are public.")))
    patron = data.get("patron_day", "")
    if not isinstance(patron, str) or not is_patron_day(patron):
        problems.append(Words(N_("Write the patron’s day as month and day, such as 09-19.")))
    if problems:
        raise Invalid(N_("This rule set cannot be used."), code="rule_set", problems=problems)
    return RuleSet(
        **numbers,
        visibility=Visibility(data["visibility"]),
        entitled=entitled,
        invited=invited,
        sits=sits,
        by_delegation=by_delegation,
        quorum=quorum,
        patron_day=patron,
    )


def _number(name: str, value: Any, problems: list[Words]) -> int:
    least, most = _RANGES[name]
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        params = {"name": Words(LINES[name]), "least": least, "most": most}
        problems.append(Words(N_("%(name)s: a whole number from %(least)d to %(most)d."), params))
        return 0
    return value


def _values(kind: Any, found: Any) -> tuple[Any, ...]:
    known = {value.value: value for value in kind}
    given = found if isinstance(found, list | tuple) else ()
    return tuple(dict.fromkeys(known[one] for one in given if isinstance(one, str) and one in known))


def _quorum(found: Any, problems: list[Words]) -> tuple[Quorum, ...]:
    rows: list[Quorum] = []
    for row in found if isinstance(found, list | tuple) else ():
        share = [_whole(row.get(name)) for name in ("call", "numerator", "denominator")] if _is_row(row) else [0, 0, 0]
        call, numerator, denominator = share
        if min(share) < 1 or call > MOST_CALLS or numerator > denominator or denominator > _FINEST:
            problems.append(Words(N_("The legal number is a share such as 1 of 2, for a call from 1 to 3.")))
            continue
        rows.append(Quorum(call, numerator, denominator, bool(row.get("strict"))))
    if len({row.call for row in rows}) != len(rows):
        problems.append(Words(N_("A call has one legal number.")))
    return tuple(sorted(rows, key=lambda row: row.call))


def _is_row(row: Any) -> bool:
    return isinstance(row, Mapping)


def _whole(value: Any) -> int:
    """The number; zero for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


LINES: dict[str, str] = {
    "notice_days": N_("Days of notice"),
    "paper_days": N_("Days for papers"),
    "addendum_hours": N_("Hours for an addendum"),
    "delegation_hours": N_("Hours for delegations before the first call"),
    "speech_minutes": N_("Minutes of a speech"),
    "reply_minutes": N_("Minutes of a reply"),
    "explanation_minutes": N_("Minutes to explain a vote"),
    "most_calls": N_("Calls in one notice"),
    "request_days": N_("Days within which a requested sitting is held"),
}
