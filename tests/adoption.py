"""A Forum whose text is frozen, with amendments to be voted on it, and what it takes to vote."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import datetime, timedelta

from portal.conferences.table import polls
from portal.db import atomic, db
from portal.kernel.actor import Actor
from portal.opinions.adoption import cast_votes, conduct, put_to_vote, queries, subjects
from portal.opinions.adoption.put_to_vote import Asked, OverDays
from portal.opinions.adoption.rows import VoteRow
from portal.opinions.amending.models import Amendment, ForumSection, ForumText, ForumWording
from portal.opinions.amending.rules import AmendmentKind, AmendmentState, SectionRole
from portal.opinions.requests import steps
from portal.opinions.requests.rules import Step
from portal.opinions.rules import OpinionKind
from portal.voting import record_answer
from portal.voting.ballots import Receipt
from portal.voting.rules import Choice
from tests.factories import NOW
from tests.forum import Forum
from tests.forum_requests import Request

YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN
DAY, HOUR, MILLISECOND = timedelta(days=1), timedelta(hours=1), timedelta(milliseconds=1)
WORDS = "Si chiede di indicare le risorse. Si chiede di anticipare i tempi."
_keys = itertools.count(1)


class Vote:
    """So many organisations, with a text of one remark that is frozen; amendments are brought by the first of them."""

    def __init__(self, organisations: int = 5, *, amendments: int = 0) -> None:
        self.forum = Forum(organisations)
        self.request = Request().number
        self.secretary, self.general, self.system = self.forum.secretary, self.forum.general, Actor.system()
        self._freeze(amendments)

    @atomic()
    def _freeze(self, amendments: int) -> None:
        who = self.forum.secretary
        assert who.person_id and who.acting
        text = ForumText(
            request_id=self.request,
            rapporteur_id=who.person_id,
            rapporteur_body_id=who.acting.body_id,
            named_at=NOW,
            kind=OpinionKind.WITH_REMARKS,
        )
        db.session.add(text)
        db.session.flush()
        sections = [
            self._section(n, role, words)
            for n, (role, words) in enumerate(
                (
                    (SectionRole.PREAMBLE, "Visto il piano."),
                    (SectionRole.REMARK, WORDS),
                    (SectionRole.CONCLUSION, "Sì."),
                )
            )
        ]
        db.session.flush()
        text.opened_at, text.closes_at, text.base_sha256 = NOW - DAY, NOW - HOUR, "a" * 64
        for number in range(1, amendments + 1):
            self._amend(number, sections[1])
        db.session.flush()
        text.frozen_at, text.frozen_sha256, text.frozen_kind = NOW, "b" * 64, OpinionKind.WITH_REMARKS
        steps.reach(self.request, Step.TEXT_FROZEN, NOW)

    def _section(self, position: int, role: SectionRole, words: str) -> int:
        row = ForumSection(
            request_id=self.request,
            role=role,
            position=position,
            text=words,
            label="1" if role is SectionRole.REMARK else "",
            opened_revision=1,
            frozen_revision=1,
        )
        db.session.add(row)
        db.session.flush()
        facts = {"heading": "", "text": words, "reason": "", "at": NOW}
        db.session.add(ForumWording(section_id=row.id, revision=1, **facts))
        return row.id

    def _amend(self, number: int, section: int) -> None:
        """The first takes the remark away; the others add a sentence each, and lapse if it is passed."""
        who = self.forum.delegates[0]
        assert who.person_id and who.acting
        words = "" if number == 1 else f"{WORDS} Aggiunta n. {number}."
        db.session.add(
            Amendment(
                request_id=self.request,
                number=number,
                section_id=section,
                kind=AmendmentKind.SUPPRESSIVE if number == 1 else AmendmentKind.ADDITIVE,
                filed_revision=1,
                filed_text=words,
                base_revision=1,
                text=words,
                reason="Perché serve.",
                body_id=who.acting.body_id,
                person_id=who.person_id,
                mandate_id=who.acting.mandate_id,
                proposed_at=NOW - DAY,
                state=AmendmentState.TO_VOTE,
            )
        )

    def put(self, *, days: float = 5, opens: datetime = NOW, now: datetime = NOW, final: bool = False) -> list[int]:
        """What is next is put to the vote over some days."""
        left: list[int | None] = [] if final else [*subjects.left(self.request)]
        asked = [Asked(one, f"Emendamento {one}" if one else "Si approva il testo?") for one in (left or [None])]
        way = OverDays(opens, opens + timedelta(days=days))
        return put_to_vote.put_to_vote(self.secretary, self.request, asked, way, now=now)

    def say(self, poll: int, answers: Mapping[int, Choice], at: datetime = NOW) -> list[Receipt]:
        """These organisations answer through their delegates, in this order."""
        return [self.cast(self.forum.delegates[place], {poll: said}, at)[0] for place, said in answers.items()]

    def cast(self, who: Actor, answers: Mapping[int, Choice], at: datetime = NOW, *, key: str = "") -> list[Receipt]:
        """One member answers."""
        return cast_votes.cast_votes(who, self.request, answers, key=key or f"page-key-{next(_keys)}", now=at)

    def close(self, at: datetime = NOW + HOUR) -> int:
        """Close, proclaim, carry over: how many votes."""
        conduct.close_all(self.secretary, self.request, now=at)
        return conduct.proclaim_all(self.secretary, self.request, now=at)

    def taken(self, answers: Mapping[int, Choice], at: datetime = NOW) -> VoteRow:
        """The final text is put to the vote, answered and proclaimed within the hour."""
        poll = self.put(opens=at, now=at, final=True)[0]
        self.say(poll, answers, at)
        self.close(at + HOUR)
        return self.row(poll)

    def record(self, poll: int, seat: int, said: Choice, at: datetime = NOW) -> Receipt:
        """The clerk enters an answer."""
        return record_answer.record_answer(self.forum.clerk, poll, seat, said, key=f"clerk-key-{next(_keys)}", now=at)

    def proclaim(self, poll: int, at: datetime) -> None:
        """As the cockpit does: it knows nothing of what the vote is about."""
        polls.proclaim_it(self.forum.clerk, poll, now=at)

    def close_in_cockpit(self, poll: int, at: datetime) -> None:
        """Closed and proclaimed where nobody knows what the vote is about."""
        polls.close_it(self.forum.clerk, poll, now=at)
        self.proclaim(poll, at)

    def row(self, poll: int) -> VoteRow:
        """A vote as it is read."""
        db.session.rollback()
        return next(one for one in queries.votes(Actor.system(), self.request) if one.poll_id == poll)

    def reached(self) -> set[Step]:
        """The steps of the request."""
        db.session.rollback()
        return set(steps.taken(self.request))

    def amendment(self, number: int) -> Amendment:
        """An amendment as it stands."""
        db.session.rollback()
        return db.session.query(Amendment).filter_by(request_id=self.request, number=number).one()


def everybody(count: int, said: Choice = YES) -> dict[int, Choice]:
    """The first organisations, all of one mind."""
    return dict.fromkeys(range(count), said)
