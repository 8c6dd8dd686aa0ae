"""Pages of what a hall sees, and of what everybody sees of a public sitting."""

from portal.web.screen import halls, projector, public
from portal.web.screen.blueprint import bp

__all__ = ["bp", "halls", "projector", "public"]
