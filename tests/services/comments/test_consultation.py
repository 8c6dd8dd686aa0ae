"""A consultation opens with its duties, ends by the clock to the second, and is concluded once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.comments import consultation_queries
from portal.comments.conclude import conclude
from portal.comments.extend import extend
from portal.comments.models import Consultation, ConsultationExtension
from portal.comments.open_consultation import Conditions, open_consultation
from portal.comments.rules import Admission, Phase
from portal.db import db
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.clock import at_rome
from portal.kernel.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from portal.kernel.offices import BodyKind, Office
from portal.plan.rules import VersionState
from portal.territory.models import PopulationSnapshot
from tests import factories
from tests.factories import NOW

SYSTEM = Actor.system()
REASON = "I Consigli comunali chiedono altro tempo."


def conditions(**more: Any) -> Conditions:
    """Thirty days on a fresh snapshot."""
    usual = Conditions(
        title="Consultazione sul piano",
        deadline_at=NOW + timedelta(days=30),
        admission=Admission.BEFORE,
        body_kinds=(BodyKind.MUNICIPALITY, BodyKind.UNION),
        rules_text="Regole.",
        notice_text="Informativa.",
        snapshot_id=more.pop("snapshot_id", None) or factories.snapshot({}).id,
    )
    return replace(usual, **more)


def open_now(**more: Any) -> Consultation:
    """Open on a new version."""
    return open_consultation(SYSTEM, factories.version().id, conditions(**more), now=NOW)


def test_the_secretariat_opens_on_a_published_version_and_the_population_is_frozen() -> None:
    version = factories.version()
    found = open_consultation(factories.holder(Office.SECRETARIAT), version.id, conditions(), now=NOW)
    assert (found.opens_at, found.version_id) == (NOW, version.id)
    assert db.session.get_one(PopulationSnapshot, found.snapshot_id).frozen_at == NOW
    entry = db.session.scalars(sa.select(Entry).where(Entry.kind == "ConsultationOpened")).one()
    assert entry.stream == f"consultation:{found.id}"
    assert entry.facts["rules_hash"] == text_digest("Regole.")


def test_a_draft_is_not_put_to_consultation() -> None:
    with pytest.raises(Conflict):
        open_consultation(SYSTEM, factories.version(VersionState.DRAFT).id, conditions(), now=NOW)


def test_a_version_has_one_consultation() -> None:
    consultation = open_now()
    again = conditions(snapshot_id=consultation.snapshot_id)
    with pytest.raises(Conflict):
        open_consultation(SYSTEM, consultation.version_id, again, now=NOW)


def test_less_than_four_weeks_need_to_be_confirmed() -> None:
    short = conditions(deadline_at=NOW + timedelta(days=28) - timedelta(seconds=1))
    version = factories.version()
    with pytest.raises(Invalid) as refused:
        open_consultation(SYSTEM, version.id, short, now=NOW)
    assert (refused.value.code, refused.value.field) == ("short", "short_confirmed")
    assert open_consultation(SYSTEM, version.id, replace(short, short_confirmed=True), now=NOW).id


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"opens_at": NOW - timedelta(seconds=1)}, "opens_at"),
        ({"deadline_at": NOW}, "deadline_at"),
        ({"body_kinds": ()}, "body_kinds"),
        ({"body_kinds": (BodyKind.PRIVATE_PARTNER,)}, "body_kinds"),
        ({"snapshot_id": 999}, "snapshot"),
        ({"title": "  "}, "title"),
        ({"rules_text": "\u200b"}, "rules_text"),
        ({"notice_text": "x" * 200_000}, "notice_text"),
        ({"title": "a\x00b"}, "title"),
    ],
)
def test_conditions_that_do_not_hold_are_refused_beside_their_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        open_now(**wrong)
    assert refused.value.field == field
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Consultation)) == 0


@pytest.mark.parametrize("office", [Office.DRAFTING_LEAD, Office.MODERATOR, Office.ADMINISTRATOR])
def test_nobody_else_manages_a_consultation(office: Office) -> None:
    consultation, actor = open_now(), factories.holder(office)
    version = factories.version()
    acts = (
        lambda: open_consultation(actor, version.id, conditions(snapshot_id=consultation.snapshot_id), now=NOW),
        lambda: extend(actor, consultation.id, NOW + timedelta(days=60), REASON, now=NOW),
        lambda: conclude(actor, consultation.id, "", now=NOW + timedelta(days=31)),
    )
    for act in acts:
        with pytest.raises(Forbidden):
            act()


def test_what_is_not_there_is_not_found() -> None:
    snapshot = factories.snapshot({}).id
    with pytest.raises(NotFound):
        open_consultation(SYSTEM, 999, conditions(snapshot_id=snapshot), now=NOW)
    with pytest.raises(NotFound):
        extend(SYSTEM, 999, NOW, REASON, now=NOW)
    with pytest.raises(NotFound):
        conclude(SYSTEM, 999, "", now=NOW)


def test_a_deadline_moves_forward_with_a_public_reason_whose_hash_is_in_the_journal() -> None:
    consultation = open_now()
    later = at_rome(consultation.deadline_at.date() + timedelta(days=7))
    extend(SYSTEM, consultation.id, later, REASON, now=NOW)
    found = consultation_queries.terms(consultation.id)
    assert found is not None and found.deadline_at == later
    assert [moved.reason for moved in found.extensions] == [REASON]
    entry = db.session.scalars(sa.select(Entry).where(Entry.kind == "ConsultationExtended")).one()
    assert entry.facts["reason_hash"] == text_digest(REASON)


def moved(at: datetime, to: datetime, reason: str = REASON) -> DomainError:
    """Why the deadline of a new consultation cannot be moved."""
    consultation = open_now()
    with pytest.raises(DomainError) as refused:
        extend(SYSTEM, consultation.id, to, reason, now=at)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ConsultationExtension)) == 0
    return refused.value


def test_a_deadline_can_be_moved_until_its_last_microsecond_and_not_at_it() -> None:
    deadline, later = NOW + timedelta(days=30), NOW + timedelta(days=40)
    assert moved(deadline, later).code == "closed"
    consultation = open_now(snapshot_id=factories.snapshot({}, source="altra").id)
    extend(SYSTEM, consultation.id, later, REASON, now=deadline - timedelta(microseconds=1))
    assert db.session.get_one(Consultation, consultation.id).deadline_at == later


def test_a_deadline_is_never_brought_forward() -> None:
    assert moved(NOW, NOW + timedelta(days=29)).field == "deadline_at"


@pytest.mark.parametrize("reason", ["", "   ", "Serve tempo", "x" * 2001])
def test_a_reason_is_given_in_words(reason: str) -> None:
    assert moved(NOW, NOW + timedelta(days=40), reason).field == "reason"


def test_the_clock_alone_closes_a_consultation() -> None:
    consultation = open_now()
    edition = consultation_queries.shelf().editions[0]
    last = consultation.deadline_at - timedelta(microseconds=1)
    assert edition.phase(last) is Phase.OPEN
    assert edition.phase(consultation.deadline_at) is Phase.CLOSED
    assert edition.phase(consultation.opens_at - timedelta(microseconds=1)) is Phase.SCHEDULED


def test_it_is_concluded_after_the_deadline_and_only_once() -> None:
    consultation = open_now()
    with pytest.raises(Conflict):
        conclude(SYSTEM, consultation.id, "", now=consultation.deadline_at - timedelta(microseconds=1))
    end = consultation.deadline_at
    conclude(factories.holder(Office.SECRETARIAT), consultation.id, "Relazione.", now=end)
    found = consultation_queries.terms(consultation.id)
    assert found is not None and (found.concluded_at, found.report_text) == (end, "Relazione.")
    assert found.phase(end) is Phase.CONCLUDED
    with pytest.raises(Conflict):
        conclude(SYSTEM, consultation.id, "", now=end + timedelta(days=1))


def test_the_main_text_is_the_one_in_consultation() -> None:
    newer = factories.version()
    older = open_now()
    main = consultation_queries.shelf().main(NOW)
    assert main is not None and main.version_id == older.version_id != newer.id
    after = consultation_queries.shelf().main(NOW + timedelta(days=31))
    assert after is not None and after.state is VersionState.PUBLISHED
