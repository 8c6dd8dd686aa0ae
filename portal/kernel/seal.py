"""A value that only this installation can have written: for addresses in letters that act without signing in."""

from __future__ import annotations

import base64
import hashlib
import hmac

_LENGTH = 16


def sealed(key: str, purpose: str, value: str) -> str:
    """The value with its seal, fit for an address."""
    return f"{value}.{_seal(key, purpose, value)}"


def opened(key: str, purpose: str, token: str) -> str | None:
    """The value, if its seal is ours and was made for this purpose."""
    value, _, seal = token.rpartition(".")
    return value if value and hmac.compare_digest(seal.encode(), _seal(key, purpose, value).encode()) else None


def _seal(key: str, purpose: str, value: str) -> str:
    made = hmac.digest(key.encode(), f"{purpose}\n{value}".encode(), hashlib.sha256)[:_LENGTH]
    return base64.urlsafe_b64encode(made).decode().rstrip("=")
