"""The Council asks the Forum for its opinion on a published version: who acts, and the request as it arrived."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic, db
from portal.forum import install
from portal.forum import queries as forums
from portal.forum.rules import ForumKey
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.offices import Office
from portal.opinions.requests import documents, register, steps
from portal.opinions.requests.register import Asked
from portal.opinions.requests.rules import DocumentKind, Step
from portal.opinions.requests.standing import Standing, standing
from portal.plan.models import PlanVersion
from tests import factories
from tests.factories import NOW


class Request:
    """A request that arrived at `received`; `version` is a new one of one action unless it is given."""

    def __init__(
        self,
        received: datetime = NOW,
        *,
        key: ForumKey = ForumKey.METROPOLITAN,
        version: PlanVersion | None = None,
        now: datetime | None = None,
    ) -> None:
        install.install(Actor.system(), now=NOW)
        self.forum = forums.by_key(key).id
        self.version = version or factories.version()
        self.clerk = factories.holder(Office.COUNCIL_CLERK)
        self.general = factories.holder(Office.SECRETARY_GENERAL)
        self.secretary = factories.holder(Office.FORUM_SECRETARY)
        self.received = received
        self.number = self.ask_again(received, now=now)

    def ask_again(self, received: datetime, *, now: datetime | None = None) -> int:
        """Register a request on the same version."""
        asked = Asked(self.forum, self.version.id, "Parere sul Piano", "12", local_day(received), received)
        return register.register(self.clerk, asked, now=now or received)

    def stands(self, at: datetime) -> Standing:
        """How it stands at an instant."""
        db.session.rollback()
        return standing(self.number, at)


@atomic()
def reach(number: int, *taken: Step, at: datetime = NOW) -> None:
    """The Forum took these steps."""
    for step in taken:
        steps.reach(number, step, at)


@atomic()
def drawn_up(asked: Request, at: datetime = NOW, remarks: int = 0) -> int:
    """The opinion was adopted at that instant and frozen with so many remarks: the number of the document."""
    steps.reach(asked.number, Step.ADOPTED, at)
    remarked = [{"number": n} for n in range(1, remarks + 1)]
    facts = {"number": documents.next_number(asked.number), "text": {"remarks": remarked}}
    late = standing(asked.number, at).late
    return documents.keep(asked.secretary, asked.number, DocumentKind.OPINION, facts, late=late, now=at).number
