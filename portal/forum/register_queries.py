"""Reading the register in full: members by family, what is known of one, its memberships and suspensions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from portal.accounts import queries as accounts
from portal.accounts.models import Mandate, Person
from portal.db import db
from portal.forum.models import ForumMembership, ForumOrganisation, ForumSuspension
from portal.forum.queries import is_member_on, is_suspended_on
from portal.forum.rules import Span, Standing, standing
from portal.kernel.errors import NotFound
from portal.kernel.offices import ForumCategory, Office
from portal.territory.models import Body


@dataclass(frozen=True)
class MemberRow:
    """A member on a day."""

    membership_id: int
    body_id: int
    key: str
    name: str
    category: ForumCategory
    admitted_on: date
    act: str
    suspended: bool
    registered_in: str
    registered_as: str
    seat: str


@dataclass(frozen=True)
class SuspensionRow:
    """Days without a seat."""

    id: int
    starts_on: date
    ends_on: date | None
    reason: str
    act: str
    readmitted_act: str

    def holds_on(self, day: date) -> bool:
        """True while the seat is suspended."""
        return Span(self.starts_on, self.ends_on).holds_on(day)


@dataclass(frozen=True)
class MembershipRow:
    """From admission to the last day."""

    id: int
    forum_id: int
    body_id: int
    admitted_on: date
    act: str
    left_on: date | None
    left_reason: str
    left_act: str
    suspensions: tuple[SuspensionRow, ...]

    def standing(self, day: date) -> Standing:
        """What the organisation is on a day."""
        spans = [Span(one.starts_on, one.ends_on) for one in self.suspensions]
        return standing(Span(self.admitted_on, self.left_on), spans, day)


@dataclass(frozen=True)
class OrganisationRow:
    """What the register says of an organisation."""

    body_id: int
    key: str
    name: str
    category: ForumCategory
    legal_form: str
    tax_code: str
    registered_in: str
    registered_as: str
    seat: str
    website: str
    contact_email: str


@dataclass(frozen=True)
class HolderRow:
    """Who speaks for an organisation; the name is shown only where the rules say so."""

    body_id: int
    mandate_id: int
    name: str
    email: str | None
    office: Office
    starts_on: date
    ends_on: date | None


def members(forum_id: int, day: date) -> list[MemberRow]:
    """Everybody who is a member on a day, suspended or not, in order of name."""
    query = sa.select(
        ForumMembership.id,
        Body.id,
        Body.key,
        Body.name,
        Body.forum_category,
        ForumMembership.admitted_on,
        ForumMembership.act,
        is_suspended_on(day),
        sa.func.coalesce(ForumOrganisation.registered_in, ""),
        sa.func.coalesce(ForumOrganisation.registered_as, ""),
        sa.func.coalesce(ForumOrganisation.seat, ""),
    ).join(Body, Body.id == ForumMembership.body_id)
    query = query.outerjoin(ForumOrganisation, ForumOrganisation.body_id == Body.id)
    query = query.where(ForumMembership.forum_id == forum_id, is_member_on(day)).order_by(Body.name, Body.id)
    return [MemberRow(*row) for row in db.session.execute(query)]  # type: ignore[arg-type]  # each has a family


def by_category(rows: Iterable[MemberRow]) -> dict[ForumCategory, int]:
    """How many of them are of each family, the families without any included."""
    counts = Counter(row.category for row in rows)
    return {category: counts[category] for category in ForumCategory}


def organisation(key: str) -> OrganisationRow:
    """One organisation by its address."""
    columns = (
        ForumOrganisation.legal_form,
        ForumOrganisation.tax_code,
        ForumOrganisation.registered_in,
        ForumOrganisation.registered_as,
        ForumOrganisation.seat,
        ForumOrganisation.website,
        ForumOrganisation.contact_email,
    )
    query = sa.select(Body.id, Body.key, Body.name, Body.forum_category, *(sa.func.coalesce(c, "") for c in columns))
    query = query.outerjoin(ForumOrganisation, ForumOrganisation.body_id == Body.id)
    row = db.session.execute(query.where(Body.key == key, Body.forum_category.is_not(None))).one_or_none()
    if row is None:
        raise NotFound()
    return OrganisationRow(*row)  # type: ignore[arg-type]  # it has a family


def key_of(membership_id: int) -> str:
    """The address of the organisation of a membership."""
    query = sa.select(Body.key).join(ForumMembership, ForumMembership.body_id == Body.id)
    return db.session.execute(query.where(ForumMembership.id == membership_id)).scalar_one()


def memberships(body_id: int) -> list[MembershipRow]:
    """All memberships of an organisation in either Forum, latest first."""
    rows = db.session.scalars(
        sa.select(ForumMembership)
        .where(ForumMembership.body_id == body_id)
        .order_by(ForumMembership.admitted_on.desc(), ForumMembership.id.desc())
    ).all()
    found = _suspensions([row.id for row in rows])
    return [_membership(row, found.get(row.id, [])) for row in rows]


def membership_of(forum_id: int, body_id: int, day: date) -> MembershipRow:
    """The membership that holds on a day."""
    for row in memberships(body_id):
        if row.forum_id == forum_id and Span(row.admitted_on, row.left_on).holds_on(day):
            return row
    raise NotFound()


def _membership(row: ForumMembership, found: list[SuspensionRow]) -> MembershipRow:
    return MembershipRow(
        row.id,
        row.forum_id,
        row.body_id,
        row.admitted_on,
        row.act,
        row.left_on,
        row.left_reason,
        row.left_act,
        tuple(found),
    )


def _suspensions(membership_ids: Sequence[int]) -> dict[int, list[SuspensionRow]]:
    rows = db.session.scalars(
        sa.select(ForumSuspension)
        .where(ForumSuspension.membership_id.in_(membership_ids))
        .order_by(ForumSuspension.starts_on.desc(), ForumSuspension.id.desc())
    )
    found: dict[int, list[SuspensionRow]] = {}
    for row in rows:
        one = SuspensionRow(row.id, row.starts_on, row.ends_on, row.reason, row.act, row.readmitted_act)
        found.setdefault(row.membership_id, []).append(one)
    return found


def holders(body_ids: Iterable[int], now: datetime) -> dict[int, list[HolderRow]]:
    """Delegates and substitutes in office, or still to begin, by organisation: the delegate first."""
    query = (
        sa.select(
            Mandate.body_id,
            Mandate.id,
            Person.name,
            Person.email,
            Mandate.office,
            Mandate.starts_on,
            Mandate.ends_on,
        )
        .join(Person, Person.id == Mandate.person_id)
        .where(Mandate.body_id.in_(list(body_ids)), accounts.is_open(now))
        .order_by(Mandate.office, Mandate.starts_on, Mandate.id)
    )
    found: dict[int, list[HolderRow]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.body_id, []).append(HolderRow(*row))
    return found
