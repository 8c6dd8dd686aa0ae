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
from portal.plan.rules import ParagraphKind, VersionState
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


@atomic()
def add_to(version_id: int) -> None:
    """Try to add a paragraph past all the verbs."""
    action = sa.select(Action.id).where(Action.version_id == version_id).limit(1).scalar_subquery()
    row = {"version_id": version_id, "action_id": action, "key": "c-new", "position": 99, "number": 99}
    empty = {"heading": "", "kind": ParagraphKind.BODY, "text_hash": ""}
    db.session.execute(sa.insert(Paragraph).values(**row, **empty, text="altro"))


@atomic()
def take_from(table: Any, version_id: int) -> None:
    """Try to remove every paragraph, or the version itself, past all the verbs."""
    column = PlanVersion.id if table is PlanVersion else table.version_id
    db.session.execute(sa.delete(table).where(column == version_id))


@atomic()
def move(version_id: int, other_id: int) -> None:
    """Try to move the paragraphs of a version to another, past all the verbs."""
    db.session.execute(
        sa.update(Paragraph)
        .where(Paragraph.version_id == version_id)
        .values(version_id=other_id, key=Paragraph.key + "x")
    )


@atomic()
def rename(version_id: int, **values: Any) -> None:
    """Try to change what a version is known by, past all the verbs."""
    db.session.execute(sa.update(PlanVersion).where(PlanVersion.id == version_id).values(**values))


def test_the_database_refuses_to_add_to_a_published_text() -> None:
    version = factories.version()
    with pytest.raises(IntegrityError, match="a published text never changes"):
        add_to(version.id)


@pytest.mark.parametrize("table", [Paragraph, PlanVersion])
def test_the_database_refuses_to_take_from_a_published_text(table: Any) -> None:
    version = factories.version()
    with pytest.raises(IntegrityError, match="a published text never changes"):
        take_from(table, version.id)


def test_the_database_refuses_to_move_text_into_a_published_version() -> None:
    version, draft = factories.version(), factories.version(VersionState.DRAFT)
    with pytest.raises(IntegrityError, match="a published text never changes"):
        move(draft.id, version.id)


@pytest.mark.parametrize(
    "values",
    [{"title": "Altro"}, {"text_hash": "f" * 64}, {"number": 7}, {"state": VersionState.DRAFT, "published_at": None}],
)
def test_the_database_refuses_to_rename_a_published_version_or_to_take_it_back(values: dict[str, Any]) -> None:
    version = factories.version()
    with pytest.raises(IntegrityError, match="a published text never changes"):
        rename(version.id, **values)


def test_a_draft_still_grows_and_goes() -> None:
    draft = factories.version(VersionState.DRAFT)
    add_to(draft.id)
    take_from(Paragraph, draft.id)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Paragraph)) == 0


@pytest.mark.parametrize("table", [Section, Action, Paragraph])
def test_a_draft_can_still_change(table: Any) -> None:
    draft = factories.version(VersionState.DRAFT)
    rewrite(table, draft.id)
    assert "altro" in db.session.scalars(sa.select(Paragraph.text if table is Paragraph else table.title)).all()
