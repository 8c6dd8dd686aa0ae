"""Bring the members of a Forum in from a CSV, with delegates and substitutes: all of it, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from portal.accounts.grant_mandate import Appointment
from portal.db import atomic, db
from portal.forum import csv_members, locked
from portal.forum.admit import admit_new, organisation
from portal.forum.csv_members import Line
from portal.forum.models import ForumMembership, ForumOrganisation
from portal.forum.name_people import name_for
from portal.forum.register import Facts
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Invalid
from portal.kernel.offices import BodyKind, Office
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.territory.models import Body

OFFICES = {"delegate": Office.FORUM_DELEGATE, "substitute": Office.FORUM_SUBSTITUTE}


@dataclass(frozen=True)
class Imported:
    """What came of it: organisations admitted, those that were in the register already, people named."""

    admitted: int
    known: int
    people: int


@dataclass(frozen=True)
class _Usual:
    day: date
    act: str


@atomic()
def import_members(actor: Actor, forum_id: int, data: bytes, act: str, *, now: datetime) -> Imported:
    """Organisations that are in the register by tax code or name stay as they are; the others are admitted."""
    require(actor, Permission.FORUM_MANAGE)
    forum = locked.forum(forum_id)
    lines = csv_members.read(data)
    known = _known()
    usual = _Usual(local_day(now), act)

    def bring(line: Line) -> tuple[bool, int]:
        marks = {mark for mark in (line.get("tax_code").upper(), line.get("name").casefold()) if mark}
        if marks & known:
            return False, 0
        known.update(marks)
        return True, _bring(actor, forum.id, line, usual, now)

    done = csv_members.each(lines, bring)
    new = sum(1 for is_new, _ in done if is_new)
    return Imported(new, len(done) - new, sum(people for _, people in done))


def _known() -> set[str]:
    codes = db.session.scalars(sa.select(ForumOrganisation.tax_code).where(ForumOrganisation.tax_code != ""))
    names = db.session.scalars(sa.select(Body.name).where(Body.kind == BodyKind.FORUM_ORGANISATION))
    return {*codes, *(name.casefold() for name in names)}


def _bring(actor: Actor, forum_id: int, line: Line, usual: _Usual, now: datetime) -> int:
    admitted_on = line.day("admitted_on", usual.day)
    facts = Facts(
        name=line.get("name"),
        category=line.category,
        **{column: line.get(column) for column in csv_members.COLUMNS[3:10]},
    )
    member_id = admit_new(
        actor, forum_id, facts, admitted_on, line.get("act") or usual.act, key=line.get("key"), now=now
    )
    member = db.session.get_one(ForumMembership, member_id)
    return sum(_name(actor, member.body_id, line, office, max(admitted_on, usual.day), now) for office in OFFICES)


def _name(actor: Actor, body_id: int, line: Line, column: str, starts_on: date, now: datetime) -> int:
    email, person = line.get(f"{column}_email"), line.get(column)
    if not email:
        return 0
    if not person:
        raise Invalid(N_("Give the name that goes with the address %(email)s."), email=email)
    wanted = Appointment(email, person, body_id, OFFICES[column], starts_on, act_reference=line.get("act"))
    name_for(actor, wanted, organisation(body_id), now=now)
    return 1
