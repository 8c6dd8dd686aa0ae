"""Pages of remarks: reading them, writing and sending them, receipts, the desk of a body."""

from portal.web.comments import addresses, attaching, choosing, desk, own_side, reading, receipts, signing, writing
from portal.web.comments.blueprint import bp

__all__ = ["addresses", "attaching", "bp", "choosing", "desk", "own_side", "reading", "receipts", "signing", "writing"]
