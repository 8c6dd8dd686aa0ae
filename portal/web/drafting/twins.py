"""Remarks that are alike: pairs to judge, groups of duplicates, a member that is taken out."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.comments import difference
from portal.comments import queries as comments
from portal.drafting import judge, twins
from portal.drafting.twins import Pair
from portal.forms.drafting import PairForm
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, can
from portal.web.door import access, attempt, bind, current_actor, now, safe_next
from portal.web.drafting.inbox import bp
from portal.web.numbers import asked

Answer = Response | tuple[str, int]
PAGE = 10


@bp.get("/redazione/doppioni")
@access(Permission.ANSWER_READ)
def duplicates() -> str:
    """Pairs that wait for a judgement, and the groups there are."""
    return _page(None)


@bp.post("/redazione/doppioni/uguali")
@access(Permission.ANSWER_PROPOSE)
def judge_same() -> Answer:
    """Two remarks ask the same."""
    return _judged(judge.same, gettext("The two remarks stand together now, each with its own number."))


@bp.post("/redazione/doppioni/diverse")
@access(Permission.ANSWER_PROPOSE)
def judge_different() -> Answer:
    """Two remarks do not ask the same."""
    return _judged(judge.different, gettext("The two remarks stay apart and are not put forward again."))


@bp.post("/redazione/osservazioni/<int:number>/gruppo/togli")
@access(Permission.ANSWER_PROPOSE)
def leave_group(number: int) -> Response:
    """Take a remark out of its group."""
    actor = current_actor()
    remark = comments.remark(actor, number)
    if not remark.visible:
        raise NotFound()
    judge.part(actor, remark.id, now=now())
    flash(gettext("Remark no. %(n)s stands by itself again.", n=number))
    return redirect(safe_next(request.form.get("next"), url_for(".duplicates")), 303)


def _judged(verb: Callable[..., object], said: str) -> Answer:
    actor, form = current_actor(), bind(PairForm)

    def judged() -> bool:
        verb(actor, form.one.data or 0, form.other.data or 0, now=now())
        return True

    if attempt(form, judged) is None:
        return _page(form), 422
    flash(said)
    return redirect(safe_next(request.form.get("next"), url_for(".duplicates")), 303)


def compared(pair: Pair) -> list[difference.Stretch]:
    """What the second says otherwise than the first."""
    return difference.difference(pair.low.text, pair.high.text)


def _page(form: PairForm | None) -> str:
    actor, low, high, group = current_actor(), asked("low"), asked("high"), asked("group")
    after = (low, high) if low is not None and high is not None else None
    pairs = twins.pairs(actor, after=after, limit=PAGE + 1)
    groups = twins.groups(actor, after=group, limit=PAGE + 1)
    last = pairs[PAGE - 1] if len(pairs) > PAGE else None
    return render_template(
        "drafting/duplicates.html",
        form=form or bind(PairForm),
        pairs=pairs[:PAGE],
        compared=compared,
        waiting=twins.how_many_wait(),
        more=url_for(".duplicates", low=last.low.id, high=last.high.id) if last else None,
        first=url_for(".duplicates") if after or group else None,
        groups=groups[:PAGE],
        more_groups=url_for(".duplicates", group=groups[PAGE - 1][0].group_id) if len(groups) > PAGE else None,
        may_judge=can(actor, Permission.ANSWER_PROPOSE),
    )
