"""Consultations: when remarks are received, from whom, under which rules."""

from __future__ import annotations

from datetime import datetime

from portal.api import parameters as given
from portal.api import shapes
from portal.api.door import Described, Page, Values, cut, link, operation
from portal.api.plans import public_editions
from portal.comments import consultation_queries
from portal.comments.consultation_queries import Edition
from portal.kernel import clock
from portal.kernel.errors import NotFound
from portal.kernel.words import N_

GROUP = N_("Consultations")


@operation(
    "/consultations",
    N_("The consultations, by number."),
    Described(shapes.listed("Consultation"), GROUP, (given.LIMIT, given.AFTER_NUMBER)),
)
def consultations(limit: int, after: int) -> Page:
    """From after a number on."""
    rows = sorted(_held(), key=lambda edition: edition.consultation_id or 0)
    later = [edition for edition in rows if (edition.consultation_id or 0) > after]
    return cut([_consultation(e, clock.now()) for e in later], limit, lambda consultation: consultation["id"])


@operation(
    "/consultations/{consultation_id}",
    N_("One consultation with its rules, the extensions of its deadline and its report."),
    Described(shapes.named("WholeConsultation"), GROUP, in_path=(given.CONSULTATION,)),
)
def consultation(consultation_id: int) -> Values:
    """Its conditions."""
    edition = next((e for e in _held() if e.consultation_id == consultation_id), None)
    terms = consultation_queries.terms(consultation_id) if edition else None
    if edition is None or terms is None:
        raise NotFound()
    return {
        **_consultation(edition, clock.now()),
        "admission": terms.admission,
        "body_kinds": terms.body_kinds,
        "rules": terms.rules_text,
        "report": terms.report_text if terms.concluded_at else "",
        "population": {"source": terms.snapshot_source, "date": terms.snapshot_date},
        "extensions": [
            {
                "old_deadline_at": moved.old_deadline_at,
                "new_deadline_at": moved.new_deadline_at,
                "extended_at": moved.extended_at,
                "reason": moved.reason,
            }
            for moved in terms.extensions
        ],
    }


def _held() -> list[Edition]:
    return [edition for edition in public_editions().editions if edition.consultation_id]


def _consultation(edition: Edition, now: datetime) -> Values:
    return {
        "id": edition.consultation_id,
        "title": edition.consultation_title,
        "plan": edition.slug,
        "version": edition.number,
        "phase": edition.phase(now),
        "opens_at": edition.opens_at,
        "deadline_at": edition.deadline_at,
        "concluded_at": edition.concluded_at,
        "url": link("api.consultation", consultation_id=edition.consultation_id),
    }
