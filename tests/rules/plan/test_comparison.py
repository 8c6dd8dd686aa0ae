"""What changed between two versions is told paragraph by paragraph."""

from __future__ import annotations

from portal.plan.comparison import Comparison, Fate, Part, Passage, compare


def part(key: str, *texts: str, title: str = "Azione", **facts: str) -> Part:
    """A part whose paragraphs are given as “key:text”."""
    pairs = [text.partition(":") for text in texts]
    passages = tuple(Passage(n, k, "body", n, "", words) for n, (k, _, words) in enumerate(pairs, 1))
    return Part(key, key.upper(), title, "action", passages, dict(facts))


def fates(found: Comparison) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(c.part.key, [(p.key, p.fate.value) for p in c.passages]) for c in found.parts]


def test_each_paragraph_has_its_fate() -> None:
    old = [part("a", "1:uno", "2:due", "3:tre"), part("b", "4:quattro")]
    new = [part("a", "1:uno", "2:due e mezzo", "5:cinque"), part("b", "4:quattro")]
    found = compare(old, new)
    assert fates(found) == [
        ("a", [("1", "same"), ("2", "changed"), ("3", "gone"), ("5", "new")]),
        ("b", [("4", "same")]),
    ]
    assert [c.fate for c in found.parts] == [Fate.CHANGED, Fate.SAME]
    assert found.counts == {Fate.SAME: 2, Fate.CHANGED: 1, Fate.GONE: 1, Fate.NEW: 1}


def test_one_that_moved_says_where_it_came_from() -> None:
    old, new = [part("a", "1:uno", "2:due"), part("b", "3:tre")], [part("a", "1:uno"), part("b", "3:tre", "2:due")]
    found = compare(old, new)
    assert fates(found) == [("a", [("1", "same")]), ("b", [("3", "same"), ("2", "moved")])]
    moved = found.parts[1].passages[1]
    assert moved.home is not None and moved.home.key == "a"


def test_one_that_moved_and_changed_is_changed_and_says_where_it_came_from() -> None:
    change = compare([part("a", "1:uno"), part("b")], [part("a"), part("b", "1:altro")]).parts[1].passages[0]
    assert (change.fate, change.home and change.home.key) == (Fate.CHANGED, "a")


def test_only_what_left_its_place_has_moved() -> None:
    found = compare([part("a", "1:u", "2:d", "3:t", "4:q")], [part("a", "4:q", "1:u", "2:d", "3:t")])
    assert fates(found) == [("a", [("4", "moved"), ("1", "same"), ("2", "same"), ("3", "same")])]


def test_parts_come_and_go_in_their_place() -> None:
    found = compare([part("a"), part("b", "1:uno"), part("c")], [part("a"), part("d", "2:due"), part("c")])
    assert [(c.part.key, c.fate.value) for c in found.parts] == [
        ("a", "same"),
        ("b", "gone"),
        ("d", "new"),
        ("c", "same"),
    ]
    assert found.counts == {Fate.GONE: 1, Fate.NEW: 1}


def test_a_title_and_facts_that_change_are_a_change() -> None:
    old = [part("a", title="Prima", period="2027", lead="Ente"), part("b", period="2027")]
    new = [part("a", title="Dopo", period="2028", lead="Ente"), part("b", period="2027")]
    found = compare(old, new)
    assert [(c.fate, c.facts) for c in found.parts] == [(Fate.CHANGED, ("period",)), (Fate.SAME, ())]


def test_nothing_changed_between_a_version_and_itself() -> None:
    parts = [part("a", "1:uno", "2:due"), part("b", "3:tre")]
    assert set(compare(parts, parts).counts) == {Fate.SAME}
    assert compare([], []) == Comparison((), {})
