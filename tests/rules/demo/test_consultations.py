"""Two invented consultations: one that is over and answered, one in which remarks are still being written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from portal.comments.rules import Admission
from portal.kernel.offices import COMMENTING_KINDS, BodyKind
from tests.rules.demo.content import (
    ACTIONS,
    CITY,
    CONSULTATIONS,
    DEMO,
    GUIDELINES,
    GUIDELINES_ACTIONS,
    GUIDELINES_REMARKS,
    ISTAT,
    KIND_OF,
    REMARKS,
    Row,
    read_json,
)


def _remarks() -> Iterator[tuple[Row, Row]]:
    for consultation in CONSULTATIONS:
        for remark in read_json(consultation["remarks_file"])["remarks"]:
            yield consultation, remark


def test_each_consultation_names_files_that_belong_together() -> None:
    for consultation in CONSULTATIONS:
        assert (DEMO / consultation["plan_file"]).is_file()
        told = read_json(consultation["remarks_file"])["plan_id"]
        assert told == read_json(consultation["plan_file"])["plan_id"]


def test_everybody_who_may_comment_is_admitted_to_both() -> None:
    for consultation in CONSULTATIONS:
        assert {BodyKind(kind) for kind in consultation["body_kinds"]} == COMMENTING_KINDS
        assert consultation["snapshot"] in CITY[0]
        assert Admission(consultation["admission"]) is Admission.BEFORE


@pytest.mark.parametrize("text", ["rules_text", "notice_text"])
def test_rules_and_notice_say_enough_to_be_followed(text: str) -> None:
    assert all(len(consultation[text]) > 500 for consultation in CONSULTATIONS)


def test_remarks_come_after_the_opening_and_none_is_of_tomorrow() -> None:
    days = [(remark["day"], consultation["opens_days_ago"]) for consultation, remark in _remarks()]
    assert [pair for pair in days if not 0 < pair[0] < pair[1]] == []


def test_remarks_are_late_exactly_when_they_come_after_the_deadline() -> None:
    wrong = [r["key"] for consultation, r in _remarks() if r["late"] != (r["day"] > consultation["lasts_days"])]
    assert wrong == []
    assert sum(remark["late"] for _, remark in _remarks()) >= 2


def test_one_consultation_is_over_and_the_other_has_days_left() -> None:
    over, running = CONSULTATIONS
    assert over["opens_days_ago"] - over["lasts_days"] > over["answered_days_ago"] > over["concluded_days_ago"] > 0
    assert running["concluded_days_ago"] is None
    assert running["lasts_days"] - running["opens_days_ago"] >= 7


def test_the_consultation_that_is_over_left_nothing_without_an_answer() -> None:
    standing = [remark for remark in GUIDELINES_REMARKS if remark["state"] != "withdrawn"]
    assert {remark["state"] for remark in standing} == {"admitted"}
    assert all(remark["answer"]["state"] == "published" for remark in standing)
    assert all(len(remark["answer"]["text"]) >= 200 for remark in standing)


def test_the_guidelines_are_short_and_their_remarks_find_their_place() -> None:
    assert GUIDELINES["format"] == "parere-plan/1"
    texts = [paragraph["text"] for action in GUIDELINES_ACTIONS.values() for paragraph in action["paragraphs"]]
    assert all(80 <= len(text.split()) <= 160 for text in texts)
    for remark in GUIDELINES_REMARKS:
        numbers = {paragraph["n"] for paragraph in GUIDELINES_ACTIONS[remark["action"]]["paragraphs"]}
        assert remark["paragraph"] in numbers | {None}
        assert remark["body"] in KIND_OF
        assert set(remark["territory"]) <= ISTAT


def test_keys_submissions_and_codes_of_the_two_never_meet() -> None:
    assert not {r["key"] for r in REMARKS} & {r["key"] for r in GUIDELINES_REMARKS}
    assert not {r["submission"] for r in REMARKS} & {r["submission"] for r in GUIDELINES_REMARKS}
    assert not set(ACTIONS) & set(GUIDELINES_ACTIONS)
