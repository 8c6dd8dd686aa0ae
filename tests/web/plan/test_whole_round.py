"""The whole round on real files: a Comune of a real territory comments on an action of a real plan, and is answered."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from portal.comments import decide, submit, write_draft
from portal.comments.models import Comment
from portal.comments.open_consultation import Conditions, open_consultation
from portal.comments.points import Place, Point
from portal.comments.rules import Admission, CommentKind
from portal.db import db
from portal.drafting import approve, propose
from portal.drafting import publish as publish_answers
from portal.drafting.rules import Outcome
from portal.journal.verify import verify
from portal.kernel.actor import Actor
from portal.kernel.offices import BodyKind, Office
from portal.plan.import_plan import import_plan
from portal.plan.publish import publish
from portal.territory import queries as territory
from portal.territory.import_bodies import Batch, import_bodies
from portal.territory.models import Body
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.house.html import faults

SYSTEM = Actor.system()
SAID = "La tempistica va resa compatibile con i bilanci dei Comuni più piccoli."
ANSWER = "Si accoglie: la tempistica tiene conto dei bilanci dei Comuni con meno di cinquemila abitanti."


@pytest.mark.parametrize(("plan", "code"), [("trento-agenda-digitale", "LA01"), ("ogp3-consultazione", "OGP3-07")])
def test_a_real_comune_is_heard_and_answered(
    client: Visitor, clock: Clock, real_data: Path, plan: str, code: str
) -> None:
    batch = Batch(
        (real_data / "comuni_napoli.csv").read_bytes(), "ISTAT", date(2011, 10, 9), {"population": "pop_census_2011"}
    )
    snapshot_id = import_bodies(SYSTEM, batch, now=NOW).snapshot_id or 0
    draft = import_plan(
        factories.holder(Office.DRAFTING_OFFICER), (real_data / "plans" / f"{plan}.json").read_bytes(), now=NOW
    )
    lead = factories.holder(Office.DRAFTING_LEAD)
    version_id = publish(lead, draft.id, now=NOW).id
    conditions = Conditions(
        title="Consultazione",
        deadline_at=NOW + timedelta(days=30),
        admission=Admission.BEFORE,
        body_kinds=(BodyKind.MUNICIPALITY,),
        rules_text="Regole.",
        notice_text="Informativa.",
        snapshot_id=snapshot_id,
    )
    secretary = factories.holder(Office.SECRETARIAT)
    consultation_id = open_consultation(secretary, version_id, conditions, now=NOW).id

    action = next(a for a in factories.actions_of(draft) if a.source_code == code)
    paragraph = factories.paragraphs_of(action)[0]
    comune = db.session.get_one(Body, territory.body("063065").id)
    mayor = factories.holder(Office.MAYOR, comune)
    place = Place(consultation_id, action_id=action.id, paragraph_id=paragraph.id)
    saved = write_draft.begin(mayor, place, Point(CommentKind.OBJECTION, SAID), "una-chiave-di-prova", now=NOW)
    receipt = submit.submit(mayor, saved.submission_id, now=NOW)
    address = f"/piano/azioni/{action.code}"
    assert SAID not in client.get(address).text

    comment = db.session.get_one(Comment, saved.comment_id)
    decide.decide(secretary, comment.id, True, None, "", now=NOW)
    page = client.get(address).text
    assert faults(page) == []
    assert SAID in page
    assert "Comuni rappresentati: 1 su 92" in page

    officer = factories.holder(Office.DRAFTING_OFFICER)
    answer = propose.propose(officer, comment.id, Outcome.ACCEPTED, ANSWER, 0, now=NOW)
    approve.approve(lead, comment.id, answer.revision, now=NOW)
    assert ANSWER not in client.get(f"/osservazioni/{comment.number}").text
    publish_answers.publish(lead, [comment.id], now=NOW)

    for path in (f"/osservazioni/{comment.number}", "/"):
        found = client.get(path).text
        assert faults(found) == []
        assert ANSWER in found
    assert "Roccarainola" in client.get(f"/ricevute/{receipt}").text
    assert verify() == []
