"""`parere comments export`: a whole file or none, errors in words, status 0 only on success."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from portal.comments.rules import CommentState
from tests.remarks import Round
from tests.unpacked import readable


@pytest.fixture
def round_(database: None) -> Round:
    return Round()


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["comments", "export", *arguments])


def test_writes_a_file(app: Flask, round_: Round, tmp_path: Path) -> None:
    round_.remark(observation="Perché?")
    target = tmp_path / "osservazioni.csv"
    done = run(app, "--format", "csv", "-o", str(target))
    assert done.exit_code == 0, done.output
    with target.open(newline="", encoding="utf-8") as file:
        assert [row["observation"] for row in csv.DictReader(file)] == ["Perché?"]


def test_writes_to_the_screen(app: Flask, round_: Round) -> None:
    round_.remark(CommentState.NOT_ADMITTED)
    assert json.loads(run(app, "--format", "json").stdout)["remarks"] == []
    reserved = json.loads(run(app, "--format", "json", "--profile", "reserved").stdout)
    assert [row["state"] for row in reserved["remarks"]] == ["not_admitted"]


def test_a_reserved_file_is_for_its_owner_alone(app: Flask, round_: Round, tmp_path: Path) -> None:
    target = tmp_path / "tutto.json"
    assert run(app, "--format", "json", "--profile", "reserved", "-o", str(target)).exit_code == 0
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--format"),
        (("--format", "xls"), "xls"),
        (("--format", "xlsx"), "-o"),
        (("--format", "csv", "--profile", "secret"), "secret"),
        (("--format", "csv", "-o", "{folder}/missing/file.csv"), "cannot be written"),
        (("--format", "csv", "-o", "{folder}"), "is a directory"),
    ],
)
def test_errors_are_told_and_leave_nothing(
    app: Flask, round_: Round, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = run(app, *(a.format(folder=tmp_path) for a in arguments))
    assert done.exit_code != 0
    assert words in done.output
    assert "Traceback" not in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_spreadsheet_is_written_to_a_file(app: Flask, round_: Round, tmp_path: Path) -> None:
    round_.remark(observation="=1+1")
    for form in ("xlsx", "ods"):
        target = tmp_path / f"osservazioni.{form}"
        assert run(app, "--format", form, "-o", str(target)).exit_code == 0
        assert "=1+1" in readable(target.read_bytes())


def test_remarks_are_compared_and_the_console_says_how_many_wait(app: Flask, round_: Round) -> None:
    for words in ("La seconda frase va chiarita subito, con parole semplici.", "La seconda frase va chiarita subito."):
        round_.admitted(observation=words, proposed_text="Una frase nuova e più chiara.", reasons="")
    done = app.test_cli_runner().invoke(args=["comments", "compare"])
    assert done.output.strip() == "Compared: 2. Pairs that wait for somebody: 1."
