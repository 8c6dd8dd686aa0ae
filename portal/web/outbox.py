"""The local outbox: what would have been mailed, where no mail server is set. Elsewhere there is no such page."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request

from portal.config import Settings
from portal.jobs import queries
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.web.door import access
from portal.web.mailbox import words_of
from portal.web.numbers import asked

bp = Blueprint("outbox", __name__, url_prefix="/posta")
PAGE = 25


@bp.before_request
def only_without_a_server() -> None:
    """Messages hold sign-in addresses: they are shown in a demonstration that keeps its mail, and nowhere else."""
    settings: Settings = current_app.extensions["settings"]
    if settings.production or not settings.demo or not settings.mail_url.startswith("outbox"):
        raise NotFound()


@bp.get("")
@access(Permission.PUBLIC_READ)
def messages() -> str:
    """The newest messages, to everybody or to one address."""
    recipient = request.args.get("a", "")[:254]
    before = asked("prima")
    found = queries.messages(recipient, before=before, limit=PAGE + 1)
    older = found[PAGE - 1].id if len(found) > PAGE else None
    return render_template(
        "outbox/messages.html", messages=found[:PAGE], recipient=recipient, older=older, is_first=before is None
    )


@bp.get("/<int:mail_id>")
@access(Permission.PUBLIC_READ)
def message(mail_id: int) -> str:
    """One message as its reader would see it."""
    found = queries.message(mail_id)
    if found is None:
        raise NotFound()
    return render_template("outbox/message.html", message=found, **words_of(found))
