"""Pages of the Forum's text: reading, writing, opening, freezing; amendments, who signs, what becomes of them."""

from portal.web.amending import amendments, disposing, opening, reading, writing
from portal.web.amending.blueprint import bp

__all__ = ["amendments", "bp", "disposing", "opening", "reading", "writing"]
