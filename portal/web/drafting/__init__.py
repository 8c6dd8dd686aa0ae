"""Pages of the drafting team: the inbox, the answer, publication, the reserved export."""

from __future__ import annotations

from portal.web.drafting import answer, inbox, publication
from portal.web.drafting.inbox import bp

__all__ = ["answer", "bp", "inbox", "publication"]
