"""At the same moment: a letter registered by two people, an eleventh file, the same piece twice, a file collected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from portal.comments import open_letter
from portal.comments.attachment_models import Attachment
from portal.comments.models import Comment, Submission
from portal.comments.register_letter import register
from portal.comments.registration_models import Registration, RegistrationDocument
from portal.db import db
from portal.files import receive
from portal.files.collect import collect
from portal.files.queries import wrong
from portal.files.rules import COUNT_LIMIT
from portal.files.store import Store
from portal.jobs.models import Mail
from portal.journal.verify import verify
from portal.kernel.errors import Conflict, DomainError, Invalid
from portal.kernel.offices import Office
from portal.notify import listen
from tests import factories, papers
from tests.factories import NOW
from tests.letters import TEXT, fresh
from tests.letters import Desk as Office_
from tests.races import at_once
from tests.writing import Desk, key


def test_a_letter_that_two_people_register_at_once_is_registered_once(app: Flask, tmp_path: Path) -> None:
    office = Office_()
    row = office.split(tmp_path)
    revision, number = fresh(row), row.id
    people = [office.secretary, factories.holder(Office.SECRETARIAT), factories.holder(Office.SECRETARY_GENERAL)]
    db.session.rollback()
    codes = at_once(app, [partial(register, who, number, revision, now=NOW) for who in people])
    assert len({str(code) for code in codes}) == 1
    assert db.session.query(Submission).count() == 1
    assert {n for (n,) in db.session.query(Comment.number)} == {1, 2}
    assert verify() == []


def test_one_protocol_number_is_taken_in_once_however_many_type_it(app: Flask) -> None:
    office = Office_()
    heading = office.heading()
    db.session.rollback()
    acts = [partial(open_letter.begin, office.secretary, heading, TEXT, key(), now=NOW) for _ in range(4)]
    found = at_once(app, acts)
    assert sum(not isinstance(one, DomainError) for one in found) == 1
    assert all(isinstance(one, Conflict | Invalid) for one in found if isinstance(one, DomainError))
    assert db.session.query(Registration).count() == 1


def test_of_two_files_for_the_last_place_one_is_attached(app: Flask, tmp_path: Path) -> None:
    desk = Desk()
    saved = desk.draft()
    for n in range(COUNT_LIMIT - 1):
        papers.hang(saved.comment_id, papers.pdf(title=str(n)), f"{n}.pdf", tmp_path)
    db.session.rollback()
    files = [(papers.png(20 + n), f"x{n}.png") for n in range(3)]
    found = at_once(app, [partial(papers.attached, desk.officer, saved.comment_id, *file, tmp_path) for file in files])
    assert sum(isinstance(one, Conflict) for one in found) == 2
    assert db.session.query(Attachment).count() == COUNT_LIMIT


def test_the_same_piece_sent_twice_at_once_is_received_once(app: Flask, tmp_path: Path) -> None:
    who, store, words = factories.actor(factories.person()), Store(tmp_path), bytes(range(256)) * 8
    begun = receive.begin(who, "comment:1", "0123456789abcdef", "a.png", len(words), now=NOW)
    db.session.rollback()
    found = at_once(app, [lambda: receive.add(who, begun.id, 0, words, store=store, now=NOW) for _ in range(4)])
    assert {one.received for one in found if isinstance(one, receive.Progress)} == {len(words)}
    assert store.part(begun.id).read_bytes() == words


@pytest.mark.parametrize("turn", range(3))
def test_a_file_that_is_collected_while_it_comes_again_is_not_lost(app: Flask, tmp_path: Path, turn: int) -> None:
    desk, store = Desk(), Store(tmp_path)
    first, second = desk.draft(), desk.draft()
    papers.attached(desk.officer, first.comment_id, papers.png(), "a.png", tmp_path)
    db.session.query(Attachment).delete()
    db.session.commit()
    collect(store, now=NOW)
    later = NOW + timedelta(days=2)
    collecting: Callable[[], int] = partial(collect, store, now=later)
    coming: Callable[[], int] = partial(
        papers.attached, desk.officer, second.comment_id, papers.png(), "b.png", tmp_path
    )
    at_once(app, [collecting, coming])
    assert db.session.query(Attachment).count() == 1
    assert list(wrong(store)) == []


def test_whoever_signs_is_told_that_the_secretariat_registered_the_letter(tmp_path: Path) -> None:
    office = Office_()
    mayor = factories.holder(Office.MAYOR, office.body)
    row = office.split(tmp_path)
    register(office.secretary, row.id, fresh(row), now=NOW)
    listen.hear()
    [mail] = db.session.query(Mail).filter_by(template="receipt").all()
    assert mail.person_id == mayor.person_id
    assert f"protocollo {row.protocol_number}" in mail.text
    assert db.session.query(RegistrationDocument).one().name not in mail.text
