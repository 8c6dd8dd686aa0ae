"""What happened to mail; stream `mail`."""

from __future__ import annotations

from dataclasses import dataclass

from portal.kernel.events import Event


@dataclass(frozen=True)
class MailBounced(Event):
    """A message came back from the other side."""

    STREAM = "mail"
    mail_id: int
    status: str
    for_good: bool


@dataclass(frozen=True)
class MailResent(Event):
    """Somebody had a message sent once more."""

    STREAM = "mail"
    mail_id: int
