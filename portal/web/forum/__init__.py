"""Pages of the Forum: what it is, who belongs to it, how one joins, and the desk where its register is kept."""

from portal.web.forum import applications, desk, joining, keeping, reading, rulebook
from portal.web.forum.blueprint import bp

__all__ = ["applications", "bp", "desk", "joining", "keeping", "reading", "rulebook"]
