"""Words that are marked for translation where they are written and translated where they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def N_(message: str) -> str:  # noqa: N802  (the name gettext tools look for)
    """Mark an English message id for extraction and return it unchanged."""
    return message


@dataclass(frozen=True)
class Words:
    """A message id with its parameters: what to say, not yet in any language."""

    message: str
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message
