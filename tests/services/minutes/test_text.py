"""The text of minutes comes from the journal: the same entries, the same text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal.backup.restore import restore
from portal.backup.write import write
from portal.conferences.hall import session
from portal.kernel.errors import Conflict
from portal.records.minutes import draw
from portal.records.minutes.document import as_text, document
from tests.hall import Hall
from tests.minutes import Record, rename

pytestmark = pytest.mark.once
GOLDEN = Path(__file__).with_name("verbale.txt")


def told(record: Record) -> str:
    """The whole document, less what is different at every run: fingerprints and numbers of rows."""
    return re.sub(r"\b[0-9a-f]{64}\b", "<sha256>", as_text(document(record.page())))


def test_a_sitting_is_told_from_the_roll_call_to_the_closing() -> None:
    assert told(Record()) == GOLDEN.read_text()


def test_the_same_journal_gives_the_same_text_again_whoever_was_renamed_since() -> None:
    record = Record()
    page = record.page()
    for who in record.hall.people.values():
        rename(who.person_id, "Altro Nome")
    again = draw.drawing(page.sitting, page.call, page.kept)
    assert [part.text for part in again.parts] == [section.generated for section in page.sections]
    assert [part.tables for part in again.parts] == [section.tables for section in page.sections]


def test_what_was_taken_back_within_its_seconds_is_not_told() -> None:
    record = Record()
    item = record.text("punto-1")
    assert "Bruno Conte" not in item and "10:16" not in item
    assert record.text("punto-2").count("esce Bruno Conte") == 1


def test_a_deserted_call_has_short_minutes_with_who_was_there() -> None:
    hall = Hall()
    hall.call_roll()
    session.desert(hall.secretariat, hall.sitting, now=hall.at(30))
    record = Record(hall)
    assert [section.key for section in record.page().sections] == [
        "intestazione", "validita", "presenze", "ordine-del-giorno", "chiusura", "allegati",
    ]  # fmt: skip
    assert "constatata l’assenza di tutti, la seduta in prima convocazione è dichiarata deserta." in record.text(
        "chiusura"
    )
    assert record.page().head["deserted"]


def test_minutes_come_back_from_a_backup_with_the_text_that_the_journal_gives(tmp_path: Path) -> None:
    record = Record()
    before = record.page()
    (tmp_path / "files").mkdir()
    saved = tmp_path / "all.backup"
    write(saved, files=tmp_path / "files", program="test", now=record.hall.at(90))
    restore(saved, files=tmp_path / "files", force=True)
    again = draw.drawing(before.sitting, before.call, record.page().kept)
    assert [part.text for part in again.parts] == [section.generated for section in before.sections]


def test_there_are_no_minutes_before_the_end() -> None:
    hall = Hall()
    hall.open(1, 2)
    with pytest.raises(Conflict):
        draw.write(hall.secretariat, hall.sitting, 1, now=hall.at(30))
