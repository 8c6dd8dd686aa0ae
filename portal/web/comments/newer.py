"""A new version of the plan appears while somebody writes: the draft says so, shows what changed, can be moved."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from portal.comments import carry_over, desk, newer
from portal.comments.newer import News, Version
from portal.comments.passages import Passage
from portal.comments.places import Spot
from portal.forms.comments import whole
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission
from portal.web.comments.blueprint import bp
from portal.web.door import access, current_actor, now, translate


@dataclass(frozen=True)
class Appeared:
    """The newer version, and what became in it of the paragraph in hand."""

    version: Version
    news: News | None


def for_spot(spot: Spot, chosen: list[Passage]) -> Appeared | None:
    """For the sheet of one point."""
    version = newer.version_after(current_actor(), spot.window.version_id, now())
    if version is None:
        return None
    own = [passage for passage in chosen if passage.paragraph == spot.paragraph_key]
    return Appeared(version, newer.news_of(version, [(spot.paragraph_key or None, spot.text, own)])[0])


def for_draft(draft: desk.Draft) -> tuple[Version | None, dict[int, News | None]]:
    """For the page of a draft: the version, and the news of each point by its id."""
    version = newer.version_after(current_actor(), draft.consultation.version_id, now())
    if version is None:
        return None, {}
    asked = [
        (p.paragraph_key, p.current_text, [q for q in p.passages if q.paragraph == p.paragraph_key])
        for p in draft.points
    ]
    return version, dict(zip((p.id for p in draft.points), newer.news_of(version, asked), strict=True))


def said(version_id: int) -> str | None:
    """For the sheet that is open in a browser: that a newer version has appeared."""
    version = newer.version_after(current_actor(), version_id, now())
    if version is None:
        return None
    return gettext(
        "Version %(n)s of the plan has appeared: what you write is kept. Load the page again to see what changed.",
        n=version.number,
    )


@bp.post("/osservazioni/bozze/<int:submission_id>/versione")
@access(Permission.COMMENT_DRAFT)
def carry(submission_id: int) -> Response:
    """Take the draft to the consultation on the newer version."""
    target = whole(request.form.get("consultation"))
    if not target:
        raise NotFound()
    back = redirect(url_for(".draft", submission_id=submission_id), 303)
    try:
        done = carry_over.carry_over(current_actor(), submission_id, target, now=now())
    except Conflict as refusal:
        flash(translate(refusal.words), "error")
        return back
    flash(gettext("The draft now speaks of the newer version of the plan."))
    if done.to_review:
        flash(
            ngettext(
                "In %(num)s remark the place or the words are not there any more: choose them again.",
                "In %(num)s remarks the place or the words are not there any more: choose them again.",
                len(done.to_review),
            ),
            "wait",
        )
    return back
