"""What a test mentions and nothing else: bodies, people, mandates, a plan, a consultation. Everything is committed."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask.testing import FlaskClient

from portal.accounts import queries as accounts
from portal.accounts.models import Mandate, Person
from portal.accounts.start_session import start_session
from portal.comments.models import Consultation
from portal.comments.rules import Admission
from portal.db import atomic, db
from portal.kernel import clock
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.offices import COMMENTING_KINDS, BodyKind, Office
from portal.plan.models import Action, ActionSection, Paragraph, Plan, PlanVersion, Section
from portal.plan.rules import VersionState
from portal.territory.models import Body, PopulationFigure, PopulationSnapshot

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
_numbers = itertools.count(1)


@atomic()
def add(*rows: Any) -> Any:
    """Store rows made by hand; returns the first."""
    db.session.add_all(rows)
    db.session.flush()
    return rows[0] if rows else None


def body(name: str = "", kind: BodyKind = BodyKind.MUNICIPALITY, **more: Any) -> Body:
    """A body of its own kind with its own codes."""
    n = next(_numbers)
    istat = f"{900000 + n}" if kind is BodyKind.MUNICIPALITY else None
    facts = {"key": istat or f"ente-{n}", "kind": kind, "name": name or f"Ente {n}", "istat_code": istat, **more}
    row: Body = add(Body(**facts))
    return row


def city() -> Body:
    """The metropolitan city itself, whose staff run the portal."""
    found = db.session.query(Body).filter_by(kind=BodyKind.METROPOLITAN_CITY).first()
    return found or body("Città metropolitana di prova", BodyKind.METROPOLITAN_CITY)


def person(name: str = "", email: str = "") -> Person:
    """Somebody with an address."""
    n = next(_numbers)
    row: Person = add(Person(name=name or f"Persona {n}", email=email or f"persona{n}@prova.example", created_at=NOW))
    return row


def mandate(who: Person, where: Body, office: Office, **more: Any) -> Mandate:
    """A mandate that began long ago and has no end unless the test says so."""
    facts = {"starts_on": date(2026, 1, 1), "granted_at": NOW - timedelta(days=400), **more}
    row: Mandate = add(Mandate(person_id=who.id, body_id=where.id, office=office, **facts))
    return row


def actor(who: Person, *, acting: Mandate | None = None, now: datetime = NOW) -> Actor:
    """The person as a door would see them at an instant."""
    found = accounts.actor_of_person(who.id, acting=acting.id if acting else None, now=now)
    assert found is not None
    return found


def holder(office: Office, where: Body | None = None) -> Actor:
    """Somebody new who holds an office, at the metropolitan city unless said otherwise."""
    who = person()
    mandate(who, where or city(), office)
    return actor(who)


def sign_in(client: FlaskClient, who: Actor | Person, *, now: datetime | None = None) -> FlaskClient:
    """Give a test client the session of a person."""
    person_id = who.person_id if isinstance(who, Actor) else who.id
    assert person_id is not None
    token = start_session(person_id, "link", "test", now=now or clock.now())
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client


def snapshot(figures: dict[Body, int], source: str = "ISTAT", day: date = date(2025, 12, 31)) -> PopulationSnapshot:
    """Residents of some Comuni."""
    row: PopulationSnapshot = add(PopulationSnapshot(source=source, reference_date=day, imported_at=NOW))
    add(*(PopulationFigure(snapshot_id=row.id, body_id=b.id, residents=n) for b, n in figures.items()))
    return row


def version(state: VersionState = VersionState.PUBLISHED, actions: int = 1, paragraphs: int = 2) -> PlanVersion:
    """A plan with one axis and some actions of some paragraphs, codes A.1, A.2 ..."""
    n = next(_numbers)
    plan: Plan = add(Plan(slug=f"piano-{n}", title="Piano strategico", body_name="Città", created_at=NOW))
    row: PlanVersion = add(
        PlanVersion(
            plan_id=plan.id,
            number=1,
            title="Piano strategico",
            text_hash="0" * 64,
            imported_at=NOW,
        )
    )
    axis: Section = add(Section(version_id=row.id, position=1, key=f"s{n}", code="A", kind="axis", title="Asse A"))
    for i in range(1, actions + 1):
        _action(row, axis, i, paragraphs)
    if state is not VersionState.DRAFT:
        _make_public(row, state)
    return row


@atomic()
def _make_public(row: PlanVersion, state: VersionState) -> None:
    """A public text takes nothing any more: it becomes public last."""
    row.state, row.published_at = state, NOW


def _action(row: PlanVersion, axis: Section, i: int, paragraphs: int) -> None:
    action: Action = add(
        Action(
            version_id=row.id, position=i, key=f"a{row.id}-{i}", code=f"A.{i}", source_code=f"X{i}", title=f"Azione {i}"
        )
    )
    add(ActionSection(action_id=action.id, section_id=axis.id, is_main=True))
    texts = [f"Comma {p} dell'azione {i}. La seconda frase dice altro." for p in range(1, paragraphs + 1)]
    add(
        *(
            Paragraph(
                version_id=row.id,
                action_id=action.id,
                key=f"c{row.id}-{i}-{p}",
                position=p,
                number=p,
                text=text,
                text_hash=text_digest(text),
            )
            for p, text in enumerate(texts, 1)
        )
    )


def consultation(on: PlanVersion | None = None, admission: Admission = Admission.AFTER, **more: Any) -> Consultation:
    """Open since a week before NOW and for two weeks after it."""
    on = on or version()
    facts = {
        "title": "Consultazione sul piano",
        "opens_at": NOW - timedelta(days=7),
        "deadline_at": NOW + timedelta(days=14),
        "body_kinds": sorted(COMMENTING_KINDS),
        "rules_text": "Regole di comportamento.",
        "notice_text": "Informativa.",
        **more,
    }
    if "snapshot_id" not in facts:
        facts["snapshot_id"] = snapshot({}, source=f"ISTAT {next(_numbers)}").id
    row: Consultation = add(Consultation(version_id=on.id, admission=admission, **facts))
    return row


def actions_of(of: PlanVersion) -> list[Action]:
    """The actions of a version in order."""
    return db.session.query(Action).filter_by(version_id=of.id).order_by(Action.position).all()


def paragraphs_of(of: Action) -> list[Paragraph]:
    """The paragraphs of an action in order."""
    return db.session.query(Paragraph).filter_by(action_id=of.id).order_by(Paragraph.position).all()
