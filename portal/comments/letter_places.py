"""Where a remark of a letter can stand, as the secretariat names it: a code of the plan, the number of a paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.comments.points import Place
from portal.db import db
from portal.kernel.errors import Invalid
from portal.kernel.words import N_
from portal.plan.models import Action, Paragraph, Section
from portal.plan.rules import ParagraphKind

ACTION, SECTION = "a:", "s:"


@dataclass(frozen=True)
class Choice:
    """One place to choose: what the form sends, and what one reads."""

    value: str
    code: str
    title: str
    is_section: bool


def choices(version_id: int) -> list[Choice]:
    """Every action and every section of a version, in the order of the plan."""
    found = []
    for table, mark in ((Action, ACTION), (Section, SECTION)):
        rows: Any = db.session.execute(
            sa.select(table.code, table.title).where(table.version_id == version_id).order_by(table.position)
        )
        found += [Choice(mark + code, code, title, mark == SECTION) for code, title in rows if code]
    return found


def place(consultation_id: int, version_id: int, where: str, paragraph: int | None) -> Place:
    """The place that was named; an unknown code or number is told beside its field."""
    mark, code = where[:2], where[2:]
    if not where:
        return Place(consultation_id)
    if mark not in {ACTION, SECTION}:
        raise _unknown()
    table: Any = Action if mark == ACTION else Section
    owner = db.session.execute(
        sa.select(table.id).where(table.version_id == version_id, table.code == code)
    ).scalar_one_or_none()
    if owner is None:
        raise _unknown()
    ids = {"action_id" if mark == ACTION else "section_id": owner}
    if paragraph is None:
        return Place(consultation_id, **ids)
    held = Paragraph.action_id == owner if mark == ACTION else Paragraph.section_id == owner
    row = db.session.execute(
        sa.select(Paragraph.id).where(held, Paragraph.number == paragraph, Paragraph.kind == ParagraphKind.BODY)
    ).scalar_one_or_none()
    if row is None:
        raise Invalid(
            N_("This part of the plan has no paragraph %(number)d."),
            code="no_paragraph",
            field="paragraph",
            number=paragraph,
        )
    return Place(consultation_id, paragraph_id=row, **ids)


def _unknown() -> Invalid:
    return Invalid(N_("Choose a place from the list."), code="no_place", field="where")
