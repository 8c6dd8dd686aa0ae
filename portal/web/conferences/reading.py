"""Conferences and sittings for everybody: what is convened, with its agenda, its papers and its frozen notices."""

from __future__ import annotations

from flask import Response, render_template
from werkzeug.wrappers import Response as BaseResponse

from portal.conferences import accreditation_queries, queries, requests
from portal.conferences.queries import Announced, NoticeRow
from portal.conferences.rules import SittingState
from portal.conferences.wording import legal_number
from portal.kernel.canonical import encode
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, can
from portal.opinions import queries as opinions
from portal.records.minutes import concluded
from portal.web import editions, pdf
from portal.web.cache import public_page
from portal.web.conferences.blueprint import bp
from portal.web.door import access, current_actor, now
from portal.web.limits import SUBMIT, limiter
from portal.web.uploads import sent

_AHEAD = {SittingState.PLANNED, SittingState.CONVENED, SittingState.CANCELLED}


@bp.get("/conferenze")
@access(Permission.PUBLIC_READ)
@public_page
def index() -> str:
    """Sittings to come, those that were, and what mayors ask for."""
    actor = current_actor()
    rows = queries.sittings(actor)
    coming = [row for row in rows if not row.is_over(now())]
    return render_template(
        "conferences/index.html",
        coming=coming[::-1],
        past=[row for row in rows if row.is_over(now())],
        asked=requests.requests(actor, now=now()),
        may_ask=can(actor, Permission.CONVOCATION_ASK),
        called=accreditation_queries.called(actor, now()),
    )


@bp.get("/conferenze/<int:number>")
@access(Permission.PUBLIC_READ)
@public_page
def conference(number: int) -> str:
    """What a conference is for, on which actions, and its sittings."""
    actor = current_actor()
    found = queries.conference(actor, number)
    edition = next((e for e in editions.shelf().editions if e.version_id == found.version_id), None)
    return render_template(
        "conferences/conference.html",
        conference=found,
        edition=edition,
        scope=editions.address(edition) if edition else {},
        actions=queries.actions_of(number),
        sittings=queries.sittings(actor, conference=number)[::-1],
    )


@bp.get("/sedute/<int:number>")
@access(Permission.PUBLIC_READ)
@public_page
def sitting(number: int) -> str:
    """A sitting as it was convened: when, where, on what, with which papers, who is called."""
    actor = current_actor()
    found = queries.announced(actor, number)
    plan = found.convocation.content["plan"]
    edition = next((e for e in editions.shelf().editions if plan and e.version_id == plan["id"]), None)
    return render_template(
        "conferences/sitting.html",
        found=found,
        content=found.convocation.content,
        scope=editions.address(edition) if edition else None,
        legal=legal_number(found.rule.quorum),
        over=found.row.is_over(now()),
        counts=accreditation_queries.counts(number),
        remote_link="" if actor.is_anonymous else queries.remote_link(actor, number),
        own=_own_seat(number),
        has_badge=accreditation_queries.has_badge(actor, number),
        opinions=opinions.of_sitting(number),
        concluded=concluded.concluded(actor, number) if _may_have_ended(found) else [],
    )


def _may_have_ended(found: Announced) -> bool:
    """True once a call can be over: the state says so, or the next of several calls is awaited."""
    awaited = len(found.calls) > 1 and found.calls[0] < now()
    return found.row.state not in _AHEAD or (found.row.state is SittingState.CONVENED and awaited)


def _own_seat(number: int) -> accreditation_queries.Own | None:
    actor = current_actor()
    if actor.acting is None or not can(actor, Permission.ACCREDITATION_NAME):
        return None
    try:
        return accreditation_queries.own(actor, number, now=now())
    except NotFound:
        return None


@bp.get("/sedute/<int:number>/avvisi/<int:notice>")
@access(Permission.PUBLIC_READ)
def notice(number: int, notice: int) -> str:
    """One notice exactly as it was sent."""
    found, row = _notice(number, notice)
    return _drawn("conferences/notice.html", found, row)


@bp.get("/sedute/<int:number>/avvisi/<int:notice>.pdf")
@access(Permission.PUBLIC_READ)
@limiter.limit(SUBMIT)
def notice_pdf(number: int, notice: int) -> BaseResponse:
    """The same as a tagged document to print, sign and file."""
    found, row = _notice(number, notice)
    response = Response(
        pdf.document(_drawn("conferences/notice_print.html", found, row)), content_type="application/pdf"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="seduta-{number}-avviso-{notice}.pdf"'
    return response


@bp.get("/sedute/<int:number>/avvisi/<int:notice>.json")
@access(Permission.PUBLIC_READ)
def notice_json(number: int, notice: int) -> BaseResponse:
    """The bytes whose fingerprint is written in the record."""
    _, row = _notice(number, notice)
    response = Response(encode(row.content), content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="seduta-{number}-avviso-{notice}.json"'
    return response


def _drawn(template: str, found: Announced, row: NoticeRow) -> str:
    first, legal = found.convocation.content, legal_number(found.rule.quorum)
    return render_template(template, found=found, notice=row, first=first, legal=legal)


def _notice(number: int, notice: int) -> tuple[Announced, NoticeRow]:
    found = queries.announced(current_actor(), number)
    row = next((one for one in found.notices if one.number == notice), None)
    if row is None:
        raise NotFound()
    return found, row


@bp.get("/sedute/<int:number>/atti/<int:paper_id>/<name>")
@access(Permission.PUBLIC_READ)
def paper(number: int, paper_id: int, name: str) -> Response:
    """A paper; its bytes have the fingerprint that the notice names."""
    found = queries.paper(current_actor(), number, paper_id)
    if found.name != name:
        raise NotFound()
    return sent(found.sha256, found.kind, found.name)
