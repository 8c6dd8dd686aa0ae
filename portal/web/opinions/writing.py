"""Writing the text of an opinion and its numbered remarks."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.forms.base import options
from portal.forms.opinions import RemarkForm, TextForm
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.opinions import queries, write_text
from portal.opinions.rows import RemarkRow, TextRow
from portal.opinions.rules import OpinionKind
from portal.opinions.write_text import Point
from portal.web.conferences.blueprint import Answer, at_once, carried_out
from portal.web.door import access, bind, current_actor, now
from portal.web.opinions.blueprint import bp, targets

DRAFT = "#testo"


@bp.route("/segreteria/pareri/<int:number>/testo", methods=["GET", "POST"])
@access(Permission.OPINION_MANAGE)
def write(number: int) -> Answer:
    """What the Conferenza is asked to pass."""
    row, last = queries.request(number), _last(number)
    known = {"kind": last.kind.value, "text": last.text} if last else {}
    form = bind(TextForm, **known)

    def verb() -> int:
        kind, text = OpinionKind(str(form.kind.data)), str(form.text.data or "")
        return write_text.write_text(current_actor(), number, kind, text, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("opinions/text.html", form=form, row=row, last=last),
        gettext("The text is saved. It stays reserved to the office until it is put to the vote."),
        url_for(".manage", number=number) + DRAFT,
    )


@bp.route("/segreteria/pareri/<int:number>/rilievi/nuovo", methods=["GET", "POST"])
@access(Permission.OPINION_MANAGE)
def add(number: int) -> Answer:
    """A further remark."""
    return _remark(number, None)


@bp.route("/segreteria/pareri/<int:number>/rilievi/<int:which>", methods=["GET", "POST"])
@access(Permission.OPINION_MANAGE)
def change(number: int, which: int) -> Answer:
    """Write a remark anew."""
    last = _last(number)
    found = next((one for one in last.remarks if one.number == which), None) if last else None
    if found is None:
        raise NotFound()
    return _remark(number, found)


@bp.post("/segreteria/pareri/<int:number>/rilievi/<int:which>/elimina")
@access(Permission.OPINION_MANAGE)
def remove(number: int, which: int) -> Response:
    """Take a remark away."""
    return at_once(
        lambda: write_text.remove_remark(current_actor(), number, which, now=now()),
        url_for(".manage", number=number) + DRAFT,
        gettext("The remark is taken away."),
    )


def _last(number: int) -> TextRow | None:
    return next(reversed(queries.texts(current_actor(), number)), None)


def _remark(number: int, known: RemarkRow | None) -> Answer:
    row = queries.request(number)
    form = bind(RemarkForm, **_filled(known))
    form.target.choices = options([(value, one.text) for value, one in targets(row.version_id).items()])

    def verb() -> int:
        action, paragraph = form.rows
        point = Point(
            action, paragraph, str(form.request.data or ""), str(form.reason.data or ""), form.comment.data
        )  # fmt: skip
        if known is None:
            return write_text.add_remark(current_actor(), number, point, now=now())
        return write_text.change_remark(current_actor(), number, known.number, point, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("opinions/remark.html", form=form, row=row, known=known),
        gettext("The remark is saved."),
        url_for(".manage", number=number) + DRAFT,
    )


def _filled(known: RemarkRow | None) -> dict[str, object]:
    if known is None:
        return {}
    target = f"p-{known.paragraph_id}" if known.paragraph_id else f"a-{known.action_id}"
    number = queries.comment_number(known.comment_id) if known.comment_id else None
    return {"target": target, "request": known.request, "reason": known.reason, "comment": number}
