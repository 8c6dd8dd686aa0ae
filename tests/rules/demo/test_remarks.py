"""The invented remarks: every kind, state and outcome is on some screen."""

from __future__ import annotations

from collections import Counter

from portal.comments.rules import CommentKind, CommentState, ReasonCode, SubmissionState
from portal.drafting.rules import AnswerState, Outcome
from portal.kernel.offices import SIGNATORIES, Office
from tests.rules.demo.content import ACTIONS, ISTAT, KIND_OF, REMARKS, in_force


def test_remarks_show_every_kind_state_reason_and_outcome() -> None:
    answers = [remark["answer"] for remark in REMARKS if remark["answer"]]
    assert len(REMARKS) >= 75
    assert {remark["kind"] for remark in REMARKS} == set(CommentKind)
    assert {remark["state"] for remark in REMARKS} == set(CommentState) | {SubmissionState.READY}
    assert {remark["decision"]["reason_code"] for remark in REMARKS if remark["decision"]} == set(ReasonCode)
    assert {answer["state"] for answer in answers} == set(AnswerState)
    published = {answer["outcome"] for answer in answers if answer["state"] == AnswerState.PUBLISHED}
    assert published == set(Outcome)
    assert any(remark["notes"] for remark in REMARKS)


def test_remarks_speak_of_paragraphs_bodies_and_places_that_exist() -> None:
    assert len({remark["key"] for remark in REMARKS}) == len(REMARKS)
    for remark in REMARKS:
        numbers = {paragraph["n"] for paragraph in ACTIONS[remark["action"]]["paragraphs"]}
        assert remark["paragraph"] in numbers | {None}, remark["key"]
        assert remark["body"] in KIND_OF
        assert set(remark["territory"]) <= ISTAT


def test_one_submission_is_one_body_on_one_day_in_one_phase() -> None:
    phases: dict[str, set[tuple[str, int, str]]] = {}
    for remark in REMARKS:
        phase = remark["state"] if remark["state"] in {"draft", "ready", "withdrawn"} else "submitted"
        phases.setdefault(remark["submission"], set()).add((remark["body"], remark["day"], phase))
    assert [key for key, found in phases.items() if len(found) > 1] == []
    assert max(Counter(remark["submission"] for remark in REMARKS).values()) >= 3


def test_whoever_writes_and_whoever_signs_holds_a_mandate_of_the_body() -> None:
    for remark in REMARKS:
        signers = in_force(remark["body"], SIGNATORIES)
        assert remark["author"] in signers | in_force(remark["body"], frozenset({Office.OFFICER})), remark["key"]
        if remark["state"] in {"draft", "ready"}:
            assert remark["signed_by"] is None
        else:
            assert remark["signed_by"] in signers, remark["key"]


def test_remarks_say_enough_and_never_twice_the_same() -> None:
    observations = [remark["observation"] for remark in REMARKS]
    assert len(set(observations)) == len(observations)
    assert min(map(len, observations)) >= 80
    assert all(remark["reasons"] for remark in REMARKS)
    wanting = {"change_request", "new_action"}
    admitted = [remark for remark in REMARKS if remark["state"] == "admitted" and remark["kind"] in wanting]
    assert all(remark["proposed_text"] for remark in admitted)


def test_only_refused_remarks_carry_a_decision_and_only_admitted_ones_an_answer() -> None:
    for remark in REMARKS:
        assert (remark["decision"] is not None) is (remark["state"] == "not_admitted")
        assert remark["answer"] is None or remark["state"] == "admitted"


def test_answers_give_reasons_of_their_own_and_two_persons_make_them() -> None:
    answers = [remark["answer"] for remark in REMARKS if remark["answer"]]
    written = [answer for answer in answers if answer["state"] != AnswerState.ASSIGNED]
    assert all(len(answer["text"]) >= 200 and answer["outcome"] for answer in written)
    assert len({answer["text"] for answer in written}) == len(written)
    leads = in_force("citta-metropolitana", frozenset({Office.DRAFTING_LEAD}))
    officers = in_force("citta-metropolitana", frozenset({Office.DRAFTING_OFFICER}))
    assert {answer["assignee"] for answer in answers} == officers
    decided = [answer for answer in answers if answer["state"] in {AnswerState.APPROVED, AnswerState.PUBLISHED}]
    assert all(answer["approver"] in leads for answer in decided)


def test_some_actions_are_crowded_and_some_are_silent() -> None:
    crowd = Counter(remark["action"] for remark in REMARKS)
    assert max(crowd.values()) >= 8
    assert len(set(ACTIONS) - set(crowd)) >= 3
