"""Art. 12-13: what a consultation received, by kind, body, action, territory and day; its sums are checked.

Everything received is counted, whatever became of it; withdrawn remarks stand in the table of states alone. Only
numbers come out of here: what is hidden is counted and never shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from portal.comments.models import Comment, CommentTerritory, Consultation, Submission
from portal.comments.rules import CommentKind, CommentState
from portal.db import db
from portal.drafting.models import Answer
from portal.drafting.queries import published_for_all
from portal.drafting.rules import Outcome
from portal.kernel.clock import local_day
from portal.kernel.offices import BodyKind
from portal.plan.models import Action
from portal.territory import queries as territory
from portal.territory.models import Body
from portal.territory.rules import Represented

MOST_DAYS = 400


@dataclass(frozen=True)
class Tally:
    """Remarks, the submissions they came in, and the bodies that sent them: three figures, never added up."""

    remarks: int
    submissions: int
    bodies: int


@dataclass(frozen=True)
class ActionRow:
    """One action with what was said of it."""

    code: str
    title: str
    tally: Tally
    residents: int
    answered: int


@dataclass(frozen=True)
class PlaceRow:
    """One Comune: what it sent itself, and how many remarks of anybody name it."""

    key: str
    name: str
    residents: int | None
    sent: int
    naming: int


@dataclass(frozen=True)
class Day:
    """What arrived on a day in Rome."""

    day: date
    remarks: int
    submissions: int


@dataclass(frozen=True)
class Breakdown:
    """All tables of one consultation, or of one action in it."""

    total: Tally
    withdrawn: int
    states: dict[CommentState, int]
    kinds: dict[CommentKind, Tally]
    body_kinds: dict[BodyKind, Tally]
    outcomes: dict[Outcome, int]
    actions: list[ActionRow]
    elsewhere: Tally  # on sections and on the plan as a whole
    places: list[PlaceRow]
    days: list[Day]
    represented: Represented
    registered: int  # remarks with a number, counted by themselves

    @property
    def received(self) -> int:
        """All remarks, withdrawn ones included."""
        return sum(self.states.values())

    @property
    def answered(self) -> int:
        """Answers that everybody can read."""
        return sum(self.outcomes.values())

    def sums(self) -> list[tuple[str, int, int]]:
        """Each way of splitting the remarks, what it adds up to, and what it must add up to."""
        by_action = sum(row.tally.remarks for row in self.actions) + self.elsewhere.remarks
        return [
            ("numbers", self.registered, self.received),
            ("states", self.received, self.total.remarks + self.withdrawn),
            ("kinds", sum(tally.remarks for tally in self.kinds.values()), self.total.remarks),
            ("body_kinds", sum(tally.remarks for tally in self.body_kinds.values()), self.total.remarks),
            ("actions", by_action, self.total.remarks),
            ("days", sum(day.remarks for day in self.days), self.total.remarks),
        ]

    @property
    def reconciles(self) -> bool:
        """True if every table adds up to the same remarks."""
        return all(found == due for _, found, due in self.sums())


@dataclass(frozen=True)
class _Group:
    """Remarks of one submission, of one kind, on one action, in one state."""

    submission_id: int
    body_id: int
    body_kind: BodyKind
    kind: CommentKind
    state: CommentState
    action_id: int | None
    day: date
    remarks: int


def breakdown(consultation_id: int, snapshot_id: int, *, action_id: int | None = None) -> Breakdown:
    """Count everything once."""
    groups = _groups(consultation_id, action_id)
    standing = [group for group in groups if group.state is not CommentState.WITHDRAWN]
    states: Counter[CommentState] = Counter()
    for group in groups:
        states[group.state] += group.remarks
    named = _naming(consultation_id, action_id)
    answers = _answers(consultation_id, action_id)
    return Breakdown(
        total=_tally(standing),
        withdrawn=states[CommentState.WITHDRAWN],
        states=dict(states),
        kinds=_split(standing, lambda group: group.kind),
        body_kinds=_split(standing, lambda group: group.body_kind),
        outcomes=_outcomes(answers),
        actions=_actions(snapshot_id, standing, answers),
        elsewhere=_tally([group for group in standing if group.action_id is None]),
        places=_places(snapshot_id, standing, named),
        days=_days(standing),
        represented=territory.representativeness(snapshot_id, {group.body_id for group in standing}),
        registered=_registered(consultation_id, action_id),
    )


def _groups(consultation_id: int, action_id: int | None) -> list[_Group]:
    keys = (
        Comment.submission_id,
        Comment.body_id,
        Body.kind,
        Comment.kind,
        Comment.state,
        Comment.action_id,
        Submission.submitted_at,
    )
    rows: Any = db.session.execute(
        sa.select(*keys, sa.func.count())
        .select_from(Comment)
        .join(Submission, Submission.id == Comment.submission_id)
        .join(Body, Body.id == Comment.body_id)
        .where(*_received(consultation_id, action_id))
        .group_by(*keys)
    )
    return [_Group(a, b, c, d, e, f, local_day(at), number) for a, b, c, d, e, f, at, number in rows]


def _received(consultation_id: int, action_id: int | None) -> Iterable[sa.ColumnElement[bool]]:
    yield Comment.consultation_id == consultation_id
    yield Comment.number.is_not(None)
    if action_id is not None:
        yield Comment.action_id == action_id


def _registered(consultation_id: int, action_id: int | None) -> int:
    query = sa.select(sa.func.count()).select_from(Comment).where(*_received(consultation_id, action_id))
    return db.session.execute(query).scalar_one()


def _tally(groups: list[_Group]) -> Tally:
    return Tally(
        sum(group.remarks for group in groups),
        len({group.submission_id for group in groups}),
        len({group.body_id for group in groups}),
    )


def _split(groups: list[_Group], by: Callable[[_Group], Any]) -> dict[Any, Tally]:
    found: dict[Any, list[_Group]] = defaultdict(list)
    for group in groups:
        found[by(group)].append(group)
    return {key: _tally(members) for key, members in found.items()}


def _outcomes(answers: list[tuple[int | None, Outcome, int]]) -> dict[Outcome, int]:
    found: Counter[Outcome] = Counter()
    for _, outcome, number in answers:
        found[outcome] += number
    return dict(found)


def _answers(consultation_id: int, action_id: int | None) -> list[tuple[int | None, Outcome, int]]:
    rows: Any = db.session.execute(
        sa.select(Comment.action_id, Answer.outcome, sa.func.count())
        .select_from(Comment)
        .join(Answer, Answer.comment_id == Comment.id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(*_received(consultation_id, action_id), *published_for_all())
        .group_by(Comment.action_id, Answer.outcome)
    )
    return [(row[0], row[1], row[2]) for row in rows if row[1] is not None]


def _actions(snapshot_id: int, groups: list[_Group], answers: list[tuple[int | None, Outcome, int]]) -> list[ActionRow]:
    by_action: dict[int, list[_Group]] = defaultdict(list)
    for group in groups:
        if group.action_id is not None:
            by_action[group.action_id].append(group)
    answered: Counter[int | None] = Counter()
    for of_action, _, number in answers:
        answered[of_action] += number
    bodies = {id_: {group.body_id for group in members} for id_, members in by_action.items()}
    stand = territory.representativeness_of(snapshot_id, bodies) if bodies else {}
    rows = db.session.execute(
        sa.select(Action.id, Action.code, Action.title).where(Action.id.in_(by_action)).order_by(Action.position)
    )
    return [
        ActionRow(code, title, _tally(by_action[id_]), stand[id_].residents, answered[id_]) for id_, code, title in rows
    ]


def _naming(consultation_id: int, action_id: int | None) -> dict[int, int]:
    rows = db.session.execute(
        sa.select(CommentTerritory.body_id, sa.func.count())
        .join(Comment, Comment.id == CommentTerritory.comment_id)
        .where(*_received(consultation_id, action_id), Comment.state != CommentState.WITHDRAWN)
        .group_by(CommentTerritory.body_id)
    )
    return dict(rows.all())


def _places(snapshot_id: int, groups: list[_Group], named: dict[int, int]) -> list[PlaceRow]:
    sent: Counter[int] = Counter()
    for group in groups:
        if group.body_kind is BodyKind.MUNICIPALITY:
            sent[group.body_id] += group.remarks
    comuni = territory.bodies(BodyKind.MUNICIPALITY)
    people = territory.population_of(snapshot_id, [body.id for body in comuni])
    rows = [
        PlaceRow(body.key, body.name, people.get(body.id), sent[body.id], named.get(body.id, 0))
        for body in comuni
        if sent[body.id] or named.get(body.id) or body.ended_on is None
    ]
    return sorted(rows, key=lambda row: (-row.sent - row.naming, row.name))


def _days(groups: list[_Group]) -> list[Day]:
    """From the first day on which something arrived to the last one, those on which nothing did among them."""
    if not groups:
        return []
    found = _split(groups, lambda group: group.day)
    first, last = min(found), max(found)
    length = min((last - first).days + 1, MOST_DAYS)
    days = [first + timedelta(days=n) for n in range(length)] if length < MOST_DAYS else sorted(found)
    nothing = Tally(0, 0, 0)
    return [Day(day, found.get(day, nothing).remarks, found.get(day, nothing).submissions) for day in days]
