"""Closing, proclaiming, annulling: what was counted stands, and says why."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.backup import guards
from portal.db import atomic, db
from portal.journal.models import Entry
from portal.journal.verify import verify
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.kernel.offices import Office
from portal.voting import annul, close, export, open_poll, proclaim, queries, results
from portal.voting.models import Ballot
from portal.voting.rules import Choice, PollState
from portal.voting.thresholds import Verdict
from tests import factories
from tests.factories import NOW
from tests.votes import Hall

PUBLIC = Actor.anonymous()
REASON = "Il quesito conteneva un errore nel numero della versione."


def test_the_outcome_is_kept_with_its_figures_and_its_words() -> None:
    hall = Hall((50, 30, 10, 6, 4))
    page = queries.poll(PUBLIC, hall.closed({2: Choice.YES, 3: Choice.YES, 1: Choice.NO, 4: Choice.ABSTAIN}))
    assert page.outcome is not None
    assert page.outcome.verdict is Verdict.PASSED
    assert [str(words) for words in export.lines(page)] == ["2 of 5 >= 2", "40 of 100 = 40 % >= 40 %"]
    assert page.outcome.tally[Choice.NO].population == 50


def test_zero_ballots_close_as_not_reached() -> None:
    hall = Hall()
    number = hall.closed({})
    page = queries.poll(PUBLIC, number)
    assert page.outcome is not None and not page.outcome.met
    assert (page.root_hash, results.ballots(number)) == ("0" * 64, [])


def test_a_poll_is_closed_once_and_proclaimed_once() -> None:
    hall = Hall()
    number = hall.closed({1: Choice.YES, 2: Choice.YES})
    with pytest.raises(Conflict):
        close.close(hall.clerk, number, now=NOW)
    assert proclaim.proclaim(hall.clerk, number, now=NOW)
    with pytest.raises(Conflict):
        proclaim.proclaim(hall.clerk, number, now=NOW)
    assert verify() == []


def test_an_open_poll_is_neither_proclaimed_nor_opened_again() -> None:
    hall = Hall()
    number = hall.open()
    for verb in (proclaim.proclaim, open_poll.open_poll):
        with pytest.raises(Conflict):
            verb(hall.clerk, number, now=NOW)


def test_a_ballot_altered_in_the_database_is_not_counted() -> None:
    hall = Hall()
    number = hall.open()
    hall.say(number, {1: Choice.NO})
    _alter(number)
    with pytest.raises(Conflict) as refused:
        close.close(hall.clerk, number, now=NOW)
    assert refused.value.code == "tampered"
    assert queries.poll(PUBLIC, number).state is PollState.OPEN


@atomic()
def _alter(number: int) -> None:
    """By a hand that has put the guards of the database aside first."""
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(_changed(number))
    with guards.lifted():
        db.session.execute(_changed(number))


def _changed(number: int) -> sa.Update:
    return sa.update(Ballot).where(Ballot.poll_id == number).values(choice=Choice.YES)


@pytest.mark.parametrize("reason", ["", "   ", "errore", "x" * 2001, "con \x00 dentro e abbastanza lungo"])
def test_a_poll_is_annulled_only_with_a_reason(reason: str) -> None:
    hall = Hall()
    number = hall.open()
    with pytest.raises(Invalid):
        annul.annul(hall.clerk, number, reason, now=NOW)
    assert queries.poll(PUBLIC, number).state is PollState.OPEN


def test_what_was_answered_in_a_poll_annulled_while_open_stays_unknown() -> None:
    hall = Hall()
    number = hall.open()
    hall.say(number, {1: Choice.YES})
    annul.annul(hall.clerk, number, REASON, now=NOW)
    page = queries.poll(PUBLIC, number)
    assert (page.annul_reason, page.outcome) == (REASON, None)
    with pytest.raises(Conflict):
        results.answers(number)
    with pytest.raises(Conflict):
        close.close(hall.clerk, number, now=NOW)


def test_after_the_count_two_persons_annul_one_of_them_the_secretary_general() -> None:
    hall = Hall()
    number = hall.closed({1: Choice.YES, 2: Choice.YES})
    proclaim.proclaim(hall.clerk, number, now=NOW)
    assert not annul.annul(hall.clerk, number, REASON, now=NOW)
    asked = annul.waiting(number, now=NOW)[0].id
    with pytest.raises(Conflict, match="another person"):
        annul.agree(hall.clerk, number, asked, now=NOW)
    with pytest.raises(Forbidden, match="secretary general"):
        annul.agree(factories.holder(Office.SECRETARIAT), number, asked, now=NOW)
    with pytest.raises(Conflict, match="asked for already"):
        annul.annul(hall.general, number, REASON, now=NOW)
    assert queries.poll(PUBLIC, number).state is PollState.PROCLAIMED
    annul.agree(hall.general, number, asked, now=NOW)
    again = hall.open(follows_id=number)
    assert (queries.poll(PUBLIC, again).call, queries.poll(PUBLIC, number).followed_by_id) == (1, again)
    assert queries.polls(PUBLIC)[1].met is None


@pytest.mark.parametrize("office", [Office.COUNCIL_CLERK, Office.MODERATOR, Office.ADMINISTRATOR])
def test_other_offices_annul_nothing(office: Office) -> None:
    hall = Hall()
    number = hall.open()
    with pytest.raises(Forbidden):
        annul.annul(factories.holder(office), number, REASON, now=NOW)


def test_the_record_names_no_person_and_no_choice() -> None:
    hall = Hall()
    number = hall.open()
    hall.say(number, {1: Choice.YES})
    facts = db.session.execute(sa.select(Entry.kind, Entry.facts).where(Entry.stream == f"poll:{number}")).all()
    assert [row.kind for row in facts] == ["PollPrepared", "PollOpened"]
    close.close(hall.clerk, number, now=NOW)
    last = db.session.scalar(sa.select(Entry.facts).where(Entry.kind == "PollClosed"))
    assert last is not None
    assert (last["yes"], last["no"], last["ballots"]) == (1, 0, 1)
