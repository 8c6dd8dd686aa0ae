"""Register a letter: from here on it is a submission like any other, made on behalf of its body."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.comments import points, registration_rules, sending
from portal.comments.events import LetterRegistered
from portal.comments.letter_drafts import letter_for_update, locked, passages_of, points_of
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.points import Point
from portal.comments.receiving import Signed, receive
from portal.comments.registration_models import Registration, RegistrationDocument, RegistrationPoint
from portal.comments.registration_rules import Owner, Part, RegistrationState
from portal.comments.rules import CommentKind
from portal.db import atomic, db
from portal.files.models import StoredFile
from portal.files.rules import MEDIA
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import salt, text_digest
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.kernel.words import N_, Words


@atomic()
def register(actor: Actor, letter_id: int, revision: int, *, now: datetime) -> str:
    """Make the letter a submission and return the code of its receipt; asked again, the same code.

    Statute art. 12-13, 32 c.7: it is late if it came late, by its protocol, not if it was registered late.
    """
    known = _code_of(locked(actor, letter_id))
    if known:
        return known
    row = letter_for_update(actor, letter_id, revision)
    if actor.acting is None or actor.person_id is None:
        raise Forbidden(N_("A person must do this: it cannot be done from the console."), code="needs_person")
    wanted = _points(row)
    submission = _submission(actor, row, wanted, now)
    sending.gather(submission)
    consultation = submission.consultation
    if consultation.concluded_at:
        raise Conflict(N_("The consultation is concluded: nothing is received any more."), code="concluded")

    signed = Signed(row.signed_as, letter=_letter(row))
    code = receive(actor, submission, signed, late=row.received_at >= consultation.deadline_at, now=now)
    row.submission_id, row.state, row.saved_at = submission.id, RegistrationState.REGISTERED, now
    event = LetterRegistered(row.consultation_id, submission.id, row.body_id, row.id, row.channel.value)
    record(event, actor=actor, now=now)
    return code


def _code_of(row: Registration) -> str | None:
    return db.session.get_one(Submission, row.submission_id).code if row.submission_id else None


def _points(row: Registration) -> list[tuple[RegistrationPoint, Point]]:
    """Every remark with its words, in the order in which the letter makes them; refused while any word waits."""
    passages, found = passages_of(row.id), points_of(row.id)
    cover = registration_rules.coverage(row.text, passages)
    registration_rules.check_parts([point.id for point in found], cover.waiting)
    if not _documents(row):
        raise Invalid(N_("Attach the letter as it came, as PDF or picture."), code="no_document", field="file")
    first = {point.id: min((p.start for p in passages if p.owner.point_id == point.id), default=0) for point in found}
    made: list[tuple[RegistrationPoint, Point]] = []
    for point in sorted(found, key=lambda one: (first[one.id], one.position)):
        words, proposed, why = (registration_rules.part_text(row.text, passages, Owner(point.id, p)) for p in Part)
        made.append((point, _cleaned(len(made) + 1, Point(point.kind, words, proposed, why))))
    # A letter may ask for a change and leave the words of it to the plan: nobody writes them for the body.
    points.check((n, replace(point, kind=CommentKind.SUPPORT), None) for n, (_, point) in enumerate(made, 1))
    return made


def _cleaned(position: int, point: Point) -> Point:
    try:
        return points.cleaned(point)
    except Invalid as error:
        problem = Words(N_("Point %(position)d: %(what)s"), {"position": position, "what": error.words})
        raise Invalid(N_("Complete the remark before sending it."), code="unfinished", problems=[problem]) from error


def _submission(
    actor: Actor, row: Registration, wanted: list[tuple[RegistrationPoint, Point]], now: datetime
) -> Submission:
    assert actor.acting is not None
    submission = Submission(
        consultation_id=row.consultation_id,
        body_id=row.body_id,
        person_id=actor.person_id,
        mandate_id=actor.acting.mandate_id,
        client_key=f"letter-{row.id}",
        saved_at=now,
    )
    for position, (at, point) in enumerate(wanted, 1):
        comment = Comment(
            consultation_id=row.consultation_id,
            body_id=row.body_id,
            position=position,
            kind=point.kind,
            action_id=at.action_id,
            section_id=at.section_id,
            paragraph_id=at.paragraph_id,
            observation=point.observation,
            proposed_text=point.proposed_text,
            reasons=point.reasons,
            salt=salt(),
        )
        submission.comments.append(comment)
    db.session.add(submission)
    db.session.execute(
        sa.select(Consultation.id).where(Consultation.id == row.consultation_id).with_for_update(read=True)
    )
    db.session.flush()
    return submission


def _documents(row: Registration) -> list[dict[str, Any]]:
    """What came, as the receipt says it: names stay out of it, for they name people."""
    found = db.session.execute(
        sa.select(StoredFile.kind, StoredFile.size, StoredFile.sha256)
        .join(RegistrationDocument, RegistrationDocument.sha256 == StoredFile.sha256)
        .where(RegistrationDocument.registration_id == row.id)
        .order_by(RegistrationDocument.id)
    )
    return [{"media_type": MEDIA[kind], "size": size, "sha256": sha256} for kind, size, sha256 in found]


def _letter(row: Registration) -> dict[str, Any]:
    return {
        "channel": row.channel.value,
        "protocol_number": row.protocol_number,
        "protocol_date": row.protocol_date,
        "came_at": row.received_at,
        "text_sha256": text_digest(row.text),
        "documents": _documents(row),
    }
