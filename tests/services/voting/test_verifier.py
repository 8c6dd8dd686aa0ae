"""Whoever changes an exported vote is found, by a file that knows nothing of this program."""

from __future__ import annotations

import copy
import itertools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from portal.voting import cast, close, export, name_delegate, open_poll, proclaim, verifier
from portal.voting.rules import Choice
from portal.voting.verifier import Check
from tests import factories
from tests.annulling import annulled
from tests.factories import NOW
from tests.tampering import TAMPERINGS, Document, rewrite_everything
from tests.votes import Hall, key

PUBLIC = Actor.anonymous()


@pytest.fixture
def document() -> Document:
    """A poll with changes, several channels, a delegate and a vacant seat; it fails on population by one resident."""
    hall = Hall((49, 24, 15, 11, 1), vacant=[5])
    deputy = factories.holder(Office.DEPUTY_MAYOR, hall.bodies[3])
    number = hall.prepared()
    assert deputy.acting is not None
    name_delegate.name_delegate(hall.clerk, number, 4, deputy.acting.mandate_id, "Delega n. 1", now=NOW)
    open_poll.open_poll(hall.clerk, number, now=NOW)
    hall.say(number, {1: Choice.YES, 2: Choice.YES, 3: Choice.YES})
    hall.say(number, {1: Choice.NO})
    cast.cast(deputy, number, Choice.ABSTAIN, key=key(), now=NOW)
    close.close(hall.clerk, number, now=NOW)
    proclaim.proclaim(hall.clerk, number, now=NOW)
    return export.document(PUBLIC, number)


def faults(document: Document) -> set[str]:
    """What is wrong, by code."""
    return {code for code, _ in Check(json.loads(json.dumps(document))).run().faults}


def test_what_was_exported_holds(document: Document) -> None:
    assert faults(document) == set()
    assert document["outcome"]["results"][1]["missing"] == 1


def test_it_runs_alone_with_nothing_but_python(document: Document, tmp_path: Path) -> None:
    shutil.copy(verifier.__file__, tmp_path / "verify.py")
    (tmp_path / "voto.json").write_text(json.dumps(document))
    command = [sys.executable, "-I", "-S", "verify.py", "voto.json"]
    good = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (good.returncode, good.stdout.splitlines()[-1]) == (0, "Tutto torna.")
    document["ballots"][0]["choice"] = "no"
    (tmp_path / "voto.json").write_text(json.dumps(document))
    bad = subprocess.run([*command, "--english"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert bad.returncode == 1
    assert "was changed" in bad.stdout


def test_each_tampering_is_found_and_named(document: Document) -> None:
    missed = []
    for tamper, found in TAMPERINGS:
        changed = copy.deepcopy(document)
        tamper(changed)
        if found not in faults(changed):
            missed.append((tamper.__name__, faults(changed)))
    assert missed == []


def test_a_file_made_anew_throughout_is_told_by_the_published_head_and_by_any_receipt(
    document: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head, receipt = document["journal"]["head"]["hash"], document["ballots"][2]
    file = tmp_path / "voto.json"
    file.write_text(json.dumps(document))
    assert verifier.main([str(file), "--head", head, "--receipt", f"{receipt['code']}={receipt['choice']}"]) == 0
    said = f"{receipt['code']}={receipt['choice']}"
    rewrite_everything(document)
    assert faults(document) == set()
    file.write_text(json.dumps(document))
    assert verifier.main([str(file), "--head", head]) == 1
    assert verifier.main([str(file), "--receipt", said]) == 1
    assert "ricevuta" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"format": "parere-poll/1"}', '{"format": "other"}', '{"a": 1.5}', '{"a":1,"a":2}']
)
def test_what_is_no_exported_vote_is_told_in_words(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file.json").write_text(text)
    assert verifier.main([str(tmp_path / "file.json")]) == 1
    assert "Non torna" in capsys.readouterr().out


def test_a_poll_annulled_after_the_count_is_exported_as_annulled() -> None:
    hall = Hall()
    number = hall.closed({1: Choice.YES, 2: Choice.YES})
    annulled(hall.clerk, hall.general, number, "Un seggio era occupato senza titolo.", now=NOW)
    document = export.document(PUBLIC, number)
    assert (document["poll"]["state"], faults(document)) == ("annulled", set())


def test_no_shape_of_a_file_makes_it_stumble_or_pass(document: Document) -> None:
    places = ("roll", "ballots", "rule", "outcome", "poll", "journal", "root_hash", "roll_hash")
    shapes: list[tuple[str, object]] = list(itertools.product(places, (None, 7, "x", [], {})))
    assert [shape for shape in shapes if not faults(document | dict([shape]))] == []
