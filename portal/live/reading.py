"""Values as they come over a socket, from whoever sends them."""

from __future__ import annotations

from typing import Any


def whole(value: Any) -> int | None:
    """A number of the kind that rows and entries have; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else None
