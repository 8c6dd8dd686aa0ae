"""Pages of the hall: the desk of presences with its roll calls, and the acts from the roll call to the closing."""

from portal.web.hall import course, desk, rolls, session
from portal.web.hall.blueprint import bp

__all__ = ["bp", "course", "desk", "rolls", "session"]
