"""The plan format `parere-plan/1` (docs/plan-format.md): from the bytes of a file to a tree, or to all that is wrong.

Every text of the file ends in the tree, among the facts that the file says of itself (`extra`), or in `unplaced`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from portal.kernel.words import N_, Words
from portal.plan import reader
from portal.plan.codes import clean_code, slug, twice
from portal.plan.reader import CODE, HEADING, NAME, PERIOD, TEXT, TITLE, Broken, Reader, at
from portal.plan.rules import EconomicLine, Goal, ParagraphKind, Priority, SectionKind

NAME_OF_FORMAT = "parere-plan/1"
ABOUT_PLAN = (
    "format",
    "level", "status", "completeness", "source", "notes", "funding_note", "total_funding_eur",
    "total_funding_eur_approx", "notice", "period", "demo",
)  # fmt: skip
ABOUT_SECTION = ("funding", "source_path")
ABOUT_ACTION = ("funding", "source_path")


@dataclass(frozen=True)
class ParagraphText:
    """A piece of text with its place in the file's owner."""

    kind: ParagraphKind
    number: int
    heading: str
    text: str
    key: str = ""  # what the portal called it, where the file says so


@dataclass(frozen=True)
class ActionText:
    """An action as the file gives it."""

    source_code: str
    title: str
    paragraphs: tuple[ParagraphText, ...]
    also_in: tuple[str, ...]
    facts: dict[str, Any]  # the columns of the action
    istat: tuple[str, ...]
    where: str
    key: str = ""


@dataclass(frozen=True)
class SectionText:
    """A section with what it holds."""

    source_code: str
    code: str
    kind: SectionKind
    title: str
    paragraphs: tuple[ParagraphText, ...]
    actions: tuple[ActionText, ...]
    sections: tuple[SectionText, ...]
    extra: dict[str, Any]
    key: str = ""

    def walk(self) -> Iterator[SectionText]:
        """This section and all below it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True)
class PlanText:
    """A whole plan as the file gives it."""

    slug: str
    title: str
    body: str
    language: str
    sections: tuple[SectionText, ...]
    extra: dict[str, Any]
    unplaced: list[dict[str, Any]] = field(default_factory=list)

    def walk(self) -> Iterator[SectionText]:
        """All sections in reading order."""
        for section in self.sections:
            yield from section.walk()

    def actions(self) -> Iterator[tuple[SectionText, int, ActionText]]:
        """Each action with its main section and its number there."""
        for section in self.walk():
            for number, action in enumerate(section.actions, 1):
                yield section, number, action


Say = Callable[[list[Words]], list[Words]]


def parse(data: bytes) -> PlanText:
    """Read a plan file; all problems are refused together, each with its place."""
    try:
        value = reader.load(data)
    except Broken as error:
        raise reader.refusal([error.words]) from error
    return from_value(value)


def from_value(value: Any, say: Say = list) -> PlanText:
    """The same for a value that is read already; `say` tells places in the words of the document it came from."""
    take = Reader()
    plan = _plan(take, value)
    if take.problems:
        raise reader.refusal(say(take.problems))
    return plan


def _plan(take: Reader, value: Any) -> PlanText:
    source = take.mapping(value, "")
    named = source.get("format", NAME_OF_FORMAT)
    if named != NAME_OF_FORMAT:
        take.fault(N_("%(where)s: this program reads the format %(name)s."), "format", name=NAME_OF_FORMAT)
    title = take.text(source, "title", "", TITLE, required=True)
    plan_id = take.text(source, "plan_id", "", NAME) or title
    body = take.text(source, "body", "", NAME, required=True)
    language = take.text(source, "language", "", 5) or "it"
    extra = {"plan_id": plan_id, **take.keep(source, ABOUT_PLAN)}
    take.left_before(source)
    sections = _sections(take, source, "axes", "", 0) + _sections(take, source, "sections", "", 0)
    take.rest(source, "")
    if value and isinstance(value, dict) and not sections:
        take.fault(N_("%(where)s: the plan has no section."), "axes")
    plan = PlanText(slug(plan_id)[:80] or "piano", title, body, language, sections, extra, take.unplaced)
    _check_codes(take, plan)
    return plan


def _sections(take: Reader, source: dict[str, Any], name: str, where: str, depth: int) -> tuple[SectionText, ...]:
    return tuple(_section(take, item, place, depth) for place, item in take.items(source, name, where))


def _section(take: Reader, value: Any, where: str, depth: int) -> SectionText:
    source = take.mapping(value, where)
    key = take.key(source, where, "s")
    code = take.text(source, "code", where, CODE, required=True)
    title = take.text(source, "title", where, TITLE, required=True)
    inner = _sections(take, source, "sections", where, depth + 1)
    kind = _one_of(take, source, "kind", where, SectionKind) or _usual_kind(depth, bool(inner))
    paragraphs = (
        *_texts(take, source, "text", where, ParagraphKind.BODY),
        *_texts(take, source, "objectives", where, ParagraphKind.OBJECTIVE),
    )
    actions = tuple(_action(take, item, place) for place, item in take.items(source, "actions", where))
    extra = take.keep(source, ABOUT_SECTION)
    take.rest(source, where)
    return SectionText(code, clean_code(code), SectionKind(kind), title, paragraphs, actions, inner, extra, key)


def _usual_kind(depth: int, has_inner: bool) -> str:
    if depth == 0:
        return SectionKind.DIRECTION if has_inner else SectionKind.AXIS
    return SectionKind.AXIS if has_inner or depth == 1 else SectionKind.SUB_AXIS


def _texts(
    take: Reader, source: dict[str, Any], name: str, where: str, kind: ParagraphKind
) -> tuple[ParagraphText, ...]:
    return tuple(ParagraphText(kind, i, "", *told) for i, told in enumerate(take.texts(source, name, where, TEXT), 1))


def _action(take: Reader, value: Any, where: str) -> ActionText:
    source = take.mapping(value, where)
    key = take.key(source, where, "a")
    code = take.text(source, "code", where, CODE, required=True)
    title = take.text(source, "title", where, TITLE, required=True)
    paragraphs = (
        *_paragraphs(take, source, where),
        *_texts(take, source, "body_objectives", where, ParagraphKind.OBJECTIVE),
        *_texts(take, source, "expected_results", where, ParagraphKind.EXPECTED_RESULT),
    )
    also_in = tuple(take.strings(source, "also_in_axes", where, CODE))
    whole, istat = _territory(take, source, where)
    facts: dict[str, Any] = {
        "lead": take.strings(source, "responsible", where),
        "partners": take.strings(source, "partners", where),
        "private_partners": take.strings(source, "private_partners", where),
        "goals": _codes(take, source, "goals", where, Goal),
        "economic_lines": _codes(take, source, "economic_lines", where, EconomicLine),
        "whole_territory": whole,
        "period": take.text(source, "period", where, PERIOD),
        "priority": _one_of(take, source, "priority", where, Priority),
        "costs": [_cost(take, item, place) for place, item in take.items(source, "costs", where)],
        "indicators": [_indicator(take, item, place) for place, item in take.items(source, "indicators", where)],
        "extra": take.keep(source, ABOUT_ACTION),
    }
    take.rest(source, where)
    return ActionText(code, title, paragraphs, also_in, facts, istat, where, key)


def _paragraphs(take: Reader, source: dict[str, Any], where: str) -> Iterator[ParagraphText]:
    for number, (place, item) in enumerate(take.items(source, "paragraphs", where), 1):
        if isinstance(item, str):
            item = {"text": item}
        inner = take.mapping(item, place)
        key = take.key(inner, place, "c")
        given = take.whole(inner, "n", place, 0, 100_000)
        if given is not None and given != number:
            take.leave(at(place, "n"), given)
        heading = take.text(inner, "heading", place, HEADING)
        text = take.text(inner, "text", place, TEXT, required=True)
        take.rest(inner, place)
        yield ParagraphText(ParagraphKind.BODY, number, heading, text, key)


def _territory(take: Reader, source: dict[str, Any], where: str) -> tuple[bool, tuple[str, ...]]:
    given = source.pop("territory", None)
    inner = take.mapping(given, at(where, "territory")) if given is not None else {}
    whole = inner.pop("whole", None)
    if whole is not None and not isinstance(whole, bool):
        take.fault(N_("%(where)s: true or false is expected here."), at(where, "territory.whole"))
    istat = take.strings(inner, "istat", at(where, "territory"), 6) + take.strings(source, "comuni_istat", where, 6)
    take.rest(inner, at(where, "territory"))
    return (bool(whole) if whole is not None else not istat), tuple(dict.fromkeys(istat))


def _cost(take: Reader, value: Any, where: str) -> dict[str, Any]:
    source = take.mapping(value, where)
    year = take.whole(source, "year", where, 1900, 2200)
    amount = take.whole(source, "amount_eur", where, 0, 10**13)
    cost = {"year": year, "amount_eur": amount, "source": take.text(source, "source", where, NAME)}
    take.rest(source, where)
    return cost


def _indicator(take: Reader, value: Any, where: str) -> dict[str, Any]:
    source = take.mapping(value, where)
    indicator: dict[str, Any] = {"name": take.text(source, "name", where, NAME, required=True)}
    indicator["unit"] = take.text(source, "unit", where, NAME)
    for name in ("baseline", "target"):
        given = source.pop(name, None)
        if given is not None and (isinstance(given, bool) or not isinstance(given, int | float | str)):
            take.fault(N_("%(where)s: a number or a text is expected here."), at(where, name))
            given = None
        indicator[name] = take.string(given, at(where, name), NAME, required=False) if isinstance(given, str) else given
    indicator["year"] = take.whole(source, "year", where, 1900, 2200)
    take.rest(source, where)
    return indicator


def _codes(
    take: Reader, source: dict[str, Any], name: str, where: str, known: type[Goal] | type[EconomicLine]
) -> list[str]:
    found = take.strings(source, name, where)
    for i, code in enumerate(found):
        if code and code not in set(known):
            take.fault(
                N_("%(where)s: “%(code)s” is not one of: %(known)s."),
                f"{at(where, name)}[{i}]",
                code=code,
                known=", ".join(known),
            )
    return list(dict.fromkeys(found))


def _one_of(
    take: Reader, source: dict[str, Any], name: str, where: str, known: type[Priority] | type[SectionKind]
) -> str:
    code = take.text(source, name, where, CODE)
    if code and code not in set(known):
        take.fault(
            N_("%(where)s: “%(code)s” is not one of: %(known)s."), at(where, name), code=code, known=", ".join(known)
        )
        return ""
    return code


def _check_codes(take: Reader, plan: PlanText) -> None:
    """Codes name one thing each, and an action belongs only to sections that are there."""
    sections = list(plan.walk())
    for code in twice(s.code for s in sections if s.code):
        take.fault(N_("%(where)s: the code “%(code)s” is used by more than one section."), "axes", code=code)
    for code in twice(a.source_code for _, _, a in plan.actions() if a.source_code):
        take.fault(N_("%(where)s: the code “%(code)s” is used by more than one action."), "axes", code=code)
    known = {s.source_code for s in sections} | {s.code for s in sections}
    for _, _, action in plan.actions():
        for code in action.also_in:
            if code and code not in known:
                take.fault(
                    N_("%(where)s: there is no section “%(code)s”."), at(action.where, "also_in_axes"), code=code
                )
