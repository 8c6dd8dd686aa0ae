"""A body that writes: an officer, a mayor, a consultation, and drafts by the real verbs."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.comments import submit, write_draft
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.points import Place, Point
from portal.comments.rules import CommentKind
from portal.comments.write_draft import Saved
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.offices import Office
from portal.plan.models import Action, Paragraph, PlanVersion
from portal.plan.publish import publish
from tests import factories
from tests.factories import NOW

_keys = itertools.count(1)
PROPOSED = "Comma 1 dell'azione 1. La seconda frase dice quello che serve."


def key() -> str:
    """A client key as a form carries it."""
    return f"chiave-{next(_keys):08d}"


def point(kind: CommentKind = CommentKind.CHANGE_REQUEST, **more: Any) -> Point:
    """A point that can be sent."""
    return Point(kind, **{"observation": "La seconda frase va chiarita.", "proposed_text": PROPOSED, **more})


@dataclass
class Desk:
    """One Comune at work on one consultation."""

    consultation: Consultation = field(default_factory=factories.consultation)

    def __post_init__(self) -> None:
        self.body = factories.body("Comune di Prova")
        self.mayor = factories.holder(Office.MAYOR, self.body)
        self.officer = factories.holder(Office.OFFICER, self.body)
        self.action = factories.actions_of(self.consultation.version)[0]
        self.paragraph = factories.paragraphs_of(self.action)[0]
        self.place = Place(self.consultation.id, action_id=self.action.id, paragraph_id=self.paragraph.id)
        self.whole = Place(self.consultation.id, action_id=self.action.id)

    def draft(self, what: Point | None = None, who: Actor | None = None, **more: Any) -> Saved:
        """A draft of one point."""
        given = {"place": self.place, "client_key": key(), "now": NOW, **more}
        place, client_key = given.pop("place"), given.pop("client_key")
        return write_draft.begin(who or self.officer, place, what or point(), client_key, **given)

    def sent(self, what: Point | None = None, now: datetime = NOW, **more: Any) -> Submission:
        """A submission of one point, with its receipt."""
        saved = self.draft(what, **more)
        submit.submit(self.mayor, saved.submission_id, now=now)
        return db.session.get_one(Submission, saved.submission_id)


def comments_of(submission: Submission | int) -> list[Comment]:
    """The points of a submission in order."""
    wanted = submission if isinstance(submission, int) else submission.id
    return db.session.query(Comment).filter_by(submission_id=wanted).order_by(Comment.position).all()


def next_version(of: PlanVersion, texts: dict[str, str | None] | None = None) -> PlanVersion:
    """The same plan again under the next number and the same keys, published; paragraphs with other words or none."""
    new: PlanVersion = factories.add(
        PlanVersion(plan_id=of.plan_id, number=of.number + 1, title=of.title, text_hash="1" * 64, imported_at=NOW)
    )
    for old in factories.actions_of(of):
        facts = {name: getattr(old, name) for name in ("position", "key", "code", "source_code", "title")}
        action: Action = factories.add(Action(version_id=new.id, **facts))
        for paragraph in factories.paragraphs_of(old):
            text = (texts or {}).get(paragraph.key, paragraph.text)
            if text is not None:
                facts = {name: getattr(paragraph, name) for name in ("key", "position", "number", "kind")}
                row = Paragraph(version_id=new.id, action_id=action.id, text=text, text_hash=text_digest(text), **facts)
                factories.add(row)
    publish(factories.holder(Office.DRAFTING_LEAD), new.id, now=NOW)
    return new
