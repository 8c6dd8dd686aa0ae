"""Who acts, and under which mandate: rebuilt at every request, never stored."""

from __future__ import annotations

from dataclasses import dataclass, replace

from portal.kernel.errors import Forbidden
from portal.kernel.offices import BodyKind, Office
from portal.kernel.words import N_


@dataclass(frozen=True)
class Grant:
    """A mandate in force today."""

    mandate_id: int
    body_id: int
    body_kind: BodyKind
    body_name: str
    office: Office


@dataclass(frozen=True)
class Actor:
    """A person (or nobody, or the system) with the mandates in force and the one acted under."""

    person_id: int | None = None
    name: str = ""
    email: str = ""
    grants: tuple[Grant, ...] = ()
    acting: Grant | None = None
    session_id: int | None = None
    is_system: bool = False

    @classmethod
    def anonymous(cls) -> Actor:
        """A visitor who has not signed in."""
        return cls()

    @classmethod
    def system(cls) -> Actor:
        """The clock, a job, or whoever holds the console of the machine."""
        return cls(is_system=True)

    @property
    def is_anonymous(self) -> bool:
        """True for a visitor."""
        return self.person_id is None and not self.is_system

    def acting_under(self, mandate_id: int | None) -> Actor:
        """The same person under the mandate that a form names; refuses one that is not theirs or has ended."""
        if mandate_id is None:
            return self
        for grant in self.grants:
            if grant.mandate_id == mandate_id:
                return replace(self, acting=grant)
        raise Forbidden(
            N_("The mandate under which this was written is not in force any more. Choose for whom you act."),
            code="mandate_ended",
        )
