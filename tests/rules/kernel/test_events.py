"""The journal takes facts, never prose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from portal.kernel.events import KINDS, Event


@dataclass(frozen=True)
class LampLit(Event):
    """Somebody lit a lamp (only in these tests)."""

    STREAM = "lamp:{lamp_id}"
    lamp_id: int
    what: object = None


KINDS.pop("LampLit")


def test_the_stream_is_named_by_the_facts() -> None:
    assert (LampLit(3).kind, LampLit(3).stream) == ("LampLit", "lamp:3")


def test_ids_codes_instants_and_lists_of_them_are_facts() -> None:
    at = datetime(2027, 3, 1, tzinfo=UTC)
    assert LampLit(1, at).facts()["what"] == "2027-03-01T00:00:00+00:00"
    assert LampLit(1, [1, "A.1.3", None, True]).facts()["what"] == [1, "A.1.3", None, True]


@pytest.mark.parametrize("prose", ["Mario Rossi", "perché no?", "a" * 101, "è"])
def test_names_and_sentences_are_refused(prose: str) -> None:
    with pytest.raises(ValueError, match="what"):
        LampLit(1, prose).facts()


def test_numbers_with_a_comma_are_no_facts() -> None:
    with pytest.raises(TypeError):
        LampLit(1, 0.5).facts()


def test_two_events_cannot_share_a_name() -> None:
    taken = next(iter(KINDS))
    with pytest.raises(TypeError, match=taken):
        type(taken, (Event,), {})
