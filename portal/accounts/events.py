"""What happened to people and mandates; stream `accounts`."""

from __future__ import annotations

from dataclasses import dataclass

from portal.kernel.events import Event


@dataclass(frozen=True)
class SignedIn(Event):
    """Somebody signed in, by link or password."""

    STREAM = "accounts"
    signed_in_id: int
    session_id: int
    method: str


@dataclass(frozen=True)
class SignedOut(Event):
    """Somebody ended a session."""

    STREAM = "accounts"
    signed_out_id: int
    session_id: int
