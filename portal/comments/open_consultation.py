"""Open a consultation on a published version, with its duties: rules of behaviour, notice, snapshot (art. 9, 12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from portal.comments import term
from portal.comments.admission_models import AdmissionTerm
from portal.comments.consultation_events import ConsultationOpened
from portal.comments.models import Consultation
from portal.comments.rules import Admission
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.offices import COMMENTING_KINDS, BodyKind
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.plan.models import PlanVersion
from portal.plan.rules import VersionState
from portal.territory.freeze_snapshot import freeze_snapshot
from portal.territory.models import PopulationSnapshot

USUAL_LENGTH = timedelta(days=28)
LIMIT = 30_000


@dataclass(frozen=True)
class Conditions:
    """What the secretariat decides when it opens a consultation; without `opens_at` it opens at once."""

    title: str
    deadline_at: datetime
    admission: Admission
    body_kinds: tuple[BodyKind, ...]
    rules_text: str
    notice_text: str
    snapshot_id: int
    opens_at: datetime | None = None
    short_confirmed: bool = False
    working_days: int = term.USUAL_DAYS  # for deciding on admission, where that comes before publication
    patron_day: str = ""  # month and day, such as 09-19


@atomic()
def open_consultation(actor: Actor, version_id: int, conditions: Conditions, *, now: datetime) -> Consultation:
    """Put a version to the bodies from one instant to another; the population it counts with is frozen."""
    version = db.session.scalar(sa.select(PlanVersion).where(PlanVersion.id == version_id).with_for_update())
    if version is None:
        raise NotFound()
    require(actor, Permission.CONSULTATION_MANAGE)
    _check_version(version)
    opens_at = _check_window(conditions, now)
    kinds = _check_kinds(conditions.body_kinds)
    term.check_term(conditions.working_days, conditions.patron_day)

    consultation = Consultation(
        version_id=version.id,
        title=typed(conditions.title, field="title", limit=300),
        opens_at=opens_at,
        deadline_at=conditions.deadline_at,
        admission=conditions.admission,
        body_kinds=kinds,
        rules_text=typed(conditions.rules_text, field="rules_text", limit=LIMIT),
        notice_text=typed(conditions.notice_text, field="notice_text", limit=LIMIT),
        snapshot_id=_frozen(actor, conditions.snapshot_id, now).id,
    )
    db.session.add(consultation)
    db.session.flush()
    if consultation.admission is Admission.BEFORE:
        days, patron = conditions.working_days, conditions.patron_day
        db.session.add(AdmissionTerm(consultation_id=consultation.id, working_days=days, patron_day=patron))

    record(_opened(consultation), actor=actor, now=now)
    return consultation


def _check_version(version: PlanVersion) -> None:
    if version.state is not VersionState.PUBLISHED:
        raise Conflict(N_("Only a published version can be put to consultation. Publish it first."), field="version")
    if db.session.scalar(sa.select(Consultation.id).where(Consultation.version_id == version.id)):
        raise Conflict(N_("This version already has its consultation."), field="version")


def _check_window(conditions: Conditions, now: datetime) -> datetime:
    opens_at = conditions.opens_at or now
    if opens_at < now:
        raise Invalid(N_("The opening cannot lie in the past. Leave it empty to open now."), field="opens_at")
    if conditions.deadline_at <= opens_at:
        raise Invalid(N_("The deadline must come after the opening."), field="deadline_at")
    if conditions.deadline_at - opens_at < USUAL_LENGTH and not conditions.short_confirmed:
        raise Invalid(
            N_("This leaves less than 28 days, which is short for bodies that decide in council. Confirm it below."),
            code="short",
            field="short_confirmed",
        )
    return opens_at


def _check_kinds(kinds: Iterable[BodyKind]) -> list[str]:
    chosen = sorted(set(kinds))
    if not chosen:
        raise Invalid(N_("Choose at least one kind of body that can comment."), field="body_kinds")
    if not set(chosen) <= COMMENTING_KINDS:
        raise Invalid(N_("This kind of body does not send remarks."), field="body_kinds")
    return [kind.value for kind in chosen]


def _frozen(actor: Actor, snapshot_id: int, now: datetime) -> PopulationSnapshot:
    snapshot = db.session.get(PopulationSnapshot, snapshot_id)
    if snapshot is None:
        raise Invalid(N_("Choose the population that the consultation counts with."), field="snapshot")
    freeze_snapshot(actor, snapshot.id, now=now)
    return snapshot


def _opened(consultation: Consultation) -> ConsultationOpened:
    return ConsultationOpened(
        consultation_id=consultation.id,
        version_id=consultation.version_id,
        opens_at=consultation.opens_at,
        deadline_at=consultation.deadline_at,
        admission=consultation.admission.value,
        snapshot_id=consultation.snapshot_id,
        snapshot_date=db.session.get_one(PopulationSnapshot, consultation.snapshot_id).reference_date,
        rules_hash=text_digest(consultation.rules_text),
        notice_hash=text_digest(consultation.notice_text),
    )
