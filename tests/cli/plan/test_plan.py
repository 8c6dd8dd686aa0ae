"""The console on plans and consultations: says what it did, and ends with a status that can be trusted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.comments.models import Consultation, ConsultationExtension
from portal.db import db
from portal.plan.models import PlanVersion
from portal.plan.rules import VersionState
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW

PLAN = {
    "plan_id": "prova",
    "title": "Piano di prova",
    "body": "Città",
    "axes": [{"code": "A", "title": "Natura", "actions": [{"code": "X1", "title": "Sentieri", "paragraphs": ["Uno"]}]}],
    "colour": "verde",
}


@pytest.fixture
def file(tmp_path: Path, clock: Clock) -> Path:
    path = tmp_path / "piano.json"
    path.write_text(json.dumps(PLAN))
    return path


def run(app: Flask, *words: str | Path) -> tuple[int, str]:
    """What a command said, and how it ended."""
    db.session.rollback()
    done = app.test_cli_runner(catch_exceptions=False).invoke(args=[*map(str, words)])
    return done.exit_code, str(done.output)


def states() -> list[VersionState]:
    """The states of all versions."""
    return list(db.session.scalars(sa.select(PlanVersion.state).order_by(PlanVersion.id)))


def listed(app: Flask) -> list[dict[str, Any]]:
    """`plan list --json`."""
    status, output = run(app, "plan", "list", "--json")
    assert status == 0
    found: list[dict[str, Any]] = json.loads(output)
    return found


def test_a_dry_run_says_what_would_happen_and_writes_nothing(app: Flask, file: Path) -> None:
    status, output = run(app, "plan", "import", file, "--dry-run")
    assert status == 0
    assert "1 sections, 1 actions, 1 paragraphs of actions" in output
    assert "colour" in output
    assert "Nothing was written" in output
    assert states() == []


def test_import_publish_list(app: Flask, file: Path) -> None:
    assert run(app, "plan", "import", file)[0] == 0
    assert states() == [VersionState.DRAFT]
    assert run(app, "plan", "publish", "prova")[0] == 0
    (version,) = listed(app)
    wanted = {
        "plan": "prova",
        "number": 1,
        "state": "published",
        "axes": 1,
        "actions": 1,
        "paragraphs": 1,
        "comments": 0,
    }
    assert {name: version[name] for name in wanted} == wanted


def test_the_list_counts_real_plans(app: Flask, clock: Clock, real_data: Path) -> None:
    for name in ("trento-agenda-digitale", "ogp3-consultazione"):
        assert run(app, "plan", "import", real_data / "plans" / f"{name}.json")[0] == 0
    counts = [(v["axes"], v["actions"], v["paragraphs"]) for v in listed(app)]
    assert counts == [(6, 19, 82), (3, 33, 230)]


def test_a_faulty_file_is_told_with_places_and_a_status(app: Flask, file: Path) -> None:
    file.write_text(json.dumps(PLAN | {"title": None, "axes": [{"code": "A"}]}))
    status, output = run(app, "plan", "import", file)
    assert status == 1
    assert "title: the text is missing" in output
    assert "axes[0].title: the text is missing" in output
    assert states() == []


@pytest.mark.parametrize("data", [b'{"title": "Pia', b"\xff\xfe", b""])
def test_a_broken_file_is_told_with_its_line(app: Flask, file: Path, data: bytes) -> None:
    file.write_bytes(data)
    status, output = run(app, "plan", "import", file)
    assert status == 1
    assert "line 1" in output


def test_a_file_that_is_not_there(app: Flask, clock: Clock, tmp_path: Path) -> None:
    status, output = run(app, "plan", "import", tmp_path / "altro.json")
    assert status == 2
    assert "No such file" in output


def test_nothing_to_publish_is_no_success(app: Flask, clock: Clock) -> None:
    status, output = run(app, "plan", "publish", "prova")
    assert status == 1
    assert "parere plan list" in output


def test_a_consultation_is_opened_extended_and_concluded(app: Flask, file: Path, clock: Clock) -> None:
    run(app, "plan", "import", file)
    run(app, "plan", "publish", "prova")
    factories.snapshot({})
    words = file.with_name("testo.txt")
    words.write_text("Testo.")
    given = ("--title", "Consultazione", "--rules", words, "--notice", words, "--kind", "municipality")
    short = run(app, "consultation", "open", "prova", "--deadline", "2027-03-15", *given)
    assert short[0] == 1
    assert "28 days" in short[1]
    status, output = run(app, "consultation", "open", "prova", "--deadline", "2027-04-15", *given)
    assert status == 0
    assert "2027-04-15 23:59:59+02:00" in output
    assert db.session.scalars(sa.select(Consultation.opens_at)).one() == NOW

    later = ("--deadline", "2027-04-30 12:00", "--reason", "I Consigli chiedono altro tempo.")
    assert run(app, "consultation", "extend", "prova", *later)[0] == 0
    moved = db.session.scalars(sa.select(ConsultationExtension.new_deadline_at)).one()
    assert moved.isoformat() == "2027-04-30T10:00:00+00:00"

    assert run(app, "consultation", "conclude", "prova")[0] == 1
    clock.set(moved)
    assert run(app, "consultation", "conclude", "prova")[0] == 0
    assert run(app, "consultation", "conclude", "prova")[0] == 1


@pytest.mark.parametrize("day", ["domani", "2027-13-01", "15/03/2027"])
def test_a_day_that_is_none_is_told(app: Flask, file: Path, day: str) -> None:
    given = ("--title", "x", "--deadline", day, "--rules", file, "--notice", file)
    status, output = run(app, "consultation", "open", "prova", *given)
    assert status == 2
    assert "is not a day" in output


def test_without_a_snapshot_the_remedy_is_named(app: Flask, file: Path) -> None:
    run(app, "plan", "import", file)
    run(app, "plan", "publish", "prova")
    given = ("--title", "x", "--deadline", "2027-04-15", "--rules", file, "--notice", file)
    status, output = run(app, "consultation", "open", "prova", *given)
    assert status == 1
    assert "parere territory import" in output


MARKDOWN = """# Natura

## Sentieri

Uno, nel tempo.

| Anno | Euro |
|------|------|
| 2027 | 100 |

<!-- da rivedere -->
"""


def test_a_document_is_read_as_the_options_say(app: Flask, clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "piano.md"
    path.write_text(MARKDOWN)
    status, output = run(app, "plan", "import", path)
    assert status == 1
    assert "title: the text is missing" in output
    options = ("--title", "Prova", "--body", "Ente", "--action-level", "2", "--tables", "leave")
    status, output = run(app, "plan", "import", path, *options)
    assert status == 0
    for words in (
        "headings of level 2 were taken for actions",
        "Sections and actions without a code, which were numbered: 2",
        "line 7: Table: Anno | Euro",
        "line 11: Comment of an author: da rivedere",
        "Imported as draft version 1",
    ):
        assert words in output


@pytest.mark.parametrize("kind", ["docx", "md", "json"])
def test_what_is_exported_is_recognised_as_the_same(app: Flask, file: Path, tmp_path: Path, kind: str) -> None:
    run(app, "plan", "import", file)
    run(app, "plan", "publish", "prova")
    path = tmp_path / f"uscita.{kind}"
    status, output = run(app, "plan", "export", "prova", "--format", kind, "-o", path)
    assert (status, path.exists()) == (0, True)
    assert "Piano di prova, version 1" in output
    status, output = run(app, "plan", "import", path)
    assert status == 1
    assert "already version 1" in output


def test_a_number_will_do_where_there_is_one_plan(app: Flask, file: Path, tmp_path: Path) -> None:
    run(app, "plan", "import", file)
    assert run(app, "plan", "export", "1", "-o", tmp_path / "a.json")[0] == 0
    assert json.loads((tmp_path / "a.json").read_text())["plan_id"] == "prova"
    status, output = run(app, "plan", "export", "7", "-o", tmp_path / "b.json")
    assert status == 1
    assert "no such version" in output


def test_a_hostile_document_is_refused_with_a_status(app: Flask, clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "piano.docx"
    path.write_bytes(b"PK\x03\x04 no archive")
    status, output = run(app, "plan", "import", path)
    assert status == 1
    assert "damaged" in output
    assert states() == []
