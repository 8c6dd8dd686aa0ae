"""What people type: stored as typed in NFC; control characters refused, length bounded."""

from __future__ import annotations

import re
import unicodedata

from portal.kernel.errors import Invalid
from portal.kernel.words import N_

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|[\ud800-\udfff]")
_SPACE_ONLY = re.compile(r"^[\s\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u00ad\u3164\u2800]*$")


def is_blank(text: str | None) -> bool:
    """True for nothing, white space, and characters that only look like something."""
    return text is None or _SPACE_ONLY.match(text) is not None


def typed(text: str | None, *, field: str, limit: int, required: bool = True) -> str:
    """Return the text as it will be stored, or refuse with the field and the remedy; `limit` in code points."""
    value = unicodedata.normalize("NFC", (text or "").replace("\r\n", "\n").replace("\r", "\n"))
    found = CONTROL.search(value)
    if found:
        raise Invalid(
            N_("The text contains an invisible control character at position %(at)d. Remove it and send again."),
            code="control_character",
            field=field,
            at=found.start() + 1,
        )
    value = value.strip("\n \t")
    if is_blank(value):
        if required:
            raise Invalid(N_("Write a text here."), code="required", field=field)
        return ""
    if len(value) > limit:
        raise Invalid(
            N_("The text has %(length)d characters; at most %(limit)d are allowed. Shorten it or split it in two."),
            code="too_long",
            field=field,
            length=len(value),
            limit=limit,
        )
    return value
