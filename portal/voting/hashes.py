"""What fingerprints commit to: the roll, each ballot, and all ballots together.

The verifier computes the same from an exported file without this program; both follow docs/voting.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.kernel.canonical import digest

GENESIS = "0" * 64


@dataclass(frozen=True)
class BallotFacts:
    """Everything that one ballot's fingerprint commits to."""

    poll: int
    seat: int
    choice: str
    channel: str
    code: str
    cast_at: datetime
    mandate: int | None

    def fingerprint(self) -> str:
        """The fingerprint on the receipt."""
        return digest(vars(self))


def roll_hash(seats: Iterable[dict[str, Any]]) -> str:
    """The fingerprint of a roll in the order of its seats."""
    return digest(list(seats))


def chain(items: Iterable[tuple[int, int, str]]) -> str:
    """The fingerprint of all ballots: (seat, version, fingerprint) in this order, each on top of those before it."""
    head = GENESIS
    for seat, version, fingerprint in items:
        head = digest([head, seat, version, fingerprint])
    return head
