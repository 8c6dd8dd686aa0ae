"""A body with a mayor and an officer, and a remark of theirs on its way through the procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from portal.accounts.models import Person
from portal.comments.decide import decide
from portal.comments.letters import received
from portal.comments.models import Comment
from portal.comments.points import Place, Point
from portal.comments.rules import Admission, CommentKind, ReasonCode
from portal.comments.submit import submit
from portal.comments.write_draft import begin
from portal.db import atomic, db
from portal.drafting.approve import approve
from portal.drafting.propose import propose
from portal.drafting.publish import publish
from portal.drafting.rules import Outcome
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW

REASONS = "La richiesta è accolta, perché il testo attuale non dice chi se ne occupa."
OBSERVATION = "Un'osservazione riconoscibile fra tutte: gattomammone."


@dataclass(frozen=True)
class Stage:
    """Who takes part."""

    mayor: Actor
    officer: Actor
    secretariat: Actor
    drafter: Actor
    lead: Actor
    place: Place

    @property
    def body_id(self) -> int:
        """The Comune."""
        assert self.mayor.acting
        return self.mayor.acting.body_id


def stage(admission: Admission = Admission.BEFORE) -> Stage:
    """Everybody in office, and a consultation that is open."""
    town, consultation = factories.body("Comune di Prova"), factories.consultation(admission=admission)
    action = factories.actions_of(consultation.version)[0]
    place = Place(consultation.id, action.id, paragraph_id=factories.paragraphs_of(action)[1].id)
    offices = Office.SECRETARIAT, Office.DRAFTING_OFFICER, Office.DRAFTING_LEAD
    secretariat, drafter, lead = (factories.holder(office) for office in offices)
    mayor, officer = factories.holder(Office.MAYOR, town), factories.holder(Office.OFFICER, town)
    return Stage(mayor, officer, secretariat, drafter, lead, place)


def drafted(on: Stage) -> int:
    """A draft by the officer."""
    point = Point(CommentKind.SUPPORT, OBSERVATION, reasons="Per molte ragioni.")
    return begin(on.officer, on.place, point, uuid4().hex, now=NOW).submission_id


def submitted(on: Stage) -> Comment:
    """The same, signed by the mayor."""
    submission_id = drafted(on)
    submit(on.mayor, submission_id, now=NOW)
    number = received(submission_id).points[0].number
    return db.session.query(Comment).filter_by(number=number).one()


def refused(on: Stage, comment: Comment, text: str) -> None:
    """The secretariat does not admit it."""
    decide(on.secretariat, comment.id, False, ReasonCode.OFF_TOPIC, text, now=NOW + timedelta(hours=1))


def admitted(on: Stage, comment: Comment) -> None:
    """The secretariat admits it."""
    decide(on.secretariat, comment.id, True, None, "", now=NOW + timedelta(hours=1))


def answered(on: Stage, comment: Comment) -> None:
    """The whole way to a published answer."""
    admitted(on, comment)
    propose(on.drafter, comment.id, Outcome.ACCEPTED, REASONS, 0, now=NOW + timedelta(hours=2))
    approve(on.lead, comment.id, 1, now=NOW + timedelta(hours=3))
    publish(on.lead, [comment.id], now=NOW + timedelta(hours=4))


@atomic()
def speaks(who: Actor, language: str) -> None:
    """Choose the language of a person."""
    db.session.get_one(Person, who.person_id).language = language
