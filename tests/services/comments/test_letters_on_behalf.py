"""A letter becomes a submission like any other: numbered, late by its protocol, with every word of it dealt with."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest

from portal.comments import (
    admission_queries,
    attach_letter,
    decide,
    letter_sources,
    letters,
    open_letter,
    receipts,
    registrations,
    split_letter,
    withdraw,
)
from portal.comments import queries as remarks
from portal.comments.models import Comment, Submission
from portal.comments.points import Place
from portal.comments.register_letter import register
from portal.comments.registration_models import Registration, RegistrationDocument
from portal.comments.registration_rules import Part, RegistrationState
from portal.comments.rules import CommentKind, CommentState
from portal.db import db
from portal.files.collect import collect
from portal.files.store import Store
from portal.journal.models import Entry
from portal.journal.verify import verify
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW
from tests.letters import TEXT, Desk, fresh, stretch
from tests.writing import key

PUBLIC = Actor.anonymous()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def registered(desk: Desk, row: Registration) -> Submission:
    register(desk.secretary, row.id, fresh(row), now=NOW)
    db.session.refresh(row)
    return db.session.get_one(Submission, row.submission_id)


def test_a_letter_becomes_a_submission_with_numbers_and_a_receipt(desk: Desk, tmp_path: Path) -> None:
    sent = registered(desk, desk.split(tmp_path))
    first, second = sent.comments
    assert (first.observation, first.reasons) == (
        "Si chiede di prevedere una fermata presso l'ospedale.",
        "La fermata serve cento addetti.",
    )
    assert second.proposed_text == '"Entro il 2028 è aperta la nuova fermata."'
    assert (first.number, second.number, sent.number) == (1, 2, 1)
    assert {comment.state for comment in sent.comments} == {CommentState.SUBMITTED}
    assert (sent.signed_person_id, sent.signed_mandate_id, sent.body_id) == (None, None, desk.body.id)
    assert receipts.check(PUBLIC, sent.code or "").in_register
    assert verify() == []


def test_the_receipt_says_by_which_way_it_came_and_commits_to_the_letter(desk: Desk, tmp_path: Path) -> None:
    row = desk.split(tmp_path)
    sent = registered(desk, row)
    told = json.loads(sent.canonical or "")
    assert told["office"] == Office.MAYOR.value
    letter = told["on_behalf"]
    assert (letter["channel"], letter["protocol_number"]) == ("pec", row.protocol_number)
    assert letter["text_sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert [one["sha256"] for one in letter["documents"]] == [db.session.query(RegistrationDocument).one().sha256]
    assert "lettera.pdf" not in (sent.canonical or ""), "names of documents may name people"


def test_registering_twice_gives_the_same_receipt(desk: Desk, tmp_path: Path) -> None:
    row = desk.split(tmp_path)
    revision = fresh(row)
    codes = {register(desk.secretary, row.id, revision, now=NOW) for _ in range(3)}
    assert len(codes) == 1
    assert db.session.query(Submission).count() == 1


@pytest.mark.parametrize(("before_the_deadline", "is_late"), [(1, False), (0, True), (-3600, True)])
def test_it_is_late_by_when_it_came_not_by_when_it_was_registered(
    before_the_deadline: int, is_late: bool, desk: Desk, tmp_path: Path
) -> None:
    deadline = desk.consultation.deadline_at
    came = deadline - timedelta(seconds=before_the_deadline)
    row = desk.split(tmp_path)
    later = deadline + timedelta(days=5)
    heading = desk.heading(received_at=came, protocol_number=row.protocol_number)
    open_letter.revise(desk.secretary, row.id, heading, row.text, fresh(row), now=later)
    register(desk.secretary, row.id, fresh(row), now=later)
    sent = db.session.query(Submission).one()
    assert (sent.is_late, sent.submitted_at) == (is_late, later)


def test_nothing_is_registered_while_a_word_waits(desk: Desk, tmp_path: Path) -> None:
    row = desk.split(tmp_path)
    split_letter.release(desk.secretary, row.id, [stretch(TEXT, "saluti")], fresh(row), now=NOW)
    with pytest.raises(Invalid, match="6 characters"):
        register(desk.secretary, row.id, fresh(row), now=NOW)
    assert db.session.query(Submission).count() == 0


def test_nothing_is_registered_without_the_letter_as_it_came(desk: Desk, tmp_path: Path) -> None:
    row = desk.split(tmp_path)
    attach_letter.remove(desk.secretary, db.session.query(RegistrationDocument).one().id, now=NOW)
    with pytest.raises(Invalid, match="as it came"):
        register(desk.secretary, row.id, fresh(row), now=NOW)


def test_a_letter_may_ask_for_a_change_and_leave_its_words_to_the_plan(desk: Desk, tmp_path: Path) -> None:
    row = desk.split(tmp_path)
    desk.dismiss(row, '"Entro il 2028 è aperta la nuova fermata."')
    second = registered(desk, row).comments[1]
    assert (second.kind, second.proposed_text) == (CommentKind.CHANGE_REQUEST, "")


def test_a_remark_of_a_letter_needs_words(desk: Desk, tmp_path: Path) -> None:
    row = desk.split(tmp_path)
    desk.dismiss(row, "Si propone di scrivere:")
    with pytest.raises(Invalid) as told:
        register(desk.secretary, row.id, fresh(row), now=NOW)
    assert "Write the observation." in str(told.value.problems[0])


def test_a_remark_longer_than_one_may_write_is_told_with_its_number(desk: Desk, tmp_path: Path) -> None:
    long = "parola " * 800
    row = desk.letter(text=long)
    desk.point(row, long.strip())
    desk.document(row, tmp_path)
    with pytest.raises(Invalid) as told:
        register(desk.secretary, row.id, fresh(row), now=NOW)
    assert "Point 1" in str(told.value.problems[0])


def test_the_same_protocol_is_taken_in_once_unless_it_was_set_aside(desk: Desk) -> None:
    row = desk.letter()
    again = desk.heading(protocol_number=row.protocol_number)
    with pytest.raises(Invalid, match="taken in already"):
        open_letter.begin(desk.secretary, again, TEXT, key(), now=NOW)
    open_letter.set_aside(desk.secretary, row.id, now=NOW)
    open_letter.begin(desk.secretary, again, TEXT, key(), now=NOW)
    with pytest.raises(NotFound):
        registrations.letter(desk.secretary, row.id)


def test_the_same_form_twice_is_one_letter(desk: Desk) -> None:
    heading, known = desk.heading(), key()
    found = {open_letter.begin(desk.secretary, heading, TEXT, known, now=NOW)[0] for _ in range(2)}
    assert len(found) == 1


def test_two_windows_do_not_undo_each_other(desk: Desk) -> None:
    row = desk.letter()
    seen = fresh(row)
    desk.dismiss(row, "Distinti saluti")
    with pytest.raises(Conflict, match="another window"):
        split_letter.dismiss(desk.secretary, row.id, [stretch(TEXT, "Alla")], seen, now=NOW)
    with pytest.raises(Conflict, match="another window"):
        open_letter.revise(desk.secretary, row.id, desk.heading(), "Altro testo", seen, now=NOW)


def test_a_correction_of_the_text_keeps_what_stands_around_it(desk: Desk) -> None:
    row = desk.letter()
    desk.point(row, "Si chiede di prevedere una fermata presso l'ospedale.")
    desk.dismiss(row, "Distinti saluti")
    heading = desk.heading(protocol_number=row.protocol_number)
    open_letter.revise(
        desk.secretary, row.id, heading, TEXT.replace("cento addetti", "mille addetti"), fresh(row), now=NOW
    )
    found = registrations.letter(desk.secretary, row.id)
    assert found.points[0].observation == "Si chiede di prevedere una fermata presso l'ospedale."
    assert found.left_out == ["Distinti saluti"]


def test_a_point_that_is_taken_out_gives_its_words_back(desk: Desk) -> None:
    row = desk.letter()
    point = desk.point(row, TEXT)
    assert registrations.letter(desk.secretary, row.id).coverage.is_full
    split_letter.remove_point(desk.secretary, row.id, point, fresh(row), now=NOW)
    assert registrations.letter(desk.secretary, row.id).coverage.assigned == 0


def test_places_of_another_plan_and_points_of_another_letter_are_not_there(desk: Desk) -> None:
    row, other = desk.letter(), Desk()
    strange = other.point(other.letter(), "Distinti saluti")
    with pytest.raises(NotFound):
        desk.point(row, "Distinti saluti", place=other.place)
    with pytest.raises(NotFound):
        desk.point(row, "Distinti saluti", place=Place(desk.consultation.id, paragraph_id=desk.paragraph.id))
    with pytest.raises(NotFound):
        desk.part(row, strange, Part.REASONS, "Distinti saluti")


@pytest.mark.parametrize("office", [Office.MODERATOR, Office.DRAFTING_LEAD, Office.AUDITOR, Office.ADMINISTRATOR])
def test_only_the_secretariat_registers(office: Office, desk: Desk, tmp_path: Path) -> None:
    row, who = desk.split(tmp_path), factories.holder(office)
    with pytest.raises(Forbidden):
        open_letter.begin(who, desk.heading(), TEXT, key(), now=NOW)
    with pytest.raises(Forbidden):
        register(who, row.id, fresh(row), now=NOW)
    with pytest.raises(Forbidden):
        registrations.letter(who, row.id)


def test_bodies_that_may_not_take_part_and_hours_out_of_the_window_are_refused(desk: Desk) -> None:
    opens = desk.consultation.opens_at
    for wrong in (
        desk.heading(body_id=factories.city().id),
        desk.heading(received_at=opens - timedelta(minutes=1)),
        desk.heading(received_at=NOW + timedelta(minutes=1)),
        desk.heading(protocol_date=NOW.date() + timedelta(days=1)),
        desk.heading(protocol_number="  "),
        desk.heading(protocol_number="9" * 61),
    ):
        with pytest.raises(Invalid):
            open_letter.begin(desk.secretary, wrong, TEXT, key(), now=NOW)


def test_what_was_registered_does_not_change_any_more(desk: Desk, tmp_path: Path) -> None:
    row = desk.split(tmp_path)
    registered(desk, row)
    with pytest.raises(Conflict):
        desk.dismiss(row, "Distinti saluti")
    with pytest.raises(Conflict):
        open_letter.set_aside(desk.secretary, row.id, now=NOW)
    with pytest.raises(Conflict):
        attach_letter.remove(desk.secretary, db.session.query(RegistrationDocument).one().id, now=NOW)


def test_it_stands_in_the_queue_like_any_other_and_somebody_else_decides(desk: Desk, tmp_path: Path) -> None:
    comment = registered(desk, desk.split(tmp_path)).comments[0]
    with pytest.raises(Forbidden):
        decide.decide(desk.secretary, comment.id, True, None, "", now=NOW)
    decide.decide(factories.holder(Office.MODERATOR), comment.id, True, None, "", now=NOW)
    found = remarks.remark(PUBLIC, comment.number or 0)
    assert (found.on_behalf, found.state) == (True, CommentState.ADMITTED)


def test_the_queue_marks_it(desk: Desk, tmp_path: Path) -> None:
    registered(desk, desk.split(tmp_path))
    rows = admission_queries.queue(desk.secretary, admission_queries.Show.PENDING, now=NOW)
    assert [row.on_behalf for row in rows] == [True, True]


def test_the_people_of_the_body_have_its_letter_and_can_withdraw(desk: Desk, tmp_path: Path) -> None:
    sent = registered(desk, desk.split(tmp_path))
    mayor, stranger = factories.holder(Office.MAYOR, desk.body), factories.holder(Office.MAYOR, factories.body())
    document = db.session.query(RegistrationDocument).one().id
    source = letter_sources.source_of(mayor, sent.id)
    assert source
    assert [one.id for one in source.documents] == [document]
    assert letter_sources.document(mayor, document).name == "lettera.pdf"
    for other in (stranger, PUBLIC, factories.holder(Office.DRAFTING_OFFICER)):
        public = letter_sources.source_of(other, sent.id)
        assert public
        assert public.documents == ()
        with pytest.raises(NotFound):
            letter_sources.document(other, document)
    assert [person.person_id for person in letters.concerned(sent.id, NOW)] == [mayor.person_id]
    withdraw.withdraw(mayor, sent.comments[0].number or 0, now=NOW)
    assert db.session.get_one(Comment, sent.comments[0].id).state is CommentState.WITHDRAWN


def test_the_letter_of_a_registration_is_never_collected(desk: Desk, tmp_path: Path) -> None:
    registered(desk, desk.split(tmp_path))
    for days in (0, 2, 400):
        assert collect(Store(tmp_path), now=NOW + timedelta(days=days)) == 0


def test_the_record_says_who_registered_and_which_letter_without_a_word_of_it(desk: Desk, tmp_path: Path) -> None:
    row = desk.split(tmp_path)
    registered(desk, row)
    kinds = {entry.kind: entry for entry in db.session.query(Entry)}
    assert kinds["LetterRegistered"].person_id == desk.secretary.person_id
    assert kinds["LetterRegistered"].facts["registration_id"] == row.id
    assert "fermata" not in "".join(str(entry.facts) for entry in kinds.values())
    assert row.state is RegistrationState.REGISTERED


def test_a_letter_of_twelve_points_is_split_whole(desk: Desk, tmp_path: Path) -> None:
    asked = [f"{n}. Si chiede di rivedere il punto numero {n}, che non convince." for n in range(1, 13)]
    row = desk.letter(text="\n".join(asked))
    for words in asked:
        desk.point(row, words, kind=CommentKind.QUESTION)
    desk.document(row, tmp_path)
    sent = registered(desk, row)
    assert [comment.observation for comment in sent.comments] == asked
