"""Who writes the text of the Forum's opinion, and who reads it before everybody does."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.accounts import queries as accounts
from portal.accounts.models import Mandate
from portal.forum import queries as forum
from portal.forum.members import standing
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Forbidden
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, can
from portal.kernel.words import N_
from portal.opinions.amending.models import ForumText
from portal.opinions.requests import queries as requests

MEMBERS = (Office.FORUM_DELEGATE, Office.FORUM_SUBSTITUTE)
ELIGIBLE = (*MEMBERS, Office.FORUM_SECRETARY)


def eligible(forum_id: int, now: datetime) -> sa.ColumnElement[bool]:
    """Mandates of those who can be named: of organisations that hold a seat today, and of the Forum's secretary."""
    seats = [seat.body_id for seat in forum.seats(forum_id, local_day(now))]
    member = sa.and_(Mandate.office.in_(MEMBERS), Mandate.body_id.in_(seats))
    return sa.and_(accounts.is_in_force(now), sa.or_(Mandate.office == Office.FORUM_SECRETARY, member))


def is_rapporteur(actor: Actor, rapporteur_id: int | None) -> bool:
    """True for the person who is named, while an office of theirs is in force."""
    acting = actor.acting
    return (
        rapporteur_id is not None
        and actor.person_id == rapporteur_id
        and acting is not None
        and acting.office in ELIGIBLE
    )


def writes(actor: Actor, rapporteur_id: int | None) -> bool:
    """True for the rapporteur and for those who keep the Forum."""
    return can(actor, Permission.FORUM_MANAGE) or is_rapporteur(actor, rapporteur_id)


def check_writer(actor: Actor, row: ForumText, now: datetime) -> None:
    """Art. 14: the rapporteur writes, together with the secretariat; one of a member only while it holds a seat."""
    if not writes(actor, row.rapporteur_id):
        raise Forbidden(N_("The rapporteur of this opinion and the secretariat do this."), code="no_writer")
    if not can(actor, Permission.FORUM_MANAGE):
        standing(actor, requests.request(row.request_id).forum_id, now)


def reads_draft(actor: Actor) -> bool:
    """True for members of the Forum and staff: everybody else reads the text once it is open to amendments."""
    return can(actor, Permission.FORUM_WATCH) or can(actor, Permission.FORUM_TAKE_PART)
