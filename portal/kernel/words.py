"""Words that are marked for translation where they are written and translated where they are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from portal.kernel.figures import Figure


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


def said(words: Words, gettext: Callable[[str], str], language: str) -> str:
    """The words in a language: what `gettext` makes of the message, with words and figures said in it too."""

    def param(value: Any) -> Any:
        if isinstance(value, Words):
            return said(value, gettext, language)
        return value.said(language) if isinstance(value, Figure) else value

    text = gettext(words.message)
    return text % {name: param(value) for name, value in words.params.items()} if words.params else text
