"""The page of a delegate: what matters now, on a telephone, from the seat one holds."""

from portal.web.follow import helping, presence, seat
from portal.web.follow.blueprint import bp

__all__ = ["bp", "helping", "presence", "seat"]
