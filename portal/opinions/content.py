"""What a document says, as plain data: the request, the text, the sittings with who came, the vote, who dissented."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.comments.models import Comment
from portal.conferences.hall.attendance import attendance
from portal.conferences.models import Sitting, SittingSeat
from portal.conferences.rules import SeatRole
from portal.db import db
from portal.journal.models import Stream
from portal.kernel.actor import Actor
from portal.opinions import locked
from portal.opinions.models import OpinionDissent, OpinionPoll, OpinionRequest, OpinionText
from portal.opinions.rules import Attempt, Course, DocumentKind
from portal.opinions.standing import Standing
from portal.plan.models import Action, Paragraph, PlanVersion, Section
from portal.territory.models import Body, PopulationSnapshot
from portal.voting import queries as votes
from portal.voting import results

FORMAT = "parere-opinion/1"
LEGAL_BASIS = "Statuto, art. 30 c.1-6 e art. 32 c.1"
Facts = dict[str, Any]


def content(request: OpinionRequest, kind: DocumentKind, number: int, found: Standing, now: datetime) -> Facts:
    """The whole document; the same rows give the same bytes."""
    course = found.course
    poll_id = course.reached.poll_id if course.reached else None
    return {
        "format": FORMAT,
        "kind": kind.value,
        "number": number,
        "legal_basis": LEGAL_BASIS,
        "drawn_at": now.isoformat(),
        "request": _request(request),
        "plan": _plan(request),
        "base": _base(request),
        "opinion": text_facts(text_of(poll_id)) if poll_id else None,
        "sittings": [_sitting(request, one.attempt, one.day, one.counts, now) for one in _told(course)],
        "vote": _vote(poll_id) if poll_id else None,
        "dissent": _dissent(poll_id) if poll_id else [],
        "journal": _head(request.id),
    }


def _told(course: Course) -> list[Any]:
    """Up to the sitting that reached it."""
    if course.reached is None:
        return list(course.sittings)
    at = [one.attempt for one in course.sittings].index(course.reached)
    return list(course.sittings[: at + 1])


def _request(request: OpinionRequest) -> Facts:
    return {
        "number": request.id,
        "organ": request.organ.value,
        "subject": request.subject,
        "act_number": request.act_number,
        "act_date": request.act_date.isoformat(),
        "received_at": request.received_at.isoformat(),
    }


def _plan(request: OpinionRequest) -> Facts:
    version = db.session.get_one(PlanVersion, request.version_id)
    return {"title": version.title, "version": version.number, "sha256": request.version_hash}


def _base(request: OpinionRequest) -> Facts:
    """Bodies and residents as the first notice fixed them."""
    query = sa.select(PopulationSnapshot.source, PopulationSnapshot.reference_date)
    query = query.join(Sitting, Sitting.snapshot_id == PopulationSnapshot.id)
    row = db.session.execute(query.where(Sitting.id == request.base_sitting_id)).one_or_none()
    return {
        "sitting": request.base_sitting_id,
        "seats": request.base_seats,
        "population": request.base_population,
        "source": row.source if row else "",
        "reference_date": row.reference_date.isoformat() if row else None,
    }


def text_of(poll_id: int) -> OpinionText:
    """The text that a vote was about."""
    query = sa.select(OpinionText).join(OpinionPoll, OpinionPoll.text_id == OpinionText.id)
    return db.session.scalars(query.where(OpinionPoll.poll_id == poll_id)).one()


def text_facts(row: OpinionText) -> Facts:
    """A text with its numbered remarks."""
    return {
        "number": row.number,
        "kind": row.kind.value,
        "text": row.text,
        "sha256": row.sha256,
        "remarks": [
            {
                "number": one.number,
                "target": target_facts(one.action_id, one.paragraph_id),
                "request": one.request,
                "reason": one.reason,
                "comment": _comment(one.comment_id),
            }
            for one in locked.remarks(row.id)
        ],
    }


def target_facts(action_id: int | None, paragraph_id: int | None) -> Facts:
    """Where in the plan a remark points: code and title, and the paragraph if it is one."""
    paragraph = db.session.get(Paragraph, paragraph_id) if paragraph_id else None
    owner: Action | Section
    if paragraph is not None and paragraph.section_id is not None:
        owner = db.session.get_one(Section, paragraph.section_id)
    else:
        owner = db.session.get_one(Action, paragraph.action_id if paragraph else action_id)
    return {
        "code": owner.code,
        "title": owner.title,
        "action": isinstance(owner, Action),
        "paragraph": paragraph.number if paragraph else None,
        "paragraph_kind": paragraph.kind.value if paragraph else None,
        "key": paragraph.key if paragraph else None,
        "heading": paragraph.heading if paragraph else "",
    }


def _comment(comment_id: int | None) -> int | None:
    return db.session.scalar(sa.select(Comment.number).where(Comment.id == comment_id)) if comment_id else None


def _sitting(request: OpinionRequest, one: Attempt, day: int, counts: bool, now: datetime) -> Facts:
    """A call with who came, seat by seat, and the residents of the fixed base behind them."""
    people = _base_population(request)
    rows = [
        {
            "number": line.number,
            "name": line.name,
            "population": people.get(line.name, line.population),
            "offices": sorted({stay.office.value for stay in line.stays}),
            "ways": sorted({stay.way.value for stay in line.stays}),
            "present": bool(line.stays),
        }
        for line in attendance(Actor.system(), one.sitting, one.call, now=now)
        if line.role is SeatRole.ENTITLED
    ]
    there = [row for row in rows if row["present"]]
    return {
        "sitting": one.sitting,
        "call": one.call,
        "date": one.day.isoformat(),
        "day": day,
        "counts": counts,
        "result": one.result.value,
        "poll": one.poll_id,
        "tally": _tally(one.poll_id),
        "present": len(there),
        "population_present": sum(row["population"] for row in there),
        "attendance": rows,
    }


def _base_population(request: OpinionRequest) -> dict[str, int]:
    rows = db.session.execute(
        sa.select(SittingSeat.name, SittingSeat.population).where(SittingSeat.sitting_id == request.base_sitting_id)
    )
    return {row.name: row.population for row in rows}


def _tally(poll_id: int | None) -> Facts | None:
    if poll_id is None:
        return None
    return votes.poll(Actor.system(), poll_id).outcome_data


def _vote(poll_id: int) -> Facts:
    page = votes.poll(Actor.system(), poll_id)
    said = results.answers(poll_id)
    seats = [
        {
            "number": seat.number,
            "key": seat.key,
            "name": seat.name,
            "population": seat.population,
            "office": seat.office.value if seat.office else None,
            "choice": said[seat.number].choice.value if seat.number in said else None,
        }
        for seat in votes.roll(poll_id)
    ]
    return {
        "poll": poll_id,
        "question": page.question,
        "rule": page.rule,
        "population_base": page.population_base,
        "proclaimed_at": page.proclaimed_at.isoformat() if page.proclaimed_at else None,
        "outcome": page.outcome_data,
        "seats": seats,
        "roll_hash": page.roll_hash,
        "root_hash": page.root_hash,
    }


def _dissent(poll_id: int) -> list[Facts]:
    rows = db.session.execute(
        sa.select(Body.name, OpinionDissent.text)
        .join(Body, Body.id == OpinionDissent.body_id)
        .where(OpinionDissent.poll_id == poll_id)
        .order_by(Body.name)
    )
    return [{"name": row.name, "text": row.text} for row in rows]


def _head(request_id: int) -> Facts:
    name = f"opinion:{request_id}"
    row = db.session.execute(sa.select(Stream.head_seq, Stream.head_hash).where(Stream.name == name)).one()
    return {"stream": name, "seq": row.head_seq, "hash": row.head_hash}
