"""Whoever changes an exported vote is found, by a file that knows nothing of this program."""

from __future__ import annotations

import copy
import itertools
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.offices import Office
from portal.voting import annul, cast, close, export, name_delegate, open_poll, proclaim, verifier
from portal.voting.rules import Choice
from portal.voting.verifier import Check
from tests import factories
from tests.factories import NOW
from tests.votes import Hall, key

PUBLIC = Actor.anonymous()
Document = dict[str, Any]


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


def _edit(d: Document) -> None:
    d["ballots"][2]["choice"] = "no"


def _edit_with_its_hash(d: Document) -> None:
    _edit(d)
    _rehash(d, 2)


def _edit_with_all_hashes(d: Document) -> None:
    _edit_with_its_hash(d)
    _reroot(d)


def _remove(d: Document) -> None:
    del d["ballots"][3]


def _remove_and_recount(d: Document) -> None:
    del d["ballots"][0]
    _reroot(d)


def _remove_the_last_version(d: Document) -> None:
    del d["ballots"][1]
    _reroot(d)


def _add(d: Document) -> None:
    d["ballots"].insert(2, copy.deepcopy(d["ballots"][2]) | {"version": 2, "code": "V-NEWXX-NEWXX"})
    d["ballots"][2], d["ballots"][3] = d["ballots"][3], d["ballots"][2]
    _rehash(d, 3)
    _reroot(d)


def _add_for_the_vacant_seat(d: Document) -> None:
    d["ballots"].append(copy.deepcopy(d["ballots"][-1]) | {"seat": 5, "code": "V-NEWXX-NEWXX"})
    _rehash(d, len(d["ballots"]) - 1)
    _reroot(d)


def _add_from_outside(d: Document) -> None:
    d["ballots"].append(copy.deepcopy(d["ballots"][-1]) | {"seat": 77})


def _reorder(d: Document) -> None:
    d["ballots"].reverse()


def _swap_versions(d: Document) -> None:
    first, second = d["ballots"][0], d["ballots"][1]
    first["version"], second["version"] = 2, 1
    d["ballots"][:2] = [second, first]
    _reroot(d)


def _vote_for_another(d: Document) -> None:
    d["ballots"][2]["mandate"] = 1


def _after_the_closing(d: Document) -> None:
    d["ballots"][2]["cast_at"] = "2027-03-02T09:00:00+00:00"


def _population(d: Document) -> None:
    d["roll"][1]["population"] += 1


def _population_and_base(d: Document) -> None:
    _population(d)
    d["poll"]["population_base"] += 1
    d["roll_hash"] = digest(d["roll"])


def _seat_away(d: Document) -> None:
    del d["roll"][4]


def _seat_doubled(d: Document) -> None:
    d["roll"].append(d["roll"][0] | {"number": 6})


def _fill_the_vacant_seat(d: Document) -> None:
    d["roll"][4] |= {"mandate": 99, "office": "mayor"}
    d["roll_hash"] = digest(d["roll"])


def _rule(d: Document) -> None:
    d["rule"]["definition"]["conditions"][1]["numerator"] = 39


def _rule_and_outcome(d: Document) -> None:
    _rule(d)
    recount = verifier.Recount(d)
    d["outcome"] |= {"results": recount.results(), "verdict": recount.verdict()}


def _condition_away(d: Document) -> None:
    del d["rule"]["definition"]["conditions"][1]
    del d["outcome"]["results"][1]


def _verdict(d: Document) -> None:
    d["outcome"]["verdict"] = "passed"


def _tally(d: Document) -> None:
    d["outcome"]["tally"]["yes"]["seats"] = 3


def _needed(d: Document) -> None:
    d["outcome"]["results"][1]["needed"] = 39


def _question(d: Document) -> None:
    d["poll"]["question"] += " No?"


def _call(d: Document) -> None:
    d["poll"]["call"] = 2


def _entry(d: Document) -> None:
    d["journal"]["entries"][0]["facts"]["seats"] = 4


def _entry_away(d: Document) -> None:
    del d["journal"]["entries"][1]


def _cut_tail(d: Document) -> None:
    del d["journal"]["entries"][-1]


def _cut_tail_with_head(d: Document) -> None:
    _cut_tail(d)
    last = d["journal"]["entries"][-1]
    d["journal"]["head"] = {"seq": last["seq"], "hash": last["hash"]}


def _head(d: Document) -> None:
    d["journal"]["head"]["hash"] = "f" * 64


def _annulled(d: Document) -> None:
    d["poll"]["state"] = "annulled"


def _rehash(d: Document, at: int) -> None:
    b = d["ballots"][at]
    facts = {name: b[name] for name in ("seat", "choice", "channel", "code", "cast_at", "mandate")}
    b["hash"] = digest({"poll": d["poll"]["number"], **facts})


def _reroot(d: Document) -> None:
    """Everything in the file made to agree with the ballots, but for the record."""
    head = "0" * 64
    for b in d["ballots"]:
        head = digest([head, b["seat"], b["version"], b["hash"]])
    d["root_hash"] = head
    recount = verifier.Recount(d)
    for choice in verifier.CHOICES:
        d["outcome"]["tally"][choice] = {axis: recount.of((choice,), axis) for axis in ("seats", "population")}
    d["outcome"] |= {"results": recount.results(), "verdict": recount.verdict()}


TAMPERINGS: tuple[tuple[Callable[[Document], None], str], ...] = (
    (_edit, "ballot_hash"),
    (_edit_with_its_hash, "root_hash"),
    (_edit_with_all_hashes, "fact"),
    (_remove, "root_hash"),
    (_remove_and_recount, "order"),
    (_remove_the_last_version, "fact"),
    (_add, "fact"),
    (_add_for_the_vacant_seat, "vacant"),
    (_add_from_outside, "stranger"),
    (_reorder, "order"),
    (_swap_versions, "fact"),
    (_vote_for_another, "not_holder"),
    (_after_the_closing, "outside"),
    (_population, "roll_hash"),
    (_population_and_base, "fact"),
    (_seat_away, "roll_hash"),
    (_seat_doubled, "seat_twice"),
    (_fill_the_vacant_seat, "fact"),
    (_rule, "conditions"),
    (_rule_and_outcome, "fact"),
    (_condition_away, "fact"),
    (_verdict, "verdict"),
    (_tally, "tally"),
    (_needed, "condition"),
    (_question, "fact"),
    (_call, "fact"),
    (_entry, "entry"),
    (_entry_away, "link"),
    (_cut_tail, "head"),
    (_cut_tail_with_head, "state"),
    (_head, "head"),
    (_annulled, "state"),
)


def test_each_tampering_is_found_and_named(document: Document) -> None:
    missed = []
    for tamper, found in TAMPERINGS:
        changed = copy.deepcopy(document)
        tamper(changed)
        if found not in faults(changed):
            missed.append((tamper.__name__, faults(changed)))
    assert missed == []


def _rewrite_everything(d: Document) -> None:
    """Change a ballot and make every fingerprint in the file anew, the record's too."""
    _edit_with_all_hashes(d)
    previous = "0" * 64
    for e in d["journal"]["entries"]:
        if e["kind"] == "PollClosed":
            tally = {choice: d["outcome"]["tally"][choice]["seats"] for choice in verifier.CHOICES}
            e["facts"] |= {"root_hash": d["root_hash"], "outcome_hash": digest(d["outcome"]), **tally}
        if e["kind"] == "PollProclaimed":
            e["facts"]["root_hash"] = d["root_hash"]
        e["previous"] = previous
        names = ("seq", "kind", "facts", "audience", "person", "mandate", "at", "previous")
        e["hash"] = previous = digest({"stream": d["journal"]["stream"], **{name: e[name] for name in names}})
    d["journal"]["head"]["hash"] = previous


def test_a_file_made_anew_throughout_is_told_by_the_published_head_and_by_any_receipt(
    document: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head, receipt = document["journal"]["head"]["hash"], document["ballots"][2]
    file = tmp_path / "voto.json"
    file.write_text(json.dumps(document))
    assert verifier.main([str(file), "--head", head, "--receipt", f"{receipt['code']}={receipt['choice']}"]) == 0
    said = f"{receipt['code']}={receipt['choice']}"
    _rewrite_everything(document)
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
    annul.annul(hall.general, number, "Un seggio era occupato senza titolo.", now=NOW)
    document = export.document(PUBLIC, number)
    assert (document["poll"]["state"], faults(document)) == ("annulled", set())


def test_no_shape_of_a_file_makes_it_stumble_or_pass(document: Document) -> None:
    places = ("roll", "ballots", "rule", "outcome", "poll", "journal", "root_hash", "roll_hash")
    shapes: list[tuple[str, object]] = list(itertools.product(places, (None, 7, "x", [], {})))
    assert [shape for shape in shapes if not faults(document | dict([shape]))] == []
