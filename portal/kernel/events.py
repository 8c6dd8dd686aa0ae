"""What happened, in the past tense: the base of every journal entry."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

_CODE = re.compile(r"^[A-Za-z0-9_.:,+\-]{0,100}$")
KINDS: dict[str, type[Event]] = {}


class Audience(StrEnum):
    """Who may read an entry's facts; everybody else learns its number and nothing more."""

    PUBLIC = "public"
    BODY = "body"
    STAFF = "staff"
    PERSON = "person"


@dataclass(frozen=True)
class Event:
    """Facts are ids, codes, instants and hashes: never free text, never a name."""

    STREAM: ClassVar[str] = ""
    AUDIENCE: ClassVar[Audience] = Audience.STAFF

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.__name__.endswith("Event"):
            return  # a base of others: nothing is recorded under its name
        if cls.__name__ in KINDS:
            raise TypeError(f"two events are called {cls.__name__}")
        KINDS[cls.__name__] = cls

    @property
    def kind(self) -> str:
        """The name under which the entry is filed."""
        return type(self).__name__

    @property
    def stream(self) -> str:
        """Where the entry is filed, such as `consultation:3`."""
        return self.STREAM.format(**{f.name: getattr(self, f.name) for f in fields(self)})

    def facts(self) -> dict[str, Any]:
        """The fields as plain values; refuses what looks like prose."""
        return {f.name: _fact(f.name, getattr(self, f.name)) for f in fields(self)}


def _fact(name: str, value: Any) -> Any:
    match value:
        case bool() | int() | None:
            return value
        case datetime() | date():
            return value.isoformat()
        case str():
            if not _CODE.match(value):
                raise ValueError(f"the journal takes codes and ids, not text: {name}")
            return str(value)
        case list() | tuple():
            return [_fact(name, v) for v in value]
    raise TypeError(f"{name}: {type(value).__name__} is no fact")
