"""`parere territory ...`: import a file, add a body, list them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from portal.territory import queries

CSV = "istat,name,pop_a,pop_b\n900001,Alba,10,20\n900002,Borgo,30,40\n"
COUNTED = ("--source", "ISTAT", "--date", "2025-12-31")


def run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["territory", *words])
    return done.exit_code, done.output


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "comuni.csv"
    path.write_text(CSV)
    return path


def test_a_file_is_imported_and_told(app: Flask, file: Path) -> None:
    status, said = run(app, "import", str(file), *COUNTED, "--map", "population=pop_b")
    assert status == 0, said
    assert "2 rows, 2 population figures, 60 residents." in said
    assert "2 new bodies\n  900001 Alba\n  900002 Borgo\n" in said
    assert "Alba 20\n" in run(app, "list")[1]
    assert "2 Comuni, 60 residents (ISTAT, 2025-12-31)" in run(app, "list")[1]


def test_a_dry_run_changes_nothing(app: Flask, file: Path) -> None:
    status, said = run(app, "import", str(file), *COUNTED, "--map", "population=pop_b", "--dry-run")
    assert status == 0
    assert "2 new bodies" in said
    assert queries.bodies() == []


def test_several_populations_ask_for_the_one_that_counts(app: Flask, file: Path) -> None:
    status, said = run(app, "import", str(file), *COUNTED)
    assert status == 1
    assert "pop_a, pop_b" in said
    assert "--map population=COLUMN" in said
    assert queries.bodies() == []


def test_every_wrong_line_is_told(app: Flask, file: Path) -> None:
    file.write_text(CSV + "9,Corte,1,2\n900004,Dosso,1,-2\n")
    status, said = run(app, "import", str(file), *COUNTED, "--map", "population=pop_b")
    assert status == 1
    assert "  Line 4: " in said
    assert "  Line 5: " in said
    assert queries.bodies() == []


def test_the_command_asks_for_what_it_needs(app: Flask, file: Path) -> None:
    for words in (
        ["import", "nowhere.csv", *COUNTED],
        ["import", str(file), "--source", "ISTAT"],
        ["import", str(file), "--date", "2025-12-31"],
        ["import", str(file), "--source", "ISTAT", "--date", "31/12/2025"],
        ["import", str(file), *COUNTED, "--map", "population"],
        ["import", str(file), *COUNTED, "--kind", "forum_organisation"],
    ):
        status, said = run(app, *words)
        assert status == 2, said


def test_a_body_is_added_by_hand(app: Flask) -> None:
    status, said = run(app, "add", "Città metropolitana di Prova", "--kind", "metropolitan_city", "--key", "cm-prova")
    assert (status, said) == (0, "cm-prova Città metropolitana di Prova\n")
    assert run(app, "add", "Altra", "--kind", "metropolitan_city")[0] == 1
    assert run(app, "add", "Ordine", "--kind", "forum_organisation")[0] == 1
    assert run(app, "add", "Ordine", "--kind", "forum_organisation", "--family", "professional_order")[0] == 0
