"""What was saved comes back whole, on an empty database only, and a damaged archive changes nothing."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.start_session import start_session
from portal.backup import manifest as archive
from portal.backup.empty import empty
from portal.backup.restore import restore
from portal.backup.write import write
from portal.db import atomic, db
from portal.journal.models import Entry
from portal.journal.verify import verify
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.offices import BodyKind, Office
from portal.schema import METADATA
from portal.territory.models import Body
from tests import factories
from tests.factories import NOW

Everything = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files" / "ab"
    folder.mkdir(parents=True)
    (folder / "abcdef").write_bytes(b"a map\x00 with bytes")
    return folder.parent


@pytest.fixture
def saved(tmp_path: Path, files: Path) -> Path:
    """An archive of a small city: a child body older than its parent, texts in every script, instants, enums, JSON."""
    child = factories.body("Municipalità 1", BodyKind.DISTRICT)
    parent = factories.body("Comune di Però «l'Alto» 😀 עברית")
    move(child, parent)
    mayor = factories.holder(Office.MAYOR, parent)
    assert mayor.person_id
    for day in range(3):
        start_session(mayor.person_id, "link", f"browser\t{day}", now=NOW)
    factories.consultation(snapshot_id=factories.snapshot({parent: 12345}).id)
    path = tmp_path / "all.zip"
    write(path, files=files, program="1.0", now=NOW)
    return path


@atomic()
def move(child: Body, parent: Body) -> None:
    db.session.execute(sa.update(Body).where(Body.id == child.id).values(parent_id=parent.id))


def everything() -> Everything:
    db.session.rollback()
    return {
        table.name: [tuple(row) for row in db.session.execute(sa.select(table).order_by(*table.primary_key.columns))]
        for table in METADATA.sorted_tables
    }


def test_what_was_saved_comes_back_row_by_row(saved: Path, files: Path, tmp_path: Path) -> None:
    before = everything()
    empty()
    elsewhere = tmp_path / "restored"
    restore(saved, files=elsewhere)
    assert everything() == before
    assert sum(len(rows) for rows in before.values()) > 20
    assert (elsewhere / "ab" / "abcdef").read_bytes() == (files / "ab" / "abcdef").read_bytes()


def test_new_rows_get_new_numbers_after_a_restore(saved: Path, files: Path) -> None:
    empty()
    restore(saved, files=files)
    numbers = set(db.session.scalars(sa.select(Body.id)))
    assert factories.body("Un altro").id not in numbers
    assert verify() == []


def test_a_database_with_data_is_replaced_only_by_force(saved: Path, files: Path) -> None:
    before = everything()
    factories.body("Arrivato dopo")
    after = everything()
    with pytest.raises(Conflict, match="not empty"):
        restore(saved, files=files)
    assert everything() == after
    restore(saved, files=files, force=True)
    assert everything() == before


def test_only_the_owner_can_read_the_archive(saved: Path) -> None:
    assert saved.stat().st_mode & 0o077 == 0


def test_a_backup_that_fails_leaves_no_file(tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.backup.write.verify.heads", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write(tmp_path / "half.zip", files=files, program="1.0", now=NOW)
    assert list(tmp_path.glob("half*")) == []


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The archive with something changed inside, as a valid ZIP."""
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    other = path.with_name("changed.zip")
    with zipfile.ZipFile(other, "w") as new:
        for name, data in members.items():
            new.writestr(name, data)
    return other


def edit_row(members: dict[str, bytes]) -> None:
    members["tables/body.jsonl"] = members["tables/body.jsonl"].replace(b"Municipalit", b"Circoscrizion")


def drop_row(members: dict[str, bytes]) -> None:
    members["tables/person.jsonl"] = b"".join(members["tables/person.jsonl"].splitlines(keepends=True)[1:])


def drop_table(members: dict[str, bytes]) -> None:
    del members["tables/mail.jsonl"]


def add_file(members: dict[str, bytes]) -> None:
    members["files/extra"] = b"x"


def no_manifest(members: dict[str, bytes]) -> None:
    del members["manifest.json"]


def other_format(members: dict[str, bytes]) -> None:
    members["manifest.json"] = members["manifest.json"].replace(b"parere-backup/1", b"parere-backup/9")


def signed_anew(members: dict[str, bytes], name: str) -> None:
    """Make the manifest agree with a changed file, as whoever changes it on purpose would."""
    manifest = json.loads(members["manifest.json"])
    for member in manifest["members"]:
        if member["name"] == name:
            member["sha256"] = hashlib.sha256(members[name]).hexdigest()
            member["rows"] = members[name].count(b"\n")
    members["manifest.json"] = json.dumps(manifest).encode()


def forge_journal(members: dict[str, bytes]) -> None:
    name = "tables/journal_entry.jsonl"
    members[name] = members[name].replace(b'"link"', b'"pass"', 1)
    signed_anew(members, name)


def cut_journal(members: dict[str, bytes]) -> None:
    for name in ("tables/journal_unheard.jsonl", "tables/journal_entry.jsonl"):
        members[name] = b"".join(members[name].splitlines(keepends=True)[:-1])
        signed_anew(members, name)


def break_reference(members: dict[str, bytes]) -> None:
    name = "tables/person.jsonl"
    members[name] = b""
    signed_anew(members, name)


def escape(members: dict[str, bytes]) -> None:
    members["files/../../outside"] = members.pop("files/ab/abcdef")
    members["manifest.json"] = members["manifest.json"].replace(b"files/ab/abcdef", b"files/../../outside")


CHANGES = [
    edit_row, drop_row, drop_table, add_file, no_manifest, other_format, forge_journal, cut_journal,
    break_reference, escape,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change.__name__))
def test_a_changed_archive_is_refused_and_nothing_changes(
    change: Callable[[dict[str, bytes]], None], saved: Path, tmp_path: Path
) -> None:
    path = rewritten(saved, change)
    before = everything()
    with pytest.raises(Invalid):
        restore(path, files=tmp_path / "elsewhere", force=True)
    assert everything() == before
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_truncated_archive_is_refused_and_nothing_changes(share: float, saved: Path, files: Path) -> None:
    data = saved.read_bytes()
    saved.write_bytes(data[: int(len(data) * share)])
    before = everything()
    with pytest.raises(Invalid):
        restore(saved, files=files, force=True)
    assert everything() == before


def test_a_flipped_byte_anywhere_is_found(saved: Path) -> None:
    data = bytearray(saved.read_bytes())
    with zipfile.ZipFile(saved) as whole:
        info = whole.getinfo("tables/journal_entry.jsonl")
    data[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 1
    saved.write_bytes(data)
    with pytest.raises(Invalid), archive.opened(saved) as opened:
        archive.checked(opened)


def test_an_archive_of_other_tables_is_refused(saved: Path, files: Path) -> None:
    def older(members: dict[str, bytes]) -> None:
        manifest = json.loads(members["manifest.json"])
        manifest["revision"] = "0001"
        members["manifest.json"] = json.dumps(manifest).encode()

    with pytest.raises(Conflict, match="upgrade"):
        restore(rewritten(saved, older), files=files, force=True)


def test_a_journal_that_was_broken_already_is_saved_and_told(
    saved: Path, app: Flask, files: Path, tmp_path: Path
) -> None:
    @atomic()
    def tamper() -> None:
        db.session.execute(sa.update(Entry).where(Entry.seq == 2).values(kind="Nothing"))

    tamper()
    done = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "broken.zip")])
    assert done.exit_code == 1
    assert "journal verify" in done.output
    assert restore(tmp_path / "broken.zip", files=files, force=True).faults


def test_the_console_says_what_it_did(saved: Path, app: Flask) -> None:
    run = app.test_cli_runner()
    again = run.invoke(args=["backup", str(saved)])
    assert (again.exit_code, "--replace" in again.output) == (1, True)
    assert run.invoke(args=["backup", str(saved), "--replace"]).exit_code == 0
    assert "not empty" in run.invoke(args=["restore", str(saved)]).output
    done = run.invoke(args=["restore", "--force", str(saved)])
    assert (done.exit_code, "holds together" in done.output) == (0, True)
    assert run.invoke(args=["restore", str(saved) + ".none"]).exit_code == 1
