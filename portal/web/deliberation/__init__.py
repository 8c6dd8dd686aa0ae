"""Pages of the Forum's discussion: tables, statements, weighing with one thumb, results, the secretariat's desk."""

from portal.web.deliberation import desk, files, offering, reading, tables, weighing
from portal.web.deliberation.blueprint import bp

__all__ = ["bp", "desk", "files", "offering", "reading", "tables", "weighing"]
