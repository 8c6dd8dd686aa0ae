"""Receipts: the page one keeps, the content it commits to, and the check that anybody can make."""

from __future__ import annotations

import re

from flask import Response, current_app, render_template, request, url_for
from flask_babel import gettext

from portal.comments import attachments, letter_sources, receipts, spoken
from portal.comments.anchors import anchors_of
from portal.comments.receipts import CONTENT_LIMIT, Check, Receipt
from portal.comments.rules import Admission
from portal.comments.spoken import Speech
from portal.conferences.minutes import queries as minutes
from portal.conferences.minutes.queries import MinutesPage
from portal.config import Settings
from portal.forms.comments import CheckForm
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.permissions import Permission, can
from portal.voting import receipts as ballots
from portal.voting.receipts import BallotReceipt
from portal.web import papers, pdf, qr
from portal.web.comments.blueprint import bp
from portal.web.door import access, attempt, bind, current_actor
from portal.web.limits import SUBMIT, limiter

FINGERPRINT = re.compile(r"^[0-9a-fA-F]{64}$")


@bp.get("/ricevute/<code>")
@access(Permission.PUBLIC_READ)
def receipt(code: str) -> str:
    """What was received, when, under which number and fingerprint, and what happens next."""
    actor = current_actor()
    found = receipts.receipt(actor, code)
    return render_template(
        "comments/receipt.html",
        receipt=found,
        speeches=_speeches(found),
        files=attachments.of_submission(actor, found.submission_id),
        source=letter_sources.source_of(actor, found.submission_id),
        qr_code=qr.code(_address(found)),
        before=found.admission is Admission.BEFORE,
        just_sent=bool(request.args.get("inviata")) and can(actor, Permission.COMMENT_READ_OWN, found.body_id),
    )


def _speeches(found: Receipt) -> dict[int, Speech]:
    """The plan's wording that each remark speaks of, which is public, by number."""
    rows = anchors_of(point.id for point in found.points)
    return {point.number: spoken.speech(point, point.wording, rows.get(point.id, ())) for point in found.points}


@bp.get("/ricevute/<code>/ricevuta.pdf")
@access(Permission.PUBLIC_READ)
@limiter.limit(SUBMIT)
def receipt_pdf(code: str) -> Response:
    """The same as a tagged document to print and file, with a code that leads back to the page."""
    actor = current_actor()
    found = receipts.receipt(actor, code)
    html = render_template(
        "comments/receipt_print.html",
        receipt=found,
        speeches=_speeches(found),
        files=attachments.of_submission(actor, found.submission_id),
        source=letter_sources.source_of(actor, found.submission_id),
        address=_address(found),
        qr_code=qr.code(_address(found)),
    )
    answer = Response(pdf.document(html), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="ricevuta-{found.code}.pdf"'
    return answer


def _address(found: Receipt) -> str:
    """Where the page of the receipt is for everybody."""
    settings: Settings = current_app.extensions["settings"]
    return settings.public_url + url_for(".receipt", code=found.code)


@bp.get("/ricevute/<code>/contenuto.json")
@access(Permission.PUBLIC_READ)
def content(code: str) -> Response:
    """The canonical content, byte for byte."""
    actor = current_actor()
    found = receipts.receipt(actor, code)
    answer = Response(receipts.content(actor, code), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="ricevuta-{found.code}.json"'
    return answer


@bp.route("/verifica", methods=["GET", "POST"])
@access(Permission.PUBLIC_READ)
@limiter.limit(SUBMIT, methods=["POST"])
def verify() -> str | tuple[str, int]:
    """Check a code, a fingerprint or a content; nothing is stored."""
    form = bind(CheckForm, given=request.args.get("q", ""))
    if request.method == "POST":
        upload = request.files.get("file")
        if upload and upload.filename:
            form.given.process_data(upload.stream.read(CONTENT_LIMIT + 1).decode("utf-8", "replace"))
            form.given.raw_data = [form.given.data]
    signed = _minutes(str(form.given.data or ""))
    if signed:
        return render_template("minutes/verified.html", form=form, page=signed)
    paper = papers.found(str(form.given.data or ""))
    if paper:
        return render_template("requests/verified.html", page=paper)
    ballot = _ballot(str(form.given.data or ""))
    if ballot:
        return render_template("comments/verify.html", form=form, check=None, ballot=ballot)
    if request.method == "POST":
        found = attempt(form, lambda: _check(str(form.given.data)))
    else:
        found = _looked_up(form) if form.given.data else None
    shown = render_template("comments/verify.html", form=form, check=found, ballot=None)
    return (shown, 422) if form.errors or form.refusals else shown


def _looked_up(form: CheckForm) -> Check | None:
    try:
        return _check(str(form.given.data))
    except Invalid as error:
        form.refuse(error)
        return None


def _minutes(given: str) -> MinutesPage | None:
    """What was given may be the fingerprint of published minutes, or the file it belongs to."""
    sha256 = given.strip().lower() if FINGERPRINT.match(given.strip()) else text_digest(given)
    found = minutes.by_fingerprint(sha256)
    try:
        return minutes.minutes(current_actor(), *found) if found else None
    except NotFound:
        return None


def _ballot(given: str) -> BallotReceipt | None:
    """What was given may be the code or the fingerprint of a ballot's receipt."""
    given = given.strip()
    if not (ballots.looks_like_code(given) or FINGERPRINT.match(given)):
        return None
    try:
        return ballots.receipt(given)
    except NotFound:
        return None


def _check(given: str) -> Check:
    if len(given) > CONTENT_LIMIT:
        raise Invalid(gettext("This file is too large to be a receipt."), field="given")
    return receipts.check(current_actor(), given)
