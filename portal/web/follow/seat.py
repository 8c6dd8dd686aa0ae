"""What a delegate has before them: the item and the paragraph in question, then what they are asked and may do."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from flask import render_template

from portal.conferences import queries as sittings
from portal.conferences.floor import board, mine
from portal.conferences.floor.timing import SpeechClock
from portal.conferences.follow import help as line
from portal.conferences.follow import queries
from portal.conferences.follow.queries import Course, Own
from portal.conferences.queries import Announced
from portal.conferences.table import queries as table
from portal.conferences.table import sheet
from portal.forms.base import CommandForm
from portal.forms.follow import HelpForm
from portal.forms.table import LIMITS
from portal.journal import hearing
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.plan import queries as plans
from portal.plan.queries import ActionRow
from portal.web import editions
from portal.web.comments import choosing
from portal.web.door import access, current_actor, fresh, now
from portal.web.follow.blueprint import bp
from portal.web.table.writing import new_form

MOST_TEXTS = 6  # actions of an item whose whole text comes with the page; of more only the names


@bp.get("/sedute/<int:number>/partecipa")
@access(Permission.SIGNED_IN)
def seat(number: int) -> str:
    """The page of one's seat; for whoever holds none, what is missing and what to do."""
    return page(number)


def page(number: int, **forms: CommandForm) -> str:
    """The same with a form that was sent and could not be carried out."""
    actor = current_actor()
    seen = hearing.head(f"sitting:{number}")  # first: what happens while the rest is read is told twice, never missed
    own = queries.own(actor, number)
    found = _announced(actor, number, own)
    if found is None or not own.takes_part or own.place is None:
        return render_template("follow/why.html", number=number, own=own, found=found)
    actor = actor.acting_under(own.place.mandate_id)
    course = queries.course(number, now())
    return render_template(
        "follow/seat.html",
        number=number,
        seen=seen,
        own=own,
        place=own.place,
        found=found,
        course=course,
        there=queries.there(own.place),
        comes_in=course.comes_in,
        over=course.is_over,
        remote_link=sittings.remote_link(actor, number),
        polls=queries.asked(actor, number),
        remarks=queries.remarks(actor, number),
        lines=line.own(actor, number),
        floor=board.floor_board(actor, number, now()),
        mine=mine.mine(actor, number, now()),
        seats=queries.seats(number),
        still=SpeechClock(now(), now(), timedelta(seconds=1), now()),
        help_form=forms.get("help_form") or fresh(HelpForm, client_key=uuid.uuid4().hex),
        **_item(found, course),
        **_table(actor, number, own.place.seat_id, course),
    )


def _announced(actor: Actor, number: int, own: Own) -> Announced | None:
    """The sitting as announced; nothing where one may know what became of the accreditation, and no more."""
    try:
        return sittings.announced(actor, number)
    except NotFound:
        if own.place is None:
            raise
        return None


def _item(found: Announced, course: Course) -> dict[str, Any]:
    """The item in discussion with the text of its actions, and the agenda in the turn in which it is taken."""
    by_id = {item["id"]: item for item in found.items}
    item = by_id.get(course.current or 0)
    plan = found.convocation.content["plan"]
    edition = next((e for e in editions.shelf().editions if plan and e.version_id == plan["id"]), None)
    tree = plans.tree(edition.version_id, edition.mark) if edition and item else None
    texts = [tree.action(action["code"]) for action in item["actions"]] if tree and item else []
    actions = [action for action in texts if action is not None]
    return {
        "item": item,
        "actions": actions,
        "whole": len(actions) <= MOST_TEXTS,
        "scope": editions.address(edition) if edition else {},
        "pointed": _pointed(actions, course),
        "agenda": [by_id[one] for one in course.in_turn(list(by_id)) if one in by_id],
    }


def _table(actor: Actor, number: int, seat_id: int, course: Course) -> dict[str, Any]:
    """What is put on the table: the indication one is asked for, and the sheet on which one writes."""
    asked = next((one for one in table.rounds(actor, number) if one.is_open), None)
    pointed = course.pointed
    action, paragraph = (pointed.action_id, pointed.paragraph) if pointed else (None, "")
    found = sheet.write_sheet(actor, number, action_id=action, paragraph=paragraph, now=now())
    spot = found.spot if found else None
    return {
        "round": asked,
        "stance": table.own_stance(asked.id, seat_id) if asked else None,
        "sheet": found,
        "remark_form": new_form(found) if found else None,
        "remark_board": choosing.board_of(spot, ()) if spot else choosing.EMPTY,
        "limits": LIMITS,
    }


def _pointed(actions: list[ActionRow], course: Course) -> tuple[ActionRow, Any] | None:
    """The paragraph in question, where the hall's screen points at one of this item."""
    wanted = course.pointed
    if wanted is None:
        return None
    for action in actions:
        for paragraph in action.all_paragraphs():
            if (action.id, paragraph.key) == (wanted.action_id, wanted.paragraph):
                return action, paragraph
    return None
