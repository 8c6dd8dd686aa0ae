"""A file on its way in: what it says, which version before it follows, and the keys that its parts get."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.kernel.canonical import digest
from portal.kernel.errors import Conflict
from portal.kernel.offices import BodyKind
from portal.kernel.words import N_, Words
from portal.plan import documents, export_plan, reader
from portal.plan import format as plan_format
from portal.plan import keys as plan_keys
from portal.plan.blocks import Document, Note
from portal.plan.codes import slug
from portal.plan.documents import FileKind, Source
from portal.plan.format import ActionText, ParagraphText, PlanText, SectionText
from portal.plan.keys import Keys
from portal.plan.models import Plan, PlanVersion
from portal.plan.outline import OWN, Choices, Known, Node, Outline, outline, place, plain
from portal.plan.rules import VersionState
from portal.territory.models import Body


@dataclass(frozen=True)
class Arrival:
    """A file that was read, beside what is there already."""

    kind: FileKind
    text: PlanText
    text_hash: str
    plan: Plan | None
    latest: PlanVersion | None
    keys: Keys
    comuni: dict[str, int]
    unplaced: list[dict[str, Any]]
    notes: dict[Note, int] = field(default_factory=dict)
    action_level: int = 0
    levels: tuple[int, ...] = ()
    slim: bytes = b""

    @property
    def replaces_draft(self) -> bool:
        """True if the plan's last version is a draft, whose place the new text takes."""
        return self.latest is not None and self.latest.state is VersionState.DRAFT

    @property
    def number(self) -> int:
        """The number that the version gets."""
        if self.latest is None:
            return 1
        return self.latest.number + (0 if self.replaces_draft else 1)


def read(data: bytes, name: str, choices: Choices) -> Arrival:
    """Read a file as a plan, whatever its kind; what is wrong with it is told together."""
    source = documents.read(data, name)
    if source.document is None:
        return _arrived(source, plan_format.from_value(source.value), None)
    document = source.document
    before = _before(document, choices)
    value = export_plan.value(before) if before else None
    made = outline(document, choices, _known(value))
    if made.faults:
        raise reader.refusal(made.faults)
    if value and choices.facts:
        _take_over(made, document, value)
    for name in ("title", "body"):
        if value:
            made.value.setdefault(name, value[name])
    made.value.setdefault("body", _city())
    text = plan_format.from_value(made.value, lambda faults: [_placed(fault, made, document) for fault in faults])
    text.unplaced.extend(sorted(document.left, key=lambda item: int(item["path"])))
    return _arrived(source, text, made)


def _arrived(source: Source, text: PlanText, made: Outline | None) -> Arrival:
    plan, latest = _there(text.slug, lock=True)
    text_hash = digest(_as_text(text))
    if latest is not None and latest.text_hash in {text_hash, *_unnamed(text)}:
        raise Conflict(
            N_("This text is already version %(number)d of the plan. Nothing was imported."),
            code="same_text",
            number=latest.number,
        )
    keys = plan_keys.assign(text, plan_keys.before(plan.id if plan else None, latest.id if latest else None))
    comuni = _comuni(text)
    strangers = [
        {"path": f"{action.where}.territory", "value": strange, "reason": export_plan.UNKNOWN}
        for _, _, action in text.actions()
        if (strange := [code for code in action.istat if code not in comuni])
    ]
    more: dict[str, Any] = {}
    if made is not None and source.document is not None:
        more = {"notes": source.document.notes, "action_level": made.action_level, "levels": made.levels}
    unplaced = [*text.unplaced, *strangers]
    return Arrival(source.kind, text, text_hash, plan, latest, keys, comuni, unplaced, slim=source.slim, **more)


def _unnamed(text: PlanText) -> Iterator[str]:
    """The hash of the same text in a file that does not, or does, say the name of its format."""
    others = {name: what for name, what in text.extra.items() if name != "format"}
    for extra in (others, {**others, "format": plan_format.NAME_OF_FORMAT}):
        yield digest(_as_text(replace(text, extra=extra)))


def _there(named: str, *, lock: bool = False) -> tuple[Plan | None, PlanVersion | None]:
    wanted = sa.select(Plan).where(Plan.slug == named)
    plan = db.session.scalar(wanted.with_for_update() if lock else wanted)
    if plan is None:
        return None, None
    of_plan = sa.select(PlanVersion).where(PlanVersion.plan_id == plan.id)
    return plan, db.session.scalar(of_plan.order_by(PlanVersion.number.desc()).limit(1))


def _before(document: Document, choices: Choices) -> PlanVersion | None:
    """The last version of the plan that a document belongs to, as it says or as was chosen."""
    titles = [b.text for b in document.blocks if b.role.value == "title"]
    said = document.front.get("plan_id") or choices.title or document.front.get("title") or " ".join(titles)
    named = choices.plan or (said if isinstance(said, str) else "")
    return _there(slug(named)[:80])[1] if named else None


def _comuni(text: PlanText) -> dict[str, int]:
    named = {code for _, _, action in text.actions() for code in action.istat}
    rows = db.session.execute(sa.select(Body.istat_code, Body.id).where(Body.istat_code.in_(sorted(named))))
    return {code: body_id for code, body_id in rows if code}


def _city() -> str:
    """Whose plan it is, where the file does not say."""
    return db.session.scalar(sa.select(Body.name).where(Body.kind == BodyKind.METROPOLITAN_CITY).limit(1)) or ""


def _known(value: Node | None) -> Known:
    found = Known()
    for section in _sections(value or {}):
        found.sections[plain(section["title"])] = section["code"]
        for action in section.get("actions", []):
            found.actions[plain(action["title"])] = action["code"]
    return found


def _sections(node: Node) -> Iterator[Node]:
    for section in [*node.get("axes", []), *node.get("sections", [])]:
        yield section
        yield from _sections(section)


def _take_over(made: Outline, document: Document, before: Node) -> None:
    """What a text cannot say (administrations, costs, goals...) stays as the version before has it."""
    actions = {a[name]: a for s in _sections(before) for a in s.get("actions", []) for name in ("code", "key")}
    sections = {s["code"] for s in _sections(made.value)}
    for action in made.bare:
        old = actions.get(action.get("key", "")) or actions.get(action["code"])
        facts = {name: what for name, what in (old or {}).items() if name not in OWN}
        if "also_in_axes" in facts:
            facts["also_in_axes"] = [code for code in facts["also_in_axes"] if code in sections]
        if facts:
            document.note(Note.FACTS)
            action |= facts
    for name, what in before.items():
        if name not in {*OWN, "unplaced"}:
            made.value.setdefault(name, what)


def _placed(fault: Words, made: Outline, document: Document) -> Words:
    """A fault with its place in the document, instead of that in the value that was made of it."""
    where = str(fault.params.get("where", ""))
    while where and where not in made.places:
        where = where[: max(where.rfind("."), where.rfind("["), 0)]
    if not where:
        return fault
    return Words(fault.message, {**fault.params, "where": place(document.unit, made.places[where])})


def _as_text(value: Any) -> Any:
    """The whole file as canonical JSON takes it: no floats; a key names a text and is no part of it."""
    match value:
        case float():
            return repr(value)
        case dict():
            return {key: _as_text(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_as_text(inner) for inner in value]
        case PlanText() | SectionText() | ActionText() | ParagraphText():
            return {f.name: _as_text(getattr(value, f.name)) for f in fields(value) if f.name != "key"}
    return value
