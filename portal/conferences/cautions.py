"""What is not as it should be when a notice is about to be sent: terms, holidays, papers, bodies nobody answers for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.conferences import rules
from portal.conferences.rules import ItemKind, Organ
from portal.conferences.ruleset import RuleSet
from portal.kernel.clock import local_day
from portal.kernel.words import N_, Words

_NAMED = 8


@dataclass(frozen=True)
class Caution:
    """Something to know; what breaks a term is sent only for a reason."""

    words: Words
    needs_reason: bool = False


@dataclass(frozen=True)
class OnAgenda:
    """What counts of an item here."""

    number: int
    title: str
    kind: ItemKind
    needs_papers: bool
    papers: int


@dataclass(frozen=True)
class Facts:
    """All that is looked at."""

    organ: Organ
    rule: RuleSet
    calls: Sequence[datetime]
    closes_at: datetime
    items: Sequence[OnAgenda]
    unreachable: Sequence[str]
    due_on: date | None = None


def of_convocation(facts: Facts, now: datetime) -> list[Caution]:
    """Before the convocation is sent."""
    found = [
        *_term(facts, now),
        *_days(facts),
        *_repeat(facts),
        *_papers(facts),
        *_requested(facts),
    ]
    if facts.closes_at <= now:
        found.append(Caution(Words(N_("The deadline for delegations has already passed.")), True))
    return found + _silent(facts)


def of_addendum(facts: Facts, now: datetime) -> list[Caution]:
    """Before an addendum is sent; its items and papers alone are looked at."""
    found = []
    given = facts.calls[0] - now
    needed = timedelta(hours=facts.rule.addendum_hours)
    if given < needed:
        params = {"given": max(0, int(given / timedelta(hours=1))), "needed": facts.rule.addendum_hours}
        words = N_("%(given)d hours are left before the first call; the rule set asks for %(needed)d.")
        found.append(Caution(Words(words, params), True))
    return found + _papers_late(facts, now) + _papers(facts) + _silent(facts)


def _term(facts: Facts, now: datetime) -> list[Caution]:
    term = rules.notice_term(now, facts.calls[0], facts.rule.notice_days)
    if term.met:
        return _papers_late(facts, now)
    words = N_("The first call is %(given)d days from today; the rule set asks for %(needed)d days of notice.")
    return [Caution(Words(words, {"given": term.given, "needed": term.needed}), True), *_papers_late(facts, now)]


def _days(facts: Facts) -> list[Caution]:
    found = (rules.day_warning(n, at, facts.rule.patron_day) for n, at in enumerate(facts.calls, 1))
    return [Caution(words) for words in found if words]


def _papers_late(facts: Facts, now: datetime) -> list[Caution]:
    term = rules.notice_term(now, facts.calls[0], facts.rule.paper_days)
    if term.met or not any(item.papers for item in facts.items):
        return []
    words = N_("Papers are to be there %(needed)d days before the first call: it is %(given)d days from today.")
    return [Caution(Words(words, {"given": term.given, "needed": term.needed}), True)]


def _repeat(facts: Facts) -> list[Caution]:
    words = rules.repeat_warning(facts.organ, facts.calls)
    return [Caution(words, True)] if words else []


def _papers(facts: Facts) -> list[Caution]:
    missing = [i for i in facts.items if not i.papers and (i.needs_papers or rules.votable(i.kind))]
    words = N_("Item %(number)d has no paper: %(title)s.")
    return [Caution(Words(words, {"number": item.number, "title": item.title})) for item in missing]


def _requested(facts: Facts) -> list[Caution]:
    """Art. 29: a sitting that a fifth of the mayors asked for has a term of its own."""
    if facts.due_on is None or local_day(facts.calls[0]) <= facts.due_on:
        return []
    words = N_("A fifth of the mayors asked for this sitting: it had to be held by %(day)s.")
    return [Caution(Words(words, {"day": f"{facts.due_on:%d/%m/%Y}"}), True)]


def _silent(facts: Facts) -> list[Caution]:
    names = list(facts.unreachable)
    if not names:
        return []
    shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    words = N_("Nobody can be written to for %(count)d bodies: %(names)s. Reach them by certified mail.")
    return [Caution(Words(words, {"count": len(names), "names": shown}))]
