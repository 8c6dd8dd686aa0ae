"""The facts of one held call: entries of its stream, the notices that called it, the rows that both name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from portal.conferences import queries
from portal.conferences.hall.models import Held as HeldRow
from portal.conferences.models import Sitting, SittingCall
from portal.conferences.ruleset import RuleSet, parse
from portal.db import db
from portal.kernel.errors import NotFound
from portal.records.minutes.chronicle import Chronicle
from portal.records.minutes.entries import Story, story
from portal.records.minutes.facts import Held, Item, Paper, Place, Sent
from portal.records.minutes.italian import day
from portal.records.minutes.rows import Kept, Rows


@dataclass(frozen=True)
class Gathered:
    """The facts, and the names that stand in them: kept, so that the same journal gives the same text for ever."""

    held: Held
    kept: Kept


def gather(sitting_id: int, call: int, kept: Mapping[str, Any] | None = None) -> Gathered:
    """Read it; `kept` are the names as they were when the minutes were first drawn up."""
    sitting = db.session.get(Sitting, sitting_id, populate_existing=True)
    row = db.session.get(HeldRow, (sitting_id, call), populate_existing=True)
    if sitting is None or row is None:
        raise NotFound()
    told, rows = story(sitting_id, call), Rows(sitting_id, dict(kept or {}))
    held = _held(sitting, row, told, rows)
    return Gathered(held, rows.kept)


def _held(sitting: Sitting, row: HeldRow, told: Story, rows: Rows) -> Held:
    chronicle = Chronicle(told, rows)
    moments = chronicle.moments()
    sent = queries.notices(sitting.id)
    content = sent[0].content
    rule = parse(content["rule"]["definition"])
    calls = _calls(sitting.id)
    return Held(
        city=rows.city,
        organ=content["organ"],
        conference=content["conference"]["title"],
        title=content["title"],
        sitting=sitting.id,
        call=row.call,
        calls=len(calls),
        starts_at=calls[row.call],
        place=content["place"],
        mode=content["mode"],
        public=content["visibility"] == "public",
        chair=row.chair or content["chair"],
        secretary=row.secretary,
        begun_at=row.begun_at,
        opened_at=row.opened_at,
        ended_at=told.end.at,
        deserted=told.end.kind == "SittingDeserted",
        population_source=_source(content["population"]),
        quorum=_quorum(rule, row.call),
        legal_basis=content["rule"].get("legal_basis", ""),
        notices=tuple(Sent(one.number, one.kind.value, one.sent_at, one.sha256) for one in sent),
        seats=tuple(sorted((_place(rows, seat_id) for seat_id in rows.seats), key=lambda seat: seat.number)),
        stays=chronicle.stays(),
        items=tuple(_item(item, chronicle, told) for item in queries.merged(sent)),
        moments=moments,
        head_seq=told.head.seq,
        head_hash=told.head.hash,
    )


def _place(rows: Rows, seat_id: int) -> Place:
    found = rows.place(seat_id)
    assert found is not None
    return found


def _calls(sitting_id: int) -> dict[int, Any]:
    query = sa.select(SittingCall.number, SittingCall.starts_at).where(SittingCall.sitting_id == sitting_id)
    return {row.number: row.starts_at for row in db.session.execute(query)}


def _source(population: dict[str, Any] | None) -> str:
    if not population:
        return ""
    return f"{population['source']}, al {day(date.fromisoformat(population['reference_date']))}"


def _quorum(rule: RuleSet, call: int) -> tuple[int, int, bool] | None:
    found = next((one for one in rule.quorum if one.call == call), None)
    return (found.numerator, found.denominator, found.strict) if found else None


def _item(item: dict[str, Any], chronicle: Chronicle, told: Story) -> Item:
    """As announced; its state is what the entries of this call say, not what became of it later."""
    states = [one.facts["state"] for one in told.entries if one.kind == "ItemEnded" and one.facts["item"] == item["id"]]
    state = states[-1] if states else "in_discussion" if item["id"] in chronicle.seen else "pending"
    course = chronicle.rows.courses.get(item["id"])
    return Item(
        id=item["id"],
        number=item["number"],
        kind=item["kind"],
        title=item["title"],
        rapporteur=item["rapporteur"],
        legal_basis=item["legal_basis"],
        actions=tuple((action["code"], action["title"]) for action in item["actions"]),
        papers=tuple(Paper(paper["title"], paper["name"], paper["sha256"]) for paper in item["papers"]),
        notice=item["since"],
        state=state,
        conclusion=course.conclusion if course else "",
    )
