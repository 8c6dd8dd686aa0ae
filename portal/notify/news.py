"""Letters of news: what others wrote on the actions one's body has spoken of, once a day or as it happens.

The letter in the queue holds no words. They are read when it leaves, so that what was hidden since is in none of them;
a letter of which nothing is left does not leave.
"""

from __future__ import annotations

from flask import current_app
from flask_babel import force_locale, gettext

from portal.accounts import choose_mail
from portal.accounts import letters as accounts
from portal.accounts.letters import Addressee
from portal.accounts.rules import Pace
from portal.comments import letters as comments
from portal.comments.rules import Admission
from portal.config import Settings
from portal.db import atomic
from portal.drafting import letters as drafting
from portal.forms import labels
from portal.jobs import queries, queue, timers
from portal.jobs.queue import Letter
from portal.journal.unheard import Heard
from portal.kernel import clock
from portal.kernel.seal import sealed
from portal.news import collect
from portal.news import queries as news
from portal.news.rules import AT_ONCE, DIGEST, NO_MORE, NewsKind, digest_due
from portal.notify.letter import address, render

WRITTEN_LATE = frozenset({DIGEST, AT_ONCE})


def received(entry: Heard) -> None:
    """Remarks that are public as soon as they arrive."""
    if comments.admission_of(entry.facts["consultation_id"]) is Admission.AFTER:
        for comment_id in comments.numbered(entry.facts["comments"]):
            _note(entry, comment_id, NewsKind.REMARK)


def admitted(entry: Heard) -> None:
    """A remark that became public by being admitted."""
    if comments.admission_of(entry.facts["consultation_id"]) is Admission.BEFORE:
        _note(entry, entry.facts["comment_id"], NewsKind.REMARK)


def answered(entry: Heard) -> None:
    """An answer that became public."""
    comment_id = drafting.remark_of(entry.facts["answer_id"])
    if comment_id is not None:
        _note(entry, comment_id, NewsKind.ANSWER)


def _note(entry: Heard, comment_id: int, kind: NewsKind) -> None:
    at_once = collect.collect(entry.id, comment_id, kind, entry.at, now=clock.now())
    for person in _reachable(at_once):
        _write(f"entry:{entry.id}", AT_ONCE, person, entry.id)


def digests() -> int:
    """The digest of the day, once its hour has come; return how many were written."""
    name = digest_due(clock.now())
    if name is None or timers.is_done(name):
        return 0
    return _leave(name)


@atomic()
def _leave(name: str) -> int:
    """All digests of a day and the mark that they were written, or nothing of it."""
    if not timers.once(name, now=clock.now()):
        return 0
    readers = _reachable(news.readers_waiting())
    for person in readers:
        _write(name, DIGEST, person)
    return len(readers)


def _reachable(persons: list[int]) -> list[Addressee]:
    """Those of these persons whose address takes mail: news is not sent where it comes back from."""
    found = accounts.addressees(persons)
    silent = queries.marked_among([person.email for person in found])
    return [person for person in found if person.email not in silent]


def _write(cause: str, template: str, person: Addressee, entry_id: int | None = None) -> None:
    with force_locale(person.language):
        subject = gettext("What is new on the actions your body has spoken of")
    mail = queue.enqueue(cause, template, person.person_id, person.email, subject, "", now=clock.now())
    collect.put_into(mail.id, person.person_id, entry_id)


def words_of(letter: Letter) -> str | None:
    """The text of a letter of news as it leaves; None if nothing of it is public any more or its reader wants none."""
    groups = news.groups(letter.id)
    readers = accounts.addressees([letter.person_id] if letter.person_id else [])
    if not groups or not readers or choose_mail.pace_of(readers[0].person_id) is Pace.NEVER:
        return None
    with force_locale(readers[0].language):
        outcomes = {i.outcome: gettext(labels.words(i.outcome)) for g in groups for i in g.items if i.outcome}
        links = {i.number: address("comments.remark", number=i.number) for g in groups for i in g.items}
        stop = address("mailbox.stop", token=token(letter.person_id or 0))
        _, text = render("digest", groups=groups, outcomes=outcomes, links=links, stop=stop, kinds=NewsKind)
    return text


def token(person_id: int) -> str:
    """What proves, in the address that ends the news, for whom it was written."""
    settings: Settings = current_app.extensions["settings"]
    return sealed(settings.secret_key, NO_MORE, str(person_id))
