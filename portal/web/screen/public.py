"""Following a sitting without signing in: what is discussed now, who speaks, who is there, what has been said."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template
from werkzeug.wrappers import Response as BaseResponse

from portal.comments import queries as remarks
from portal.comments.rules import CommentState
from portal.conferences.floor.board import floor_board
from portal.conferences.floor.rules import SpeechKind
from portal.conferences.follow import queries as follow
from portal.conferences.hall.rules import ItemState
from portal.conferences.rules import SittingState
from portal.conferences.screen import rounds, said
from portal.conferences.screen.stage import Stage, stage
from portal.conferences.table.rules import Stance
from portal.journal import hearing
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission
from portal.voting.rules import COUNTED_STATES
from portal.web import editions
from portal.web.cache import public_page
from portal.web.door import access, current_actor, now
from portal.web.labels import label
from portal.web.screen.blueprint import bp
from portal.web.screen.scene import EVERYBODY, vote_of

MOST_REMARKS = 20


@bp.get("/sedute/<int:number>/diretta")
@access(Permission.PUBLIC_READ)
@public_page
def direct(number: int) -> str | BaseResponse:
    """The sitting as it goes on."""
    seen = hearing.head(f"sitting:{number}")
    found = stage(current_actor(), number, now())
    seated = number in follow.seated(current_actor())
    facts = _facts(found)
    return _as_it_is("screen/direct.html", facts, seen=seen, seated=seated, words=_words(found))


@bp.get("/sedute/<int:number>/diretta/quadro")
@access(Permission.PUBLIC_READ)
@public_page
def direct_part(number: int) -> str | BaseResponse:
    """The part of it that changes, for pages that missed something."""
    seen = hearing.head(f"sitting:{number}")
    found = stage(current_actor(), number, now())
    return _as_it_is("screen/_direct.html", _facts(found), seen=seen)


def _as_it_is(template: str, facts: dict[str, Any], **more: Any) -> str | BaseResponse:
    """Not kept while a vote is open: who has answered is counted without an entry in the record."""
    drawn = render_template(template, **facts, **more)
    if all(vote.turnout is None for vote in facts["votes"]):
        return drawn
    return Response(drawn, mimetype="text/html", headers={"Cache-Control": "no-store"})


def _facts(found: Stage) -> dict[str, Any]:
    number = found.found.row.number
    plan = found.found.convocation.content["plan"]
    edition = next((one for one in editions.shelf().editions if plan and one.version_id == plan["id"]), None)
    votes, current = said.votes(number), found.now.item["id"] if found.now else None
    counted = next((one for one in votes if one.item_id == current and one.state in COUNTED_STATES), None)
    among = remarks.Filters(state=CommentState.ADMITTED, among=said.of_sitting(number))
    return {
        "stage": found,
        "scope": editions.address(edition) if edition else None,
        "remarks": remarks.list_remarks(EVERYBODY, among, limit=MOST_REMARKS),
        "rounds": rounds.rounds(number, now()),
        "stances": tuple(Stance),
        "votes": [shown for one in votes if (shown := vote_of(one.number)) is not None],
        "counted": vote_of(counted.number) if counted else None,
        "board": floor_board(current_actor(), number, now()),
    }


def _words(found: Stage) -> dict[str, Any]:
    """What the page needs to say of facts that come later: words for codes, and the bodies behind the seats."""
    return {
        "states": {state.value: label(state).text for state in SittingState},
        "items": {state.value: label(state).text for state in ItemState},
        "kinds": {kind.value: label(kind).text for kind in SpeechKind},
        "seats": {seat.number: [seat.name, _office(seat.office)] for seat in found.seats},
    }


def _office(office: Office | None) -> str:
    return label(office).text if office else ""
