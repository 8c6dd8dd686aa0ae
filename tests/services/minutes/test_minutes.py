"""Minutes as people work on them: written together, signed by two, approved later, never rewritten."""

from __future__ import annotations

from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.conferences import locked
from portal.conferences.floor import note_speech
from portal.conferences.floor.models import Speech
from portal.conferences.hall import items, roll_call, session
from portal.conferences.minutes import approve, desk_queries, queries, sign, write_section
from portal.conferences.minutes.models import (
    Minutes,
    MinutesCorrection,
    MinutesRevision,
    MinutesSection,
    MinutesSignature,
)
from portal.conferences.minutes.rules import MinutesState
from portal.conferences.minutes.write_section import Overtaken
from portal.conferences.rules import Visibility
from portal.db import atomic, db
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import Office
from portal.notify.listen import hear
from portal.records.minutes import draw
from portal.records.minutes.document import as_json
from tests import factories
from tests.hall import Hall
from tests.minutes import Record, sit
from tests.races import at_once
from tests.sittings import FIRST

VISITOR = Actor.anonymous()


def test_a_closed_sitting_is_heard_and_its_minutes_are_there_once() -> None:
    hall = sit()
    hear()
    page = queries.minutes(hall.secretariat, hall.sitting)
    assert page.number == "1/2027" and page.state is MinutesState.DRAFT
    assert draw.write(hall.secretariat, hall.sitting, 1, now=hall.at(70)) == page.id
    rows = desk_queries.held(hall.secretariat)
    assert [(row.number, row.deserted, row.signatures) for row in rows] == [("1/2027", False, 0)]


@pytest.mark.once
def test_two_hands_in_one_section_lose_nothing_of_each_other() -> None:
    record = Record()
    text = record.text("punto-1")
    first, *_, last = text.split("\n")
    key, at = "punto-1", record.hall.at
    write_section.write(record.clerk, record.id, key, text.replace(first, f"{first} Nota."), 1, now=at(70))
    with pytest.raises(Conflict) as held:
        write_section.write(record.colleague, record.id, key, text + "\n\nAltro.", 1, now=at(72))
    assert held.value.code == "held"

    write_section.take(record.colleague, record.id, key, now=at(73))
    saved = write_section.write(record.colleague, record.id, key, text.replace(last, f"{last} Fine."), 1, now=at(74))
    assert saved.joined and f"{first} Nota." in saved.text and f"{last} Fine." in saved.text
    write_section.release(record.colleague, record.id, key, now=at(75))
    with pytest.raises(Overtaken) as overtaken:
        write_section.write(record.clerk, record.id, key, text.replace(last, f"{last} Altra fine."), 1, now=at(76))
    assert overtaken.value.stored == saved.text
    wordings = desk_queries.revisions(record.clerk, record.id, key)
    assert wordings[0].text == saved.text and wordings[-1].text == text and wordings[-1].name is None


@pytest.mark.once
def test_what_was_written_by_hand_stays_when_the_record_is_told_anew() -> None:
    record = Record()
    written = record.text("chiusura") + "\n\nAggiunta a mano."
    write_section.write(record.clerk, record.id, "chiusura", written, 1, now=record.hall.at(70))
    assert draw.write_anew(record.clerk, record.page(), now=record.hall.at(71)) == ()
    assert record.text("chiusura") == written
    write_section.restore(record.clerk, record.id, "chiusura", now=record.hall.at(72))
    assert "Aggiunta a mano." not in record.text("chiusura")


def test_chair_and_secretary_sign_the_same_text_and_then_it_is_frozen() -> None:
    record = Record()
    seen = record.page().fingerprint
    with pytest.raises(Forbidden):
        sign.sign(record.clerk, record.id, seen, now=record.hall.at(80))
    assert not sign.sign(record.general, record.id, seen, now=record.hall.at(80))
    with pytest.raises(Conflict):
        write_section.write(record.clerk, record.id, "chiusura", "Altro.", 1, now=record.hall.at(81))
    sign.withdraw(record.general, record.id, now=record.hall.at(81))
    write_section.write(record.clerk, record.id, "chiusura", "Altro.", 1, now=record.hall.at(82))
    with pytest.raises(Conflict) as changed:
        sign.sign(record.mayor, record.id, seen, now=record.hall.at(83))
    assert changed.value.code == "changed"

    page = record.signed()
    assert page.state is MinutesState.SIGNED and page.sha256 == page.fingerprint
    assert len({one.person_id for one in page.signatures}) == 2
    speech = db.session.scalars(sa.select(Speech.id).where(Speech.synopsis != "")).one()
    with pytest.raises(Conflict) as signed:
        note_speech.write_synopsis(record.clerk, record.hall.sitting, speech, "Altro.", now=record.hall.at(90))
    assert signed.value.code == "signed"
    _nothing_past_the_program(record.id)


@pytest.mark.once
def test_one_person_does_not_sign_twice_and_two_chairs_do_not_sign() -> None:
    record = Record()
    seen, now = record.page().fingerprint, record.hall.at(80)
    sign.sign(record.mayor, record.id, seen, now=now)
    for again in (record.mayor, factories.holder(Office.DEPUTY_MAYOR)):
        with pytest.raises(Conflict):
            sign.sign(again, record.id, seen, now=now)
    assert record.page().state is MinutesState.DRAFT


def test_two_who_sign_at_once_freeze_one_text(app: Flask) -> None:
    record = Record()
    seen, now = record.page().fingerprint, record.hall.at(80)
    at_once(app, [partial(sign.sign, who, record.id, seen, now=now) for who in (record.general, record.mayor)])
    db.session.rollback()
    kinds = list(db.session.scalars(sa.select(Entry.kind).where(Entry.stream == f"minutes:{record.id}")))
    assert kinds.count("MinutesSigned") == 1 and record.page().sha256 == seen


@pytest.mark.once
def test_who_presides_elsewhere_reads_no_minutes_of_a_sitting_that_is_reserved() -> None:
    hall = Hall(visibility=Visibility.RESERVED)
    hall.open()
    hall.close()
    record, councillor = Record(hall), factories.holder(Office.COUNCILLOR)
    with pytest.raises(NotFound):
        record.page(councillor)
    assert desk_queries.held(councillor) == []
    assert {record.page(who).id for who in (hall.auditor, record.mayor)} == {record.id}


@pytest.mark.once
def test_minutes_are_read_by_everybody_only_once_signed_and_published() -> None:
    record = Record()
    with pytest.raises(NotFound):
        record.page(VISITOR)
    with pytest.raises(Conflict):
        approve.publish(record.clerk, record.id, now=record.hall.at(80))
    record.signed()
    with pytest.raises(NotFound):
        record.page(VISITOR)
    approve.publish(record.clerk, record.id, now=record.hall.at(90))
    page = record.page(VISITOR)
    assert page.sha256 and queries.by_fingerprint(page.sha256) == (record.hall.sitting, 1)
    assert b"Anna Rossi" in as_json(page)


def test_a_later_sitting_approves_them_and_corrections_are_added_not_written_in() -> None:
    record = Record()
    with pytest.raises(Conflict):
        approve.ask_correction(record.clerk, record.id, "Comune 01", "Troppo presto.", now=record.hall.at(70))
    before = record.signed()
    approve.ask_correction(record.clerk, record.id, "Comune 01", "La durata era di 4 minuti.", now=record.hall.at(100))
    with pytest.raises(Invalid):
        approve.approve(record.clerk, record.id, record.hall.sitting, record.hall.items[0].id, now=record.hall.at(100))
    later, item = _later(record.hall)
    assert [one.item for one in desk_queries.later_items(record.clerk, before)] == [item]
    approve.approve(record.clerk, record.id, later, item, now=record.hall.at(60 * 24 * 30))
    page = record.page()
    assert page.state is MinutesState.APPROVED and page.approval and page.approval.item_number == 1
    assert page.fingerprint == before.sha256 and len(page.corrections) == 1


def _later(hall: Hall) -> tuple[int, int]:
    """Another sitting of the same organ that has taken up its first item."""
    when, by = FIRST.replace(month=4), hall.secretariat
    number = hall.chamber.convened(when)
    roll = roll_call.begin(by, number, 1, now=when)
    roll_call.end(by, number, roll, now=when)
    session.open_sitting(by, number, "Il Sindaco", "Il Segretario", now=when)
    item = locked.items(number)[0].id
    items.call_item(by, number, item, now=when)
    return number, item


@atomic()
def _nothing_past_the_program(minutes_id: int) -> None:
    """Whoever reaches the tables themselves changes nothing either: no section, no wording, no signature, no number."""
    section = db.session.scalars(sa.select(MinutesSection).where(MinutesSection.minutes_id == minutes_id)).first()
    assert section is not None
    of_these = MinutesSection.minutes_id == minutes_id
    more = {"key": "altro", "title": "Altro", "generated": "", "tables": [], "text": "Falso.", "position": 99}
    wording = {"section_id": section.id, "revision": 99, "text": "Falso.", "at": factories.NOW}
    correction = {"minutes_id": minutes_id, "number": 1, "asked_by": "x", "text": "x", "asked_at": factories.NOW}
    refused: list[sa.Executable] = [
        sa.update(MinutesSection).where(of_these).values(text="Falso."),
        sa.insert(MinutesSection).values(minutes_id=minutes_id, revision=1, **more),
        sa.insert(MinutesRevision).values(**wording),
        sa.update(MinutesRevision).values(text="Falso."),
        sa.delete(MinutesRevision),
        sa.update(MinutesSignature).values(name="Falso"),
        sa.delete(MinutesSignature),
        sa.update(Minutes).values(number=99),
        sa.update(Minutes).values(state=MinutesState.DRAFT, sha256=None, signed_at=None),
        sa.delete(Minutes),
    ]
    for statement in refused:
        with pytest.raises(sa.exc.DBAPIError, match="signed minutes do not change"):
            db.session.execute(statement)
        db.session.rollback()
    db.session.execute(sa.insert(MinutesCorrection).values(**correction))
    with pytest.raises(sa.exc.DBAPIError, match="signed minutes do not change"):
        db.session.execute(sa.update(MinutesCorrection).values(text="Falso."))
    db.session.rollback()
