"""Two versions of a plan side by side: what changed, moved, came or went, and which remarks were accepted there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from portal.comments.consultation_queries import Edition
from portal.comments.difference import Op, Stretch, difference
from portal.drafting import queries as drafting
from portal.drafting.queries import AcceptedRemark
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.plan import comparing
from portal.plan.comparison import Comparison, Fate, PartChange, PassageChange
from portal.plan.rules import ParagraphKind, SectionKind
from portal.web import editions
from portal.web.cache import public_page
from portal.web.door import access, current_actor
from portal.web.labels import label
from portal.web.plan.blueprint import bp


@dataclass(frozen=True)
class Shown:
    """A paragraph as the page shows it."""

    change: PassageChange
    words: list[Stretch]
    heading: list[Stretch]
    remarks: list[AcceptedRemark]


@dataclass(frozen=True)
class ShownPart:
    """A part as the page shows it: the paragraphs that stay the same are counted where only changes are asked for."""

    change: PartChange
    title: list[Stretch]
    passages: list[Shown]
    same: int
    facts: list[str]


@bp.get("/piano/confronto/v<int:first>/v<int:second>")
@bp.get("/piani/<slug>/confronto/v<int:first>/v<int:second>")
@access(Permission.PUBLIC_READ)
@public_page
def compare(first: int, second: int, slug: str | None = None) -> str:
    """What changed from one version of the plan to another."""
    if first == second:
        raise NotFound()
    old, new = editions.edition(slug, first), editions.edition(slug, second)
    found = comparing.versions(old.version_id, new.version_id)
    every = bool(request.args.get("tutto"))
    return render_template(
        "plan/comparison.html",
        old=old,
        new=new,
        every=every,
        here=lambda **more: url_for(".compare", first=first, second=second, slug=slug, **more),
        parts=_shown(found, every),
        counts_of={fate.value: found.counts.get(fate, 0) for fate in Fate},
        untouched=sum(part.fate is Fate.SAME for part in found.parts),
        kinds={kind.value: label(kind).text for kind in SectionKind},
        paragraph_kinds={kind.value: label(kind).text for kind in ParagraphKind},
        old_scope=editions.address(old),
        new_scope=editions.address(new),
        others=[pair for pair in _pairs(new) if pair != (new, old)],
        compare_url=editions.comparison,
    )


def _pairs(edition: Edition) -> list[tuple[Edition, Edition]]:
    """Each version of the plan that this reader may see with the one before it, newest first."""
    drafts = editions.sees_drafts()
    own = [e for e in editions.shelf().editions if e.slug == edition.slug and (drafts or e.published_at)]
    return list(pairwise(own))


def _shown(found: Comparison, every: bool) -> list[ShownPart]:
    touched = [p.old.id for part in found.parts for p in part.passages if p.old and p.fate is not Fate.SAME]
    accepted = drafting.accepted_on(current_actor(), touched)
    return [_part(part, accepted, every) for part in found.parts if every or part.fate is not Fate.SAME]


def _part(part: PartChange, accepted: dict[int, list[AcceptedRemark]], every: bool) -> ShownPart:
    shown = [p for p in part.passages if every or p.fate is not Fate.SAME]
    return ShownPart(
        part,
        _title(part),
        [_passage(p, accepted) for p in shown],
        len(part.passages) - len(shown),
        [_facts().get(name, name) for name in part.facts],
    )


def _title(change: PartChange) -> list[Stretch]:
    if change.old and change.new:
        return difference(change.old.title, change.new.title)
    return [Stretch(Op.SAME, change.part.title)]


def _passage(p: PassageChange, accepted: dict[int, list[AcceptedRemark]]) -> Shown:
    before, after = p.old.text if p.old else "", p.new.text if p.new else ""
    headings = (p.old.heading if p.old else "", p.new.heading if p.new else "")
    words = difference(before, after) if p.fate is Fate.CHANGED else [Stretch(Op.SAME, after or before)]
    heading = difference(*headings) if p.fate is Fate.CHANGED else [Stretch(Op.SAME, headings[1] or headings[0])]
    return Shown(p, words, heading, accepted.get(p.old.id, []) if p.old else [])


def _facts() -> dict[str, Any]:
    return {
        "lead": gettext("Responsible"),
        "partners": gettext("Public partners"),
        "private_partners": gettext("Private partners"),
        "goals": gettext("Goals of the Statute"),
        "economic_lines": gettext("Economic lines"),
        "whole_territory": gettext("Territory"),
        "period": gettext("Period"),
        "priority": gettext("Priority"),
        "costs": gettext("Costs"),
        "indicators": gettext("Indicators"),
    }
