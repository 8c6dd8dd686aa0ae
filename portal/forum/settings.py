"""The rules of a Forum on a day, and how they came to be what they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.db import db
from portal.forum.models import ForumRuleVersion
from portal.forum.ruleset import ForumRules, parse


@dataclass(frozen=True)
class RulesRow:
    """One version of the rules."""

    number: int
    valid_from: date
    definition: dict[str, Any]
    legal_basis: str
    reason: str
    written_by: str | None
    written_at: datetime

    @property
    def rules(self) -> ForumRules:
        """What it says."""
        return parse(self.definition)


def of(forum_id: int, day: date) -> ForumRules:
    """The rules that hold on a day; before the first ones, those that come with the program."""
    found = holding(forum_id, day)
    return found.rules if found else ForumRules()


def holding(forum_id: int, day: date) -> RulesRow | None:
    """The version that holds on a day."""
    query = _versions(forum_id).where(ForumRuleVersion.valid_from <= day)
    ordered = query.order_by(ForumRuleVersion.valid_from.desc(), ForumRuleVersion.number.desc())
    row = db.session.execute(ordered.limit(1)).one_or_none()
    return RulesRow(*row) if row else None


def history(forum_id: int) -> list[RulesRow]:
    """All versions, latest first."""
    rows = db.session.execute(_versions(forum_id).order_by(ForumRuleVersion.number.desc()))
    return [RulesRow(*row) for row in rows]


def _versions(forum_id: int) -> sa.Select[Any]:
    query = sa.select(
        ForumRuleVersion.number,
        ForumRuleVersion.valid_from,
        ForumRuleVersion.definition,
        ForumRuleVersion.legal_basis,
        ForumRuleVersion.reason,
        Person.name,
        ForumRuleVersion.written_at,
    )
    query = query.outerjoin(Person, Person.id == ForumRuleVersion.person_id)
    return query.where(ForumRuleVersion.forum_id == forum_id)
