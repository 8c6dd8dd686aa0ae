"""Pages of what is put on the table while a sitting goes on: remarks, indications, votes of its items."""

from portal.web.table import indications, remarks, votes, writing
from portal.web.table.blueprint import bp

__all__ = ["bp", "indications", "remarks", "votes", "writing"]
