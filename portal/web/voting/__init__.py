"""Pages of votes: reading them, answering, conducting them, the rules they are decided by."""

from portal.web.voting import annulling, answering, calling, conducting, counting, files, preparing, reading, rulebook
from portal.web.voting.blueprint import bp

__all__ = [
    "annulling",
    "answering",
    "bp",
    "calling",
    "conducting",
    "counting",
    "files",
    "preparing",
    "reading",
    "rulebook",
]
