"""Notes that call colleagues, and answers that are kept while they are written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.db import db
from portal.drafting import calls, keep_draft, propose, sheet, write_note
from portal.drafting.models import AnswerDraft, NoteMention
from portal.drafting.rules import Outcome
from portal.jobs.models import Mail
from portal.journal.models import Entry
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.kernel.offices import Office
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.remarks import REASONS, Round


@pytest.fixture
def round_(clock: Clock, database: None) -> Round:
    return Round()


def test_those_called_get_a_letter_without_the_note(round_: Round, mail: Callable[[], list[Mail]]) -> None:
    comment = round_.admitted()
    text = f"@{round_.secretary.name}: parola-segreta. Sentiamo anche chi dirige."
    note = write_note.write_note(round_.officer, comment.id, text, called=[round_.lead.person_id or 0], now=NOW)
    sent = [letter for letter in mail() if letter.template == "called"]
    assert {letter.recipient for letter in sent} == {round_.secretary.email, round_.lead.email}
    assert all("parola-segreta" not in letter.text and str(comment.number) in letter.subject for letter in sent)
    assert all(f"/redazione/osservazioni/{comment.number}#notes" in letter.text for letter in sent)
    assert calls.names_called([note.id])[note.id] == sorted([round_.secretary.name, round_.lead.name])
    facts = db.session.query(Entry).filter_by(kind="ColleaguesCalled").one().facts
    assert "parola-segreta" not in str(facts)


def test_nobody_outside_the_house_can_be_called(round_: Round, mail: Callable[[], list[Mail]]) -> None:
    comment = round_.admitted()
    with pytest.raises(Invalid):
        write_note.write_note(round_.officer, comment.id, "Nota.", called=[round_.mayor.person_id or 0], now=NOW)
    write_note.write_note(round_.officer, comment.id, f"@{round_.mayor.name} non va avvisato.", now=NOW)
    assert db.session.query(NoteMention).count() == 0
    assert [letter for letter in mail() if letter.template == "called"] == []


def test_whoever_calls_themselves_is_not_written_to(round_: Round, mail: Callable[[], list[Mail]]) -> None:
    write_note.write_note(round_.officer, round_.admitted().id, f"@{round_.officer.name}", now=NOW)
    assert [letter for letter in mail() if letter.template == "called"] == []


def test_what_is_written_is_kept_for_its_writer_alone(round_: Round) -> None:
    comment = round_.admitted()
    assert keep_draft.keep_draft(round_.officer, comment.id, Outcome.NOTED, "Si prende", 0, now=NOW)
    assert keep_draft.keep_draft(round_.officer, comment.id, None, "Si prende atto\n", 0, now=NOW)
    kept = sheet.draft(round_.officer, comment.id)
    assert kept is not None
    assert (kept.outcome, kept.text, kept.revision) == (None, "Si prende atto", 0)
    assert sheet.draft(round_.lead, comment.id) is None
    assert db.session.query(AnswerDraft).count() == 1
    assert not keep_draft.keep_draft(round_.officer, comment.id, None, "  ", 0, now=NOW)
    assert db.session.query(AnswerDraft).count() == 0


def test_put_forward_it_is_not_kept_any_more(round_: Round) -> None:
    comment = round_.admitted()
    keep_draft.keep_draft(round_.officer, comment.id, Outcome.NOTED, REASONS, 0, now=NOW)
    propose.propose(round_.officer, comment.id, Outcome.NOTED, REASONS, 0, now=NOW)
    assert sheet.draft(round_.officer, comment.id) is None


def test_nobody_keeps_an_answer_they_could_not_give(round_: Round) -> None:
    mine = round_.admitted(signer=round_.mayor)
    taken = round_.proposed().comment_id
    for who, comment_id, refusal in (
        (round_.secretary, mine.id, Forbidden),
        (factories.holder(Office.DRAFTING_OFFICER), taken, Forbidden),
        (round_.officer, round_.approved().comment_id, Conflict),
    ):
        with pytest.raises(refusal):
            keep_draft.keep_draft(who, comment_id, None, "Testo.", 0, now=NOW)
    with pytest.raises(Invalid):
        keep_draft.keep_draft(round_.officer, mine.id, None, "Testo\x00.", 0, now=NOW)
