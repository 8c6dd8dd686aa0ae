"""Figures of a consultation or of one action in it, and the closing report: as pages, as CSV, as tagged PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from portal.comments import consultation_queries
from portal.comments.consultation_queries import Edition, Terms
from portal.comments.figures import figures
from portal.comments.rules import CommentState, Phase
from portal.drafting.rules import Outcome
from portal.kernel.clock import local_day
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, can
from portal.plan import queries as plans
from portal.plan.queries import ActionRow
from portal.records import report_csv
from portal.records.breakdown import Breakdown, Tally, breakdown
from portal.records.by_theme import Themes, by_theme
from portal.web import editions, pdf
from portal.web.cache import derived, public_page
from portal.web.door import access, current_actor, now
from portal.web.labels import label
from portal.web.limits import SUBMIT, limiter

bp = Blueprint("records", __name__)
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Subject:
    """What is counted: a consultation with its edition and terms, perhaps one action alone."""

    edition: Edition
    terms: Terms
    scope: dict[str, Any]
    action: ActionRow | None
    counted: Breakdown

    @property
    def address(self) -> dict[str, Any]:
        """What `url_for` needs to come back here."""
        return {**self.scope, "azione": self.action.code} if self.action else self.scope


def everywhere(ending: str) -> Callable[[View], View]:
    """Under the main plan, under a version of it, under another plan: the same addresses as the plan's pages."""

    def route(view: View) -> View:
        for start in ("/piano", "/piano/v<int:number>", "/piani/<slug>", "/piani/<slug>/v<int:number>"):
            bp.add_url_rule(f"{start}/consultazione/{ending}", view_func=view, methods=["GET"])
        return view

    return route


@everywhere("cifre")
@access(Permission.PUBLIC_READ)
@public_page
def figures_page(slug: str | None = None, number: int | None = None) -> str:
    """Everything that can be counted, with a drawing beside each table."""
    subject = _subject(slug, number)
    return render_template("records/figures.html", subject=subject, **_shown(subject))


@everywhere("cifre.csv")
@access(Permission.PUBLIC_READ)
def figures_csv(slug: str | None = None, number: int | None = None) -> Response:
    """The same figures, one a row."""
    subject = _subject(slug, number)
    name = f"cifre-{subject.action.code}" if subject.action else "cifre"
    return _file(
        subject, name, "csv", report_csv.written(subject.counted, _words, _told(subject)), "text/csv; charset=utf-8"
    )


@everywhere("relazione")
@access(Permission.PUBLIC_READ)
@public_page
def report(slug: str | None = None, number: int | None = None) -> str | BaseResponse:
    """The closing report; until it is approved, the office alone reads what it would say today."""
    subject = _reported(slug, number)
    return render_template("records/report.html", subject=subject, **_shown(subject))


@everywhere("relazione.pdf")
@access(Permission.PUBLIC_READ)
@limiter.limit(SUBMIT)
def report_pdf(slug: str | None = None, number: int | None = None) -> Response:
    """The same report as a tagged document to print and file."""
    subject = _reported(slug, number)
    html = render_template("records/report_print.html", subject=subject, **_shown(subject))
    return _file(subject, "relazione", "pdf", pdf.document(html), "application/pdf")


@everywhere("relazione.csv")
@access(Permission.PUBLIC_READ)
def report_csv_file(slug: str | None = None, number: int | None = None) -> Response:
    """The figures of the report, one a row."""
    subject = _reported(slug, number)
    text = report_csv.written(subject.counted, _words, _told(subject))
    return _file(subject, "relazione", "csv", text, "text/csv; charset=utf-8")


def _reported(slug: str | None, number: int | None) -> Subject:
    subject = _subject(slug, number, of_action=False)
    if subject.terms.concluded_at is None and not can(current_actor(), Permission.CONSULTATION_MANAGE):
        raise NotFound()
    return subject


def _subject(slug: str | None, number: int | None, *, of_action: bool = True) -> Subject:
    edition = editions.edition(slug, number)
    terms = consultation_queries.terms(edition.consultation_id) if edition.consultation_id is not None else None
    if terms is None:
        raise NotFound()
    code = request.args.get("azione", "").strip() if of_action else ""
    action = _action(edition, code) if code else None
    key = f"breakdown {action.id}" if action else "breakdown"
    counted = derived(
        key, terms.id, lambda: breakdown(terms.id, terms.snapshot_id, action_id=action.id if action else None)
    )
    return Subject(edition, terms, editions.address(edition), action, counted)


def _action(edition: Edition, code: str) -> ActionRow:
    found = plans.tree(edition.version_id, edition.mark).action(code)
    if found is None:
        raise NotFound()
    return found


def _shown(subject: Subject) -> dict[str, Any]:
    counted, terms = subject.counted, subject.terms
    stands = terms.phase(now())
    return {
        "themes": _themes(subject, stands),
        "counted": counted,
        "terms": terms,
        "stands": stands,
        "concluded": stands is Phase.CONCLUDED,
        "late": figures(terms.id).late,
        "states": [(label(state).text, counted.states[state]) for state in CommentState if state in counted.states],
        "kinds": _named(counted.kinds),
        "body_kinds": _named(counted.body_kinds),
        "outcomes": [(label(one).text, counted.outcomes[one]) for one in Outcome if one in counted.outcomes],
        "sums": [(_sum_words()[name], found, due) for name, found, due in counted.sums()],
        "actions": plans.tree(subject.edition.version_id, subject.edition.mark).actions,
        "made_at": terms.concluded_at or now(),
    }


def _told(subject: Subject) -> list[tuple[str, Tally]]:
    found = _themes(subject, subject.terms.phase(now()))
    return found.rows if found else []


def _themes(subject: Subject, stands: Phase | None) -> Themes | None:
    """The drafting team's themes: for the offices at once, for everybody once the consultation is concluded."""
    if stands is not Phase.CONCLUDED and not can(current_actor(), Permission.ANSWER_READ):
        return None
    terms, action_id = subject.terms, subject.action.id if subject.action else None
    found = derived(f"themes {action_id}", terms.id, lambda: by_theme(terms.id, action_id))
    return found if found.rows else None


def _named(found: dict[Any, Any]) -> list[tuple[str, Any]]:
    rows = [(label(key).text, tally) for key, tally in found.items()]
    return sorted(rows, key=lambda row: (-row[1].remarks, row[0]))


def _sum_words() -> dict[str, str]:
    return {
        "numbers": gettext("remarks that have a number"),
        "states": gettext("remarks by state"),
        "kinds": gettext("remarks by kind"),
        "body_kinds": gettext("remarks by kind of body"),
        "actions": gettext("remarks by action, and on the rest of the plan"),
        "days": gettext("remarks by day"),
    }


def _words(value: Enum) -> str:
    return label(value).text


def _file(subject: Subject, name: str, kind: str, content: str | bytes, mimetype: str) -> Response:
    demo = bool(current_app.extensions["settings"].demo)
    mark = "-dati-dimostrativi" if demo else ""
    response = Response(content, content_type=mimetype)
    day = local_day(subject.terms.concluded_at or now()).isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="{name}{mark}-{day}.{kind}"'
    return response
