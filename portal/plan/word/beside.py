"""What an exported document carries beside its text, and what any document has around it: notes, comments, heads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from portal.plan.blocks import Block, Document, Role, Why
from portal.plan.word.package import Package
from portal.plan.word.runs import plain
from portal.plan.word.styles import W, value

FACTS = "{urn:parere:plan:1}facts"


def listed(document: Document, package: Package, notes: dict[tuple[str, str], int]) -> None:
    """Footnotes, comments, headers and footers: listed, each with its own number."""
    for kind, why in (("footnotes", Why.FOOTNOTE), ("endnotes", Why.FOOTNOTE), ("comments", Why.COMMENT)):
        root = package.part(kind)
        for node in root if root is not None else ():
            words = "\n".join(plain(p) for p in node.iter(f"{W}p")).strip()
            if words and value(node, "type") not in {"separator", "continuationSeparator"}:
                document.leave(why, notes.get((kind, value(node, "id")), 0), words)
    for kind in ("header", "footer"):
        for name in package.linked(kind):
            words = "\n".join(plain(p) for p in package.xml(name).iter(f"{W}p")).strip()
            if words and words != str(document.front.get("notice", "")).strip():
                document.leave(Why.HEADER, 0, words)


def facts(document: Document, package: Package) -> None:
    """What an export of the portal carries beside the text."""
    for name in package.linked("customXml"):
        root = package.xml(name)
        if root.tag != FACTS:
            continue
        try:
            told = json.loads(root.text or "")
            document.front |= dict(told["plan"])
            owners = {str(key): dict(facts) for key, facts in told["owners"].items()}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            document.leave(Why.FACTS, 1, (root.text or "")[:2000])
            continue
        document.blocks = list(_with(document.blocks, owners))


def _with(blocks: list[Block], owners: dict[str, dict[str, Any]]) -> Iterator[Block]:
    for block in blocks:
        facts = owners.pop(block.key, None) if block.role is Role.HEADING else None
        yield replace(block, facts=facts) if facts is not None else block
