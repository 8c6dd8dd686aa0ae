"""Organisations amend the text, others sign, the rapporteur and the secretariat dispose, the text is frozen."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.opinions.amending import dispose, open_amendments, queries, sign
from portal.opinions.amending.content import content
from portal.opinions.amending.propose import Outdated
from portal.opinions.amending.rules import AmendmentKind, AmendmentState, Phase
from portal.opinions.requests import steps
from portal.opinions.rules import OpinionKind
from tests.factories import NOW
from tests.forum_texts import ASKED, LATER, WHY, Drafting

pytestmark = pytest.mark.usefixtures("app")
SAFE = ASKED.replace("continuo", "continuo e protetto")
SOON = ASKED.replace("date certe", "date entro il 2028")
OTHER = ASKED.replace("date certe", "date entro il 2030")
SUPPRESSIVE, SUBSTITUTIVE, MODIFYING, ADDITIVE = AmendmentKind


@pytest.fixture
def drafting() -> Drafting:
    found = Drafting()
    found.open()
    return found


def test_an_amendment_needs_the_signatures_of_three_others(drafting: Drafting) -> None:
    number = drafting.propose(SAFE).number
    drafting.signed(number, (0, 2))
    with pytest.raises(Conflict):
        dispose.put_to_vote(drafting.secretary, drafting.number, number, now=NOW)
    with pytest.raises(Conflict):
        sign.sign(drafting.delegates[1], drafting.number, number, now=NOW)
    with pytest.raises(Conflict):  # the substitute of an organisation that has signed
        sign.sign(drafting.forum.substitutes[2], drafting.number, number, now=NOW)
    drafting.signed(number, (3,))
    dispose.put_to_vote(drafting.secretary, drafting.number, number, now=NOW)
    assert drafting.row(number).state is AmendmentState.TO_VOTE


def test_nothing_is_proposed_at_the_end_instant_or_by_a_suspended_organisation(drafting: Drafting) -> None:
    with pytest.raises(Conflict):
        drafting.propose(SAFE, at=LATER)
    drafting.forum.suspend(2)
    with pytest.raises(Forbidden):
        drafting.propose(SAFE, by=2)


def test_only_its_proposer_takes_an_amendment_back(drafting: Drafting) -> None:
    number = drafting.propose(SAFE).number
    with pytest.raises(Forbidden):
        sign.withdraw(drafting.delegates[2], drafting.number, number, now=NOW)
    sign.withdraw(drafting.forum.substitutes[1], drafting.number, number, now=NOW)
    assert drafting.row(number).state is AmendmentState.WITHDRAWN


def test_the_rapporteur_takes_an_amendment_in_and_the_rest_is_carried_over(drafting: Drafting) -> None:
    first, second = drafting.propose(SAFE, by=1).number, drafting.propose(SOON, by=2).number
    drafting.signed(first)
    with pytest.raises(Forbidden):
        dispose.accept(drafting.secretary, drafting.number, first, now=NOW)
    drafting.accept(first)
    assert drafting.first.text == SAFE
    waiting = drafting.row(second)
    assert waiting.text == SAFE.replace("date certe", "date entro il 2028")
    assert (waiting.before, waiting.filed_text) == (SAFE, SOON)


def test_what_the_accepted_one_makes_impossible_lapses_and_says_why(drafting: Drafting) -> None:
    first, second = drafting.propose(SOON, by=1).number, drafting.propose(OTHER, by=2).number
    drafting.signed(first)
    drafting.accept(first)
    lapsed = drafting.row(second)
    assert (lapsed.state, lapsed.lapsed_by) == (AmendmentState.LAPSED, first)
    assert str(lapsed.lapse) == "It lapsed: amendment n. 1 changed the same words."


def test_an_amendment_over_an_older_wording_is_put_over_the_present_one(drafting: Drafting) -> None:
    base = drafting.first.revision
    number = drafting.propose(SAFE).number
    drafting.signed(number)
    drafting.accept(number)
    late = drafting.propose(SOON, by=2, base=base)
    assert late.carried
    assert drafting.row(late.number).text == SAFE.replace("date certe", "date entro il 2028")


def test_an_amendment_of_words_that_have_changed_meanwhile_is_refused_with_the_present_text(drafting: Drafting) -> None:
    base = drafting.first.revision
    number = drafting.propose(SOON).number
    drafting.signed(number)
    drafting.accept(number)
    with pytest.raises(Outdated) as refused:
        drafting.propose(OTHER, by=2, base=base)
    assert refused.value.stored == SOON


def test_inadmissible_is_for_a_reason_that_everybody_reads(drafting: Drafting) -> None:
    number = drafting.propose(SAFE).number
    with pytest.raises(Invalid):
        dispose.refuse(drafting.secretary, drafting.number, number, "No", now=NOW)
    dispose.refuse(drafting.secretary, drafting.number, number, "Non riguarda il Piano.", now=NOW)
    assert drafting.row(number).said == "Non riguarda il Piano."


def test_the_end_can_only_be_moved_to_a_later_instant(drafting: Drafting) -> None:
    with pytest.raises(Invalid):
        open_amendments.extend(drafting.secretary, drafting.number, LATER, now=NOW)


def test_the_text_is_frozen_when_the_time_is_over_and_all_is_disposed_of(drafting: Drafting) -> None:
    number, unsigned = drafting.propose(SAFE).number, drafting.propose(SOON, by=2).number
    drafting.signed(number)
    with pytest.raises(Conflict):
        drafting.freeze()
    dispose.put_to_vote(drafting.secretary, drafting.number, number, now=NOW)
    assert len(drafting.freeze()) == 64
    assert drafting.row(unsigned).state is AmendmentState.LAPSED
    assert [one.number for one in queries.to_vote(drafting.number)] == [number]
    assert steps.Step.TEXT_FROZEN in steps.taken(drafting.number)


def test_of_two_incompatible_amendments_the_second_lapses_when_the_first_passes(drafting: Drafting) -> None:
    modified, replaced = drafting.to_vote(OTHER, by=1), drafting.to_vote(SOON, by=2, kind=SUBSTITUTIVE)
    beside = drafting.to_vote(SAFE, by=3)
    drafting.freeze()
    assert [one.number for one in queries.to_vote(drafting.number)] == [replaced, modified, beside]
    drafting.settled(replaced)
    assert drafting.row(modified).lapsed_by == replaced
    drafting.settled(beside)
    assert drafting.first.text == SOON.replace("continuo", "continuo e protetto")


def test_a_vote_that_is_annulled_gives_back_the_words_and_what_lapsed(drafting: Drafting) -> None:
    one, other = drafting.to_vote(SOON, by=1), drafting.to_vote(OTHER, by=2)
    drafting.freeze()
    drafting.settled(one)
    drafting.reopened(one)
    assert drafting.first.text == ASKED
    assert [row.number for row in queries.to_vote(drafting.number)] == [one, other]
    drafting.settled(one, passed=False)
    drafting.settled(other)
    assert drafting.first.text == OTHER


def test_a_remark_that_is_voted_away_takes_its_amendments_along_and_one_that_is_added_comes_in(
    drafting: Drafting,
) -> None:
    more = {"heading": "Sicurezza", "why": WHY, "action_id": drafting.action}
    gone = drafting.to_vote(by=1, kind=SUPPRESSIVE)
    hit, own = drafting.to_vote(SAFE, by=2), drafting.to_vote("Altro.", by=3, kind=ADDITIVE, apart=True, **more)
    drafting.freeze()
    drafting.settled(gone)
    drafting.settled(own)
    assert drafting.row(hit).lapsed_by == gone
    assert [(one.label, one.text, one.amendment) for one in drafting.page.remarks] == [("1-bis", "Altro.", own)]
    drafting.final()
    assert [(one.label, one.text) for one in drafting.page.remarks] == [("1", "Altro.")]


def test_the_final_text_has_the_kind_the_votes_gave_it_and_never_changes(drafting: Drafting) -> None:
    ending = drafting.page.sections[-1]
    contrary = drafting.to_vote("Parere contrario.", section=ending, kind=SUBSTITUTIVE, opinion=OpinionKind.CONTRARY)
    drafting.freeze()
    with pytest.raises(Conflict):
        drafting.final()
    drafting.settled(contrary)
    hashed = drafting.final()
    final = queries.final(drafting.number)
    assert final is not None
    assert (final.kind, final.sha256) == (OpinionKind.CONTRARY, hashed)
    assert drafting.page.phase(LATER) is Phase.FINAL
    assert content(drafting.number)["remarks"][0]["request"] == ASKED
    for statement in ("UPDATE forum_section SET text = 'x'", "UPDATE amendment SET state = 'rejected'"):
        with pytest.raises(sa.exc.DBAPIError, match="does not change"):
            db.session.execute(sa.text(statement))
        db.session.rollback()
