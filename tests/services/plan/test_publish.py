"""What is published never changes."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from portal.db import atomic, db
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, NotFound
from portal.kernel.offices import Office
from portal.plan.models import Action, Paragraph, PlanVersion, Section
from portal.plan.publish import publish
from portal.plan.rules import VersionState
from tests import factories
from tests.factories import NOW


@atomic()
def rewrite(table: Any, version_id: int) -> None:
    """Try to change a text past all the verbs."""
    column = "text" if table is Paragraph else "title"
    db.session.execute(sa.update(table).where(table.version_id == version_id).values({column: "altro"}))


def test_the_drafting_lead_publishes_a_draft() -> None:
    draft = factories.version(VersionState.DRAFT)
    publish(factories.holder(Office.DRAFTING_LEAD), draft.id, now=NOW)
    found = db.session.get_one(PlanVersion, draft.id)
    assert (found.state, found.published_at) == (VersionState.PUBLISHED, NOW)
    assert db.session.scalars(sa.select(Entry.kind)).all() == ["VersionPublished"]


def test_the_version_before_is_superseded() -> None:
    first = factories.version()
    draft = factories.add(
        PlanVersion(plan_id=first.plan_id, number=2, title="Piano", text_hash="1" * 64, imported_at=NOW)
    )
    publish(Actor.system(), draft.id, now=NOW)
    assert db.session.get_one(PlanVersion, first.id).state is VersionState.SUPERSEDED


@pytest.mark.parametrize("state", [VersionState.PUBLISHED, VersionState.SUPERSEDED])
def test_what_is_public_is_not_published_again(state: VersionState) -> None:
    version = factories.version(state)
    with pytest.raises(Conflict):
        publish(Actor.system(), version.id, now=NOW)


@pytest.mark.parametrize("office", [Office.DRAFTING_OFFICER, Office.SECRETARIAT, Office.MAYOR])
def test_nobody_else_publishes(office: Office) -> None:
    draft = factories.version(VersionState.DRAFT)
    with pytest.raises(Forbidden):
        publish(factories.holder(office), draft.id, now=NOW)


def test_a_version_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        publish(Actor.system(), 999, now=NOW)


@pytest.mark.parametrize("table", [Section, Action, Paragraph])
def test_the_database_refuses_to_rewrite_a_published_text(table: Any) -> None:
    version = factories.version()
    with pytest.raises(IntegrityError, match="a published text never changes"):
        rewrite(table, version.id)


@pytest.mark.parametrize("table", [Section, Action, Paragraph])
def test_a_draft_can_still_change(table: Any) -> None:
    draft = factories.version(VersionState.DRAFT)
    rewrite(table, draft.id)
    assert "altro" in db.session.scalars(sa.select(Paragraph.text if table is Paragraph else table.title)).all()
