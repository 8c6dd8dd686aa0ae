"""The console finds what was touched, exits with 1, and exports heads that find a cut tail."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from portal.accounts.start_session import start_session
from portal.db import atomic, db
from portal.journal.models import Entry, Stream, Unheard
from tests.factories import NOW, person


@pytest.fixture(autouse=True)
def _entries() -> None:
    someone = person()
    for _ in range(3):
        start_session(someone.id, "link", "test", now=NOW)


def run(app: Flask, *args: str) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["journal", *args])


@atomic()
def cut_tail() -> None:
    last = db.session.scalars(sa.select(Entry).order_by(Entry.id.desc())).first()
    assert last is not None
    db.session.execute(sa.delete(Unheard))
    db.session.execute(sa.delete(Entry).where(Entry.id == last.id))
    db.session.execute(sa.update(Stream).values(head_seq=last.seq - 1, head_hash=last.previous))


def test_a_record_that_holds_is_said_to_hold(app: Flask) -> None:
    done = run(app, "verify")
    assert (done.exit_code, "3 entries" in done.output) == (0, True)


def test_an_edited_entry_is_named_and_the_exit_status_says_so(app: Flask) -> None:
    @atomic()
    def edit() -> None:
        db.session.execute(sa.update(Entry).where(Entry.seq == 2).values(person_id=999))

    edit()
    done = run(app, "verify")
    assert (done.exit_code, "accounts 2: edited" in done.output) == (1, True)


def test_a_cut_tail_is_found_only_with_kept_heads(app: Flask, tmp_path: Path) -> None:
    kept = tmp_path / "heads.json"
    assert run(app, "heads", "-o", str(kept)).exit_code == 0
    cut_tail()
    assert run(app, "verify").exit_code == 0
    found = run(app, "verify", "--heads", str(kept))
    assert (found.exit_code, "accounts 3: cut" in found.output) == (1, True)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "other"}', '{"format": "parere-heads/1", "heads": [{}]}'])
def test_a_file_that_holds_no_heads_is_refused_in_words(text: str, app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "heads.json"
    path.write_text(text)
    done = run(app, "verify", "--heads", str(path))
    assert (done.exit_code, "holds no heads" in done.output) == (1, True)


def test_a_file_that_cannot_be_written_is_told(app: Flask, tmp_path: Path) -> None:
    done = run(app, "heads", "-o", str(tmp_path / "none" / "heads.json"))
    assert (done.exit_code, "Cannot write" in done.output) == (1, True)
