"""Writing a remark from one's seat: the same fields as on any other sheet, sent in one act."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from portal.conferences import queries as sittings
from portal.conferences.hall import standing
from portal.conferences.table import make_remark, sheet
from portal.conferences.table.make_remark import Made, Stage, Wanted
from portal.conferences.table.sheet import WriteSheet
from portal.forms.base import row_number
from portal.forms.labels import KIND_HINTS
from portal.forms.table import LIMITS, RemarkForm
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.web.comments import choosing
from portal.web.conferences.blueprint import Answer
from portal.web.door import access, attempt, bind, current_actor, current_actor_or_visitor, fresh, now
from portal.web.limits import SUBMIT, limiter
from portal.web.table.blueprint import back, bp

HINTS = {kind.value: hint for kind, hint in KIND_HINTS.items()}


def _person() -> str:
    return f"table:{current_actor_or_visitor().person_id}"


@bp.get("/sedute/<int:number>/osservazioni/scrivi")
@access(Permission.SIGNED_IN)
def write(number: int) -> str:
    """An empty sheet on the item in discussion, or on the one that the address names."""
    found, _ = _sheet(number)
    return _page(number, found, new_form(found))


@bp.post("/sedute/<int:number>/osservazioni/scrivi")
@access(Permission.SIGNED_IN)
@limiter.limit(SUBMIT, key_func=_person)  # all of a hall may come from one address
def send(number: int) -> Answer:
    """Send it; what cannot be sent comes back with what was typed."""
    form, actor = bind(RemarkForm), current_actor()
    wanted = (form.item_id, form.action_id, str(form.paragraph.data or ""))

    def verb() -> Made:
        point, key = form.point, str(form.client_key.data or "")
        return make_remark.make_remark(actor, number, Wanted(*wanted, point), key, now=now())

    made = attempt(form, verb)
    if made is None:
        found, _ = _sheet(number, *wanted)
        return _page(number, found, form), 422
    flash(told(made))
    return redirect(back(number, "partecipa"), 303)


def told(made: Made) -> str:
    """What became of it, with its number and receipt if it was sent."""
    match made.stage:
        case Stage.SENT:
            return gettext("Remark no. %(number)s was sent. Receipt: %(code)s.", number=made.number, code=made.code)
        case Stage.READY:
            return gettext("Your remark is ready: whoever signs for your body finds it on the desk and sends it.")
        case Stage.DRAFT:
            return gettext("The consultation is not open yet: your remark is a draft of your body, to be sent then.")


def new_form(found: WriteSheet) -> RemarkForm:
    """An empty form on a sheet."""
    return fresh(
        RemarkForm,
        item=found.item.id,
        action=found.action[0] if found.action else "",
        paragraph=found.text.paragraph_key if found.text else "",
        client_key=str(uuid.uuid4()),
        kind=None,
    )


def _sheet(
    number: int, item_id: int | None = None, action_id: int | None = None, paragraph: str = ""
) -> tuple[WriteSheet, Actor]:
    actor = current_actor()
    sittings.sitting(actor, number)
    held = standing.standing(actor, number)
    found = sheet.write_sheet(
        standing.acting(actor, held),
        number,
        item_id=item_id or row_number(request.args.get("punto")) or None,
        action_id=action_id or row_number(request.args.get("azione")) or None,
        paragraph=paragraph or request.args.get("comma", ""),
        now=now(),
    )
    if found is None:
        raise NotFound()
    return found, actor


def _page(number: int, found: WriteSheet, form: RemarkForm) -> str:
    chosen = choosing.chosen_in(form.passages.data or ())
    spot = found.spot
    return render_template(
        "table/write.html",
        number=number,
        sheet=found,
        form=form,
        spot=spot,
        board=choosing.board_of(spot, chosen) if spot else choosing.EMPTY,
        hints=HINTS,
        limits=LIMITS,
        cancel=url_for("table.remarks", number=number),
    )
