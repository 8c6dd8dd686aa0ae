"""What all pages of proposals share: the blueprint, a proposal as it is shown, its terms as a line, its path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, url_for
from flask_babel import gettext, ngettext

from portal.conferences.rules import Organ
from portal.forum import queries as forums
from portal.forum.rules import ForumKey
from portal.kernel.clock import local_day
from portal.opinions.proposals import queries
from portal.opinions.proposals.coverage import AnsweredItem, of_actions
from portal.opinions.proposals.rows import ProposalRow
from portal.opinions.proposals.rules import Awaited, Degree, ProposalStage, Standing, Term, standing
from portal.web.door import current_actor, now
from portal.web.labels import label
from portal.web.pages import day
from portal.web.path import Step

bp = Blueprint("proposals", __name__)
bp.add_app_template_global(Degree, "Degree")
_GOING_ON = frozenset({ProposalStage.WRITTEN, ProposalStage.APPROVED, ProposalStage.SENT, ProposalStage.ON_AGENDA})


@dataclass(frozen=True)
class Mark:
    """Something on the line of the terms: where, on a thousand parts, and what."""

    at: int
    kind: str
    words: str
    day: date


@dataclass(frozen=True)
class Shown:
    """A proposal as its pages show it."""

    row: ProposalRow
    stands: Standing

    @property
    def who(self) -> str:
        """Who proposes: an organisation, or the Forum itself."""
        return self.row.body_name or forum_words(self.row.forum)

    @property
    def last(self) -> date | None:
        """The day after which nothing is known of it."""
        withdrawn = local_day(self.row.withdrawn_at) if self.row.withdrawn_at else None
        return self.row.decided_on or withdrawn or local_day(now())

    @property
    def marks(self) -> list[Mark]:
        """What happened and what the terms are, from the day it was sent."""
        row = self.row
        if row.sent_on is None:
            return []
        agenda, decision = self.stands.terms
        known: list[tuple[date | None, str, str]] = [
            (row.sent_on, "sent", gettext("sent")),
            (agenda.last_day, "term", gettext("term for the agenda")),
            (decision.last_day, "term", gettext("term for the decision")),
            (row.agenda_on, "done", gettext("on the agenda")),
            (row.decided_on, "done", gettext("decided by the Council")),
        ]
        if self.stands.running:
            known.append((local_day(now()), "today", gettext("today")))
        found = sorted(((at, kind, words) for at, kind, words in known if at), key=lambda one: one[0])
        first, whole = row.sent_on, max(1, (found[-1][0] - row.sent_on).days)
        return [Mark(round(1000 * (at - first).days / whole), kind, words, at) for at, kind, words in found]

    @property
    def marks_in_words(self) -> str:
        """The same line for who does not see it."""
        return "; ".join(f"{day(mark.day)}, {mark.words}" for mark in self.marks)

    @property
    def gone(self) -> int:
        """How far time has gone on that line."""
        return max((mark.at for mark in self.marks if mark.kind in {"today", "done"}), default=0)

    @property
    def late_from(self) -> list[tuple[int, int]]:
        """The stretches of the line on which the Council was, or is, late."""
        if not self.marks or self.last is None:
            return []
        first, whole = self.marks[0].day, max(1, (self.marks[-1].day - self.marks[0].day).days)
        ends = [(term.last_day, term.met_on or self.last) for term in self.stands.terms if term.late]
        return [(round(1000 * (a - first).days / whole), round(1000 * (b - first).days / whole)) for a, b in ends]


def shown(row: ProposalRow) -> Shown:
    """A proposal with where it stands."""
    return Shown(row, standing(row.facts, now()))


def forum_choices() -> list[tuple[int, str]]:
    """The Forums in words."""
    return [(one.id, forum_words(one.key)) for one in forums.forums()]


def steps(found: Shown) -> list[Step]:
    """From the pen of an organisation to the Council's decision."""
    row, stage = found.row, found.stands.stage
    ended = stage is ProposalStage.WITHDRAWN
    agenda, decision = found.stands.terms or (None, None)
    path = [
        Step(gettext("Written by the proposer"), "done", "", "", found.who, row.written_at),
        _approved(row, stage),
        Step(
            gettext("Sent to the Council"),
            _state(row.sent_on is not None, stage is ProposalStage.APPROVED, ended),
            "",
            "",
            _said(row.sent_on, gettext("register n. %(number)s") % {"number": row.sent_register}),
        ),
        Step(
            gettext("On the Council’s agenda"),
            _state(row.agenda_on is not None, stage is ProposalStage.SENT, ended),
            "",
            "",
            " · ".join(filter(None, [_said(row.agenda_on, row.agenda_reference), _term(agenda)])),
            url=url_for("conferences.sitting", number=row.agenda_sitting_id) if row.agenda_sitting_id else "",
        ),
        Step(
            gettext("Decided by the Council"),
            _state(row.decided_on is not None, stage is ProposalStage.ON_AGENDA, ended),
            "",
            "",
            " · ".join(filter(None, [_said(row.decided_on, row.decision_act), _term(decision)])),
        ),
    ]
    if not ended:
        return path
    kept = [step for step in path if step.state == "done"]
    return [
        *kept,
        Step(gettext("Taken back by the proposer"), "stopped", "", "", row.withdrawn_reason, row.withdrawn_at),
    ]


def _approved(row: ProposalRow, stage: ProposalStage) -> Step:
    said = gettext("by vote n. %(number)s of the Forum") % {"number": row.poll_id} if row.poll_id else ""
    state = _state(row.approved_at is not None, stage is ProposalStage.WRITTEN, False)
    url = url_for("voting.poll", number=row.poll_id) if row.poll_id else ""
    return Step(gettext("Approved by the Forum’s secretary"), state, "", "", said, row.approved_at, url)


def _state(done: bool, current: bool, ended: bool) -> str:
    return "done" if done else "current" if current and not ended else "todo"


def _said(on: date | None, words: str) -> str:
    return f"{day(on)} · {words}" if on else ""


def _term(term: Term | None) -> str:
    if term is None:
        return gettext("within a term that begins when the proposal is sent")
    at = day(term.last_day)
    if term.met_on is None and not term.late:
        return gettext("by %(day)s") % {"day": at}
    if not term.late:
        return ""
    if term.met_on:
        return ngettext(
            "%(num)s day after the term, which was %(day)s",
            "%(num)s days after the term, which was %(day)s",
            term.late,
            day=at,
        )
    return ngettext(
        "the term was %(day)s: %(num)s day late", "the term was %(day)s: %(num)s days late", term.late, day=at
    )


@bp.app_template_global("forum_home")
def forum_home() -> str:
    """The page of the Forum."""
    return url_for("forum.index")


@bp.app_template_global("forum_words")
def forum_words(key: ForumKey) -> str:
    """What a Forum is called."""
    return label(Organ.FORUM if key is ForumKey.METROPOLITAN else Organ.YOUTH_FORUM).text


@bp.app_template_global("awaited_words")
def awaited_words(stands: Standing) -> str:
    """What is awaited and how long there is."""
    running = stands.running
    if running is None or stands.left is None:
        return ""
    said = {"day": day(running.last_day), "left": stands.left, "late": running.late}
    words = {
        Awaited.AGENDA: gettext("to be on the agenda by %(day)s"),
        Awaited.DECISION: gettext("to be decided by %(day)s"),
    }[running.awaited]
    return words % said


@bp.app_template_global("answered_items")
def answered_items(action_id: int) -> list[AnsweredItem]:
    """The items of the Forum's document that an action answers to."""
    return of_actions([action_id]).get(action_id, [])


@bp.app_template_global("proposals_waiting")
def proposals_waiting() -> list[tuple[Shown, str]]:
    """For the desk of a member: what others propose and it has not supported yet, and what became of its own."""
    actor = current_actor()
    own = actor.acting.body_id if actor.acting else 0
    supported = queries.supported_by(own)
    found = []
    for one in (shown(row) for row in queries.proposals(actor)):
        if one.row.body_id == own and one.stands.stage in _GOING_ON:
            found.append((one, awaited_words(one.stands) or gettext("yours")))
        elif one.stands.stage is ProposalStage.WRITTEN and one.row.body_id != own and one.row.number not in supported:
            found.append((one, gettext("waits for your support, if you agree")))
    return found
