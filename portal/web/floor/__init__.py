"""Pages of the floor: the desk that gives it, the buttons that ask for it, what speeches said."""

from portal.web.floor import asking, desk, giving, noting
from portal.web.floor.blueprint import bp

__all__ = ["asking", "bp", "desk", "giving", "noting"]
