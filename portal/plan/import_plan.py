"""Import a plan file as a draft version: whole, or not at all (art. 31-32: the draft that is put to the bodies)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.permissions import Permission, require
from portal.plan import arriving
from portal.plan.arriving import Arrival
from portal.plan.blocks import Note
from portal.plan.documents import FileKind
from portal.plan.events import PlanImported
from portal.plan.format import ActionText, ParagraphText, PlanText, SectionText
from portal.plan.keys import texts_of
from portal.plan.models import Action, ActionSection, ActionTerritory, Paragraph, Plan, PlanVersion, Section
from portal.plan.outline import Choices
from portal.plan.rules import ParagraphKind

AS_FOUND = Choices()


@dataclass(frozen=True)
class Preview:
    """What an import would do."""

    slug: str
    title: str
    body: str
    number: int
    replaces_draft: bool
    sections: int
    actions: int
    paragraphs: int  # of the actions' own text
    other_texts: int  # objectives, results, texts of sections
    characters: int
    unplaced: list[dict[str, Any]]
    same: int
    changed: int
    added: int
    gone: int
    kind: FileKind = FileKind.JSON
    tree: tuple[SectionText, ...] = ()
    notes: dict[Note, int] = field(default_factory=dict)
    action_level: int = 0  # 0: the file says itself what is an action
    levels: tuple[int, ...] = ()  # of headings that the document uses
    carried: bytes = b""  # what is read again when the preview is accepted


def preview(actor: Actor, data: bytes, name: str = "", choices: Choices = AS_FOUND) -> Preview:
    """Read the file and say what would happen; nothing is written."""
    require(actor, Permission.PLAN_IMPORT)
    read = arriving.read(data, name, choices)
    texts = [p for _, p in texts_of(read.text)]
    of_actions = [p for _, _, a in read.text.actions() for p in a.paragraphs if p.kind is ParagraphKind.BODY]
    return Preview(
        read.text.slug,
        read.text.title,
        read.text.body,
        read.number,
        read.replaces_draft,
        len(read.keys.sections),
        len(read.keys.actions),
        len(of_actions),
        len(texts) - len(of_actions),
        sum(len(p.text) for p in texts),
        read.unplaced,
        read.keys.same,
        read.keys.changed,
        read.keys.added,
        read.keys.gone,
        read.kind,
        read.text.sections,
        read.notes,
        read.action_level,
        read.levels,
        read.slim,
    )


@atomic()
def import_plan(
    actor: Actor, data: bytes, name: str = "", choices: Choices = AS_FOUND, *, now: datetime
) -> PlanVersion:
    """Store the file as the plan's next version, a draft; an earlier draft of the same plan gives way to it."""
    require(actor, Permission.PLAN_IMPORT)
    read = arriving.read(data, name, choices)
    plan = read.plan or _begin_plan(read.text, now)
    if read.replaces_draft and read.latest:
        _remove_draft(read.latest)

    version = PlanVersion(
        plan_id=plan.id,
        number=read.number,
        title=read.text.title,
        language=read.text.language,
        extra=read.text.extra,
        unplaced=read.unplaced,
        text_hash=read.text_hash,
        imported_at=now,
    )
    db.session.add(version)
    db.session.flush()
    sections = _write_sections(version, read)
    actions = _write_actions(version, read, sections)
    _write_paragraphs(version, read, sections, actions)

    counts = (len(read.keys.sections), len(read.keys.actions), len(read.keys.paragraphs))
    record(PlanImported(plan.id, version.id, version.number, version.text_hash, *counts), actor=actor, now=now)
    return version


def _begin_plan(text: PlanText, now: datetime) -> Plan:
    plan = Plan(slug=text.slug, title=text.title, body_name=text.body, created_at=now)
    db.session.add(plan)
    db.session.flush()
    return plan


def _remove_draft(draft: PlanVersion) -> None:
    """A draft was never public and nothing refers to it: it goes with all its parts."""
    actions = sa.select(Action.id).where(Action.version_id == draft.id)
    for statement in (
        sa.delete(Paragraph).where(Paragraph.version_id == draft.id),
        sa.delete(ActionSection).where(ActionSection.action_id.in_(actions)),
        sa.delete(ActionTerritory).where(ActionTerritory.action_id.in_(actions)),
        sa.delete(Action).where(Action.version_id == draft.id),
        sa.update(Section).where(Section.version_id == draft.id).values(parent_id=None),
        sa.delete(Section).where(Section.version_id == draft.id),
        sa.delete(PlanVersion).where(PlanVersion.id == draft.id),
    ):
        db.session.execute(statement, execution_options={"synchronize_session": False})
    db.session.expunge(draft)


def _write_sections(version: PlanVersion, read: Arrival) -> dict[str, int]:
    """Sections in reading order, each after its parent; ids by both codes."""
    ids: dict[str, int] = {}

    def write(section: SectionText, parent: int | None) -> None:
        extra = dict(section.extra)
        if section.source_code != section.code:
            extra["source_code"] = section.source_code
        row = Section(
            version_id=version.id,
            parent_id=parent,
            position=len(ids) + 1,
            key=read.keys.sections[section.code],
            code=section.code,
            kind=section.kind.value,
            title=section.title,
            extra=extra,
        )
        db.session.add(row)
        db.session.flush()
        ids[section.code] = row.id
        for inner in section.sections:
            write(inner, row.id)

    for section in read.text.sections:
        write(section, None)
    aliases = {s.source_code: ids[s.code] for s in read.text.walk()}
    return aliases | ids


def _write_actions(version: PlanVersion, read: Arrival, sections: dict[str, int]) -> dict[str, int]:
    rows: list[tuple[SectionText, ActionText, Action]] = []
    for position, (section, number, action) in enumerate(read.text.actions(), 1):
        row = Action(
            version_id=version.id,
            position=position,
            key=read.keys.actions[action.source_code],
            code=f"{section.code}.{number}",
            source_code=action.source_code,
            title=action.title,
            **action.facts,
        )
        rows.append((section, action, row))
    db.session.add_all(row for _, _, row in rows)
    db.session.flush()
    for section, action, row in rows:
        main = sections[section.code]
        others = {sections[code] for code in action.also_in} - {main}
        db.session.add(ActionSection(action_id=row.id, section_id=main, is_main=True))
        db.session.add_all(ActionSection(action_id=row.id, section_id=s, is_main=False) for s in sorted(others))
        comuni = (read.comuni[code] for code in action.istat if code in read.comuni)
        db.session.add_all(ActionTerritory(action_id=row.id, body_id=body_id) for body_id in comuni)
    return {action.source_code: row.id for _, action, row in rows}


def _write_paragraphs(version: PlanVersion, read: Arrival, sections: dict[str, int], actions: dict[str, int]) -> None:
    pairs = zip(texts_of(read.text), read.keys.paragraphs, strict=True)
    db.session.add_all(
        _paragraph(version.id, position, key, text, owner, sections, actions)
        for position, ((owner, text), key) in enumerate(pairs, 1)
    )
    db.session.flush()


def _paragraph(
    version_id: int,
    position: int,
    key: str,
    text: ParagraphText,
    owner: SectionText | ActionText,
    sections: dict[str, int],
    actions: dict[str, int],
) -> Paragraph:
    of_section = isinstance(owner, SectionText)
    return Paragraph(
        version_id=version_id,
        section_id=sections[owner.code] if isinstance(owner, SectionText) else None,
        action_id=None if of_section else actions[owner.source_code],
        key=key,
        position=position,
        number=text.number,
        heading=text.heading,
        kind=text.kind,
        text=text.text,
        text_hash=text_digest(text.text),
    )
