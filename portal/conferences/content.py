"""What a notice says, whole: the data that are frozen and fingerprinted, and from which its pages are always drawn."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.conferences.models import AgendaItem, AgendaItemAction, Conference, Paper, Sitting, SittingCall
from portal.conferences.rules import NoticeKind
from portal.conferences.seats import Place
from portal.db import db
from portal.files.models import StoredFile
from portal.kernel.canonical import text_digest
from portal.plan.models import Action, PlanVersion
from portal.territory.queries import SnapshotRow


def of_convocation(
    conference: Conference,
    sitting: Sitting,
    calls: Sequence[SittingCall],
    items: Sequence[AgendaItem],
    places: Sequence[Place],
    snapshot: SnapshotRow | None,
    now: datetime,
) -> dict[str, Any]:
    """The whole convocation."""
    return {
        **_head(sitting, NoticeKind.CONVOCATION, 1, now),
        "organ": conference.organ.value,
        "conference": {"number": conference.id, "title": conference.title, "aim": conference.aim},
        "plan": _plan(conference.version_id),
        "title": sitting.title,
        "calls": [{"number": call.number, "starts_at": call.starts_at.isoformat()} for call in calls],
        "mode": sitting.mode.value,
        "place": sitting.place,
        "remote_link_hash": text_digest(sitting.remote_link) if sitting.remote_link else "",  # for those called alone
        "streaming_link": sitting.streaming_link,
        "visibility": sitting.visibility.value,
        "chair": sitting.chair,
        "case_officer": sitting.case_officer,
        "contacts": sitting.contacts,
        "written_contributions": sitting.written_contributions,
        "speaking": sitting.speaking,
        "delegations_close_at": sitting.delegations_close_at.isoformat(),
        "rule": sitting.rule,
        "items": _items(items, {item.id for item in items}),
        "seats": [_seat(number, place) for number, place in enumerate(places, 1)],
        "population": _source(snapshot),
    }


def of_addendum(
    sitting: Sitting, number: int, items: Sequence[AgendaItem], paper_ids: Collection[int], now: datetime
) -> dict[str, Any]:
    """What is added: new items, and papers put to items that were announced before."""
    return {
        **_head(sitting, NoticeKind.ADDENDUM, number, now),
        "title": sitting.title,
        "items": _items(items, {item.id for item in items if item.notice_id is None}, paper_ids),
    }


def of_cancellation(sitting: Sitting, number: int, now: datetime) -> dict[str, Any]:
    """That the sitting is not held."""
    return {**_head(sitting, NoticeKind.CANCELLATION, number, now), "title": sitting.title, "items": []}


def _head(sitting: Sitting, kind: NoticeKind, number: int, now: datetime) -> dict[str, Any]:
    return {"sitting": sitting.id, "notice": number, "kind": kind.value, "sent_at": now.isoformat()}


def _plan(version_id: int | None) -> dict[str, Any] | None:
    version = db.session.get(PlanVersion, version_id) if version_id is not None else None
    if version is None:
        return None
    return {"id": version.id, "number": version.number, "title": version.title, "text_hash": version.text_hash}


def _source(snapshot: SnapshotRow | None) -> dict[str, Any] | None:
    if snapshot is None:
        return None
    return {"source": snapshot.source, "reference_date": snapshot.reference_date.isoformat()}


def _seat(number: int, place: Place) -> dict[str, Any]:
    seat = {"number": number, "body_id": place.body_id, "name": place.name, "role": place.role.value}
    return {**seat, "population": place.population}


def _items(
    items: Sequence[AgendaItem], new: Collection[int], paper_ids: Collection[int] | None = None
) -> list[dict[str, Any]]:
    """Items with their actions and papers; of items that are not new, only those with a paper to announce."""
    papers, actions = _papers(items, paper_ids), _actions(items)
    return [
        {
            "id": item.id,
            "number": item.position,
            "new": item.id in new,
            "kind": item.kind.value,
            "title": item.title,
            "details": item.details,
            "rapporteur": item.rapporteur,
            "minutes": item.minutes,
            "legal_basis": item.legal_basis,
            "actions": actions.get(item.id, []),
            "papers": papers.get(item.id, []),
        }
        for item in items
        if item.id in new or item.id in papers
    ]


def _papers(items: Sequence[AgendaItem], only: Collection[int] | None) -> dict[int, list[dict[str, Any]]]:
    query = sa.select(Paper, StoredFile.size, StoredFile.kind).join(StoredFile, StoredFile.sha256 == Paper.sha256)
    query = query.where(Paper.item_id.in_([item.id for item in items]))
    if only is not None:
        query = query.where(Paper.id.in_(only))
    found: dict[int, list[dict[str, Any]]] = {}
    for paper, size, kind in db.session.execute(query.order_by(Paper.id)):
        facts = {"id": paper.id, "title": paper.title, "name": paper.name, "sha256": paper.sha256}
        found.setdefault(paper.item_id, []).append({**facts, "size": size, "kind": kind.value})
    return found


def _actions(items: Sequence[AgendaItem]) -> dict[int, list[dict[str, str]]]:
    rows = db.session.execute(
        sa.select(AgendaItemAction.item_id, Action.code, Action.title)
        .join(Action, Action.id == AgendaItemAction.action_id)
        .where(AgendaItemAction.item_id.in_([item.id for item in items]))
        .order_by(Action.position)
    )
    found: dict[int, list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append({"code": row.code, "title": row.title})
    return found
