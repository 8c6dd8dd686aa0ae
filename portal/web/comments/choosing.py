"""Which words a point speaks of: sentences as chips, other places of the plan, a proposal that starts from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from portal.comments import chips, choose_passages, desk, passages, places
from portal.comments.chips import Board, Chip
from portal.comments.passages import Passage
from portal.comments.places import Spot, Text
from portal.comments.rules import CommentKind
from portal.forms.comments import PassagesForm, PointForm
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.permissions import Permission
from portal.web.comments.blueprint import bp
from portal.web.door import access, attempt, bind, current_actor, fresh, now

Answer = str | Response | tuple[str, int]
EMPTY = Board((), ())


@dataclass(frozen=True)
class Elsewhere:
    """A paragraph beside the point's own, of which something is chosen."""

    text: Text
    chips: tuple[Chip, ...]


def chosen_in(values: Iterable[str]) -> list[Passage]:
    """What a form says was chosen; what cannot be read is left to the verb, which refuses it."""
    found: list[Passage] = []
    for value in list(values)[: passages.PASSAGES_LIMIT]:
        try:
            found.extend(passages.read([value]))
        except Invalid:
            continue
    return found


def board_of(spot: Spot, chosen: Iterable[Passage]) -> Board:
    """The chips of the paragraph that the point stands at."""
    return chips.board(spot.paragraph_key, spot.text, chosen) if spot.text else EMPTY


def elsewhere(spot: Spot, chosen: Iterable[Passage]) -> list[Elsewhere]:
    """What is chosen in other paragraphs, in the order of the plan."""
    others = [p for p in chosen if p.paragraph != spot.paragraph_key]
    if not others:
        return []
    texts = places.texts(spot.window.version_id, keys=[p.paragraph for p in others])
    return [Elsewhere(text, tuple(Chip(p, True) for p in others if _stands(p, text))) for text in texts]


def _stands(passage: Passage, text: Text) -> bool:
    in_place = text.text[passage.start : passage.end] == passage.exact
    return passage.paragraph == text.paragraph_key and in_place


def start_from_sentences(form: PointForm, spot: Spot, before: Iterable[Passage] = ()) -> None:
    """Let the proposed text begin with the chosen sentences; a point of no kind becomes a change request."""
    if not form.kind.data:
        form.kind.data = CommentKind.CHANGE_REQUEST.value
        form.kind.raw_data = [form.kind.data]
    wanted = _wording(spot, chosen_in(form.passages.data or ()))
    form.proposed_text.data = passages.begun(
        form.proposed_text.data or "", wanted, spot.text, _wording(spot, list(before))
    )


def _wording(spot: Spot, chosen: list[Passage]) -> str | None:
    """The words that a proposal takes the place of; sentences that follow each other are one stretch."""
    texts = {spot.paragraph_key: spot.text or ""}
    own = [p for p in chosen if p.paragraph == spot.paragraph_key]
    others = [p for p in chosen if p.paragraph != spot.paragraph_key]
    try:
        standing = [selector.passage for selector in passages.settled(own, texts)]
    except Invalid:
        standing = []
    return passages.wording([*standing, *others], spot.paragraph_key or None, spot.text)


@bp.get("/osservazioni/bozze/<int:submission_id>/punti/<int:comment_id>/altri-passi")
@access(Permission.COMMENT_DRAFT)
def more_places(submission_id: int, comment_id: int) -> Answer:
    """The paragraphs of an action, to choose what else the same point speaks of."""
    return _places(submission_id, comment_id, fresh(PassagesForm))


@bp.post("/osservazioni/bozze/<int:submission_id>/punti/<int:comment_id>/altri-passi")
@access(Permission.COMMENT_DRAFT)
def choose_places(submission_id: int, comment_id: int) -> Answer:
    """Keep the choice and go back to the sheet."""
    form = bind(PassagesForm)
    done = attempt(
        form,
        lambda: choose_passages.choose(
            current_actor(), comment_id, form.among.data or (), form.chosen, now=now(), submission_id=submission_id
        ),
    )
    if done is None:
        return _places(submission_id, comment_id, form), 422
    flash(ngettext("%(num)s passage chosen in all.", "%(num)s passages chosen in all.", done))
    return redirect(url_for(".edit", submission_id=submission_id, comment_id=comment_id), 303)


def _places(submission_id: int, comment_id: int, form: PassagesForm) -> str:
    draft = desk.draft(current_actor(), submission_id)
    point = next((point for point in draft.points if point.id == comment_id), None)
    if point is None:
        raise NotFound()
    version = draft.consultation.version_id
    actions = places.action_choices(version)
    code = request.args.get("azione", "") or point.action_code or (actions[0][0] if actions else "")
    texts = [t for t in places.texts(version, action=code) if t.paragraph_key != point.paragraph_key] if code else []
    return render_template(
        "comments/places.html",
        draft=draft,
        point=point,
        form=form,
        actions=actions,
        code=code,
        texts=list(_boards(texts, point.passages)),
        elsewhere=[a for a in point.anchors if a.paragraph != point.paragraph_key and a.action_code != code],
        title=gettext("Other passages of the plan"),
    )


def _boards(texts: Iterable[Text], chosen: tuple[Passage, ...]) -> Iterator[tuple[Text, Board]]:
    for text in texts:
        yield text, chips.board(text.paragraph_key, text.text, chosen)
