"""The page of a body that is called: it confirms who sits, or names a delegate for this very sitting."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.conferences import accredit as verb
from portal.conferences import accreditation_queries, queries
from portal.conferences.accreditation_queries import Own
from portal.conferences.accreditation_rules import Presence
from portal.conferences.queries import Announced
from portal.files import queries as files
from portal.forms.accreditation import NameForm
from portal.kernel.permissions import Permission
from portal.web.conferences.blueprint import Answer, at_once, bp, carried_out, file_if_any
from portal.web.door import access, bind, current_actor, now, store
from portal.web.labels import label
from portal.web.uploads import sent


@bp.route("/sedute/<int:number>/accredito", methods=["GET", "POST"])
@access(Permission.ACCREDITATION_NAME)
def accredit(number: int) -> Answer:
    """Say who comes, before the deadline."""
    actor = current_actor()
    found = queries.announced(actor, number)
    own = accreditation_queries.own(actor, number, now=now())
    form = bind(NameForm, **_defaults(own, found))
    form.candidate.choices = [
        SelectChoice(one.mandate_id, f"{one.name}, {label(one.office).text}") for one in own.candidates
    ]
    return carried_out(
        form,
        lambda: _propose(number, form),
        lambda: _page(found, own, form),
        gettext("Recorded. The secretariat checks it and writes to who takes part."),
        url_for(".accredit", number=number),
    )


def _defaults(own: Own, found: Announced) -> dict[str, object]:
    by_right = next((one for one in own.candidates if one.office in own.rule.sits), None)
    remote = found.row.mode.value == "remote"
    chosen = {"candidate": by_right.mandate_id} if by_right else {}
    return {**chosen, "presence": (Presence.REMOTE if remote else Presence.ROOM).value}


def _propose(number: int, form: NameForm) -> object:
    with file_if_any() as (document, name):
        wanted = verb.Proposal(
            mandate_id=int(form.candidate.data or 0),
            presence=Presence(str(form.presence.data)),
            title=str(form.title.data or ""),
            document=document,
            document_name=name,
        )
        return verb.propose(current_actor(), number, wanted, store=store(), now=now())


def _page(found: Announced, own: Own, form: NameForm) -> str:
    acting = current_actor().acting
    return render_template(
        "conferences/accredit.html",
        found=found,
        own=own,
        form=form,
        open=now() <= found.delegations_close_at and found.cancellation is None,
        may_name=acting is not None and acting.office in own.rule.sits,
        sits=[one for one in own.candidates if one.office in own.rule.sits],
        sent=[one for one in own.candidates if one.office not in own.rule.sits],
    )


@bp.post("/sedute/<int:number>/accredito/ritiro")
@access(Permission.ACCREDITATION_NAME)
def take_back(number: int) -> Response:
    """Take the proposal back while the secretariat has not decided."""
    return at_once(
        lambda: verb.take_back(current_actor(), number, now=now()),
        url_for(".accredit", number=number),
        gettext("The proposal is taken back."),
    )


@bp.get("/sedute/<int:number>/deleghe/<int:accreditation_id>/<name>")
@access(Permission.SIGNED_IN)
def delegation(number: int, accreditation_id: int, name: str) -> Response:
    """The signed delegation, for the body and the secretariat."""
    row = accreditation_queries.document(current_actor(), number, accreditation_id, name)
    assert row.document_sha256 is not None  # asked for above
    return sent(row.document_sha256, files.kind_of(row.document_sha256), row.document_name)
