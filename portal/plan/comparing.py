"""Reading two versions of a plan side by side: three statements, whatever their length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    ids = (old_id, new_id)
    passages = _passages(ids)
    sections = db.session.scalars(
        sa.select(Section).where(Section.version_id.in_(ids)).order_by(Section.position)
    ).all()
    rows = db.session.execute(
        sa.select(Action, ActionSection.section_id)
        .join(ActionSection, sa.and_(ActionSection.action_id == Action.id, ActionSection.is_main))
        .where(Action.version_id.in_(ids))
        .order_by(Action.position)
    )
    at_home: dict[int, list[Action]] = {}
    for action, section_id in rows:
        at_home.setdefault(section_id, []).append(action)
    old, new = (list(_parts([s for s in sections if s.version_id == v], at_home, passages)) for v in ids)
    return compare(old, new)


def _passages(version_ids: Iterable[int]) -> dict[Owner, list[Passage]]:
    found: dict[Owner, list[Passage]] = {}
    rows = sa.select(Paragraph).where(Paragraph.version_id.in_(version_ids)).order_by(Paragraph.position)
    for p in db.session.scalars(rows):
        owner = (ACTION, p.action_id) if p.action_id is not None else ("section", p.section_id or 0)
        found.setdefault(owner, []).append(Passage(p.id, p.key, p.kind.value, p.number, p.heading, p.text))
    return found


def _parts(
    sections: list[Section], at_home: dict[int, list[Action]], passages: dict[Owner, list[Passage]]
) -> Iterator[Part]:
    """Sections in reading order, each followed by its actions."""
    for s in sections:
        yield Part(s.key, s.code, s.title, s.kind, tuple(passages.get(("section", s.id), ())))
        for a in at_home.get(s.id, ()):
            facts = {name: getattr(a, name) for name in FACTS}
            yield Part(a.key, a.code, a.title, ACTION, tuple(passages.get((ACTION, a.id), ())), facts)
