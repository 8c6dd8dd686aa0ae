"""Add a body to the register by hand, or correct what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.offices import BodyKind
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.territory import rules
from portal.territory.events import BodyChanged, BodyRegistered
from portal.territory.facts import BodyFacts
from portal.territory.models import Body

_TAKEN = {
    "key": N_("Another body has this address."),
    "istat_code": N_("Another body has this ISTAT code."),
    "cadastral_code": N_("Another body has this cadastral code."),
    "ipa_code": N_("Another body has this IPA code."),
}


@atomic()
def register_body(actor: Actor, facts: BodyFacts, *, now: datetime) -> Body:
    """Add a body; its address is the ISTAT code of a Comune, else made from its name unless given."""
    require(actor, Permission.TERRITORY_MANAGE)
    return enrol(actor, facts, now=now)


def enrol(actor: Actor, facts: BodyFacts, *, now: datetime) -> Body:
    """The same inside acts of other domains, which have their own permission."""
    facts = _checked(facts)
    key = facts.key or (facts.istat_code or "") or rules.slug(facts.name)
    if not rules.KEY.match(key) or len(key) > 60:
        raise Invalid(N_("An address has small letters, digits and dashes."), code="key", field="key")
    if facts.kind is BodyKind.METROPOLITAN_CITY and _exists(Body.kind == BodyKind.METROPOLITAN_CITY):
        raise Invalid(N_("There is one metropolitan city, and it is registered."), code="kind", field="kind")
    facts = replace(facts, key=key)
    _check_free(facts, but=0)
    body = Body(**facts.__dict__)
    db.session.add(body)
    db.session.flush()
    record(BodyRegistered(body.id), actor=actor, now=now)
    return body


@atomic()
def change_body(actor: Actor, body_id: int, facts: BodyFacts, *, now: datetime) -> Body:
    """Correct a body; its kind and its address stay."""
    require(actor, Permission.TERRITORY_MANAGE)
    return correct(actor, body_id, facts, now=now)


def correct(actor: Actor, body_id: int, facts: BodyFacts, *, now: datetime) -> Body:
    """The same inside acts of other domains, which have their own permission."""
    body = db.session.get(Body, body_id, with_for_update=True)
    if body is None:
        raise NotFound()
    facts = _checked(replace(facts, kind=body.kind, key=body.key))
    _check_free(facts, but=body.id)
    for name, value in facts.__dict__.items():
        setattr(body, name, value)
    record(BodyChanged(body.id), actor=actor, now=now)
    return body


def _checked(facts: BodyFacts) -> BodyFacts:
    name = " ".join(typed(facts.name, field="name", limit=rules.NAME_LONGEST).split())
    facts = replace(
        facts,
        name=name,
        istat_code=facts.istat_code or None,
        cadastral_code=(facts.cadastral_code or "").upper() or None,
        ipa_code=facts.ipa_code or None,
    )
    parent = db.session.get(Body, facts.parent_id) if facts.parent_id else None
    rules.check_facts(facts, parent.kind if parent else None)
    return facts


def _check_free(facts: BodyFacts, *, but: int) -> None:
    for field, words in _TAKEN.items():
        value = getattr(facts, field)
        column = getattr(Body, field)
        if value and _exists(sa.func.lower(column) == value.lower(), Body.id != but):
            raise Invalid(words, code="taken", field=field)


def _exists(*conditions: sa.ColumnElement[bool]) -> bool:
    return db.session.scalar(sa.select(Body.id).where(*conditions).limit(1)) is not None
