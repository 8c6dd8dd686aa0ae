"""A reason that everybody will read: long enough to say something."""

from __future__ import annotations

from portal.kernel.errors import Invalid
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.requests.rules import REASON_LEAST, REASON_LIMIT


def reasoned(text: str, *, field: str = "reason") -> str:
    """The reason as it will be stored, or refuse one that says next to nothing."""
    said = typed(text, field=field, limit=REASON_LIMIT)
    if len(said) < REASON_LEAST:
        raise Invalid(
            N_("Give the reason in at least %(least)d characters: everybody will read it."),
            code="reason_too_short",
            field=field,
            least=REASON_LEAST,
        )
    return said
