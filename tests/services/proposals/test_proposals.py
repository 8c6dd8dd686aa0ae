"""A proposal of the Forum on its way: written, supported, approved, sent, on the agenda, decided, or taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.forum import revise_rules, settings
from portal.forum.revise_rules import Revision
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.opinions.proposals import agenda, approve, decide, queries, send, support, withdraw, write
from portal.opinions.proposals.decide import Decision
from portal.opinions.proposals.models import Proposal
from portal.opinions.proposals.rules import Answer, ProposalStage, standing
from portal.opinions.proposals.write import Wording
from portal.voting import close, proclaim
from portal.voting.rules import Choice
from tests.factories import NOW
from tests.forum import Forum
from tests.votes import Hall

DAY = timedelta(days=1)
TODAY = NOW.date()
WORDING = Wording("Mobilità notturna", "Istituire linee notturne.", "Chi lavora di notte resta a piedi.")
VISITOR = Actor.anonymous()
pytestmark = pytest.mark.usefixtures("app", "database")


class Written(Forum):
    """Three organisations; the first one proposes."""

    def __init__(self) -> None:
        super().__init__(3)
        self.number = write.write(self.delegates[0], self.id, WORDING, now=NOW)

    @property
    def read(self) -> str:
        """The fingerprint of the text as it stands."""
        return queries.proposal(self.secretary, self.number).text_hash

    def sent(self) -> int:
        """Approved and sent today."""
        approve.approve(self.secretary, self.number, self.read, now=NOW)
        send.send(self.secretary, self.number, TODAY, "PG 100/2027", now=NOW)
        return self.number

    def rule(self, **changed: int) -> None:
        """The rules of the Forum are others from today."""
        rules = settings.of(self.id, TODAY).as_data() | changed
        revision = Revision(rules, "Regolamento del Forum, art. 9", "Le regole cambiano da oggi.", TODAY, 1)
        revise_rules.revise_rules(self.general, self.id, revision, now=NOW)

    def stage(self) -> ProposalStage:
        """How far it has come."""
        return standing(queries.proposal(self.secretary, self.number).facts, NOW).stage


def test_a_proposal_goes_from_an_organisation_to_a_decision_that_everybody_reads() -> None:
    forum = Written()
    number = forum.sent()
    later = NOW + 60 * DAY
    agenda.put_on_agenda(forum.clerk, number, TODAY + 30 * DAY, "Seduta del 10 aprile, punto 4", now=later)
    decision = Decision(TODAY + 60 * DAY, Answer.PARTLY, "Due linee su cinque, dal prossimo anno.", "Delibera 41/2027")
    decide.decide(forum.clerk, number, decision, now=later)
    row = queries.proposal(VISITOR, number)
    assert (row.answer, row.decision_act, row.body_name) == (Answer.PARTLY, "Delibera 41/2027", forum.bodies[0].name)
    kinds = db.session.scalars(sa.select(Entry.kind).where(Entry.stream == f"proposal:{number}").order_by(Entry.seq))
    assert list(kinds) == [
        "ProposalWritten",
        "ProposalApproved",
        "ProposalSent",
        "ProposalPutOnAgenda",
        "ProposalDecided",
    ]


def test_before_it_is_sent_the_forum_alone_reads_it() -> None:
    forum = Written()
    assert queries.proposals(VISITOR) == []
    assert [row.number for row in queries.proposals(forum.delegates[2])] == [forum.number]
    with pytest.raises(NotFound):
        queries.proposal(VISITOR, forum.number)


def test_support_is_for_the_words_that_were_read() -> None:
    forum = Written()
    support.support(forum.delegates[1], forum.number, forum.read, now=NOW)
    support.support(forum.substitutes[1], forum.number, forum.read, now=NOW)  # the same seat
    assert queries.support_counts() == {forum.number: 1}
    write.rewrite(forum.delegates[0], forum.number, Wording("Altro", "Altro testo.", "Perché sì."), forum.read, now=NOW)
    assert queries.support_counts() == {}
    assert [row.current for row in queries.supporters(forum.number)] == [False]
    with pytest.raises(Conflict, match="changed"):
        support.support(forum.delegates[1], forum.number, "0" * 64, now=NOW)


def test_who_proposes_does_not_support_and_who_is_suspended_does_nothing() -> None:
    forum = Written()
    with pytest.raises(Conflict):
        support.support(forum.delegates[0], forum.number, forum.read, now=NOW)
    support.support(forum.delegates[2], forum.number, forum.read, now=NOW)
    forum.suspend(2)
    with pytest.raises(Forbidden):
        support.end(forum.delegates[2], forum.number, now=NOW)


def test_it_is_approved_once_enough_seated_organisations_support_it() -> None:
    forum = Written()
    forum.rule(proposal_supporters=2)
    for n in (1, 2):
        support.support(forum.delegates[n], forum.number, forum.read, now=NOW)
    forum.suspend(2)
    with pytest.raises(Conflict, match="needed"):
        approve.approve(forum.secretary, forum.number, forum.read, now=NOW)


def test_whoever_did_not_propose_it_neither_changes_it_nor_takes_it_back() -> None:
    forum = Written()
    for stranger in (forum.delegates[1], forum.secretary):
        with pytest.raises(Forbidden):
            write.rewrite(stranger, forum.number, WORDING, forum.read, now=NOW)
        with pytest.raises(Forbidden):
            withdraw.withdraw(stranger, forum.number, "Non serve più.", now=NOW)


def test_what_was_approved_is_what_was_read_and_does_not_change() -> None:
    forum = Written()
    with pytest.raises(Conflict):
        approve.approve(forum.secretary, forum.number, "0" * 64, now=NOW)
    approve.approve(forum.secretary, forum.number, forum.read, now=NOW)
    with pytest.raises(Conflict):
        write.rewrite(forum.delegates[0], forum.number, WORDING, forum.read, now=NOW)
    approve.take_back(forum.secretary, forum.number, now=NOW)
    assert forum.stage() is ProposalStage.WRITTEN


def test_a_vote_that_is_referred_to_must_have_passed() -> None:
    forum = Written()
    with pytest.raises(Invalid):
        approve.approve(forum.secretary, forum.number, forum.read, 77, now=NOW)


def test_a_vote_that_is_referred_to_is_one_of_this_forum() -> None:
    forum, hall = Written(), Hall()
    number = hall.open()
    hall.say(number, dict.fromkeys(range(1, 6), Choice.YES))
    close.close(hall.clerk, number, now=NOW)
    proclaim.proclaim(hall.clerk, number, now=NOW)
    with pytest.raises(Invalid):
        approve.approve(forum.secretary, forum.number, forum.read, number, now=NOW)


def test_days_come_in_their_order_and_none_is_in_the_future() -> None:
    forum = Written()
    approve.approve(forum.secretary, forum.number, forum.read, now=NOW)
    for day in (TODAY - DAY, TODAY + DAY):
        with pytest.raises(Invalid):
            send.send(forum.secretary, forum.number, day, "PG 1", now=NOW)
    send.send(forum.secretary, forum.number, TODAY, "PG 1", now=NOW)
    with pytest.raises(Invalid):
        agenda.put_on_agenda(forum.clerk, forum.number, TODAY - DAY, "Seduta", now=NOW)
    with pytest.raises(Conflict):
        decide.decide(forum.clerk, forum.number, Decision(TODAY, Answer.ACCEPTED, "Sì.", "1"), now=NOW)


def test_the_secretary_sends_and_the_clerk_answers_and_not_the_other_way_round() -> None:
    forum = Written()
    with pytest.raises(Forbidden):
        approve.approve(forum.delegates[0], forum.number, forum.read, now=NOW)
    number = forum.sent()
    with pytest.raises(Forbidden):
        agenda.put_on_agenda(forum.secretary, number, TODAY, "Seduta", now=NOW)


def test_the_secretary_proposes_for_the_forum_itself() -> None:
    forum = Forum(1)
    number = write.write(forum.secretary, forum.id, WORDING, now=NOW)
    assert queries.proposal(forum.secretary, number).body_id is None
    withdraw.withdraw(forum.secretary, number, "Superata dai fatti.", now=NOW)
    with pytest.raises(Conflict):
        approve.approve(forum.secretary, number, "", now=NOW)


def test_it_keeps_the_terms_of_the_day_it_was_sent() -> None:
    forum = Written()
    number = forum.sent()
    forum.rule(agenda_months=1)
    row = queries.proposal(VISITOR, number)
    assert standing(row.facts, NOW).terms[0].last_day == date(2027, 6, 1)


def test_the_database_itself_refuses_a_decision_without_an_agenda() -> None:
    number = Written().sent()
    db.session.rollback()
    with pytest.raises(sa.exc.IntegrityError):
        db.session.execute(sa.update(Proposal).where(Proposal.id == number).values(decided_on=TODAY, answer="accepted"))
