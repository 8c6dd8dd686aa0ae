"""Remarks as open data, a page at a time: what anybody may read, with the passages they speak of and their files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.comments.anchors import AnchorRow, anchors_of
from portal.comments.attachments import Attached, of_remarks
from portal.comments.models import Comment, Consultation
from portal.comments.rules import CommentKind, CommentState
from portal.db import db
from portal.drafting.queries import answered_with
from portal.drafting.rules import Outcome
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.plan.models import Action, Plan, PlanVersion, Section
from portal.records import columns
from portal.records.columns import Profile
from portal.records.remarks import query_of, territories
from portal.territory import queries as territory
from portal.territory.models import Body

ANYBODY = Actor.anonymous()


@dataclass(frozen=True)
class Wanted:
    """What a list of remarks is narrowed to."""

    number: int | None = None
    consultation_id: int | None = None
    plan_slug: str | None = None
    body_key: str | None = None
    action_code: str | None = None
    kind: CommentKind | None = None
    state: CommentState | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True)
class OpenRemark:
    """A remark with the values of the public columns, by name."""

    id: int
    number: int
    consultation_id: int
    plan_slug: str
    version_number: int
    values: dict[str, Any]
    territory: tuple[str, ...]
    anchors: tuple[AnchorRow, ...]
    attachments: tuple[Attached, ...]


def remarks(wanted: Wanted, *, after: int = 0, limit: int, demonstration: bool) -> list[OpenRemark]:
    """Those that anybody may read, by number, from after a number on."""
    names = [column.name for column in columns.of(Profile.PUBLIC)]
    query = query_of(ANYBODY, Profile.PUBLIC, names).add_columns(
        Consultation.id.label("consultation_id"),
        Plan.slug.label("plan_slug"),
        PlanVersion.number.label("version_number"),
    )
    query = query.where(Comment.number > after, *_conditions(wanted)).limit(limit)
    rows: Sequence[Any] = db.session.execute(query).all()
    ids = [row[0] for row in rows]
    if not ids:
        return []
    residents, named = _residents(rows), territories(ids)
    anchors, files = anchors_of(ids), of_remarks(ANYBODY, ids)
    found = []
    for comment_id, body_id, snapshot_id, number, *values in rows:
        consultation_id, slug, version = values[len(names) :]
        by_name = dict(zip(names, values, strict=False))
        by_name |= {"residents": residents.get((snapshot_id, body_id)), "demonstration": demonstration}
        attached = files.get(comment_id, ())
        by_name["files"] = " | ".join(file.name for file in attached)
        by_name["files_sha256"] = " | ".join(file.sha256 for file in attached)
        beside = (tuple(named.get(comment_id, ())), anchors.get(comment_id, ()), tuple(attached))
        found.append(OpenRemark(comment_id, number, consultation_id, slug, version, by_name, *beside))
    return found


def remark(number: int, *, demonstration: bool) -> OpenRemark:
    """One remark that anybody may read, by its number."""
    found = remarks(Wanted(number=number), limit=1, demonstration=demonstration)
    if not found:
        raise NotFound()
    return found[0]


def _conditions(by: Wanted) -> list[Any]:
    pairs: list[tuple[Any, Any]] = [
        (by.number, Comment.number == by.number),
        (by.consultation_id, Comment.consultation_id == by.consultation_id),
        (by.plan_slug, Plan.slug == by.plan_slug),
        (by.body_key, Body.key == by.body_key),
        (by.action_code, sa.or_(Action.code == by.action_code, Section.code == by.action_code)),
        (by.kind, Comment.kind == by.kind),
        (by.state, Comment.state == by.state),
    ]
    chosen = [condition for value, condition in pairs if value is not None]
    return [*chosen, Comment.id.in_(answered_with(by.outcome))] if by.outcome else chosen


def _residents(rows: Sequence[Any]) -> dict[tuple[int, int], int]:
    """How many residents each body of these rows stands for, in the snapshot its consultation counts with."""
    wanted: dict[int, set[int]] = {}
    for row in rows:
        wanted.setdefault(row[2], set()).add(row[1])
    return {
        (snapshot_id, body_id): number
        for snapshot_id, bodies in wanted.items()
        for body_id, number in territory.population_of(snapshot_id, bodies).items()
    }
