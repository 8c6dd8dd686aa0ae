"""Pages of remarks: reading them, writing and sending them, receipts, letters, the desk of a body."""

from portal.web.comments import (
    addresses,
    attaching,
    choosing,
    desk,
    letter_files,
    newer,
    own_side,
    reading,
    receipts,
    registering,
    signing,
    splitting,
    writing,
)
from portal.web.comments.blueprint import bp

__all__ = [
    "addresses",
    "attaching",
    "bp",
    "choosing",
    "desk",
    "letter_files",
    "newer",
    "own_side",
    "reading",
    "receipts",
    "registering",
    "signing",
    "splitting",
    "writing",
]
