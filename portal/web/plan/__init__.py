"""Pages of the plan: reading it, and the drafting team's page of versions."""

from portal.web.plan import desk, reading
from portal.web.plan.blueprint import bp

__all__ = ["bp", "desk", "reading"]
