"""The panels of a delegate's page: what each needs to be drawn, so that a part of the page costs a part of the work."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.conferences import queries as sittings
from portal.conferences.floor import board, mine
from portal.conferences.floor.timing import SpeechClock
from portal.conferences.follow import help as line
from portal.conferences.follow import queries
from portal.conferences.follow.queries import Course, Place
from portal.conferences.queries import Announced
from portal.conferences.table import queries as table
from portal.conferences.table import sheet
from portal.forms.base import CommandForm
from portal.forms.follow import HelpForm
from portal.forms.table import LIMITS
from portal.kernel.actor import Actor
from portal.plan import queries as plans
from portal.plan.queries import ActionRow, ParagraphRow
from portal.web import editions
from portal.web.comments import choosing
from portal.web.door import fresh
from portal.web.follow.votes import votes_of
from portal.web.table.writing import new_form

MOST_TEXTS = 6  # actions of an item whose whole text comes with the page; of more only the names
Facts = dict[str, Any]


@dataclass(frozen=True)
class Here:
    """A delegate at a sitting at an instant: what all panels begin with."""

    actor: Actor
    number: int
    place: Place
    found: Announced
    course: Course
    now: datetime
    help_form: CommandForm | None = None

    def facts(self, names: list[str]) -> Facts:
        """What the templates of these panels need."""
        made: Facts = {
            "number": self.number,
            "place": self.place,
            "found": self.found,
            "course": self.course,
            "comes_in": self.course.comes_in,
            "over": self.course.is_over,
            "there": queries.there(self.place),
            "item": next((item for item in self.found.items if item["id"] == self.course.current), None),
        }
        for name in names:
            made |= PANELS[name](self)
        return made


def _now(here: Here) -> Facts:
    """The item in discussion with the text of its actions."""
    item = next((one for one in here.found.items if one["id"] == here.course.current), None)
    plan = here.found.convocation.content["plan"]
    edition = next((e for e in editions.shelf().editions if plan and e.version_id == plan["id"]), None)
    tree = plans.tree(edition.version_id, edition.mark) if edition and item else None
    texts = [tree.action(action["code"]) for action in item["actions"]] if tree and item else []
    actions = [action for action in texts if action is not None]
    return {
        "actions": actions,
        "whole": len(actions) <= MOST_TEXTS,
        "scope": editions.address(edition) if edition else {},
        "pointed": _pointed(actions, here.course),
    }


def _pointed(actions: list[ActionRow], course: Course) -> tuple[ActionRow, ParagraphRow] | None:
    """The paragraph in question, where the hall's screen points at one of this item."""
    wanted = course.pointed
    if wanted is None:
        return None
    for action in actions:
        for paragraph in action.all_paragraphs():
            if (action.id, paragraph.key) == (wanted.action_id, wanted.paragraph):
                return action, paragraph
    return None


def _poll(here: Here) -> Facts:
    return {"votes": votes_of(here.actor, here.number, here.course.current, here.now)}


def _presence(here: Here) -> Facts:
    return {"remote_link": sittings.remote_link(here.actor, here.number)}


def _floor(here: Here) -> Facts:
    """Who speaks, my turn, what I may ask for."""
    return {
        "floor": board.floor_board(here.actor, here.number, here.now),
        "mine": mine.mine(here.actor, here.number, here.now),
        "still": SpeechClock(here.now, here.now, timedelta(seconds=1), here.now),
    }


def _indication(here: Here) -> Facts:
    asked = next((one for one in table.rounds(here.actor, here.number) if one.is_open), None)
    return {"round": asked, "stance": table.own_stance(asked.id, here.place.seat_id) if asked else None}


def _remark(here: Here) -> Facts:
    """The sheet on which one writes, on the paragraph in question if there is one."""
    pointed = here.course.pointed
    action, paragraph = (pointed.action_id, pointed.paragraph) if pointed else (None, "")
    found = sheet.write_sheet(here.actor, here.number, action_id=action, paragraph=paragraph, now=here.now)
    spot = found.spot if found else None
    return {
        "sheet": found,
        "remark_form": new_form(found) if found else None,
        "remark_board": choosing.board_of(spot, ()) if spot else choosing.EMPTY,
        "limits": LIMITS,
    }


def _mine(here: Here) -> Facts:
    return {"remarks": queries.remarks(here.actor, here.number)}


def _agenda(here: Here) -> Facts:
    """The items in the turn in which they are taken."""
    by_id = {item["id"]: item for item in here.found.items}
    return {"agenda": [by_id[one] for one in here.course.in_turn(list(by_id)) if one in by_id]}


def _help(here: Here) -> Facts:
    form = here.help_form or fresh(HelpForm, client_key=uuid.uuid4().hex)
    return {"lines": line.own(here.actor, here.number), "help_form": form}


PANELS: dict[str, Callable[[Here], Facts]] = {
    "now": _now,
    "poll": _poll,
    "presence": _presence,
    "floor": _floor,
    "indication": _indication,
    "remark": _remark,
    "mine": _mine,
    "agenda": _agenda,
    "help": _help,
}
