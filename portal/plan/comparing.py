"""Reading two versions of a plan side by side: four statements, whatever their length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.plan.comparison import Comparison, Part, Passage, compare
from portal.plan.models import Action, ActionSection, Paragraph, Section

ACTION = "action"
FACTS = (
    "lead", "partners", "private_partners", "goals", "economic_lines", "whole_territory", "period", "priority",
    "costs", "indicators",
)  # fmt: skip
Owner = tuple[str, int]


def versions(old_id: int, new_id: int) -> Comparison:
    """What changed from one version to the other."""
    passages = _passages(old_id, new_id)
    homes = dict(
        db.session.execute(
            sa.select(ActionSection.action_id, ActionSection.section_id)
            .join(Action, Action.id == ActionSection.action_id)
            .where(Action.version_id.in_({old_id, new_id}), ActionSection.is_main)
        ).all()
    )
    sections = _by_version(Section, old_id, new_id)
    actions = _by_version(Action, old_id, new_id)
    old, new = (list(_parts(sections[v], actions[v], homes, passages)) for v in (old_id, new_id))
    return compare(old, new)


def _by_version(model: Any, *version_ids: int) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {version_id: [] for version_id in version_ids}
    for row in db.session.scalars(sa.select(model).where(model.version_id.in_(version_ids)).order_by(model.position)):
        found[row.version_id].append(row)
    return found


def _passages(*version_ids: int) -> dict[Owner, list[Passage]]:
    found: dict[Owner, list[Passage]] = {}
    rows = sa.select(Paragraph).where(Paragraph.version_id.in_(version_ids)).order_by(Paragraph.position)
    for p in db.session.scalars(rows):
        owner = (ACTION, p.action_id) if p.action_id is not None else ("section", p.section_id or 0)
        found.setdefault(owner, []).append(Passage(p.id, p.key, p.kind.value, p.number, p.heading, p.text))
    return found


def _parts(
    sections: list[Section], actions: list[Action], homes: dict[int, int], passages: dict[Owner, list[Passage]]
) -> Iterator[Part]:
    """Sections in reading order, each followed by its actions."""
    for s in sections:
        yield Part(s.key, s.code, s.title, s.kind, tuple(passages.get(("section", s.id), ())))
        for a in (a for a in actions if homes.get(a.id) == s.id):
            facts = {name: getattr(a, name) for name in FACTS}
            yield Part(a.key, a.code, a.title, ACTION, tuple(passages.get((ACTION, a.id), ())), facts)
