"""What operations take: each parameter reads what was given, refuses what it cannot be, and describes itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.kernel.errors import Invalid
from portal.kernel.words import N_

MOST_ROW = 2**31 - 1
MOST_ITEMS, USUAL_ITEMS = 200, 50
LONGEST = 100


@dataclass(frozen=True)
class Parameter:
    """A text of some length; without one there is no value."""

    name: str
    meaning: str
    example: Any = None
    converter = ""

    def schema(self) -> dict[str, Any]:
        """What it can be, as JSON Schema."""
        return {"type": "string", "minLength": 1, "maxLength": LONGEST}

    def read(self, given: str | None) -> Any:
        """The value of what was given."""
        if given is None:
            return None
        if not 0 < len(given) <= LONGEST:
            raise self.refused()
        return given

    def refused(self) -> Invalid:
        """What is said of a value that it cannot be."""
        return Invalid(
            N_("“%(name)s” cannot be this. See the description of the API for what it can be."),
            code="invalid_parameter",
            field=self.name,
            name=self.name,
        )


@dataclass(frozen=True)
class Number(Parameter):
    """A whole number within bounds."""

    least: int = 1
    most: int = MOST_ROW
    usual: int | None = None
    converter = "int:"

    def schema(self) -> dict[str, Any]:
        """What it can be, as JSON Schema."""
        bounds: dict[str, Any] = {"type": "integer", "minimum": self.least, "maximum": self.most}
        return bounds if self.usual is None else bounds | {"default": self.usual}

    def read(self, given: str | None) -> Any:
        """The number that was written, the usual one without."""
        if given is None:
            return self.usual
        plain = given.isascii() and given.isdigit() and len(given) <= len(str(self.most))
        if not plain or not self.least <= int(given) <= self.most:
            raise self.refused()
        return int(given)


@dataclass(frozen=True)
class Choice(Parameter):
    """One of the values of an enumeration."""

    among: tuple[StrEnum, ...] = ()

    def schema(self) -> dict[str, Any]:
        """What it can be, as JSON Schema."""
        return {"type": "string", "enum": [one.value for one in self.among]}

    def read(self, given: str | None) -> Any:
        """The member that was named."""
        if given is None:
            return None
        found = next((one for one in self.among if one.value == given), None)
        if found is None:
            raise self.refused()
        return found


LIMIT = Number("limit", N_("How many at most."), example=USUAL_ITEMS, least=1, most=MOST_ITEMS, usual=USUAL_ITEMS)
AFTER = Parameter("after", N_("The key after which the list goes on: take it from “next”."))
AFTER_NUMBER = Number("after", N_("The number after which the list goes on: take it from “next”."), least=0, usual=0)
SLUG = Parameter("slug", N_("Address of the plan, as in the list of plans."), example="piano-strategico")
VERSION = Number("version", N_("Number of the version."), example=1)
CODE = Parameter("code", N_("Code of the action, such as A.1.3."), example="A.1.3")
KEY = Parameter("key", N_("Key that never changes."))
NUMBER = Number("number", N_("Public number of the remark."), example=127)
CONSULTATION = Number("consultation_id", N_("Number of the consultation."), example=1)
