"""Who is written to about the Forum's text, and what their desk says."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.jobs.models import Mail
from portal.kernel.actor import Actor
from portal.notify import listen
from portal.opinions.amending import waiting
from tests.factories import NOW
from tests.forum_texts import ASKED, Drafting

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("app", "clock")]


def recipients(template: str) -> set[str]:
    return set(db.session.scalars(sa.select(Mail.recipient).where(Mail.template == f"amending/{template}")))


def test_rapporteur_members_and_proposer_are_written_to_and_their_desk_says_what_waits() -> None:
    drafting = Drafting()
    drafting.open()
    number = drafting.propose(ASKED.replace("certe", "sicure")).number
    (asked,) = waiting.asked_of(drafting.delegates[2], NOW)
    assert (asked.unsigned, asked.undisposed, asked.rapporteur) == (1, 0, False)
    drafting.signed(number)
    (asked,) = waiting.asked_of(drafting.rapporteur, NOW)
    assert (asked.undisposed, asked.rapporteur) == (1, True)
    assert waiting.asked_of(Actor.anonymous(), NOW) == []
    drafting.accept(number)
    listen.hear()
    db.session.rollback()
    everybody = {one.email for one in (*drafting.delegates, *drafting.forum.substitutes.values())}
    assert recipients("named") == {drafting.rapporteur.email}
    assert recipients("opened") == everybody
    assert recipients("decided") == {drafting.delegates[1].email, drafting.forum.substitutes[1].email}
