"""The export: safe in a spreadsheet, the same in both formats, flat in memory."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest

from portal.comments.rules import CommentState
from portal.kernel.actor import Actor
from portal.kernel.errors import Forbidden
from portal.kernel.offices import BodyKind, Office
from portal.records import columns
from portal.records.columns import COLUMNS, Format, Profile
from portal.records.export import export, safe_cell
from portal.territory.models import Membership
from tests import factories
from tests.factories import NOW
from tests.house import tree
from tests.remarks import REASONS, Round


@pytest.fixture
def round_(database: None) -> Round:
    return Round()


def as_csv(actor: Actor, profile: Profile = Profile.PUBLIC, **more: Any) -> list[dict[str, str]]:
    text = "".join(export(actor, Format.CSV, profile, demonstration=True, now=NOW, **more))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_json(actor: Actor, profile: Profile = Profile.PUBLIC) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads("".join(export(actor, Format.JSON, profile, demonstration=True, now=NOW)))
    return whole


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_could_be_a_formula_is_guarded(start: str) -> None:
    assert safe_cell(start + "1+1") == "'" + start + "1+1"
    assert safe_cell("1+1" + start) == "1+1" + start


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("prima\n=cmd|' /C calc'!A0", "prima\n'=cmd|' /C calc'!A0"),
        ("elenco:\n- uno\n- due", "elenco:\n'- uno\n'- due"),
        (" =1+1", "' =1+1"),
        ("sì; anche questo", "sì; anche questo"),
        ("dal 2-3 al 4+5 = molto", "dal 2-3 al 4+5 = molto"),
    ],
)
def test_what_could_be_a_formula_once_the_file_fell_apart_is_guarded_too(typed: str, written: str) -> None:
    assert safe_cell(typed) == written


def test_a_formula_typed_into_a_remark_is_text_in_the_csv_and_itself_in_json(round_: Round) -> None:
    formula = '=HYPERLINK("http://x.example","qui")'
    round_.remark(observation=formula, reasons="-1", proposed_text="@sum(a)")
    row = as_csv(Actor.anonymous())[0]
    assert (row["observation"], row["reasons"], row["proposed_text"]) == ("'" + formula, "'-1", "'@sum(a)")
    assert as_json(Actor.anonymous())["remarks"][0]["observation"] == formula


def test_quotes_lines_emoji_and_right_to_left_survive(round_: Round) -> None:
    text = 'Prima "riga",\nseconda; 🚲 \u05e9\u05dc\u05d5\u05dd'
    round_.remark(observation=text)
    assert as_csv(Actor.anonymous())[0]["observation"] == text
    assert as_json(Actor.anonymous())["remarks"][0]["observation"] == text


def test_both_formats_hold_the_same(round_: Round) -> None:
    round_.published()
    round_.remark(late=True)
    for profile in Profile:
        told, listed = as_json(Actor.system(), profile)["remarks"], as_csv(Actor.system(), profile)
        names = [column.name for column in columns.of(profile)]
        assert [list(row) for row in told] == [names] * 2
        for row, line in zip(told, listed, strict=True):
            assert {name: shown(value) for name, value in row.items()} == line


def shown(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_the_answer_is_public_only_once_published(round_: Round) -> None:
    round_.approved()
    assert (as_csv(Actor.anonymous())[0]["answer"], as_csv(Actor.anonymous())[0]["outcome"]) == ("", "")
    inside = as_csv(round_.secretary, Profile.RESERVED)[0]
    assert (inside["answer"], inside["answer_state"], inside["internal_notes"]) == (REASONS, "approved", "0")


def test_the_public_profile_names_no_person(round_: Round) -> None:
    round_.published()
    text = "".join(export(round_.secretary, Format.JSON, Profile.PUBLIC, demonstration=False, now=NOW))
    for who in (round_.mayor, round_.secretary, round_.officer, round_.lead):
        assert who.name not in text
        assert who.email not in text
    names = {column.name for column in columns.of(Profile.PUBLIC)}
    assert not names & {"signed_by", "decided_by", "officer", "proposed_by", "approved_by", "decision_text"}


def test_the_reserved_profile_is_for_the_offices(round_: Round) -> None:
    for outsider in (Actor.anonymous(), round_.mayor, factories.holder(Office.MODERATOR)):
        with pytest.raises(Forbidden):
            export(outsider, Format.CSV, Profile.RESERVED, demonstration=False, now=NOW)


def test_each_office_gets_the_remarks_it_may_read(round_: Round) -> None:
    for state in (CommentState.SUBMITTED, CommentState.ADMITTED, CommentState.NOT_ADMITTED, CommentState.WITHDRAWN):
        round_.remark(state)
    round_.draft()
    past_draft = {"submitted", "admitted", "not_admitted", "withdrawn"}
    assert {row["state"] for row in as_csv(round_.secretary, Profile.RESERVED)} == past_draft
    assert {row["state"] for row in as_csv(Actor.system(), Profile.RESERVED)} == past_draft
    assert {row["state"] for row in as_csv(round_.lead, Profile.RESERVED)} == {"submitted", "admitted"}
    assert {row["state"] for row in as_csv(Actor.system())} == {"submitted", "admitted"}


def test_an_unione_stands_for_its_members(database: None) -> None:
    members = [factories.body() for _ in range(2)]
    union = factories.body("Unione di prova", BodyKind.UNION)
    figures = factories.snapshot({members[0]: 1200, members[1]: 800})
    for member in members:
        factories.add(Membership(group_id=union.id, member_id=member.id, starts_on=NOW.date() - timedelta(days=900)))
    round_ = Round(factories.consultation(snapshot_id=figures.id))
    round_.remark(signer=factories.holder(Office.UNION_PRESIDENT, union))
    row = as_csv(Actor.anonymous())[0]
    assert (row["body"], row["residents"], row["residents_date"]) == ("Unione di prova", "2000", "2025-12-31")


def test_a_file_says_when_its_data_are_invented(round_: Round) -> None:
    round_.remark()
    told = as_json(Actor.anonymous())
    assert (told["demonstration"], told["remarks"][0]["demonstration"]) == (True, True)
    assert (told["licence"], told["generated_at"]) == ("CC-BY-4.0", "2027-03-01T09:00:00Z")


def test_an_empty_export_is_a_file_with_a_head(database: None) -> None:
    text = "".join(export(Actor.anonymous(), Format.CSV, Profile.PUBLIC, demonstration=False, now=NOW, mark=True))
    assert text.startswith("\ufeffnumber,submission,")
    assert text.count("\r\n") == 1
    assert as_json(Actor.anonymous())["remarks"] == []


def test_rows_are_read_in_chunks_and_none_is_lost(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [round_.remark().number for _ in range(5)]
    monkeypatch.setattr("portal.records.remarks.CHUNK", 2)
    monkeypatch.setattr("portal.records.export.PIECE", 10)
    pieces = list(export(Actor.anonymous(), Format.CSV, Profile.PUBLIC, demonstration=False, now=NOW))
    assert len(pieces) > 5
    assert [int(row["number"]) for row in csv.DictReader(io.StringIO("".join(pieces), newline=""))] == numbers


def test_the_dictionary_describes_every_column() -> None:
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)
    done = subprocess.run([sys.executable, ".ci/dictionary.py", "--check"], cwd=tree.ROOT, check=False)
    assert done.returncode == 0
