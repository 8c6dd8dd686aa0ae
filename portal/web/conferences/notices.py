"""Sending notices: the convocation, addenda, the cancellation; the log of what became of each letter."""

from __future__ import annotations

import base64

from flask import Response, render_template, request, url_for
from flask_babel import gettext

from portal.conferences import (
    add_to_notice,
    cancel,
    certified_mail,
    convene,
    desk_queries,
    dispatch_log,
    file_receipt,
    queries,
)
from portal.conferences.desk_queries import Planned
from portal.conferences.rules import SittingState
from portal.forms.base import options
from portal.forms.conferences import CancelForm, ReceiptForm, SendForm
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.permissions import Permission, can
from portal.kernel.words import N_
from portal.web.conferences.blueprint import Answer, bp, carried_out, drawn
from portal.web.door import access, bind, current_actor, now


@bp.route("/segreteria/sedute/<int:number>/convocazione", methods=["GET", "POST"])
@access(Permission.CONFERENCE_MANAGE)
def convene_it(number: int) -> Answer:
    """Read what would be sent, to whom, and what is not as it should be; then send it."""
    found = _in(number, SittingState.PLANNED)
    form = bind(SendForm)
    return carried_out(
        form,
        lambda: convene.convene(current_actor(), number, str(form.reason.data or ""), now=now()),
        lambda: _preview(found, form),
        gettext("The notice is frozen and on its way."),
        url_for(".dispatches", number=number, notice=1),
    )


@bp.route("/segreteria/sedute/<int:number>/integrazione", methods=["GET", "POST"])
@access(Permission.CONFERENCE_MANAGE)
def add_to_it(number: int) -> Answer:
    """The same for what came later."""
    found = _in(number, SittingState.CONVENED)
    form = bind(SendForm)
    following = len(queries.notices(number)) + 1
    return carried_out(
        form,
        lambda: add_to_notice.add_to_notice(current_actor(), number, str(form.reason.data or ""), now=now()),
        lambda: _preview(found, form),
        gettext("The addendum is frozen and on its way."),
        url_for(".dispatches", number=number, notice=following),
    )


def _in(number: int, state: SittingState) -> Planned:
    found = desk_queries.planned(current_actor(), number)
    if found.state is not state and request.method == "GET":
        raise NotFound()
    return found


def _preview(found: Planned, form: SendForm) -> str:
    actor = current_actor()
    items = desk_queries.agenda(actor, found.number)
    first = found.state is SittingState.PLANNED
    shown = [i for i in items if first or not i.announced or any(not p.announced for p in i.papers)]
    return render_template(
        "conferences/send.html",
        row=queries.sitting(actor, found.number),
        found=found,
        items=shown,
        first=first,
        preview=desk_queries.preview(actor, found.number, now=now()),
        form=form,
    )


@bp.route("/segreteria/sedute/<int:number>/revoca", methods=["GET", "POST"])
@access(Permission.CONFERENCE_MANAGE)
def cancel_it(number: int) -> Answer:
    """Cancel a convened sitting: everybody who was called is told why."""
    _in(number, SittingState.CONVENED)
    form = bind(CancelForm)
    following = len(queries.notices(number)) + 1
    return carried_out(
        form,
        lambda: cancel.cancel(current_actor(), number, str(form.reason.data), now=now()),
        drawn("conferences/cancel.html", form=form, row=queries.sitting(current_actor(), number)),
        gettext("The sitting is cancelled, and everybody is told."),
        url_for(".dispatches", number=number, notice=following),
    )


@bp.route("/segreteria/sedute/<int:number>/spedizioni/<int:notice>", methods=["GET", "POST"])
@access(Permission.CONFERENCE_WATCH)
def dispatches(number: int, notice: int) -> Answer:
    """What became of each letter, and the receipts of certified mail."""
    actor = current_actor()
    row = next((one for one in queries.notices(number) if one.number == notice), None)
    if row is None:
        raise NotFound()
    form = bind(ReceiptForm)
    form.body.choices = options(dispatch_log.bodies_called(actor, number))
    return carried_out(
        form,
        lambda: _file(number, notice, form),
        drawn(
            "conferences/dispatches.html",
            row=queries.sitting(actor, number),
            notice=row,
            lines=dispatch_log.dispatches(actor, number, notice),
            receipts=dispatch_log.receipts(actor, number, notice),
            form=form,
            may_file=can(actor, Permission.CONFERENCE_MANAGE),
        ),
        gettext("The receipt is filed."),
        url_for(".dispatches", number=number, notice=notice, _anchor="ricevute"),
    )


def _file(number: int, notice: int, form: ReceiptForm) -> int:
    given = request.files.get("file")
    if given is None or not given.filename:
        raise Invalid(N_("Choose a file."), code="no_file", field="file")
    raw = given.stream.read(certified_mail.LARGEST + 1)
    return file_receipt.file_receipt(current_actor(), number, notice, int(form.body.data or 0), raw, now=now())


@bp.get("/segreteria/sedute/<int:number>/ricevute/<int:receipt_id>.eml")
@access(Permission.CONFERENCE_WATCH)
def receipt(number: int, receipt_id: int) -> Response:
    """A receipt as it was filed."""
    content = dispatch_log.receipt_content(current_actor(), number, receipt_id)
    response = Response(base64.b64decode(content), content_type="message/rfc822")
    response.headers["Content-Disposition"] = f'attachment; filename="ricevuta-{receipt_id}.eml"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
