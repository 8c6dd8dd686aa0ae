"""The desk of a body: what to sign, what is in drafts, what became of what was sent."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from portal.comments import desk, own_side, places, queries
from portal.comments.places import Window
from portal.comments.queries import PAGE, Filters
from portal.comments.rules import SubmissionState
from portal.conferences import accreditation_queries
from portal.forms.comments import whole
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, can
from portal.opinions.adoption import waiting as decisions
from portal.opinions.amending import waiting as texts
from portal.opinions.deliberation import waiting as discussions
from portal.voting import mine as votes
from portal.web.comments.blueprint import bp
from portal.web.comments.outcomes import outcomes_of
from portal.web.door import access, current_actor, now

LATEST = 8


@bp.get("/scrivania", endpoint="desk")
@access(Permission.COMMENT_READ_OWN)
def desk_page() -> str:
    """What is asked of this body now."""
    actor = current_actor()
    drafts = desk.drafts(actor)
    windows = places.windows(now())
    window = _chosen(windows)
    latest = _own(actor, limit=LATEST)
    return render_template(
        "comments/desk.html",
        asked=votes.asked_of(actor),
        called=accreditation_queries.called(actor, now()),
        discussed=discussions.asked_of(actor, now()),
        amended=texts.asked_of(actor, now()),
        voted=decisions.asked_of(actor, now()),
        questions=own_side.asked_of(actor),
        may_sign=can(actor, Permission.COMMENT_SUBMIT),
        to_sign=[row for row in drafts if row.state is SubmissionState.READY],
        drafts=[row for row in drafts if row.state is SubmissionState.DRAFT],
        windows=windows,
        window=window,
        phase_now=window.phase(now()) if window else None,
        only_todo=bool(request.args.get("da-fare")),
        grid=_grid(actor, window),
        counts=desk.counts(actor),
        remarks=latest,
        outcomes=outcomes_of(latest),
    )


def _chosen(windows: list[Window]) -> Window | None:
    wanted = whole(request.args.get("consultazione"))
    return next((window for window in windows if window.id == wanted), windows[0] if windows else None)


def _grid(actor: Actor, window: Window | None) -> list[desk.GridRow]:
    rows = desk.grid(actor, window.version_id) if window else []
    return [row for row in rows if not row.sent] if request.args.get("da-fare") else rows


def _own(actor: Actor, after: int | None = None, limit: int = PAGE, mine: bool = False) -> list[queries.Remark]:
    body_id = actor.acting.body_id if actor.acting else 0
    filters = Filters(body_id=body_id, person_id=actor.person_id if mine else None)
    return queries.list_remarks(actor, filters, after, limit)


@bp.get("/scrivania/osservazioni")
@access(Permission.COMMENT_READ_OWN)
def mine() -> str:
    """Everything the body sent, whatever became of it; or only what the reader had a hand in."""
    actor, only_mine = current_actor(), bool(request.args.get("mie"))
    rows = _own(actor, whole(request.args.get("dopo")) or None, PAGE + 1, only_mine)
    shown = rows[:PAGE]
    kept: dict[str, Any] = {"mie": 1} if only_mine else {}
    return render_template(
        "comments/mine.html",
        remarks=shown,
        outcomes=outcomes_of(shown),
        only_mine=only_mine,
        next_url=url_for(".mine", **kept, dopo=shown[-1].number) if len(rows) > PAGE else None,
        first_url=url_for(".mine", **kept) if request.args.get("dopo") else None,
    )
