"""Pages of opinions: what everybody reads of a request, its documents, the desk, writing, votes, transmission."""

from portal.web.opinions import acts, desk, files, overriding, reading, writing
from portal.web.opinions.blueprint import bp

__all__ = ["acts", "bp", "desk", "files", "overriding", "reading", "writing"]
