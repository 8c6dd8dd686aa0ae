"""Publication: approved answers made public together, as one act at one instant; the reserved export."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from portal.drafting import inbox, publish
from portal.forms.drafting import PublishForm
from portal.kernel.permissions import Permission
from portal.web.ages import age
from portal.web.door import access, attempt, bind, current_actor, now, safe_next
from portal.web.drafting.inbox import bp
from portal.web.numbers import asked

PAGE = 100


@bp.get("/redazione/pubblicazione")
@access(Permission.ANSWER_READ)
def publication() -> str:
    """What has been approved and waits to be published."""
    return _page(None)


@bp.post("/redazione/pubblicazione")
@access(Permission.ANSWER_PUBLISH)
def publish_chosen() -> Response | tuple[str, int]:
    """Publish the chosen answers, all or none."""
    actor, form = current_actor(), bind(PublishForm)
    done = attempt(form, lambda: publish.publish(actor, form.chosen.data or [], now=now()))
    if done is None:
        return _page(form), 422
    flash(
        ngettext(
            "%(num)s answer is public: its author is told by mail.",
            "%(num)s answers are public: their authors are told by mail.",
            len(done),
        )
    )
    return redirect(safe_next(request.form.get("next"), url_for(".publication")), 303)


def _page(form: PublishForm | None) -> str:
    after = asked("after")
    rows = inbox.ready(current_actor(), after=after, limit=PAGE + 1)
    every = {row.comment_id for row in rows} if request.args.get("all") else set()
    return render_template(
        "drafting/publication.html",
        form=form or bind(PublishForm),
        chosen=set(form.chosen.data or []) if form else every,
        every=url_for(".publication", all=1, after=after or None),
        rows=rows[:PAGE],
        more=url_for(".publication", after=rows[PAGE - 1].number) if len(rows) > PAGE else None,
        first=url_for(".publication") if after else None,
        age=age,
    )
