"""What an outcome says in words, condition by condition: true sentences, whichever way they went."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from portal.kernel.figures import exact, percent, whole
from portal.kernel.words import N_, Words
from portal.voting.conditions import Base, Condition, Count, Dimension
from portal.voting.thresholds import Outcome, Result

COUNTS: dict[Count, str] = {
    Count.YES: N_("in favour"),
    Count.NO: N_("against"),
    Count.CAST: N_("voting"),
    Count.PRESENT: N_("present"),
    Count.ROLL: N_("entitled"),
}
BASES: dict[Base, str] = {
    Base.ROLL: N_("of all those entitled"),
    Base.PRESENT: N_("of those present"),
    Base.CAST: N_("of those voting"),
    Base.YES_AND_NO: N_("of those in favour and against"),
}
AXES: dict[Dimension, str] = {Dimension.SEATS: N_("Seats"), Dimension.POPULATION: N_("Residents")}


def line(result: Result) -> Words:
    """The computation of one condition, such as “37 of 92 >= 36.8” or “1,209,518 of 3,054,956 = 39.59 % < 40 %”."""
    condition, axis = result.condition, result.axis
    if condition.more_than is not None:
        other = {"got": whole(axis.got), "other": whole(axis.needed - 1), "sign": ">" if result.met else "<="}
        names = {"side": Words(COUNTS[condition.count]), "against": Words(COUNTS[condition.more_than])}
        return Words("%(got)s %(side)s %(sign)s %(other)s %(against)s", other | names)
    if condition.base is None:
        said = {"got": whole(axis.got), "needed": whole(axis.needed), "sign": ">=" if result.met else "<"}
        return Words("%(got)s %(sign)s %(needed)s", said)
    share = Fraction(condition.numerator, condition.denominator)
    said = {"got": whole(axis.got), "total": whole(axis.total), "sign": _sign(result)}
    if condition.axis is Dimension.SEATS:
        return Words(N_("%(got)s of %(total)s %(sign)s %(needed)s"), said | {"needed": exact(share * axis.total)})
    part = percent(Fraction(axis.got, axis.total) if axis.total else Fraction(0), share)
    return Words(
        N_("%(got)s of %(total)s = %(part)s %(sign)s %(share)s"), said | {"part": part, "share": percent(share)}
    )


def lines(outcome: Outcome) -> list[Words]:
    """The computation of every condition, in the order of the rule set."""
    return [line(result) for result in outcome.results]


def explanation(result: Result) -> Words:
    """One condition as a sentence that says what was needed, and what is missing if anything is."""
    axis = result.axis
    said = {"got": whole(axis.got), "needed": whole(axis.needed), "missing": whole(axis.missing)}
    seats = result.condition.axis is Dimension.SEATS
    named = {"what": Words(AXES[result.condition.axis]), "side": Words(COUNTS[result.condition.count])}
    if result.met and seats:
        return Words(N_("%(what)s %(side)s: %(got)s, where %(needed)s were needed."), named | said)
    if result.met:
        return Words(N_("%(what)s behind the seats %(side)s: %(got)s, where %(needed)s were needed."), named | said)
    if seats:
        text = N_("%(what)s %(side)s: %(got)s, where %(needed)s were needed: %(missing)s are missing.")
        return Words(text, named | said)
    return Words(
        N_("%(what)s behind the seats %(side)s: %(got)s, where %(needed)s were needed: %(missing)s are missing."),
        named | said,
    )


def _sign(result: Result) -> str:
    if result.axis.total == 0 or (result.axis.got == 0 and result.condition.numerator == 0):
        return "/"  # nothing to compare: an act without anybody in favour never passes
    if result.condition.strict:
        return ">" if result.met else "<="
    return ">=" if result.met else "<"


def requirement(condition: Condition) -> Words:
    """What a condition asks, before anybody has answered: “Seats in favour: at least 2/5 of all those entitled”."""
    said: dict[str, Any] = {"what": Words(AXES[condition.axis]), "side": Words(COUNTS[condition.count])}
    if condition.more_than is not None:
        return Words(
            N_("%(what)s: more %(side)s than %(against)s"), said | {"against": Words(COUNTS[condition.more_than])}
        )
    if condition.base is None:
        return Words(N_("%(what)s %(side)s: at least %(least)s"), said | {"least": whole(condition.at_least or 0)})
    share = Fraction(condition.numerator, condition.denominator)
    in_hundredths = condition.axis is Dimension.POPULATION and (share * 100).denominator == 1
    said |= {"share": percent(share) if in_hundredths else f"{condition.numerator}/{condition.denominator}"}
    said |= {"base": Words(BASES[condition.base])}
    if condition.strict:
        return Words(N_("%(what)s %(side)s: more than %(share)s %(base)s"), said)
    return Words(N_("%(what)s %(side)s: at least %(share)s %(base)s"), said)
