"""What an amendment may do, in which order they are voted, and which ones another makes impossible."""

from __future__ import annotations

import pytest

from portal.kernel.errors import Invalid
from portal.opinions.amending.edits import Edit, edits
from portal.opinions.amending.rules import (
    AmendmentKind,
    Change,
    Lapse,
    Part,
    Phase,
    SectionRole,
    check_kind,
    fingerprint,
    further,
    impossible,
    lacking,
    phase,
    settled_kind,
    turn,
)
from portal.opinions.rules import OpinionKind
from tests.factories import NOW

S, R, M, A = AmendmentKind
BASE = "Si chiede una data certa. I costi siano resi pubblici."


def _change(number: int, after: str, kind: AmendmentKind = M, section: int = 1, **more: object) -> Change:
    facts = {"apart": False, "opinion": None, **more}
    found: tuple[Edit, ...] = () if kind is S else edits(BASE, after)
    return Change(number, section, kind, edits=found, **facts)  # type: ignore[arg-type]


SOONER, LATER = BASE.replace("una data certa", "il 2028"), BASE.replace("una data certa", "il 2030")
COSTS = BASE.replace("resi pubblici", "pubblicati ogni anno")


def test_two_changes_of_the_same_words_are_incompatible() -> None:
    assert impossible(_change(2, LATER), _change(1, SOONER, R)) is Lapse.OVERLAP


def test_changes_of_different_words_both_stand() -> None:
    assert impossible(_change(2, COSTS), _change(1, SOONER, R)) is None


def test_a_section_that_is_gone_takes_all_other_amendments_to_it_along() -> None:
    gone = _change(1, "", S)
    assert impossible(_change(2, COSTS), gone) is Lapse.SECTION_GONE
    assert impossible(_change(3, BASE + " E presto.", A), gone) is Lapse.SECTION_GONE
    assert impossible(_change(4, COSTS, section=2), gone) is None


def test_a_remark_of_its_own_stands_whatever_becomes_of_the_one_before_it() -> None:
    own = _change(2, "Altro.", A, apart=True)
    assert impossible(own, _change(1, "", S)) is None
    assert impossible(_change(1, "", S), own) is None


def test_words_put_in_beside_those_that_are_replaced_belong_to_the_same_phrase() -> None:
    beside = BASE.replace("una data certa", "una data certa e vicina")
    assert impossible(_change(2, beside), _change(1, SOONER, R)) is Lapse.OVERLAP
    assert impossible(_change(2, beside, A), _change(1, SOONER, R)) is None


def test_what_is_added_at_the_end_stands_beside_a_change_within() -> None:
    assert impossible(_change(2, BASE + " E presto.", A), _change(1, SOONER)) is None


def test_two_kinds_of_opinion_exclude_each_other() -> None:
    contrary = _change(1, BASE, opinion=OpinionKind.CONTRARY)
    assert impossible(_change(2, COSTS, opinion=OpinionKind.FAVOURABLE), contrary) is Lapse.OPINION


def test_the_order_is_taking_away_replacing_modifying_adding_then_section_then_number() -> None:
    found = [(A, 1, 1), (M, 2, 2), (S, 3, 3), (R, 1, 4), (M, 1, 6), (M, 1, 5)]
    assert [number for *_, number in sorted(found, key=lambda one: turn(*one))] == [3, 4, 5, 6, 2, 1]


@pytest.mark.parametrize(
    ("kind", "role", "after", "code"),
    [
        (S, SectionRole.CONCLUSION, "", "frame"),
        (M, SectionRole.REMARK, BASE, "unchanged"),
        (R, SectionRole.REMARK, "", "empty"),
        (A, SectionRole.REMARK, SOONER, "takes_away"),
    ],
)
def test_an_amendment_does_what_its_kind_says(kind: AmendmentKind, role: SectionRole, after: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_kind(kind, role, BASE, after)
    assert refused.value.code == code


def test_the_end_instant_does_not_belong_to_the_window() -> None:
    assert phase(True, NOW, False, False, NOW) is Phase.CLOSED
    assert phase(False, None, False, False, NOW) is Phase.DRAFT


def test_remarks_that_come_between_are_called_after_the_one_before() -> None:
    assert [further("3", []), further("3", ["3-bis"]), further("3", ["3-bis", "4-bis", "3-ter"])] == [
        "3-bis",
        "3-ter",
        "3-quater",
    ]


def test_a_favourable_text_that_gets_a_remark_is_favourable_with_remarks() -> None:
    assert settled_kind(OpinionKind.FAVOURABLE, 1) is OpinionKind.WITH_REMARKS
    assert settled_kind(OpinionKind.WITH_REMARKS, 0) is OpinionKind.FAVOURABLE
    assert settled_kind(OpinionKind.CONTRARY, 0) is OpinionKind.CONTRARY


def test_the_kind_is_part_of_the_text_and_of_its_fingerprint() -> None:
    part = Part(1, SectionRole.REMARK, "", BASE, "Perché.", 1, None)
    assert fingerprint(OpinionKind.CONTRARY, [part]) != fingerprint(OpinionKind.WITH_REMARKS, [part])


def test_what_is_missing_is_said_remark_by_remark() -> None:
    empty = Part(1, SectionRole.REMARK, "", "", "", None, None)
    found = lacking(OpinionKind.FAVOURABLE, [empty], [])
    assert len(found) == 5
    assert lacking(OpinionKind.WITH_REMARKS, [Part(1, SectionRole.REMARK, "", BASE, "Sì.", 1, None)], [1]) == []
