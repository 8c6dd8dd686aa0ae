"""What everybody reads of a discussion: its tables, one of them, statements and results, the register of admission."""

from __future__ import annotations

from flask import render_template, request

from portal.kernel.permissions import Permission
from portal.opinions.deliberation import queries, results
from portal.opinions.deliberation.counting import Mark, Order
from portal.opinions.deliberation.rules import StatementState
from portal.opinions.deliberation.standing import manages
from portal.web.deliberation.blueprint import bp, opened, shown
from portal.web.door import access, current_actor, now
from portal.web.opinions.blueprint import Target, targets

_SHOWN = frozenset({StatementState.ADMITTED})


@bp.get("/forum/pareri/<int:number>/tavoli")
@access(Permission.PUBLIC_READ)
def tables(number: int) -> str:
    """The discussion of a request: its hours, its tables, how many take part."""
    found = shown(number)
    member = found.member
    return render_template(
        "deliberation/tables.html",
        found=found,
        row=found.row,
        tables=queries.tables(number),
        mine={place for place, body in queries.seats_at(number) if member and body == member.body_id},
        turnout=results.turnout(number, now()) if found.discussion else None,
        statements=len(queries.statements(number, _SHOWN)),
    )


@bp.get("/forum/pareri/<int:number>/tavoli/<int:which>")
@access(Permission.PUBLIC_READ)
def table(number: int, which: int) -> str:
    """One table: who sits at it, its notes, what it proposes, the statements that came from it."""
    found, _ = opened(number)
    row = queries.table(number, which)
    members = queries.members(row.id)
    mine = found.member.body_id if found.member else None
    known = targets(found.row.version_id)
    proposals = queries.proposals(number, table=which)
    return render_template(
        "deliberation/table.html",
        found=found,
        row=found.row,
        table=row,
        members=members,
        sits=any(one.body_id == mine for one in members),
        leads=manages(current_actor()) or (mine is not None and mine == row.coordinator_id),
        notes=queries.notes(
            row.id, drafts=manages(current_actor()) or (mine is not None and mine == row.coordinator_id)
        ),
        proposals=[(one, _target(one.action_id, one.paragraph_id, known)) for one in proposals],
        statements=[one for one in queries.statements(number, _SHOWN) if one.table == which],
    )


@bp.get("/forum/pareri/<int:number>/affermazioni")
@access(Permission.PUBLIC_READ)
def statements(number: int) -> str:
    """While it goes on the statements alone; after it how they were weighed, in the order one asks for."""
    found = shown(number)
    counted = results.results(number, now())
    order = _order(request.args.get("ordine"))
    rows = queries.statements(number, _SHOWN)
    return render_template(
        "deliberation/results.html" if counted else "deliberation/statements.html",
        found=found,
        row=found.row,
        statements=rows,
        own=[one for one in queries.statements(number) if found.member and one.body_id == found.member.body_id],
        weighed=queries.is_weighed(number),
        turnout=results.turnout(number, now()) if found.discussion else None,
        counted=counted,
        order=order,
        orders=list(Order),
        rows=counted.sorted_by(order) if counted else [],
        merged=counted.merged if counted else [],
        remarkable=_remarkable(counted) if counted else [],
    )


@bp.get("/forum/pareri/<int:number>/affermazioni/registro")
@access(Permission.PUBLIC_READ)
def register(number: int) -> str:
    """What became of every statement and why; the words of those that were not admitted are not shown."""
    found, _ = opened(number)
    rows = [one for one in queries.statements(number) if one.decided_at or one.state is StatementState.WITHDRAWN]
    return render_template("deliberation/register.html", found=found, row=found.row, statements=rows)


def _order(asked: str | None) -> Order:
    return next((one for one in Order if one.value == asked), Order.AGREED)


def _remarkable(counted: results.Results) -> list[tuple[Mark, int]]:
    """How many statements carry each mark."""
    alone = counted.sorted_by(Order.NUMBER)
    return [(mark, sum(mark in one.counted.marks for one in alone)) for mark in Mark]


def _target(action_id: int | None, paragraph_id: int | None, known: dict[str, Target]) -> Target | None:
    if action_id is None and paragraph_id is None:
        return None
    return known.get(f"p-{paragraph_id}" if paragraph_id else f"a-{action_id}")
