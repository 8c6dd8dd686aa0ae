"""Pages of consultations: conditions and figures for everybody; opening, extending, concluding for the secretariat."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from portal.comments import conclude, consultation_queries, duties, extend, open_consultation, term_queries
from portal.comments.consultation_queries import Edition, Terms
from portal.comments.open_consultation import Conditions
from portal.comments.rules import Admission, Phase
from portal.comments.term import USUAL_DAYS
from portal.forms.base import options
from portal.forms.consultations import ConcludeConsultation, ExtendConsultation, OpenConsultation
from portal.kernel import clock
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.offices import BodyKind
from portal.kernel.permissions import Permission
from portal.kernel.words import N_
from portal.plan.rules import VersionState
from portal.territory import queries as territory
from portal.web import editions
from portal.web.cache import public_page
from portal.web.door import access, attempt, bind, current_actor, now
from portal.web.figures import counted
from portal.web.labels import label

bp = Blueprint("consultations", __name__)
Answer = str | BaseResponse | tuple[str, int]


@bp.get("/piano/consultazione")
@bp.get("/piano/v<int:number>/consultazione")
@bp.get("/piani/<slug>/consultazione")
@bp.get("/piani/<slug>/v<int:number>/consultazione")
@access(Permission.PUBLIC_READ)
@public_page
def consultation(slug: str | None = None, number: int | None = None) -> str:
    """The conditions of a consultation and its figures; once concluded, the closing report."""
    edition = editions.edition(slug, number)
    terms = _terms(edition.consultation_id)
    running = term_queries.terms(terms.id)
    return render_template(
        "consultations/consultation.html",
        edition=edition,
        scope=editions.address(edition),
        terms=terms,
        stands=terms.phase(now()),
        kinds=[label(BodyKind(kind)).text for kind in terms.body_kinds],
        counted=counted(terms.id, terms.snapshot_id),
        term=running[0] if running else None,
        overdue=term_queries.overdue_count(now(), running),
    )


def _terms(consultation_id: int | None) -> Terms:
    terms = consultation_queries.terms(consultation_id) if consultation_id is not None else None
    if terms is None:
        raise NotFound()
    return terms


@bp.get("/segreteria/consultazioni")
@access(Permission.CONSULTATION_MANAGE)
def desk() -> str:
    """All consultations, and the published versions that have none yet."""
    shelf = editions.shelf().editions
    return render_template(
        "consultations/desk.html",
        running=[e for e in shelf if e.consultation_id is not None],
        free=[e for e in shelf if e.consultation_id is None and e.state is VersionState.PUBLISHED],
    )


@bp.route("/segreteria/consultazioni/nuova/<int:version_id>", methods=["GET", "POST"])
@access(Permission.CONSULTATION_MANAGE)
def open_new(version_id: int) -> Answer:
    """Open a consultation on a published version."""
    edition = _published(version_id)
    form = bind(
        OpenConsultation,
        title=gettext("Consultation on: %(title)s", title=edition.title)[:300],
        rules_text=gettext(duties.RULES),
        notice_text=gettext(duties.NOTICE),
    )
    form.snapshot.choices = options((s.id, f"{s.source}, {s.reference_date:%d/%m/%Y}") for s in territory.snapshots())
    page = ("consultations/open.html", {"form": form, "edition": edition})
    return _act(form, lambda: _open(form, version_id), gettext("The consultation is open."), page)


def _published(version_id: int) -> Edition:
    found = next((e for e in editions.shelf().editions if e.version_id == version_id), None)
    if found is None or found.state is not VersionState.PUBLISHED:
        raise NotFound()
    return found


def _open(form: OpenConsultation, version_id: int) -> object:
    if form.snapshot.data is None:
        raise Invalid(N_("There is no population snapshot yet: import one first."), field="snapshot")
    conditions = Conditions(
        title=form.title.data or "",
        deadline_at=_deadline(form),
        admission=Admission(form.admission.data),
        body_kinds=tuple(BodyKind(kind) for kind in form.body_kinds.data or ()),
        rules_text=form.rules_text.data or "",
        notice_text=form.notice_text.data or "",
        snapshot_id=form.snapshot.data,
        opens_at=clock.from_form(form.opens_at.data) if form.opens_at.data else None,
        short_confirmed=bool(form.short_confirmed.data),
        working_days=USUAL_DAYS if form.working_days.data is None else form.working_days.data,
        patron_day=form.patron,
    )
    return open_consultation.open_consultation(current_actor(), version_id, conditions, now=now())


def _deadline(form: OpenConsultation | ExtendConsultation) -> datetime:
    assert form.deadline_day.data is not None and form.deadline_at.data is not None  # the form requires both
    return clock.at_rome(form.deadline_day.data, form.deadline_at.data)


@bp.route("/segreteria/consultazioni/<int:consultation_id>/proroga", methods=["GET", "POST"])
@access(Permission.CONSULTATION_MANAGE)
def give_more_time(consultation_id: int) -> Answer:
    """Move the deadline while it has not passed."""
    terms = _terms(consultation_id)
    form = bind(ExtendConsultation)
    page = ("consultations/extend.html", {"form": form, "terms": terms})
    return _act(
        form,
        lambda: extend.extend(current_actor(), consultation_id, _deadline(form), form.reason.data or "", now=now()),
        gettext("The deadline has been moved, and the reason is public."),
        page,
    )


@bp.route("/segreteria/consultazioni/<int:consultation_id>/conclusione", methods=["GET", "POST"])
@access(Permission.CONSULTATION_MANAGE)
def close(consultation_id: int) -> Answer:
    """Approve the closing report."""
    terms = _terms(consultation_id)
    form = bind(ConcludeConsultation)
    can_close = terms.phase(now()) is Phase.CLOSED
    page = (
        "consultations/conclude.html",
        {"form": form, "terms": terms, "can_close": can_close, "counted": counted(terms.id, terms.snapshot_id)},
    )
    return _act(form, lambda: _close(form, consultation_id), gettext("The consultation is concluded."), page)


def _close(form: ConcludeConsultation, consultation_id: int) -> object:
    if not form.confirmed.data:
        raise Invalid(N_("Confirm that the consultation is concluded."), field="confirmed")
    return conclude.conclude(current_actor(), consultation_id, form.report_text.data or "", now=now())


def _act(form: Any, verb: Any, said: str, page: tuple[str, dict[str, Any]]) -> Answer:
    """Show the form, or carry out the command and go back to the desk."""
    template, context = page
    if request.method == "GET":
        return render_template(template, **context)
    if attempt(form, verb) is None:
        return render_template(template, **context), 422
    flash(said)
    return redirect(url_for(".desk"), 303)
