"""What somebody wrote goes to them, and to nobody else."""

from __future__ import annotations

import json

import pytest

from portal.accounts.end_mandate import end_mandate
from portal.accounts.erase_person import erase_person
from portal.comments.rules import CommentState
from portal.db import db
from portal.drafting import keep_draft, save_view
from portal.drafting.written import written_by
from portal.kernel.actor import Actor
from portal.kernel.errors import Forbidden
from tests import factories
from tests.factories import NOW
from tests.remarks import Round


def test_a_mayor_gets_the_remarks_that_were_signed() -> None:
    the_round = Round()
    the_round.remark(CommentState.NOT_ADMITTED)
    [remark] = written_by(the_round.mayor)["remarks"]
    assert (remark["body"], remark["signed"], remark["number"]) == ("Comune di Prova", True, 1)
    assert remark["observation"] == "La seconda frase va chiarita."
    [decision] = written_by(the_round.secretary)["decisions"]
    assert (decision["admitted"], decision["remark"]) == (False, 1)


def test_nobody_gets_what_others_wrote() -> None:
    the_round = Round()
    the_round.remark(CommentState.ADMITTED)
    stranger = factories.actor(factories.person())
    assert not any(written_by(stranger).values())
    assert not written_by(the_round.lead)["remarks"]
    with pytest.raises(Forbidden):
        written_by(Actor.anonymous())


def test_it_can_be_written_as_json() -> None:
    the_round = Round()
    the_round.remark(CommentState.NOT_ADMITTED)
    assert json.loads(json.dumps(written_by(the_round.secretary)))["decisions"]


def test_an_erased_signatory_leaves_the_remark_of_the_body() -> None:
    the_round = Round()
    remark = the_round.remark(CommentState.ADMITTED)
    assert the_round.mayor.acting
    end_mandate(Actor.system(), the_round.mayor.acting.mandate_id, None, now=NOW)
    erase_person(the_round.mayor, now=NOW)
    db.session.expire_all()
    assert remark.observation == "La seconda frase va chiarita."
    assert remark.body.name == "Comune di Prova"
    assert remark.submission.signed_person_id == the_round.mayor.person_id


def test_an_officer_gets_what_is_only_begun_and_the_views_too() -> None:
    the_round = Round()
    comment = the_round.admitted()
    keep_draft.keep_draft(the_round.officer, comment.id, None, "Si prende atto", 0, now=NOW)
    save_view.save_view(the_round.officer, "Le mie", {"mine": "1"}, shared=False, now=NOW)
    own = written_by(the_round.officer)
    assert [(one["text"], one["remark"]) for one in own["answers_begun"]] == [("Si prende atto", comment.number)]
    assert [(one["name"], one["filters"]) for one in own["views"]] == [("Le mie", {"mine": "1"})]
    assert written_by(the_round.lead)["answers_begun"] == []
