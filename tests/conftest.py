"""What every test can ask for. Real database, real verbs; only the clock and the mail are replaced."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextvars import Context
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import settings

from portal.db import db
from portal.jobs.models import Mail
from portal.web.limits import limiter
from tests import factories
from tests.fixtures.application import make_app, served
from tests.fixtures.client import Visitor
from tests.fixtures.database import Sandbox
from tests.fixtures.services import missing

# The same examples at every run, except where the long repetitions look for new ones.
settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile("prove", deadline=None, max_examples=2000)
settings.load_profile("prove" if os.environ.get("PARERE_PROVE") else "house")

PURE = {"rules"}  # kinds of test that need no database
# What pages say is the same on both: there the verbs, the API, the visibility of everything, and a walk over every page
# as each of the main offices, ask the second database whatever it can be asked.
PAGES = {"web", "browser"}
TWICE = {"api"}


# Real browsers and real processes may meet a machine that is busy elsewhere: they may try once more, and it is told.
MOVING = {"browser", "live"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks no database, or nothing of it that others do not, is checked once."""
    for item in items:
        kind, *inner = item.path.relative_to(Path(__file__).parent).parts
        if kind in PURE or (kind in PAGES and len(inner) > 1 and inner[0] not in TWICE):
            item.add_marker(pytest.mark.once)
        if kind in MOVING:
            item.add_marker(pytest.mark.flaky(reruns=1))


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The instant it shows."""
        return self.at

    def forward(self, **how_long: float) -> datetime:
        """Let time pass: `clock.forward(days=3)`."""
        self.at += timedelta(**how_long)
        return self.at

    def set(self, at: datetime) -> datetime:
        """Go to an instant."""
        self.at = at
        return self.at


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application under test, one a worker."""
    return make_app(tmp_path_factory.mktemp("app"))


@pytest.fixture(scope="session")
def sandbox(app: Flask) -> Iterator[Sandbox]:
    """Its database."""
    made = Sandbox(app)
    yield made
    made.engine.dispose()


@pytest.fixture
def database(app: Flask, sandbox: Sandbox) -> Iterator[None]:
    """An empty database and an application context, for verbs and factories."""
    with app.app_context():
        yield
        db.session.remove()
    sandbox.reset()


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Flask]:
    """An application of its own in which it counts how often one knocks; the limiter is one for all of them."""
    app = make_app(tmp_path, limited=True)
    sandbox = Sandbox(app)
    yield app
    limiter.reset()
    limiter.enabled = False
    sandbox.engine.dispose()


@pytest.fixture(autouse=True)
def _database_where_needed(request: pytest.FixtureRequest) -> None:
    kind = request.path.relative_to(Path(__file__).parent).parts[0]
    if kind not in PURE | {"house"}:
        request.getfixturevalue("database")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the whole program, standing at the instant of the factories."""
    frozen = Clock(factories.NOW)
    monkeypatch.setattr("portal.kernel.clock.now", frozen.now)
    return frozen


@pytest.fixture
def mail(app: Flask, database: None) -> Callable[[], list[Mail]]:
    """The letters that have left, oldest first: `mail()` lets the worker do what waits and looks into the outbox."""

    def posted() -> list[Mail]:
        db.session.rollback()
        Context().run(app.extensions["worker"].drain)
        return list(db.session.execute(sa.select(Mail).where(Mail.sent_at.is_not(None)).order_by(Mail.id)).scalars())

    return posted


@pytest.fixture
def client(app: Flask, database: None) -> Visitor:
    """A visitor who has not signed in."""
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    return visitor


@pytest.fixture(scope="session")
def _server(app: Flask) -> Iterator[str]:
    with served(app) as address:
        yield address


@pytest.fixture
def live_server(_server: str, database: None) -> str:
    """The address of the application, served for a real browser."""
    return _server


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real territories and plans."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("PARERE_TEST_DATA", beside))
    if not folder.is_dir():
        missing("PARERE_TEST_DATA does not name the folder of real territories and plans")
    return folder
