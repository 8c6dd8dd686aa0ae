"""What all pages of conferences share: the blueprint, a file that may come with a form, addresses of bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import format_date
from werkzeug.wrappers import Response as BaseResponse

from portal.conferences.rules import ItemKind, Organ
from portal.files.examine import Examined
from portal.forms.base import CommandForm
from portal.kernel.clock import local, local_day
from portal.kernel.errors import DomainError, NotFound
from portal.web.door import attempt, translate
from portal.web.pages import day
from portal.web.uploads import posted

bp = Blueprint("conferences", __name__)
bp.add_app_template_global(ItemKind, "ItemKind")
Answer = str | BaseResponse | tuple[str, int]
SLUGS = {
    Organ.PROGRAMMING: "programmazione",
    Organ.MAYORS: "sindaci",
    Organ.FORUM: "forum",
    Organ.COUNCIL: "consiglio",
    Organ.COPLANNING: "copianificazione",
    Organ.YOUTH_FORUM: "forum-giovani",
}
_ORGANS = {slug: organ for organ, slug in SLUGS.items()}


@bp.app_template_filter("clock_time")
def clock_time(at: datetime) -> str:
    """Hour and minute on the clock of Rome."""
    return f"{local(at):%H:%M}"


@bp.app_template_filter("day_number")
def day_number(at: datetime) -> int:
    """The day of the month in Rome, for a leaf of the calendar."""
    return local_day(at).day


@bp.app_template_filter("month_name")
def month_name(at: datetime) -> str:
    """The month in short."""
    return str(format_date(local_day(at), "MMM"))


@bp.app_template_filter("iso_day")
def iso_day(text: str) -> str:
    """A day that was written down, in words."""
    return day(date.fromisoformat(text))


def organ_of(slug: str) -> Organ:
    """The body that an address names."""
    found = _ORGANS.get(slug)
    if found is None:
        raise NotFound()
    return found


@contextmanager
def file_if_any() -> Iterator[tuple[Examined | None, str]]:
    """The posted file, looked at, with the name it came under; nothing if none was chosen."""
    given = request.files.get("file")
    if given is None or not given.filename:
        yield None, ""
        return
    with posted() as (name, found):
        yield found, name


def carried_out(
    form: CommandForm,
    verb: Callable[[], Any],
    page: Callable[[], str],
    said: str,
    target: str | Callable[[Any], str],
) -> Answer:
    """Show the form, or carry out the command, say what happened and go on; a target may depend on what was made."""
    if request.method == "GET":
        return page()
    done = attempt(form, lambda: (verb(),))
    if done is None:
        return page(), 422
    flash(said)
    return redirect(target if isinstance(target, str) else target(done[0]), 303)


def at_once(verb: Callable[[], Any], target: str, said: str = "") -> BaseResponse:
    """An act of one button; a refusal is said above the page one comes back to."""
    try:
        verb()
    except NotFound:
        raise
    except DomainError as error:
        flash(translate(error.words), "error")
    else:
        if said:
            flash(said)
    return redirect(target, 303)


def drawn(template: str, **context: Any) -> Callable[[], str]:
    """A page to be drawn when it is needed."""
    return lambda: render_template(template, **context)
