"""A state machine is a table; what is not in the table is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from portal.kernel.errors import Conflict
from portal.kernel.words import N_

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True)
class Machine(Generic[State]):
    """Which states may follow which."""

    table: Mapping[State, frozenset[State]]

    def allows(self, current: State, target: State) -> bool:
        """True if `target` may follow `current`."""
        return target in self.table.get(current, frozenset())

    def advance(self, current: State, target: State) -> State:
        """Return `target`, or refuse because it cannot follow `current`."""
        if not self.allows(current, target):
            raise Conflict(
                N_("This step is no longer possible: it may have been done already. Reload the page."),
                code="state",
            )
        return target
