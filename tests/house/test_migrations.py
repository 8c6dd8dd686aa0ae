"""The migrations and the models are the same tables, and no step up or down loses a row that it does not own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import downgrade, upgrade
from sqlalchemy.engine import Engine

from portal.db import Base, db
from tests.fixtures.application import make_app
from tests.fixtures.database import copied_url

# What is empty as soon as letters are queued, what begins with a browser, what a signatory writes on returning a draft.
FILLED_BY_USE = {"journal_unheard", "sign_in_session", "submission_note", "upload"}
Rows = dict[str, list[dict[str, object]]]
Columns = dict[str, set[str]]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, demo_app: Flask) -> Iterator[Flask]:
    """A database of our own with the demonstration city in it."""
    folder = tmp_path_factory.mktemp("migrations")
    with demo_app.app_context():
        url = copied_url(folder, db.engine)
    app = make_app(folder, database_url=url)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _columns(engine: Engine) -> Columns:
    """Every table with the names of its columns."""
    seen = sa.inspect(engine)
    names = (name for name in seen.get_table_names() if name != "alembic_version")
    return {name: {column["name"] for column in seen.get_columns(name)} for name in names}


def _rows(engine: Engine) -> Rows:
    """Every row of every table; columns by name, so that their order does not count."""
    with engine.connect() as connection:
        found = {
            name: connection.execute(sa.select(sa.text("*")).select_from(sa.table(name))) for name in _columns(engine)
        }
        return {name: [dict(row._mapping) for row in rows] for name, rows in found.items()}


def _changed(before: Rows, after: Rows, columns: Columns) -> set[str]:
    """Tables of which something is not what it was, in the columns named."""

    def said(rows: list[dict[str, object]], names: set[str]) -> list[str]:
        return sorted(str(sorted((name, str(row[name])) for name in names)) for row in rows)

    return {name for name, names in columns.items() if said(before[name], names) != said(after[name], names)}


def _differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        return list(compare_metadata(context, Base.metadata))


def _revisions() -> list[str]:
    """From the newest to the oldest."""
    scripts = ScriptDirectory(current_app.extensions["migrate"].directory)
    return [script.revision for script in scripts.walk_revisions()]


def test_the_demonstration_fills_the_tables(filled: Flask) -> None:
    empty = {name for name, rows in _rows(db.engine).items() if not rows}
    assert empty <= FILLED_BY_USE


def test_each_step_down_and_all_steps_up_keep_what_they_do_not_own(filled: Flask) -> None:
    engine, whole = db.engine, _rows(db.engine)
    db.session.remove()
    above, columns = "head", _columns(engine)
    for revision in _revisions()[1:]:
        downgrade(revision=revision)
        left = _columns(engine)
        assert _changed(whole, _rows(engine), left) == set(), revision
        upgrade(revision=above)
        assert _changed(whole, _rows(engine), left) == set(), revision
        assert _columns(engine) == columns
        downgrade(revision=revision)
        above, columns = revision, left
    upgrade()
    assert _differences(engine) == []
    assert set(_rows(engine)) == set(whole)


def test_one_line_of_numbered_steps(filled: Flask) -> None:
    scripts = ScriptDirectory(current_app.extensions["migrate"].directory)
    assert len(scripts.get_heads()) == len(scripts.get_bases()) == 1
    assert [revision[:4] for revision in reversed(_revisions())] == [f"{n:04}" for n in range(1, len(_revisions()) + 1)]
