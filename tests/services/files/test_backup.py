"""Attachments are part of every backup, and come back with the rows that speak of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.backup.empty import empty
from portal.backup.restore import restore
from portal.backup.write import write
from portal.comments.attachment_models import Attachment
from portal.config import UnsafeSettings, from_environment
from portal.db import db
from portal.files.queries import totals, wrong
from portal.files.store import Store
from tests import papers
from tests.factories import NOW
from tests.letters import Desk as Office
from tests.writing import Desk


def test_attachments_and_letters_come_back_from_a_backup(tmp_path: Path) -> None:
    here, elsewhere = Store(tmp_path / "here"), Store(tmp_path / "elsewhere")
    desk, office = Desk(), Office()
    saved = desk.draft()
    papers.attached(desk.officer, saved.comment_id, papers.jpeg(), "Però.jpg", here.data_dir)
    office.document(office.letter(), here.data_dir)
    (here.uploads / "7.part").write_bytes(b"on its way")
    write(tmp_path / "all.zip", files=here.files, program="1.0", now=NOW)
    empty()
    assert totals().count == 0
    restore(tmp_path / "all.zip", files=elsewhere.files)
    assert totals().count == 2
    assert list(wrong(elsewhere)) == []
    assert {sha256 for sha256, _ in elsewhere.all()} == {sha256 for sha256, _ in here.all()}
    assert db.session.query(Attachment).one().name == "Però.jpg"
    assert not elsewhere.uploads.exists(), "what is on its way is not part of a backup"


@pytest.mark.once
def test_a_scanner_that_is_not_there_is_told_at_the_start() -> None:
    assert from_environment({"SCAN_COMMAND": "true --quiet 'a b'"}).scan_command == ("true", "--quiet", "a b")
    for wrong_one in ("no-such-scanner", "true 'unfinished"):
        with pytest.raises(UnsafeSettings, match="SCAN_COMMAND"):
            from_environment({"SCAN_COMMAND": wrong_one})
