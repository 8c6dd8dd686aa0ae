"""Pages of the Forum's proposals to the Council, of its document, and of what the plan answers to it."""

from portal.web.proposals import (  # noqa: F401
    council,
    covering,
    desk,
    files,
    matrix,
    papers,
    reading,
    writing,
    writing_papers,
)
from portal.web.proposals.blueprint import bp

__all__ = ["bp"]
