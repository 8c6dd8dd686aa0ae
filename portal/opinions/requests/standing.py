"""How a request to the Forum stands: its term, its stage, its documents, what keeps the Council from going on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.db import db
from portal.kernel.errors import Conflict
from portal.kernel.words import N_
from portal.opinions.models import OpinionRequest
from portal.opinions.requests import queries, rules, steps
from portal.opinions.requests.models import ForumDocument, ForumInterruption, ForumTerm, ForumWithdrawal
from portal.opinions.requests.rules import DocumentKind, Facts, Interruption, Reason, Stage, Step, Term


@dataclass(frozen=True)
class Standing:
    """A request at an instant."""

    term: Term
    stage: Stage  # how far the Forum has come
    steps: Mapping[Step, datetime]
    suspended: bool  # the Forum waits for the Council
    withdrawn: bool
    expired: bool  # the term is over, and nothing had been transmitted
    late: bool  # the opinion went, or will go, to the Council after the end of the term
    days_left: int | None
    opinion: int | None  # the row of the document that holds
    certificate: int | None
    transmitted_at: datetime | None
    reasons: tuple[Reason, ...]

    @property
    def due_at(self) -> datetime | None:
        """The end of the term, or none while the Forum waits for the Council."""
        return self.term.due_at

    @property
    def shown(self) -> Stage:
        """What a list says of it in one word."""
        if self.withdrawn:
            return Stage.WITHDRAWN
        if self.stage in {Stage.TRANSMITTED, Stage.ANSWERED}:
            return self.stage
        if self.suspended:
            return Stage.SUSPENDED
        return Stage.EXPIRED if self.expired else self.stage

    @property
    def is_running(self) -> bool:
        """True while the Forum may still work on its opinion, late or not."""
        return not self.withdrawn and self.transmitted_at is None


def standing(request_id: int, now: datetime) -> Standing:
    """How a request stands."""
    term, taken = term_of(request_id), steps.taken(request_id)
    withdrawn = db.session.get(ForumWithdrawal, request_id, populate_existing=True) is not None
    opinion, certificate = _holding(request_id, taken), _last(request_id, DocumentKind.CERTIFICATE)
    transmitted_at = opinion.transmitted_at if opinion else None
    suspended = not withdrawn and term.due_at is None
    over = not withdrawn and term.is_over(now)
    late = bool(opinion and opinion.late) if transmitted_at else over
    left = rules.days_left(term.due_at, now) if term.due_at else None
    facts = Facts(
        withdrawn=withdrawn,
        suspended=suspended,
        over=over,
        certified=certificate is not None,
        drawn=opinion is not None,
        transmitted=transmitted_at is not None,
        adopted=Step.ADOPTED in taken,
        days_left=left,
    )
    return Standing(
        term=term,
        stage=rules.stage(taken, transmitted=transmitted_at is not None, answered=_answered(request_id)),
        steps=taken,
        suspended=suspended,
        withdrawn=withdrawn,
        expired=certificate is not None or (over and transmitted_at is None),
        late=late,
        days_left=left,
        opinion=opinion.id if opinion else None,
        certificate=certificate.id if certificate else None,
        transmitted_at=transmitted_at,
        reasons=rules.blocked(facts),
    )


def term_of(request_id: int) -> Term:
    """The days that the Forum has."""
    received_at = db.session.scalar(sa.select(OpinionRequest.received_at).where(OpinionRequest.id == request_id))
    row = db.session.get_one(ForumTerm, request_id, populate_existing=True)
    broken = db.session.get(ForumInterruption, request_id, populate_existing=True)
    assert received_at is not None  # every term belongs to a request
    interruption = Interruption(broken.asked_at, broken.answered_at) if broken else None
    return Term(received_at, row.days, row.extra_days, interruption)


def check_running(request_id: int, now: datetime) -> Standing:
    """Refuse what can no longer be done to a request that was taken back, or whose opinion is with the Council."""
    found = standing(request_id, now)
    if found.withdrawn:
        raise Conflict(N_("The Council took this request back: nothing more is done about it."), code="withdrawn")
    if found.transmitted_at is not None:
        raise Conflict(N_("The opinion is with the Council: nothing more is done about it."), code="transmitted")
    return found


def _last(request_id: int, kind: DocumentKind) -> ForumDocument | None:
    query = sa.select(ForumDocument).where(ForumDocument.request_id == request_id, ForumDocument.kind == kind)
    query = query.order_by(ForumDocument.number.desc()).limit(1)
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def _holding(request_id: int, taken: Mapping[Step, datetime]) -> ForumDocument | None:
    """The last opinion, unless the vote it tells of was annulled or repeated since."""
    last, adopted = _last(request_id, DocumentKind.OPINION), taken.get(Step.ADOPTED)
    return last if last and adopted and last.drawn_at >= adopted else None


def _answered(request_id: int) -> bool:
    numbers = [int(one["number"]) for one in queries.remarks(request_id)]
    found = queries.answers(request_id)
    return rules.is_answered(numbers, {number: one.outcome for number, one in found.items()})
