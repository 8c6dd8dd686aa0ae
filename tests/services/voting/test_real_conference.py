"""A vote of the real Conferenza, from the register to a file that a stranger verifies."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.offices import BodyKind, Office
from portal.territory.models import Body
from portal.voting import cast, close, export, open_poll, prepare, queries, record_answer, results, verifier
from portal.voting.rules import Channel, Choice, Matter
from tests import factories
from tests.conferenza import a_per_mille_short
from tests.factories import NOW
from tests.votes import key

PUBLIC = Actor.anonymous()


@pytest.fixture
def console(app: Flask, real_data: Path) -> Any:
    """The console, on the register of the real Comuni with the residents of 2011 and a mayor each."""
    run = app.test_cli_runner(catch_exceptions=False)
    source = ["--source", "ISTAT, censimento 2011", "--date", "2011-10-09", "--map", "population=pop_census_2011"]
    done = run.invoke(args=["territory", "import", str(real_data / "comuni_napoli.csv"), *source])
    assert done.exit_code == 0, done.output
    assert run.invoke(args=["poll", "rules", "install"]).exit_code == 0
    return run


def mayors() -> dict[int, Actor]:
    """One for each Comune, by its number."""
    bodies = db.session.query(Body).filter_by(kind=BodyKind.MUNICIPALITY).all()
    return {body.id: factories.holder(Office.MAYOR, body) for body in bodies}


def test_eighty_answer_some_change_and_a_per_mille_of_the_residents_is_missing(console: Any, tmp_path: Path) -> None:
    by_body = mayors()
    clerk = factories.holder(Office.SECRETARIAT)
    question = prepare.Question("Parere sul Piano strategico 2027-2029", Matter.CONFERENCE_OPINION)
    number = prepare.prepare(clerk, question, now=NOW)
    assert open_poll.open_poll(clerk, number, now=NOW).vacant == 0
    seats = queries.roll(number)
    assert (len(seats), sum(s.population for s in seats)) == (92, 3_054_956)

    yes = a_per_mille_short(seats)
    others = [s.number for s in seats if s.number not in yes]
    wanted = dict.fromkeys(yes, Choice.YES) | dict.fromkeys(others[:30], Choice.NO)
    wanted |= dict.fromkeys(others[30:43], Choice.ABSTAIN)
    by_number = {seat.number: seat for seat in seats}
    answered = sorted(wanted)
    for n in answered[:7]:  # these change their mind before the closing
        cast.cast(by_body[by_number[n].body_id], number, Choice.PRESENT_NOT_VOTING, key=key(), now=NOW)
    for n in answered[:60]:
        cast.cast(by_body[by_number[n].body_id], number, wanted[n], key=key(), now=NOW)
    for n in answered[60:]:
        record_answer.record_answer(clerk, number, n, wanted[n], key=key(), now=NOW)
    turnout = queries.turnout(queries.poll(PUBLIC, number))
    assert (turnout.answered, len(queries.not_answered(clerk, number)), turnout.enough_possible) == (80, 12, True)

    closed = close.close(clerk, number, now=NOW)
    count, people = closed.outcome.results
    assert (count.axis.got, count.met, people.met, closed.outcome.met) == (37, True, False, False)
    assert 0 < people.axis.missing * 1000 < people.axis.total
    assert closed.ballots == 87
    assert [a.channel for a in results.answers(number).values()].count(Channel.CLERK) == 20
    lines = [str(words) for words in export.lines(queries.poll(PUBLIC, number))]
    assert lines[0] == "37 of 92 >= 36.8" and lines[1].endswith("% < 40 %")

    file = tmp_path / "voto.json"
    assert console.invoke(args=["poll", "export", str(number), "-o", str(file)]).exit_code == 0
    words = json.loads(file.read_text())["words"]
    assert words["it"][0] == "37 di 92 >= 36,8" and words["en"] == lines
    stranger = [sys.executable, "-I", verifier.__file__, str(file)]
    assert subprocess.run(stranger, check=False, capture_output=True, cwd=tmp_path).returncode == 0


def test_the_whole_vote_by_console(console: Any, tmp_path: Path) -> None:
    mayors()

    def run(*args: str, status: int = 0) -> str:
        done = console.invoke(args=["poll", *args])
        assert done.exit_code == status, done.output
        return str(done.output)

    assert "R1 v1" in run("rules", "list")
    assert "poll 1" in run("prepare", "Parere sul bilancio", "--matter", "statute_and_budgets")
    assert "92 seats, 0 of them vacant" in run("open", "1")
    assert "version 1" in run("cast", "1", "063049", "yes", "--key", "console-key-1")
    assert "version 1" in run("cast", "1", "063049", "yes", "--key", "console-key-1")
    assert "version 2" in run("cast", "1", "063049", "no")
    assert "no such seat" in run("cast", "1", "999999", "yes", status=1)
    listed = run("list")
    assert "1 of 92 seats" in listed and "passed" not in listed
    assert "nobody until the poll is closed" in run("export", "1", status=1)
    assert "not_reached, 2 ballots" in run("close", "1")
    assert "the poll is closed" in run("cast", "1", "063049", "yes", status=1)
    file = tmp_path / "voto.json"
    run("export", "1", "-o", str(file))
    run("verify", str(file))
    file.write_text(file.read_text().replace('"choice": "no"', '"choice": "yes"'))
    assert "was changed" in run("verify", str(file), status=1)
    assert run("verifier") == Path(verifier.__file__).read_text()
