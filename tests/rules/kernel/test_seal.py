"""A sealed value opens for its purpose alone, and only under our own key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.seal import opened, sealed

KEY = "a key for tests, long enough to pass"


@given(st.text(min_size=1, max_size=30))
def test_what_was_sealed_opens(value: str) -> None:
    assert opened(KEY, "no news", sealed(KEY, "no news", value)) == value


OURS = sealed(KEY, "no news", "7")
OTHERS = [sealed("another key", "no news", "7"), sealed(KEY, "sign in", "7"), "8" + OURS[1:], OURS[:-1]]


@pytest.mark.parametrize("token", ["", ".", "7", "7.", "7.abc", "7.è", *OTHERS])
def test_nothing_else_does(token: str) -> None:
    assert opened(KEY, "no news", token) is None
