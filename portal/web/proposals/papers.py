"""The Forum's document for everybody: the versions, one with its items, what changed from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from flask import render_template

from portal.comments.consultation_queries import Edition
from portal.comments.difference import Stretch, difference
from portal.kernel.permissions import Permission, can
from portal.opinions.proposals import coverage, paper_queries
from portal.opinions.proposals.rows import ItemRow, PaperRow
from portal.plan import queries as plans
from portal.plan.comparison import Fate
from portal.plan.rules import VersionState
from portal.web import editions
from portal.web.cache import public_page
from portal.web.door import access, current_actor, now
from portal.web.numbers import asked
from portal.web.proposals.blueprint import bp


@dataclass(frozen=True)
class ItemChange:
    """An item beside the same item of an earlier version."""

    fate: Fate
    item: ItemRow
    before: int | None  # its number there
    title: list[Stretch]
    text: list[Stretch]
    reason: list[Stretch]


@bp.get("/forum/documento")
@access(Permission.PUBLIC_READ)
@public_page
def papers() -> str:
    """The document of each Forum, with what the plan answers to it, and the earlier versions."""
    known = paper_queries.papers(current_actor())
    current = paper_queries.in_force()
    plan = chosen()
    return render_template(
        "proposals/papers.html",
        current=[(one, coverage.matrix(one.id, plan.version_id) if plan else None) for one in current],
        items={one.id: paper_queries.items(one.id) for one in current},
        others=[one for one in known if one not in current],
        plan=plan,
        writes=can(current_actor(), Permission.FORUM_MANAGE),
    )


@bp.get("/forum/documento/<int:paper_id>")
@access(Permission.PUBLIC_READ)
@public_page
def paper(paper_id: int) -> str:
    """One version: its items with what the plan answers to each; with `confronta`, what changed since another."""
    row = paper_queries.paper(current_actor(), paper_id)
    every = [one for one in paper_queries.papers(current_actor()) if one.forum_id == row.forum_id]
    plan = chosen()
    older = _compared(asked("confronta"), row, every)
    items = paper_queries.items(paper_id)
    said = coverage.matrix(paper_id, plan.version_id) if plan and row.adopted_on else None
    return render_template(
        "proposals/paper.html",
        row=row,
        versions=[one for one in every if one.id != paper_id],
        older=older,
        changes=compared(paper_queries.items(older.id), items) if older else [],
        items=items,
        matrix=said,
        lines={line.item.number: line for line in said.lines} if said else {},
        actions=actions_of(plan) if plan else {},
        plan=plan,
        newest=next((one for one in every if one.adopted_on), None),
        writes=can(current_actor(), Permission.FORUM_MANAGE),
    )


def chosen() -> Edition | None:
    """The version of the plan that is asked for; the one in hand otherwise."""
    wanted, shelf = asked("piano"), editions.shelf()
    if wanted is None:
        return shelf.main(now())
    return next((one for one in choosable() if one.version_id == wanted), None) or shelf.main(now())


def choosable() -> list[Edition]:
    """The versions that the reader may read."""
    drafts = editions.sees_drafts()
    return [one for one in editions.shelf().editions if drafts or one.state is not VersionState.DRAFT]


def actions_of(plan: Edition) -> dict[int, tuple[str, str, str]]:
    """Code, title and the code of its section, of each action by its id."""
    found = plans.tree(plan.version_id, plan.mark).actions
    return {one.id: (one.code, one.title, one.sections[0] if one.sections else "") for one in found}


def compared(old: list[ItemRow], new: list[ItemRow]) -> list[ItemChange]:
    """Item by item, in the order of the later version; what is gone comes last."""
    before, kept = {one.key: one for one in old}, {one.key for one in new}
    gone = (_change(one, None) for one in old if one.key not in kept)
    return list(chain((_change(before.get(one.key), one) for one in new), gone))


def _change(old: ItemRow | None, new: ItemRow | None) -> ItemChange:
    one = new or old
    assert one is not None  # one of the two is there
    words = [
        difference(getattr(old, name, "") if old else "", getattr(new, name, "") if new else "")
        for name in ("title", "text", "reason")
    ]
    if old is None or new is None:
        fate = Fate.NEW if old is None else Fate.GONE
    else:
        same = all((old.title == new.title, old.text == new.text, old.reason == new.reason))
        fate = Fate.CHANGED if not same else Fate.MOVED if old.number != new.number else Fate.SAME
    return ItemChange(fate, one, old.number if old else None, *words)


def _compared(wanted: int | None, row: PaperRow, every: list[PaperRow]) -> PaperRow | None:
    return next((one for one in every if one.id == wanted and one.number < row.number), None)
