"""Pages of the drafting team: the inbox, themes and views, duplicates, the answer, publication."""

from __future__ import annotations

from portal.web.drafting import answer, drafts, inbox, publication, themes, twins
from portal.web.drafting.inbox import bp

__all__ = ["answer", "bp", "drafts", "inbox", "publication", "themes", "twins"]
