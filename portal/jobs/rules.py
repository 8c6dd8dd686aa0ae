"""When a message that could not be sent is tried again."""

from __future__ import annotations

from datetime import timedelta

LEASE = timedelta(minutes=5)
DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)


def next_try(attempts: int) -> timedelta:
    """How long to wait after so many attempts; the last delay repeats until somebody corrects what is wrong."""
    if attempts < 1:
        raise ValueError("nothing was attempted yet")
    return DELAYS[min(attempts, len(DELAYS)) - 1]
