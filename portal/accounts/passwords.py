"""Passwords are kept as argon2id only, with a profile that costs a guesser and not a reader."""

from __future__ import annotations

import os
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from argon2.profiles import CHEAPEST, RFC_9106_LOW_MEMORY


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    cheap = os.environ.get("PARERE_CHEAP_HASHES") == "1" and not os.environ.get("PRODUCTION")
    return PasswordHasher.from_parameters(CHEAPEST if cheap else RFC_9106_LOW_MEMORY)


@lru_cache(maxsize=1)
def _decoy() -> str:
    return _hasher().hash("nobody has this password")


def hashed(password: str) -> str:
    """What is stored."""
    return _hasher().hash(password)


def fits(stored: str | None, password: str) -> bool:
    """True if the password is the one stored; an unknown person costs the same time as a known one."""
    try:
        right = _hasher().verify(stored or _decoy(), password)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False
    return right and stored is not None


def is_dated(stored: str) -> bool:
    """True if it was made with another profile and should be made again."""
    return _hasher().check_needs_rehash(stored)
