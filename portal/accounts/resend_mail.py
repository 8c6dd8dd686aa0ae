"""Have a message sent once more, to the address its reader has now."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.db import atomic, db
from portal.jobs.events import MailResent
from portal.jobs.models import Address, Bounce, Mail
from portal.jobs.rules import SECRET, MailState, state_of
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_


@atomic()
def resend_mail(actor: Actor, mail_id: int, *, now: datetime) -> Mail:
    """Put it back into the queue as it was; its address is taken to work again until the next one comes back."""
    mail = db.session.scalar(sa.select(Mail).where(Mail.id == mail_id).with_for_update())
    if mail is None:
        raise NotFound()
    require(actor, Permission.DISPATCH_RESEND)
    if mail.template in SECRET:
        raise Conflict(N_("An address to sign in with is not sent twice: its reader asks for a fresh one."))
    back = db.session.get(Bounce, mail.id)
    if state_of(mail.sent_at, back.bounced_at if back else None, mail.error) is MailState.WAITING:
        raise Conflict(N_("This message is waiting to leave already."))

    mail.recipient = _address(mail)
    mail.sent_at, mail.error = None, ""
    mail.attempts, mail.next_try_at = 0, now
    if back:
        db.session.delete(back)
    db.session.execute(sa.delete(Address).where(Address.address == mail.recipient))
    record(MailResent(mail.id), actor=actor, now=now)
    return mail


def _address(mail: Mail) -> str:
    """Where its reader is reached today; the old address if nobody is known by it, or the letter went there too."""
    today = db.session.scalar(sa.select(Person.email).where(Person.id == mail.person_id, Person.erased_at.is_(None)))
    if today is None or today == mail.recipient:
        return mail.recipient
    there = sa.select(Mail.id).where(Mail.cause == mail.cause, Mail.template == mail.template, Mail.recipient == today)
    return mail.recipient if db.session.execute(there).first() else today
