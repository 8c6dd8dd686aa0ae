"""The matrix of coverage: every item of the document against the axes of a version of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from portal.comments.consultation_queries import Edition
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, can
from portal.opinions.proposals import coverage, paper_queries
from portal.opinions.proposals.coverage import Line, Matrix
from portal.opinions.proposals.rows import PaperRow
from portal.opinions.proposals.rules import Degree, covered
from portal.plan import queries as plans
from portal.plan.queries import Tree
from portal.plan.rules import SectionKind
from portal.web import editions
from portal.web.cache import public_page
from portal.web.door import access, current_actor
from portal.web.proposals.blueprint import bp
from portal.web.proposals.papers import actions_of, choosable, chosen

OPEN = "scoperti"


@dataclass(frozen=True)
class Column:
    """An axis of the plan."""

    code: str
    title: str


@dataclass(frozen=True)
class Square:
    """What the actions of an axis do for an item."""

    degree: Degree
    actions: int


@dataclass(frozen=True)
class Picture:
    """The matrix as it is drawn: a row for each item, a column for each axis."""

    columns: list[Column]
    rows: list[tuple[Line, list[Square | None]]]


@bp.get("/forum/documento/<int:paper_id>/copertura")
@access(Permission.PUBLIC_READ)
@public_page
def matrix(paper_id: int) -> str:
    """What the plan answers, item by item; with `filtro`, only what it does not cover."""
    row = paper_queries.paper(current_actor(), paper_id)
    plan = chosen()
    only_open = request.args.get("filtro") == OPEN
    return render_template(
        "proposals/matrix.html",
        **drawn(row, plan, only_open=only_open),
        only_open=only_open,
        plans=choosable(),
        may_say=can(current_actor(), Permission.ANSWER_PROPOSE) and row.adopted_on is not None,
    )


def drawn(row: PaperRow, plan: Edition | None, *, only_open: bool = False) -> dict[str, Any]:
    """What the page and the print show."""
    if row.adopted_on is None:
        raise NotFound()
    said = coverage.matrix(row.id, plan.version_id) if plan else Matrix(row.id, 0, ())
    tree = plans.tree(plan.version_id, plan.mark) if plan else None
    lines = [line for line in said.lines if not only_open or line.degree in {Degree.NOT_COVERED, None}]
    return {
        "row": row,
        "plan": plan,
        "scope": editions.address(plan) if plan else {},
        "matrix": said,
        "lines": lines,
        "actions": actions_of(plan) if plan else {},
        "picture": picture(tree, lines) if tree else None,
        "newest": next((one for one in paper_queries.in_force() if one.forum_id == row.forum_id), None),
    }


def picture(tree: Tree, lines: list[Line]) -> Picture:
    """Axes in the order of the plan; an action counts under the one it is at home in."""
    parents = {one.code: one for one in tree.sections}

    def axis(code: str) -> str:
        section = parents.get(code)
        while section is not None and section.kind == SectionKind.SUB_AXIS and section.parent:
            section = parents[section.parent]
        return section.code if section else code

    homes = {one.id: axis(one.sections[0]) for one in tree.actions if one.sections}
    used = set(homes.values())
    columns = [Column(one.code, one.title) for one in tree.sections if one.code in used]
    return Picture(columns, [(line, [_square(line, column.code, homes) for column in columns]) for line in lines])


def _square(line: Line, code: str, homes: dict[int, str]) -> Square | None:
    degrees = [cell.degree for cell in line.cells if homes.get(cell.action_id) == code]
    amounts = covered(degrees)
    return Square(amounts, len(degrees)) if amounts else None
