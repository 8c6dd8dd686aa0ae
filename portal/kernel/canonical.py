"""The one canonical JSON (sorted keys, no spaces, UTF-8, NFC, no floats) and its SHA-256."""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from datetime import date, datetime
from typing import Any


def _plain(value: Any) -> Any:
    match value:
        case bool() | int() | None:
            return value
        case str():
            return unicodedata.normalize("NFC", value)
        case float():
            raise TypeError("canonical JSON holds no floats: use integers or text")
        case datetime():
            if value.tzinfo is None:
                raise ValueError("an instant needs a time zone")
            return value.isoformat()
        case date():
            return value.isoformat()
        case dict():
            return {str(k): _plain(v) for k, v in value.items()}
        case list() | tuple():
            return [_plain(v) for v in value]
    raise TypeError(f"canonical JSON does not know {type(value).__name__}")


def encode(value: Any) -> bytes:
    """Bytes that are the same wherever and whenever the same value is written."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(encode(value)).hexdigest()


def text_digest(text: str) -> str:
    """SHA-256 of a text exactly as it is stored."""
    return hashlib.sha256(text.encode()).hexdigest()


def salt() -> str:
    """A fresh salt that makes the commitment to a short text unguessable."""
    return secrets.token_hex(16)


def commitment(text: str, salt: str) -> str:
    """A salted hash: proves a text later, and says nothing once text and salt are erased."""
    return hashlib.sha256(f"{salt}\x00{text}".encode()).hexdigest()
