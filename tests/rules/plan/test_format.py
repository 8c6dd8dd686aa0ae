"""A plan file is read whole or refused with all that is wrong in it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.errors import Invalid
from portal.plan.format import PlanText, parse
from portal.plan.rules import ParagraphKind, SectionKind


def action(code: str = "X1", **more: Any) -> dict[str, Any]:
    """An action with one paragraph."""
    return {"code": code, "title": "Azione", "paragraphs": [{"heading": "Testo", "text": "Un comma.", "n": 1}], **more}


def plan(*actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A plan with one axis."""
    axes = [{"code": "A", "title": "Asse", "text": ["Premessa"], "objectives": ["Scopo"], "actions": list(actions)}]
    return {"plan_id": "p", "title": "Piano", "body": "Ente", "axes": axes, **more}


def read(value: Any) -> PlanText:
    """Parse what a program would have written."""
    return parse(json.dumps(value).encode())


def problems(value: Any) -> list[str]:
    """What is wrong with it, in words."""
    with pytest.raises(Invalid) as refused:
        parse(value if isinstance(value, bytes) else json.dumps(value).encode())
    return [str(words) for words in refused.value.problems]


def test_a_plan_becomes_a_tree() -> None:
    found = read(plan(action()))
    (section,) = found.sections
    assert (section.code, section.kind) == ("A", SectionKind.AXIS)
    assert [p.kind for p in section.paragraphs] == [ParagraphKind.BODY, ParagraphKind.OBJECTIVE]
    assert [p.text for p in section.actions[0].paragraphs] == ["Un comma."]
    assert found.unplaced == []


def test_nested_sections_are_directions_axes_and_sub_axes() -> None:
    inner = {"code": "A1a", "title": "Parte", "actions": [action()]}
    axis = {"code": "A1", "title": "Asse", "sections": [inner]}
    found = read(plan() | {"axes": [{"code": "I", "title": "Direttrice", "sections": [axis]}]})
    assert [s.kind for s in found.walk()] == [SectionKind.DIRECTION, SectionKind.AXIS, SectionKind.SUB_AXIS]


def test_what_has_no_field_is_listed_with_its_place() -> None:
    found = read(plan(action(colour="verde"), variants={"a": ["b"]}))
    assert found.unplaced == [
        {"path": "axes[0].actions[0].colour", "value": "verde"},
        {"path": "variants", "value": {"a": ["b"]}},
    ]


def test_texts_are_stored_in_one_form_of_unicode() -> None:
    assert read(plan(action(), title="Citta\u0300")).title == "Città"


def test_everything_wrong_is_told_at_once() -> None:
    first = action(title="", paragraphs=[{"text": "  "}, {"text": "a\x00b"}, {"text": 7}])
    second = action(
        goals=["fame"], costs=[{"year": "presto", "amount_eur": 1.5}], also_in_axes=["Z"], priority="urgent"
    )
    found = problems(plan(first, second, title=None))
    for words in (
        "title: the text is missing",
        "axes[0].actions[0].title: the text is missing",
        "paragraphs[0].text: the text is missing",
        "paragraphs[1].text: The text contains an invisible control character at position 2",
        "paragraphs[2].text: a text is expected",
        "goals[0]: “fame” is not one of",
        "costs[0].year: a whole number",
        "costs[0].amount_eur: a whole number",
        "priority: “urgent” is not one of",
        "the code “X1” is used by more than one action",
        "there is no section “Z”",
    ):
        assert any(words in problem for problem in found), words


def test_a_truncated_file_is_told_by_line_and_column() -> None:
    whole = json.dumps(plan(action()), indent=1)
    (found,) = problems(whole[: len(whole) // 2].encode())
    assert "line" in found and "column" in found


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "line 1, column 1"),
        (b"[]", "an object is expected"),
        (b"null", "an object is expected"),
        ("perché".encode("latin-1"), "not UTF-8"),
        (b'{"title": NaN}', "NaN is not a number"),
        (b'{"title": "a", "title": "b"}', "written twice"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" * 60 + b"]" * 60, "nested too deeply"),
        (b'{"n": ' + b"9" * 5000 + b"}", "too long"),
    ],
)
def test_what_is_no_plan_is_refused_in_words(data: bytes, words: str) -> None:
    assert any(words in problem for problem in problems(data))


def test_a_file_of_another_format_is_refused() -> None:
    assert any("reads the format" in p for p in problems(plan(action(), format="altro/2")))


def test_a_plan_without_sections_is_refused() -> None:
    assert problems(plan() | {"axes": []}) == ["axes: the plan has no section."]


def test_two_sections_cannot_share_an_address() -> None:
    axes = [{"code": "A 1", "title": "Uno"}, {"code": "A-1", "title": "Due"}]
    assert any("more than one section" in p for p in problems(plan() | {"axes": axes}))


def test_a_text_of_two_hundred_thousand_characters_is_refused() -> None:
    assert any("200000 characters" in p for p in problems(plan(action(paragraphs=[{"text": "x" * 200_000}]))))


def test_markup_emoji_and_right_to_left_text_stay_as_typed() -> None:
    text = "<script>alert(1)</script> 🌊 שלום"
    assert read(plan(action(paragraphs=[{"text": text}]))).sections[0].actions[0].paragraphs[0].text == text


def outcome(value: Any) -> Any:
    """The sections of a plan, or what is wrong with it: one of the two, never a fault."""
    try:
        return read(value).sections
    except Invalid as refused:
        return refused.problems


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_FIELD = st.sampled_from(["code", "title", "text", "objectives", "actions", "sections", "kind", "paragraphs", "costs"])


@given(_JSON | st.dictionaries(_FIELD, _JSON).map(lambda axis: plan() | {"axes": [axis]}))
def test_no_json_at_all_makes_the_reader_fail(value: Any) -> None:
    assert outcome(value)


@given(st.binary(max_size=200))
def test_no_bytes_at_all_make_the_reader_fail(data: bytes) -> None:
    assert problems(data)
