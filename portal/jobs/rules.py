"""When a message that could not be sent is tried again, and where one stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

LEASE = timedelta(minutes=5)
DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
SECRET = frozenset(
    {"sign_in_link", "accreditation", "forum/confirm", "forum/question", "forum/decided"}
)  # letters that open the portal to whoever reads them: nobody reads them twice


class MailState(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    FAILED = "failed"
    SENT = "sent"
    BOUNCED = "bounced"


def state_of(sent_at: datetime | None, bounced_at: datetime | None, error: str) -> MailState:
    """Derived, never stored: back from the other side, gone, tried in vain, or not tried yet."""
    if bounced_at:
        return MailState.BOUNCED
    if sent_at:
        return MailState.SENT
    return MailState.FAILED if error else MailState.WAITING


def next_try(attempts: int) -> timedelta:
    """How long to wait after so many attempts; the last delay repeats until somebody corrects what is wrong."""
    if attempts < 1:
        raise ValueError("nothing was attempted yet")
    return DELAYS[min(attempts, len(DELAYS)) - 1]


def local_part(message_id: str) -> str:
    """The part of a Message-ID that is ours: what stands before the @."""
    return message_id.strip().strip("<>").partition("@")[0]
