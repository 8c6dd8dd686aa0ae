"""Remarks in the state a test needs, and the people who deal with them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from portal.accounts import two_persons
from portal.comments import confirm_hiding, deciding, hide_passage, hiding, submit, take_down, write_draft
from portal.comments import decide as admission
from portal.comments.admission_rules import two_to_refuse
from portal.comments.models import Comment, Consultation
from portal.comments.points import Place, Point
from portal.comments.rules import CommentKind, CommentState, ReasonCode
from portal.comments.write_draft import Saved
from portal.db import db
from portal.drafting import approve, propose, publish, withdraw
from portal.drafting.models import Answer
from portal.drafting.rules import Outcome
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW

REASONS = "Il testo è stato integrato nel senso richiesto, con riguardo ai tempi indicati."
TEXTS = {
    "observation": "La seconda frase va chiarita.",
    "proposed_text": "Comma 1 dell'azione 1. La seconda frase è più chiara.",
    "reasons": "Così la leggono tutti.",
}
_keys = itertools.count(1)


@dataclass
class Round:
    """A consultation with the people of its round."""

    consultation: Consultation = field(default_factory=factories.consultation)

    def __post_init__(self) -> None:
        self.body = factories.body("Comune di Prova")
        self.mayor = factories.holder(Office.MAYOR, self.body)
        self.secretary = factories.holder(Office.SECRETARIAT)
        self.colleague = factories.holder(Office.MODERATOR)
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
            case CommentState.WITHDRAWN:
                withdraw.withdraw(more.get("signer") or self.mayor, row.number or 0, now=NOW)
            case CommentState.DRAFT:
                raise ValueError("a draft is no remark yet: ask for draft()")
        return row

    def admitted(self, **more: Any) -> Comment:
        """A remark that the drafting team can answer."""
        return self.remark(CommentState.ADMITTED, **more)

    def admit(self, row: Comment, now: datetime = NOW) -> None:
        """Let it stand."""
        admission.decide(self.secretary, row.id, True, None, "", now=now)

    def refuse(self, row: Comment, now: datetime = NOW, text: str = "Non riguarda le azioni del piano.") -> None:
        """Do not let it stand; what an institution says in public takes a second person."""
        if two_to_refuse(deciding.body_of(row).kind, deciding.is_public(row)):
            request = take_down.take_down(self.colleague, row.id, ReasonCode.OFF_TOPIC, text, now=now)
            confirm_hiding.confirm_hiding(self.secretary, row.id, request, now=now)
        else:
            admission.decide(self.secretary, row.id, False, ReasonCode.OFF_TOPIC, text, now=now)

    def hide(self, row: Comment, quote: str, now: datetime = NOW) -> None:
        """Hide the places where words stand, by two persons."""
        why = "Contiene dati personali di un terzo."
        hide_passage.hide_passage(self.colleague, row.id, [], quote, ReasonCode.PERSONAL_DATA, why, now=now)
        for waiting in two_persons.waiting(hiding.subject(row.id), hiding.PASSAGES, now=now):
            confirm_hiding.confirm_hiding(self.secretary, row.id, waiting.id, now=now)

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

    def draft(self, now: datetime = NOW, writer: Actor | None = None, **more: Any) -> Saved:
        """A draft that its body has not sent."""
        facts = {"action_id": self.action.id, "paragraph_id": self.paragraph.id, "section_id": None} | more
        place = Place(self.consultation.id, facts["action_id"], facts["section_id"], facts["paragraph_id"])
        texts = {name: facts.get(name, words) for name, words in TEXTS.items()}
        point = Point(facts.get("kind", CommentKind.CHANGE_REQUEST), **texts)
        return write_draft.begin(writer or self.mayor, place, point, f"key-of-test-{next(_keys)}", now=now)

    def _submitted(self, now: datetime = NOW, signer: Actor | None = None, late: bool = False, **more: Any) -> Comment:
        if late:
            now = self.consultation.deadline_at + timedelta(hours=1)
        saved = self.draft(now, signer, **more)
        submit.submit(signer or self.mayor, saved.submission_id, now=now)
        return db.session.get_one(Comment, saved.comment_id)
