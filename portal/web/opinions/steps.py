"""The path of a request, step by step: what was done, what is in hand, what comes next (art. 30)."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import gettext

from portal.conferences.rules import SittingState
from portal.opinions.rows import PollOf, TiedSitting
from portal.opinions.rules import SITTINGS, DocumentKind, Result, Stage
from portal.web.labels import label
from portal.web.opinions.blueprint import Shown, term
from portal.web.pages import day
from portal.web.path import Step

_COMING = frozenset({SittingState.CONVENED, SittingState.ROLL_CALL, SittingState.IN_SESSION, SittingState.SUSPENDED})
_DONE = {Result.REACHED: "done", Result.NOT_REACHED: "stopped", Result.DESERTED: "stopped"}


def steps(shown: Shown, sittings: list[TiedSitting], polls: list[PollOf]) -> list[Step]:
    """From the Council's act to the transmission."""
    return [_request(shown), _text(shown), *_sittings(shown, sittings), _document(shown), _sent(shown)]


def _request(shown: Shown) -> Step:
    row = shown.row
    said = gettext("Act n. %(number)s of %(day)s, on version %(version)s of the plan.") % {
        "number": row.act_number,
        "day": day(row.act_date),
        "version": row.version_number,
    }
    return Step(gettext("The Council asks for the opinion"), "done", "", "", said, row.received_at)


def _text(shown: Shown) -> Step:
    title = gettext("The text is proposed")
    frozen = [text for text in shown.texts if text.frozen_at]
    if frozen:
        return Step(title, "done", "", "", label(frozen[-1].kind).text, frozen[-1].frozen_at)
    if shown.stands.stage is Stage.REQUESTED:
        return Step(title, "current", "", "", gettext("It is public once it is put to the vote."))
    state = "current" if not shown.stands.course.sittings else "todo"
    return Step(title, state, "", "", gettext("It is public once it is put to the vote."))


def _sittings(shown: Shown, tied: list[TiedSitting]) -> list[Step]:
    course = shown.stands.course
    counted = [one for one in course.sittings if one.counts or course.reached is one.attempt]
    found = []
    for n, one in enumerate(counted, 1):
        words = {"n": n, "day": one.day}
        title = gettext("Sitting %(n)s, day %(day)s") % words if n > 1 else gettext("First sitting")
        url = _address(one.attempt.sitting, one.attempt.poll_id, tied)
        said = f"{day(one.attempt.day)} · {label(one.attempt.result).text}"
        found.append(Step(title, _DONE[one.attempt.result], "", "", said, url=url))
        if course.reached is one.attempt:
            return found
    first = len(counted) + 1
    called: list[datetime | None] = [*_called(shown, tied), *[None] * _most(shown)]
    return found + [_to_come(shown, n, n == first, called[n - first]) for n in range(first, _most(shown) + 1)]


def _called(shown: Shown, tied: list[TiedSitting]) -> list[datetime]:
    """The calls that are still to be held, in order."""
    held = {(one.attempt.sitting, one.attempt.call) for one in shown.stands.course.sittings}
    live = [one for one in tied if one.state in _COMING]
    return sorted(at for one in live for n, at in enumerate(one.calls, 1) if (one.number, n) not in held)


def _most(shown: Shown) -> int:
    """Further sittings are on the path once the first one did not reach it."""
    return SITTINGS if shown.stands.course.sittings else 1


def _to_come(shown: Shown, n: int, is_next: bool, called: datetime | None) -> Step:
    course = shown.stands.course
    title = gettext("First sitting") if n == 1 else gettext("Further sitting (%(n)s of 3)") % {"n": n}
    if course.expired:
        return Step(title, "stopped", "", "", gettext("It was not held in time."))
    ready = is_next and (bool(course.sittings) or shown.stands.stage is Stage.PROPOSED)
    said = term(course.last_day, course.days_left) if course.sittings and is_next else ""
    if called is not None:
        said = " · ".join([gettext("convened for %(day)s") % {"day": day(called)}, *([said] if said else [])])
    return Step(title, "current" if ready else "todo", "", "", said)


def _address(sitting: int, poll: int | None, tied: list[TiedSitting]) -> str:
    if poll is not None:
        return url_for("voting.poll", number=poll)
    public = any(one.number == sitting and one.is_public for one in tied)
    return url_for("conferences.sitting", number=sitting) if public else ""


def _document(shown: Shown) -> Step:
    stands, document = shown.stands, shown.document
    certificate = stands.course.exhausted
    title = gettext("Certificate") if certificate else gettext("The opinion is rendered")
    if document is not None:
        title = gettext("Certificate") if document.kind is DocumentKind.CERTIFICATE else title
        url = url_for("opinions.document", number=shown.row.number, which=document.number)
        return Step(title, "done", "", "", label(document.kind).text, document.drawn_at, url)
    ready = stands.stage in {Stage.REACHED, Stage.NOT_RENDERED}
    return Step(title, "current" if ready else "todo", "", "")


def _sent(shown: Shown) -> Step:
    title, document = gettext("It is transmitted to the Council"), shown.document
    if document is not None and document.transmitted_at is not None:
        said = f"{document.transmitted_to}, {document.transmitted_by}"
        return Step(title, "done", "", "", said, document.transmitted_at)
    return Step(title, "current" if document is not None else "todo", "", "")
