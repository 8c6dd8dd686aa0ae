"""Art. 12-13: what kinds of news there are, and when the day's digest is due."""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum

from portal.kernel.clock import at_rome, local_day

HOUR = time(7)  # in Rome, winter and summer
DIGEST, AT_ONCE = "digest", "news"  # templates of letters that are news
NO_MORE = "no more news"  # what the seal stands for in the address that ends them


class NewsKind(StrEnum):
    """What became public."""

    REMARK = "remark"
    ANSWER = "answer"


def digest_due(now: datetime) -> str | None:
    """The name of the digest that should have left by now: one a day in Rome; None before its hour."""
    today = local_day(now)
    return f"digest:{today.isoformat()}" if now >= at_rome(today, HOUR) else None
