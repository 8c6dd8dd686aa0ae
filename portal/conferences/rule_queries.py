"""Reading the rule sets of sittings and their history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.conferences.models import SittingRuleSet, SittingRuleVersion
from portal.conferences.rules import Organ
from portal.conferences.ruleset import RuleSet, parse
from portal.db import db
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.words import N_


@dataclass(frozen=True)
class RuleRow:
    """One version of a rule set."""

    id: int
    organ: Organ
    number: int
    valid_from: date
    definition: dict[str, Any]
    legal_basis: str
    reason: str
    written_by: str | None
    written_at: datetime

    @property
    def rule_set(self) -> RuleSet:
        """What it says."""
        return parse(self.definition)

    def copy(self) -> dict[str, Any]:
        """What a sitting keeps of it."""
        return {
            "organ": self.organ.value,
            "version": self.number,
            "valid_from": self.valid_from.isoformat(),
            "legal_basis": self.legal_basis,
            "definition": self.definition,
        }


_COLUMNS = (
    SittingRuleVersion.id,
    SittingRuleSet.organ,
    SittingRuleVersion.number,
    SittingRuleVersion.valid_from,
    SittingRuleVersion.definition,
    SittingRuleVersion.legal_basis,
    SittingRuleVersion.reason,
    Person.name,
    SittingRuleVersion.written_at,
)


def _versions() -> sa.Select[Any]:
    query = sa.select(*_COLUMNS).join(SittingRuleSet, SittingRuleSet.id == SittingRuleVersion.rule_set_id)
    return query.outerjoin(Person, Person.id == SittingRuleVersion.person_id)


def in_force(today: date) -> dict[Organ, RuleRow]:
    """The version of each rule set that holds on a day."""
    query = _versions().where(SittingRuleVersion.valid_from <= today)
    rows = db.session.execute(query.order_by(SittingRuleVersion.valid_from, SittingRuleVersion.number))
    latest = {row.organ: RuleRow(*row) for row in rows}
    return {organ: latest[organ] for organ in Organ if organ in latest}


def holding(organ: Organ, today: date) -> RuleRow:
    """The version of one rule set that holds on a day."""
    found = in_force(today).get(organ)
    if found is None:
        raise Invalid(N_("No rule set says how this body sits."), code="no_rule", field="organ")
    return found


def history(organ: Organ) -> list[RuleRow]:
    """All versions of a rule set, latest first."""
    query = _versions().where(SittingRuleSet.organ == organ).order_by(SittingRuleVersion.number.desc())
    found = [RuleRow(*row) for row in db.session.execute(query)]
    if not found:
        raise NotFound()
    return found
