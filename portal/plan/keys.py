"""The keys of a new text: inherited from the version before where it is the same thing, new otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import sqlalchemy as sa

from portal.db import db
from portal.kernel.canonical import text_digest
from portal.plan.format import ActionText, ParagraphText, PlanText, SectionText
from portal.plan.matching import Piece, match, new_key
from portal.plan.models import Action, Paragraph, PlanVersion, Section


@dataclass
class Before:
    """What earlier versions of the plan are called."""

    sections: dict[str, str] = field(default_factory=dict)  # code -> key
    actions: dict[str, str] = field(default_factory=dict)  # source code -> key
    pieces: list[tuple[str, Piece]] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Keys:
    """The keys of every part, paragraphs in the order of `texts_of`, and how the text differs from the one before."""

    sections: dict[str, str]
    actions: dict[str, str]
    paragraphs: list[str]
    same: int
    changed: int
    added: int
    gone: int


def texts_of(plan: PlanText) -> Iterator[tuple[SectionText | ActionText, ParagraphText]]:
    """Every paragraph with its owner, in reading order."""
    for section in plan.walk():
        for paragraph in section.paragraphs:
            yield section, paragraph
        for action in section.actions:
            for paragraph in action.paragraphs:
                yield action, paragraph


def before(plan_id: int | None, version_id: int | None) -> Before:
    """Read what the given version calls its parts, and every key that any version has used."""
    if plan_id is None or version_id is None:
        return Before()
    sections = db.session.execute(sa.select(Section.code, Section.key).where(Section.version_id == version_id))
    actions = db.session.execute(sa.select(Action.source_code, Action.key).where(Action.version_id == version_id))
    return Before(dict(sections.all()), dict(actions.all()), _pieces(version_id), _taken(plan_id))


def _pieces(version_id: int) -> list[tuple[str, Piece]]:
    rows = db.session.execute(
        sa.select(
            Paragraph.key,
            sa.func.coalesce(Action.key, Section.key).label("owner"),
            Paragraph.kind,
            Paragraph.heading,
            Paragraph.number,
            Paragraph.text,
            Paragraph.text_hash,
        )
        .outerjoin(Action, Action.id == Paragraph.action_id)
        .outerjoin(Section, Section.id == Paragraph.section_id)
        .where(Paragraph.version_id == version_id)
        .order_by(Paragraph.position)
    )
    return [(r.key, Piece(r.owner, r.kind.value, r.heading, r.number, r.text, r.text_hash)) for r in rows]


def _taken(plan_id: int) -> set[str]:
    of_plan = sa.select(PlanVersion.id).where(PlanVersion.plan_id == plan_id)
    queries = [sa.select(table.key).where(table.version_id.in_(of_plan)) for table in (Section, Action, Paragraph)]
    return set(db.session.scalars(sa.union_all(*queries)))


def assign(plan: PlanText, old: Before) -> Keys:
    """Give every part of the text its key: the one that the file says, the one inherited, or a new one."""
    taken = set(old.taken)
    given = _Given()
    sections = {
        s.code: given.once(s.key) or old.sections.get(s.code) or new_key("s", taken, plan.slug, "section", s.code)
        for s in sorted(plan.walk(), key=lambda s: not s.key)
    }
    actions = {
        a.source_code: given.once(a.key)
        or old.actions.get(a.source_code)
        or new_key("a", taken, plan.slug, "action", a.source_code)
        for _, _, a in sorted(plan.actions(), key=lambda found: not found[2].key)
    }
    _apart(sections, "s", taken, plan.slug)
    _apart(actions, "a", taken, plan.slug)
    pieces = [_piece(owner, p, sections, actions) for owner, p in texts_of(plan)]
    told = [given.once(p.key) for _, p in texts_of(plan)]
    inherited = iter(match([pair for pair in old.pieces if pair[0] not in given.used], _without(pieces, told)))
    found = [key or next(inherited) for key in told]
    hashes = {key: piece.text_hash for key, piece in old.pieces}
    taken |= given.used
    keys = [
        key or new_key("c", taken, plan.slug, p.owner, p.kind, p.heading, p.number, p.text_hash)
        for key, p in zip(found, pieces, strict=True)
    ]
    kept = [(key, p) for key, p in zip(keys, pieces, strict=True) if key in hashes]
    same = sum(hashes[key] == p.text_hash for key, p in kept)
    return Keys(sections, actions, keys, same, len(kept) - same, len(pieces) - len(kept), len(old.pieces) - len(kept))


@dataclass
class _Given:
    """Keys that the file says; each counts once, so that a part that was copied is a new one."""

    used: set[str] = field(default_factory=set)

    def once(self, key: str) -> str | None:
        """The key, the first time it is met."""
        if not key or key in self.used:
            return None
        self.used.add(key)
        return key


def _apart(keys: dict[str, str], prefix: str, taken: set[str], slug: str) -> None:
    """Two parts never share a key: one was given by the file, the other inherited by its code."""
    seen: set[str] = set()
    for code, key in keys.items():
        if key in seen:
            keys[code] = new_key(prefix, taken, slug, prefix, code)
        seen.add(keys[code])


def _without(pieces: list[Piece], told: list[str | None]) -> list[Piece]:
    return [piece for piece, key in zip(pieces, told, strict=True) if key is None]


def _piece(
    owner: SectionText | ActionText, p: ParagraphText, sections: dict[str, str], actions: dict[str, str]
) -> Piece:
    key = sections[owner.code] if isinstance(owner, SectionText) else actions[owner.source_code]
    return Piece(key, p.kind.value, p.heading, p.number, p.text, text_digest(p.text))
