"""A city with a plan of 60 actions in consultation and as many remarks as asked for."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from portal.accounts.grant_mandate import Appointment, grant_mandate
from portal.comments import tally
from portal.comments.models import Anchor, Comment, Submission
from portal.comments.open_consultation import Conditions, open_consultation
from portal.comments.rules import Admission, CommentKind, CommentState, SubmissionState
from portal.db import atomic, db, dialect, next_numbers
from portal.kernel import clock
from portal.kernel.actor import Actor
from portal.kernel.offices import COMMENTING_KINDS, BodyKind, Office
from portal.plan import queries as plans
from portal.plan.import_plan import import_plan
from portal.plan.publish import publish
from portal.territory import queries as territory
from portal.territory.facts import BodyFacts
from portal.territory.import_bodies import Batch, import_bodies
from portal.territory.register_body import register_body

SYSTEM = Actor.system()
ACTIONS, PARAGRAPHS, COMUNI, BATCH = 60, 4, 90, 2_000
THEMES = ("ciclabile", "asilo", "depuratore", "biblioteca", "frana", "mercato", "tramvia", "palestra", "bosco", "porto")
SENTENCE = "Il Comune chiede di chiarire chi cura la manutenzione, con quali risorse e in quali tempi. "


@dataclass(frozen=True)
class Made:
    """What the measurements need to know of it."""

    consultation_id: int
    version_id: int
    action_ids: tuple[int, ...]
    paragraph_ids: tuple[tuple[int, ...], ...]
    mayor_id: int
    body_id: int
    mandate_id: int


def make(remarks: int) -> Made:
    """Fill an empty database."""
    now = clock.now()
    version_id, body_ids = _plan_and_bodies(now)
    snapshot = territory.snapshots()[0]
    conditions = Conditions(
        title="Consultazione sul piano",
        deadline_at=now + timedelta(days=40),
        admission=Admission.AFTER,
        body_kinds=tuple(BodyKind(kind) for kind in sorted(COMMENTING_KINDS)),
        rules_text="Regole di comportamento.",
        notice_text="Informativa.",
        snapshot_id=snapshot.id,
    )
    consultation = open_consultation(SYSTEM, version_id, conditions, now=now)
    mayors = [_mayor(n, body_id, now) for n, body_id in enumerate(body_ids)]
    tree = plans.tree(version_id, "bench")
    made = Made(
        consultation.id,
        version_id,
        tuple(action.id for action in tree.actions),
        tuple(tuple(p.id for p in action.paragraphs) for action in tree.actions),
        mayors[0][0],
        body_ids[0],
        mayors[0][1],
    )
    _remarks(made, body_ids, mayors, remarks, now)
    return made


def _plan_and_bodies(now: datetime) -> tuple[int, list[int]]:
    rows = [
        f"{800000 + n},Comune numero {n},{1000 + 137 * n},40.{100 + n},14.{100 + n * 7 % 90}" for n in range(COMUNI)
    ]
    data = "istat_code,name,population,lat,lon\n" + "\n".join(rows) + "\n"
    batch = Batch(data.encode(), "Figure di prova", date(2025, 12, 31), {"population": "population"})
    import_bodies(SYSTEM, batch, now=now)
    register_body(SYSTEM, BodyFacts(BodyKind.METROPOLITAN_CITY, "Città metropolitana"), now=now)
    version = import_plan(SYSTEM, json.dumps(_plan()).encode(), now=now)
    publish(SYSTEM, version.id, now=now)
    return version.id, [body.id for body in territory.bodies(BodyKind.MUNICIPALITY)]


def _plan() -> dict[str, Any]:
    axes = [
        {
            "code": f"{axis}",
            "title": f"Asse {axis}",
            "text": [SENTENCE * 2],
            "actions": [_action(axis, n) for n in range(1, ACTIONS // 6 + 1)],
        }
        for axis in range(1, 7)
    ]
    return {
        "format": "parere-plan/1",
        "plan_id": "piano-di-prova",
        "title": "Piano di prova",
        "body": "Città",
        "axes": axes,
    }


def _action(axis: int, n: int) -> dict[str, Any]:
    return {
        "code": f"{axis}.{n}",
        "title": f"Azione {axis}.{n} per la manutenzione del territorio",
        "responsible": ["Città metropolitana"],
        "partners": ["Comuni interessati"],
        "period": "2027-2029",
        "paragraphs": [
            {"n": p, "heading": f"Parte {p}", "text": f"Comma {p} dell'azione {axis}.{n}. " + SENTENCE * 6}
            for p in range(1, PARAGRAPHS + 1)
        ],
    }


def _mayor(n: int, body_id: int, now: datetime) -> tuple[int, int]:
    wanted = Appointment(f"sindaco{n}@prova.example", f"Sindaco {n}", body_id, Office.MAYOR, date(2024, 6, 10))
    granted = grant_mandate(SYSTEM, wanted, now=now)
    return granted.person_id, granted.mandate_id


def _remarks(made: Made, bodies: list[int], mayors: list[tuple[int, int]], how_many: int, now: datetime) -> None:
    for start in range(0, how_many, BATCH):
        _batch(made, bodies, mayors, range(start, min(start + BATCH, how_many)), now)
    tally.repair()
    _go_on_after()


@atomic()
def _go_on_after() -> None:
    """The rows came with their numbers: PostgreSQL must be told which come next."""
    for table in (Submission, Comment, Anchor) if dialect() == "postgresql" else ():
        last = sa.select(sa.func.max(table.id)).scalar_subquery()
        db.session.execute(sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(table.__tablename__, "id"), last)))


@atomic()
def _batch(made: Made, bodies: list[int], mayors: list[tuple[int, int]], which: range, now: datetime) -> None:
    """Rows as `submit` would have left them, written in bulk."""
    numbers, receipts = next_numbers("comment", len(which)), next_numbers("submission", len(which))
    base = db.session.scalar(sa.select(sa.func.coalesce(sa.func.max(Submission.id), 0))) or 0
    rows: tuple[list[Any], list[Any], list[Any]] = ([], [], [])
    for n, i in enumerate(which):
        action = i % ACTIONS
        place = {
            "action_id": made.action_ids[action],
            "paragraph_id": made.paragraph_ids[action][i // ACTIONS % PARAGRAPHS],
        }
        shared = {"id": base + n + 1, "consultation_id": made.consultation_id, "body_id": bodies[i % len(bodies)]}
        shared |= {"client_key": f"bench-{i}", "revision": 1}
        rows[0].append(shared | _submission(i, mayors[i % len(mayors)], receipts[n], now))
        rows[1].append(shared | place | _comment(i, base + n + 1, numbers[n]))
        rows[2].append(_anchor(base + n + 1, place["paragraph_id"]))
    for table, values in zip((Submission, Comment, Anchor), rows, strict=True):
        db.session.execute(sa.insert(table), values)


def _submission(i: int, mayor: tuple[int, int], number: int, now: datetime) -> dict[str, Any]:
    person_id, mandate_id = mayor
    return {
        "person_id": person_id,
        "mandate_id": mandate_id,
        "signed_person_id": person_id,
        "signed_mandate_id": mandate_id,
        "state": SubmissionState.SUBMITTED,
        "saved_at": now,
        "number": number,
        "code": f"{i // 10000:04d}-{i % 10000:04d}",
        "submitted_at": now,
        "is_late": False,
        "canonical": "{}",
        "sha256": hashlib.sha256(str(i).encode()).hexdigest(),
    }


def _comment(i: int, submission_id: int, number: int) -> dict[str, Any]:
    return {
        "submission_id": submission_id,
        "position": 1,
        "number": number,
        "kind": list(CommentKind)[i % 5],
        "observation": f"Osservazione {i}, particella P{i % 1000}, {THEMES[i % 10]}. " + SENTENCE * 3,
        "proposed_text": "",
        "reasons": SENTENCE,
        "salt": f"{i:032x}",
        "state": CommentState.ADMITTED if i % 2 else CommentState.SUBMITTED,
    }


def _anchor(comment_id: int, paragraph_id: int) -> dict[str, Any]:
    place = {"comment_id": comment_id, "paragraph_id": paragraph_id}
    return {"id": comment_id, **place, "unit": "whole", "exact": "", "start": 0, "end": 0}
