"""The screens of a sitting for those who conduct it: what each hall sees, how it looks, how its computer opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from portal.comments import queries as remarks
from portal.comments.queries import Remark
from portal.comments.rules import CommentState
from portal.conferences.hall.rules import Shows, Theme
from portal.conferences.screen import halls, queries, said, show
from portal.conferences.screen.queries import Screen
from portal.conferences.screen.show import Wanted
from portal.conferences.screen.stage import Stage, stage
from portal.forms.screen import HallForm, PlainForm, ShowForm, ThemeForm
from portal.kernel.actor import Actor
from portal.kernel.errors import DomainError
from portal.kernel.permissions import Permission
from portal.plan.queries import ActionRow
from portal.web.door import access, bind, current_actor, now, translate
from portal.web.screen.blueprint import bp, page_of, pressed
from portal.web.screen.scene import EVERYBODY, Scene, action_of, scene


@dataclass(frozen=True)
class Choices:
    """What can be shown now, and what each hall sees."""

    stage: Stage
    scenes: tuple[Scene, ...]
    actions: tuple[ActionRow, ...]  # of the item in discussion, in a text that is public
    remarks: tuple[Remark, ...]  # admitted ones of this sitting, the latest first

    @property
    def screens(self) -> tuple[Screen, ...]:
        """The halls."""
        return tuple(one.screen for one in self.scenes)


def choices(actor: Actor, number: int, at: datetime) -> Choices:
    """What `screen/_halls.html` draws, for the page of the screens and for the cockpit."""
    found = stage(actor, number, at)
    line = found.now
    known = [action_of(found, code=one["code"]) for one in (line.item["actions"] if line else [])]
    among = remarks.Filters(state=CommentState.ADMITTED, among=said.of_sitting(number))
    return Choices(
        stage=found,
        scenes=tuple(scene(found, one, at) for one in queries.screens(number)),
        actions=tuple(one for one in known if one is not None),
        remarks=tuple(remarks.list_remarks(EVERYBODY, among, limit=8)),
    )


@bp.get("/sedute/<int:number>/schermi")
@access(Permission.SITTING_WATCH)
def screens(number: int) -> str:
    """All screens of a sitting."""
    return _page(number, HallForm())


def _page(number: int, form: HallForm) -> str:
    found = choices(current_actor(), number, now())
    return render_template("screen/screens.html", halls=found, number=number, form=form, back="schermi")


@bp.post("/sedute/<int:number>/schermo/<int:hall>/mostra")
@access(Permission.SITTING_CONDUCT)
def show_it(number: int, hall: int) -> BaseResponse:
    """Show something in a hall until something else is shown."""
    form = bind(ShowForm)
    return pressed(number, form, lambda: show.show(current_actor(), number, hall, _wanted(form), now=now()))


def _wanted(form: ShowForm) -> Wanted:
    return Wanted(
        shows=Shows(str(form.shows.data)),
        item_id=form.item.data,
        action_id=form.action.data,
        paragraph=str(form.paragraph.data or ""),
        remark=form.remark.data,
        poll_id=form.poll.data,
        round_id=form["round"].data,
        message=str(form.message.data or ""),
    )


@bp.post("/sedute/<int:number>/schermo/<int:hall>/segui")
@access(Permission.SITTING_CONDUCT)
def follow_it(number: int, hall: int) -> BaseResponse:
    """Let the screen follow the sitting by itself."""
    return pressed(number, bind(PlainForm), lambda: show.follow(current_actor(), number, hall, now=now()))


@bp.post("/sedute/<int:number>/schermo/<int:hall>/aspetto")
@access(Permission.SITTING_CONDUCT)
def theme_it(number: int, hall: int) -> BaseResponse:
    """Dark on light, or light on dark."""
    form = bind(ThemeForm)
    return pressed(
        number, form, lambda: show.theme(current_actor(), number, hall, Theme(str(form.theme.data)), now=now())
    )


@bp.post("/sedute/<int:number>/schermi")
@access(Permission.SITTING_CONDUCT)
def add_hall(number: int) -> BaseResponse | tuple[str, int]:
    """One more hall."""
    return _named(number, lambda said: halls.add_hall(current_actor(), number, said, now=now()))


@bp.post("/sedute/<int:number>/schermo/<int:hall>/nome")
@access(Permission.SITTING_CONDUCT)
def rename_it(number: int, hall: int) -> BaseResponse | tuple[str, int]:
    """Another name for a hall."""
    return _named(number, lambda said: halls.rename(current_actor(), number, hall, said, now=now()))


def _named(number: int, verb: Callable[[str], Any]) -> BaseResponse | tuple[str, int]:
    form = bind(HallForm)
    if not form.validate():
        return _page(number, form), 422
    return pressed(number, form, lambda: verb(str(form.label.data)))


@bp.post("/sedute/<int:number>/schermo/<int:hall>/indirizzo")
@access(Permission.SITTING_CONDUCT)
def open_address(number: int, hall: int) -> BaseResponse:
    """A fresh address for the computer of the hall: shown once, only its fingerprint is kept."""
    try:
        token = halls.open_address(current_actor(), number, hall, now=now())
    except DomainError as error:
        flash(translate(error.words), "error")
        return redirect(page_of(number, "schermi"), 303)
    address = url_for(".by_address", token=token, _external=True)
    screen = queries.screen(number, hall)
    answer = make_response(render_template("screen/address.html", number=number, screen=screen, address=address))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/sedute/<int:number>/schermo/<int:hall>/indirizzo/ritira")
@access(Permission.SITTING_CONDUCT)
def close_address(number: int, hall: int) -> BaseResponse:
    """The address opens nothing any more."""
    return pressed(number, bind(PlainForm), lambda: halls.close_address(current_actor(), number, hall, now=now()))


@bp.app_template_global()
def hall_name(screen: Screen) -> str:
    """What a hall is called."""
    return screen.label or gettext("Hall %(number)s", number=screen.hall)
