"""One value, one sequence of bytes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel import canonical

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(values)
def test_the_order_in_which_keys_were_given_does_not_matter(value: object) -> None:
    turned = dict(reversed(value.items())) if isinstance(value, dict) else value
    assert canonical.encode(value) == canonical.encode(turned)


def test_composed_and_combining_accents_give_the_same_hash() -> None:
    assert canonical.digest({"t": "è"}) == canonical.digest({"t": "e\u0300"})


def test_accents_are_written_as_themselves_without_spaces() -> None:
    assert canonical.encode({"b": 1, "a": ["è", None, True]}) == '{"a":["è",null,true],"b":1}'.encode()


def test_floats_and_strange_things_are_refused() -> None:
    with pytest.raises(TypeError):
        canonical.encode({"share": 0.4})
    with pytest.raises(TypeError):
        canonical.encode({"x": object()})
    with pytest.raises(ValueError, match="time zone"):
        canonical.encode(datetime(2027, 1, 1, tzinfo=UTC).replace(tzinfo=None))


def test_an_instant_keeps_its_zone() -> None:
    assert canonical.encode(datetime(2027, 1, 1, tzinfo=UTC)) == b'"2027-01-01T00:00:00+00:00"'


def test_a_commitment_changes_with_text_and_with_salt() -> None:
    one = canonical.commitment("testo", "a")
    assert one == canonical.commitment("testo", "a")
    assert len({one, canonical.commitment("testo", "b"), canonical.commitment("testi", "a")}) == 3
