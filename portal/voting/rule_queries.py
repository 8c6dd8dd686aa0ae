"""Reading rule sets and their history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.db import db
from portal.kernel.errors import NotFound
from portal.voting import conditions
from portal.voting.models import RuleSetRow, RuleSetVersion
from portal.voting.rules import Electorate, Matter


@dataclass(frozen=True)
class RuleRow:
    """One version of a rule set."""

    code: str
    matter: Matter
    electorate: Electorate
    number: int
    valid_from: date
    definition: dict[str, Any]
    legal_basis: str
    reason: str
    written_by: str | None
    written_at: datetime

    @property
    def rule_set(self) -> conditions.RuleSet:
        """Its conditions."""
        return conditions.parse(self.definition)


_COLUMNS = (
    RuleSetRow.code,
    RuleSetRow.matter,
    RuleSetRow.electorate,
    RuleSetVersion.number,
    RuleSetVersion.valid_from,
    RuleSetVersion.definition,
    RuleSetVersion.legal_basis,
    RuleSetVersion.reason,
    Person.name,
    RuleSetVersion.written_at,
)


def _versions() -> sa.Select[Any]:
    query = sa.select(*_COLUMNS).join(RuleSetVersion, RuleSetVersion.rule_set_id == RuleSetRow.id)
    return query.outerjoin(Person, Person.id == RuleSetVersion.person_id)


def in_force(today: date) -> list[RuleRow]:
    """The version of each rule set that holds on a day, in order of code."""
    query = _versions().where(RuleSetVersion.valid_from <= today)
    rows = db.session.execute(query.order_by(RuleSetRow.code, RuleSetVersion.valid_from, RuleSetVersion.number))
    latest = {row.code: RuleRow(*row) for row in rows}
    return list(latest.values())


def history(code: str) -> list[RuleRow]:
    """All versions of a rule set, latest first."""
    query = _versions().where(RuleSetRow.code == code).order_by(RuleSetVersion.number.desc())
    found = [RuleRow(*row) for row in db.session.execute(query)]
    if not found:
        raise NotFound()
    return found
