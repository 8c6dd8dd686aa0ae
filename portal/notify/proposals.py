"""Letters about proposals of the Forum: what became of one, and terms that come near or are over."""

from __future__ import annotations

from portal.accounts import letters as accounts
from portal.db import atomic
from portal.jobs import timers
from portal.journal.unheard import Heard
from portal.kernel import clock
from portal.notify.letter import address, post, send
from portal.opinions.proposals import letters
from portal.opinions.proposals.letters import Due


def sent(entry: Heard) -> None:
    """It went to the Council: to those who write its agenda, and to whoever proposed it."""
    number, now = entry.facts["proposal_id"], clock.now()
    _tell(entry, "proposal_sent", [*letters.clerks(now), *letters.proposers(number, now)])


def on_agenda(entry: Heard) -> None:
    """It stands on the Council's agenda: to whoever proposed it."""
    _tell(entry, "proposal_on_agenda", letters.proposers(entry.facts["proposal_id"], clock.now()))


def decided(entry: Heard) -> None:
    """The Council has decided: to whoever proposed or supported it."""
    number, now = entry.facts["proposal_id"], clock.now()
    _tell(entry, "proposal_decided", [*letters.proposers(number, now), *letters.supporters(number, now)])


def withdrawn(entry: Heard) -> None:
    """It was taken back: to those who write the agenda, if it had been sent, and to those who supported it."""
    number, now = entry.facts["proposal_id"], clock.now()
    clerks = letters.clerks(now) if letters.told(number).sent_on else []
    _tell(entry, "proposal_withdrawn", [*clerks, *letters.supporters(number, now)])


def paper_adopted(entry: Heard) -> None:
    """The Forum has adopted its document: to those who say what the plan answers to it."""
    it = letters.adopted(entry.facts["paper_id"])
    people = accounts.addressees(letters.drafters(clock.now()))
    send(entry, "forum_paper_adopted", people, it, address("proposals.matrix", paper_id=it.paper_id))


def warn() -> int:
    """Thirty and seven days before a term, and once it is over; how many letters were written."""
    return sum(_warn(due) for due in letters.due(clock.now()) if not timers.is_done(due.name))


@atomic()
def _warn(due: Due) -> int:
    now = clock.now()
    if not timers.once(due.name, now=now):
        return 0
    people = accounts.addressees({*letters.clerks(now), *letters.proposers(due.number, now)})
    for person in people:
        link = address("proposals.proposal", number=due.number)
        post(due.name, "proposal_term", person, due, link, awaited=due.awaited)
    return len(people)


def _tell(entry: Heard, template: str, people: list[int]) -> None:
    number = entry.facts["proposal_id"]
    it = letters.told(number)
    link = address("proposals.proposal", number=number)
    send(entry, template, accounts.addressees(set(people)), it, link, answer=it.answer)
