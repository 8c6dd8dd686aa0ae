"""The votes on a delegate's page: the ballot while one is open and why there is none; afterwards what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from portal.conferences.screen import said
from portal.kernel.actor import Actor
from portal.voting import may_vote, mine, queries
from portal.voting.may_vote import MayVote
from portal.voting.mine import OwnSeat
from portal.voting.queries import PollPage
from portal.voting.rules import COUNTED_STATES, PollState
from portal.web.voting.answering import new_key
from portal.web.voting.sheet import Bar, bars


@dataclass(frozen=True)
class Vote:
    """A vote of the sitting as one delegate has it before them."""

    page: PollPage
    own: OwnSeat | None
    may: MayVote | None  # while it is open
    key: str

    @property
    def is_open(self) -> bool:
        """True until it is closed."""
        return self.page.state is PollState.OPEN

    @property
    def answered(self) -> bool:
        """True if an answer of this seat stands."""
        return bool(self.own and self.own.choice and self.own.code)

    @property
    def offered(self) -> bool:
        """True if the buttons are of use now."""
        return bool(self.may and self.may.allowed and self.own) and (self.page.may_change or not self.answered)

    @cached_property
    def bars(self) -> list[Bar]:
        """Each condition with what was reached, once it is counted."""
        return bars(self.page.outcome.results) if self.page.outcome else []


def votes_of(actor: Actor, sitting: int, item: int | None, now: datetime) -> list[Vote]:
    """Those that are open, else the one that was counted last on the item in discussion."""
    rows = said.votes(sitting)
    shown = [row.number for row in rows if row.state is PollState.OPEN]
    if not shown:
        shown = [row.number for row in rows if row.item_id == item and row.state in COUNTED_STATES][:1]
    return [_vote(actor, number, now) for number in sorted(shown)]


def _vote(actor: Actor, number: int, now: datetime) -> Vote:
    page = queries.poll(actor, number)
    may = may_vote.may_vote(actor, number, now) if page.state is PollState.OPEN else None
    acting = actor.acting_under(may.mandate_id) if may and may.mandate_id else actor
    return Vote(page, mine.own_seat(acting, number), may, new_key())
