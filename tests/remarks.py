"""Remarks in the state a test needs, and the people who deal with them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.comments import decide as admission
from portal.comments import tally
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.rules import CommentKind, CommentState, ReasonCode, SubmissionState
from portal.db import atomic, db, next_numbers
from portal.drafting import approve, propose, publish
from portal.drafting.models import Answer
from portal.drafting.rules import Outcome
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW

REASONS = "Il testo è stato integrato nel senso richiesto, con riguardo ai tempi indicati."
_keys = itertools.count(1)


@dataclass
class Round:
    """A consultation with the people of its round."""

    consultation: Consultation = field(default_factory=factories.consultation)

    def __post_init__(self) -> None:
        self.body = factories.body("Comune di Prova")
        self.mayor = factories.holder(Office.MAYOR, self.body)
        self.secretary = factories.holder(Office.SECRETARIAT)
        self.officer = factories.holder(Office.DRAFTING_OFFICER)
        self.lead = factories.holder(Office.DRAFTING_LEAD)
        self.version = self.consultation.version
        self.action = factories.actions_of(self.version)[0]
        self.paragraph = factories.paragraphs_of(self.action)[0]

    def remark(self, state: CommentState = CommentState.SUBMITTED, **more: Any) -> Comment:
        """A remark on the first paragraph of the first action, in the state asked for."""
        row = self._submitted(**more)
        match state:
            case CommentState.ADMITTED:
                self.admit(row)
            case CommentState.NOT_ADMITTED:
                self.refuse(row)
            case CommentState.WITHDRAWN | CommentState.DRAFT:
                raise ValueError("use the verbs of the body for this")
        return row

    def admitted(self, **more: Any) -> Comment:
        """A remark that the drafting team can answer."""
        return self.remark(CommentState.ADMITTED, **more)

    def admit(self, row: Comment, now: datetime = NOW) -> None:
        """Let it stand."""
        admission.decide(self.secretary, row.id, True, None, "", now=now)

    def refuse(self, row: Comment, now: datetime = NOW, text: str = "Non riguarda le azioni del piano.") -> None:
        """Do not let it stand."""
        admission.decide(self.secretary, row.id, False, ReasonCode.OFF_TOPIC, text, now=now)

    def proposed(self, row: Comment | None = None, text: str = REASONS, **more: Any) -> Answer:
        """An answer put forward by the officer."""
        row = row or self.admitted(**more)
        return propose.propose(self.officer, row.id, Outcome.ACCEPTED, text, 0, now=NOW)

    def approved(self, row: Comment | None = None, **more: Any) -> Answer:
        """An answer approved by the lead."""
        answer = self.proposed(row, **more)
        return approve.approve(self.lead, answer.comment_id, answer.revision, now=NOW)

    def published(self, row: Comment | None = None, **more: Any) -> Answer:
        """An answer that everybody can read."""
        answer = self.approved(row, **more)
        return publish.publish(self.lead, [answer.comment_id], now=NOW)[0]

    @atomic()
    def _submitted(self, now: datetime = NOW, signer: Actor | None = None, late: bool = False, **more: Any) -> Comment:
        signer = signer or self.mayor
        assert signer.acting is not None
        n = next(_keys)
        submission = Submission(
            consultation_id=self.consultation.id,
            body_id=signer.acting.body_id,
            person_id=signer.person_id,
            mandate_id=signer.acting.mandate_id,
            signed_person_id=signer.person_id,
            signed_mandate_id=signer.acting.mandate_id,
            client_key=f"key-{n}",
            state=SubmissionState.SUBMITTED,
            saved_at=now,
            number=next_numbers("submission")[0],
            code=f"AAAA-{n:04d}",
            submitted_at=now,
            is_late=late,
            canonical="{}",
            sha256=f"{n:064x}",
        )
        db.session.add(submission)
        db.session.flush()
        facts: dict[str, Any] = {
            "kind": CommentKind.CHANGE_REQUEST,
            "action_id": self.action.id,
            "paragraph_id": self.paragraph.id,
            "observation": "La seconda frase va chiarita.",
            "proposed_text": "Comma 1 dell'azione 1. La seconda frase è più chiara.",
            "reasons": "Così la leggono tutti.",
            **more,
        }
        row = Comment(
            submission_id=submission.id,
            consultation_id=self.consultation.id,
            body_id=submission.body_id,
            position=1,
            number=next_numbers("comment")[0],
            salt="0" * 32,
            state=CommentState.SUBMITTED,
            **facts,
        )
        db.session.add(row)
        db.session.flush()
        tally.shift(row, False, tally.is_public(row.state, self.consultation.admission))
        return row
