"""Pages of the plan: reading it, comparing versions, taking it away, and the drafting team's page of versions."""

from portal.web.plan import comparing, desk, leaving, reading
from portal.web.plan.blueprint import bp

__all__ = ["bp", "comparing", "desk", "leaving", "reading"]
