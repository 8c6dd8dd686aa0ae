"""A version as a value of the plan format: what an import would read to make the same texts with the same keys."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, require
from portal.plan import markdown_write
from portal.plan.documents import FileKind
from portal.plan.format import NAME_OF_FORMAT
from portal.plan.models import PlanVersion
from portal.plan.queries import ActionRow, ParagraphRow, SectionRow, Tree, tree
from portal.plan.rules import VersionState
from portal.plan.word import write as word
from portal.territory.models import Body

Node = dict[str, Any]
FACTS = ("private_partners", "goals", "economic_lines", "period", "priority")
UNKNOWN = "unknown_comune"


def value(version: PlanVersion) -> Node:
    """Everything that the version holds, in the order in which it is read."""
    found = tree(version.id, version.mark)
    comuni = _codes({body_id for action in found.actions for body_id in action.body_ids})
    strangers = {item["path"]: item["value"] for item in version.unplaced if item.get("reason") == UNKNOWN}
    left = [item for item in version.unplaced if item.get("reason") != UNKNOWN]
    sources = {s.code: s.extra.get("source_code", s.code) for s in found.sections}
    write = _Writer(found, sources, comuni, strangers)
    return {
        "format": NAME_OF_FORMAT,
        "plan_id": version.extra.get("plan_id") or version.plan.slug,
        "title": version.title,
        "body": version.plan.body_name,
        "language": version.language,
        **{name: what for name, what in version.extra.items() if name not in {"plan_id", "format"}},
        **({"unplaced": left} if left else {}),
        "axes": write.sections(None, "axes"),
    }


def _codes(bodies: set[int]) -> dict[int, str]:
    rows = db.session.execute(sa.select(Body.id, Body.istat_code).where(Body.id.in_(bodies)))
    return {body_id: code for body_id, code in rows if code}


class _Writer:
    def __init__(
        self, found: Tree, sources: dict[str, str], comuni: dict[int, str], strangers: dict[str, list[str]]
    ) -> None:
        self.tree, self.sources, self.comuni, self.strangers = found, sources, comuni, strangers

    def sections(self, parent: str | None, where: str) -> list[Node]:
        own = [s for s in self.tree.sections if s.parent == parent]
        return [self._section(s, f"{where}[{i}]") for i, s in enumerate(own)]

    def _section(self, s: SectionRow, where: str) -> Node:
        node: Node = {"key": s.key, "code": self.sources[s.code], "kind": s.kind, "title": s.title}
        node |= {name: what for name, what in s.extra.items() if name != "source_code"}
        node["text"] = [_text(p) for p in s.texts]
        node["objectives"] = [_text(p) for p in s.objectives]
        node["actions"] = [self._action(a, f"{where}.actions[{i}]") for i, a in enumerate(s.actions)]
        node["sections"] = self.sections(s.code, f"{where}.sections")
        return {name: what for name, what in node.items() if what != []}

    def _action(self, a: ActionRow, where: str) -> Node:
        istat = [self.comuni[body_id] for body_id in a.body_ids if body_id in self.comuni]
        istat += self.strangers.get(f"{where}.territory", [])
        node: Node = {
            "key": a.key,
            "code": a.source_code,
            "title": a.title,
            "also_in_axes": [self.sources[code] for code in a.sections[1:]],
            "responsible": a.lead,
            "partners": a.partners,
            **{name: getattr(a, name) for name in FACTS},
            "costs": [_stated(cost) for cost in a.costs],
            "indicators": [_stated(indicator) for indicator in a.indicators],
            "territory": {"whole": a.whole_territory, "istat": sorted(istat)},
            **a.extra,
            "paragraphs": [_text(p) | ({"heading": p.heading} if p.heading else {}) for p in a.paragraphs],
            "body_objectives": [_text(p) for p in a.objectives],
            "expected_results": [_text(p) for p in a.results],
        }
        return {name: what for name, what in node.items() if what not in ([], "")}


def _text(p: ParagraphRow) -> Node:
    return {"key": p.key, "text": p.text}


def _stated(facts: Node) -> Node:
    return {name: what for name, what in facts.items() if what not in (None, "")}


@dataclass(frozen=True)
class Export:
    """A plan file to be handed over."""

    name: str
    content: bytes


def export(actor: Actor, version_id: int, kind: FileKind) -> Export:
    """A version as a file that an import reads back with the same texts and keys; a draft only for its readers."""
    version = db.session.get(PlanVersion, version_id)
    if version is None:
        raise NotFound()
    require(actor, Permission.PLAN_READ_DRAFT if version.state is VersionState.DRAFT else Permission.PUBLIC_READ)
    return Export(f"{version.plan.slug}-v{version.number}.{kind.value}", _written(value(version), kind))


def _written(found: Node, kind: FileKind) -> bytes:
    if kind is FileKind.WORD:
        return word.write(found)
    text = markdown_write.write(found) if kind is FileKind.MARKDOWN else json.dumps(found, ensure_ascii=False, indent=2)
    return text.encode()
