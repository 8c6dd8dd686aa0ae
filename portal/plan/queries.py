"""Reading the plan. A version's text never changes under its mark, so the tree of a version is read once and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.plan.models import Action, ActionSection, ActionTerritory, Paragraph, Section
from portal.plan.rules import ParagraphKind
from portal.territory.models import Body

KEPT = 16  # versions whose tree stays in memory


@dataclass(frozen=True)
class ParagraphRow:
    """A piece of text with its stable address."""

    id: int
    key: str
    number: int
    heading: str
    kind: ParagraphKind
    text: str
    text_hash: str


@dataclass(frozen=True)
class ActionRow:
    """An action with its text and its facts."""

    id: int
    code: str
    source_code: str
    key: str
    title: str
    lead: list[str]
    partners: list[str]
    private_partners: list[str]
    goals: list[str]
    economic_lines: list[str]
    whole_territory: bool
    body_ids: tuple[int, ...]  # the Comuni named, when it is not the whole territory
    period: str
    priority: str
    costs: list[dict[str, Any]]
    indicators: list[dict[str, Any]]
    extra: dict[str, Any]
    sections: tuple[str, ...]  # codes, the main one first
    paragraphs: tuple[ParagraphRow, ...]
    objectives: tuple[ParagraphRow, ...]
    results: tuple[ParagraphRow, ...]

    @property
    def total_cost(self) -> int:
        """All years together, in whole euros."""
        return sum(cost.get("amount_eur") or 0 for cost in self.costs)

    def all_paragraphs(self) -> tuple[ParagraphRow, ...]:
        """Every piece of text in reading order."""
        return self.paragraphs + self.objectives + self.results


@dataclass(frozen=True)
class SectionRow:
    """A section with what it holds; an action that belongs here too, but is at home elsewhere, is a guest."""

    id: int
    code: str
    key: str
    kind: str
    title: str
    depth: int
    parent: str | None
    texts: tuple[ParagraphRow, ...]
    objectives: tuple[ParagraphRow, ...]
    actions: tuple[ActionRow, ...]
    guests: tuple[ActionRow, ...]
    children: tuple[str, ...]
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Tree:
    """The whole text of a version: sections in reading order and actions by every code they answer to."""

    version_id: int
    sections: tuple[SectionRow, ...]
    actions: tuple[ActionRow, ...]
    by_code: dict[str, ActionRow] = field(repr=False)

    def action(self, code: str) -> ActionRow | None:
        """By our code or by the source's own."""
        return self.by_code.get(code)

    def section(self, code: str) -> SectionRow | None:
        """By its code."""
        return next((s for s in self.sections if s.code == code), None)

    def neighbours(self, action: ActionRow) -> tuple[ActionRow | None, ActionRow | None]:
        """The actions before and after in reading order."""
        at = self.actions.index(action)
        before = self.actions[at - 1] if at else None
        return before, self.actions[at + 1] if at + 1 < len(self.actions) else None


_trees: OrderedDict[tuple[int, str], Tree] = OrderedDict()
_lock = Lock()


def tree(version_id: int, mark: str) -> Tree:
    """The tree of a version, from memory if it was read before."""
    key = (version_id, mark)
    with _lock:
        if key in _trees:
            _trees.move_to_end(key)
            return _trees[key]
    found = _read(version_id)
    with _lock:
        _trees[key] = found
        while len(_trees) > KEPT:
            _trees.popitem(last=False)
    return found


def comuni_named(version_id: int) -> dict[int, tuple[str, str]]:
    """The Comuni that actions of a version name: key and name by id, in the order of their names."""
    rows = db.session.execute(
        sa.select(Body.id, Body.key, Body.name)
        .join(ActionTerritory, ActionTerritory.body_id == Body.id)
        .join(Action, Action.id == ActionTerritory.action_id)
        .where(Action.version_id == version_id)
        .distinct()
        .order_by(Body.name)
    )
    return {row.id: (row.key, row.name) for row in rows}


def comuni_of(body_ids: Collection[int]) -> list[tuple[str, str]]:
    """Key and name of some Comuni, in the order of their names."""
    if not body_ids:
        return []
    rows = db.session.execute(sa.select(Body.key, Body.name).where(Body.id.in_(body_ids)).order_by(Body.name, Body.id))
    return list(rows)


def _read(version_id: int) -> Tree:
    texts = _texts(version_id)
    homes, territory = _homes(version_id), _territory(version_id)
    actions = tuple(
        _action(row, texts, homes.get(row.id, ()), territory.get(row.id, ()))
        for row in db.session.scalars(
            sa.select(Action).where(Action.version_id == version_id).order_by(Action.position)
        )
    )
    sections = _sections(version_id, texts, actions)
    by_source = {action.source_code: action for action in actions}
    return Tree(version_id, sections, actions, by_source | {action.code: action for action in actions})


def _texts(version_id: int) -> dict[tuple[str, int], list[ParagraphRow]]:
    found: dict[tuple[str, int], list[ParagraphRow]] = {}
    for p in db.session.scalars(
        sa.select(Paragraph).where(Paragraph.version_id == version_id).order_by(Paragraph.position)
    ):
        owner = ("action", p.action_id) if p.action_id is not None else ("section", p.section_id or 0)
        row = ParagraphRow(p.id, p.key, p.number, p.heading, p.kind, p.text, p.text_hash)
        found.setdefault(owner, []).append(row)
    return found


def _homes(version_id: int) -> dict[int, tuple[str, ...]]:
    rows = db.session.execute(
        sa.select(ActionSection.action_id, Section.code)
        .join(Section, Section.id == ActionSection.section_id)
        .where(Section.version_id == version_id)
        .order_by(ActionSection.is_main.desc(), Section.position)
    )
    found: dict[int, tuple[str, ...]] = {}
    for action_id, code in rows:
        found[action_id] = (*found.get(action_id, ()), code)
    return found


def _territory(version_id: int) -> dict[int, tuple[int, ...]]:
    rows = db.session.execute(
        sa.select(ActionTerritory.action_id, ActionTerritory.body_id)
        .join(Action, Action.id == ActionTerritory.action_id)
        .where(Action.version_id == version_id)
    )
    found: dict[int, tuple[int, ...]] = {}
    for action_id, body_id in rows:
        found[action_id] = (*found.get(action_id, ()), body_id)
    return found


def _of_kind(rows: list[ParagraphRow], kind: ParagraphKind) -> tuple[ParagraphRow, ...]:
    return tuple(row for row in rows if row.kind is kind)


def _action(
    row: Action, texts: dict[tuple[str, int], list[ParagraphRow]], homes: tuple[str, ...], bodies: tuple[int, ...]
) -> ActionRow:
    own = texts.get(("action", row.id), [])
    return ActionRow(
        id=row.id,
        code=row.code,
        source_code=row.source_code,
        key=row.key,
        title=row.title,
        lead=row.lead,
        partners=row.partners,
        private_partners=row.private_partners,
        goals=row.goals,
        economic_lines=row.economic_lines,
        whole_territory=row.whole_territory,
        body_ids=bodies,
        period=row.period,
        priority=row.priority,
        costs=row.costs,
        indicators=row.indicators,
        extra=row.extra,
        sections=homes,
        paragraphs=_of_kind(own, ParagraphKind.BODY),
        objectives=_of_kind(own, ParagraphKind.OBJECTIVE),
        results=_of_kind(own, ParagraphKind.EXPECTED_RESULT),
    )


def _sections(
    version_id: int, texts: dict[tuple[str, int], list[ParagraphRow]], actions: tuple[ActionRow, ...]
) -> tuple[SectionRow, ...]:
    rows = list(
        db.session.scalars(sa.select(Section).where(Section.version_id == version_id).order_by(Section.position))
    )
    codes = {row.id: row.code for row in rows}
    depths: dict[int, int] = {}
    for row in rows:  # a parent comes before its children
        depths[row.id] = depths.get(row.parent_id or 0, -1) + 1
    return tuple(
        SectionRow(
            id=row.id,
            code=row.code,
            key=row.key,
            kind=row.kind,
            title=row.title,
            depth=depths[row.id],
            parent=codes.get(row.parent_id or 0),
            texts=_of_kind(texts.get(("section", row.id), []), ParagraphKind.BODY),
            objectives=_of_kind(texts.get(("section", row.id), []), ParagraphKind.OBJECTIVE),
            actions=tuple(a for a in actions if a.sections[:1] == (row.code,)),
            guests=tuple(a for a in actions if row.code in a.sections[1:]),
            children=tuple(child.code for child in rows if child.parent_id == row.id),
            extra=row.extra,
        )
        for row in rows
    )
