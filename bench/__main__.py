"""python -m bench: measure everything once and print the table; on PostgreSQL with TEST_DATABASE=postgresql."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from bench import burst, files, inside, minutes, search, triage, voting, weight
from bench.city import Made, make
from bench.client import request
from bench.pages import Cost, etag, measure
from bench.report import Row, table
from bench.server import Server, served
from portal.app import create_app
from portal.config import Settings
from portal.db import db
from portal.territory import queries as territory
from tests.fixtures import services
from tests.fixtures.database import fresh_url

FEW, MANY, EXPORTED = 500, 50_000, 10_000
PLAN, ACTION, REMARK = "/piano", "/piano/azioni/1.1", "/osservazioni/1"


@dataclass
class City:
    """An application on a database with a number of remarks."""

    app: Flask
    made: Made
    environment: dict[str, str]
    costs: dict[str, Cost] = field(default_factory=dict)


@contextmanager
def city(folder: Path, remarks: int) -> Iterator[City]:
    """Build it, and keep an application context open on it."""
    settings = Settings(
        database_url=fresh_url(folder), data_dir=folder, secret_key=secrets.token_hex(32), log_level="ERROR"
    )
    app = create_app(settings, RATELIMIT_ENABLED=False)
    environment = {
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(folder),
        "SECRET_KEY": settings.secret_key,
        "LOG_LEVEL": "ERROR",
    }
    with app.app_context():
        upgrade()
        made = make(remarks)
        db.session.rollback()
        yield City(app, made, environment)
        db.session.remove()
        db.engine.dispose()


def pages(of: City, server: Server) -> None:
    """Plan page and action page: signed in, public, and answered 304."""
    who = inside.signed_in(of.app, of.made.mayor_id, of.made.mandate_id)
    db.session.rollback()
    for name, path in (("plan", PLAN), ("action", ACTION)):
        of.costs[f"{name} signed in"] = measure(server, name, request(path, Cookie=who.cookie, Accept_Encoding="gzip"))
        public = request(path, Accept_Encoding="gzip")
        of.costs[f"{name} public"] = measure(server, name, public, requests=400)
        known = request(path, If_None_Match=etag(server, public), Accept_Encoding="gzip")
        of.costs[f"{name} 304"] = measure(server, name, known, status=304, requests=400)


def page_rows(few: City, full: City, many: City) -> Iterator[Row]:
    """Shares of bare, statements, and what fifty thousand remarks change."""
    goals = {"signed in": 0.06, "public": 0.15, "304": 0.17}
    for name, path in (("plan", PLAN), ("action", ACTION)):
        for how, goal in goals.items():
            cost = many.costs[f"{name} {how}"]
            words = f"{name} page, {how}, {MANY:,} remarks ({cost.ms:.2f} ms, {cost.size / 1000:.1f} kB)"
            yield Row(words, "share of bare", cost.share, goal if name == "plan" else None, at_least=True)
        who = inside.signed_in(many.app, many.made.mayor_id, many.made.mandate_id)
        yield Row(f"{name} page, signed in", "SQL statements", inside.asked(many.app, path, who), 6)
        yield Row(f"{name} page, public, once kept", "SQL statements", inside.asked(many.app, path, None), 6)
    yield Row("page of a remark, public", "SQL statements", inside.asked(many.app, REMARK, None), 6)
    # Up to fifty remarks stand on a page: with few of them the action page is shorter, so it is compared when full.
    yield _growth("plan", few, many, FEW)
    yield _growth("action", full, many, EXPORTED)


def _growth(name: str, before: City, after: City, remarks: int) -> Row:
    growth = (
        before.costs[f"{name} signed in"].share / after.costs[f"{name} signed in"].share
    )  # both against the bare page
    return Row(f"{name} page, {MANY:,} against {remarks:,} remarks", "CPU ratio", growth, 1.3)


def submission_rows(of: City, server: Server) -> Iterator[Row]:
    """Sending a draft from the page, and the verb alone, against one row and its commit."""
    bare = inside.bare_insert(of.made)
    who = inside.signed_in(of.app, of.made.mayor_id, of.made.mandate_id)
    by_page = inside.sent(server, who, inside.drafts(of.made, 40))
    yield Row(f"submission from the page ({1000 * by_page:.2f} ms)", "bare ORM inserts", by_page / bare, 8)
    yield Row("submission, the verb alone", "bare ORM inserts", inside.verb(of.made) / bare, None)
    yield from files.rows(of.made, of.app.extensions["store"], server, who, bare)
    yield Row("bare ORM insert with its commit", "ms", 1000 * bare, None)


def export_rows(of: City, more: City) -> Iterator[Row]:
    """The public CSV against driver and `csv`, and its memory when there is five times as much."""
    with of.app.app_context():
        some = inside.exported()
    yield Row(f"export of {some.rows:,} remarks ({1000 * some.seconds:.0f} ms)", "driver + csv",
              some.seconds / some.driver_seconds, 3)  # fmt: skip
    with more.app.app_context():
        all_of_them = inside.exported()
    yield Row(f"export, peak memory at {some.rows:,}", "MB", some.peak_mb, None)
    yield Row(f"export, peak memory at {all_of_them.rows:,}", "MB", all_of_them.peak_mb, 1.5 * some.peak_mb)


def triage_rows(of: City) -> Iterator[Row]:
    """What the drafting office asks for most."""
    with of.app.app_context():
        snapshot = territory.snapshots()[0]
        yield from triage.sheets(EXPORTED)
        yield from triage.comparison(EXPORTED)
        yield from triage.figures(EXPORTED, of.made.consultation_id, snapshot.id)


def weight_rows(server: Server) -> Iterator[Row]:
    """The first load of the action page."""
    parts = weight.first_load(f"http://127.0.0.1:{server.port}{ACTION}")
    if parts is None:
        return
    yield Row("action page, first load, compressed, with fonts", "kB", sum(p.size for p in parts) / 1000, 150)
    for part in parts[:8]:
        yield Row(f"- {part.path.split('?')[0]}", "kB", part.size / 1000, None)


def run(folder: Path) -> list[Row]:
    """Everything, on databases of its own."""
    rows: list[Row] = []
    with ExitStack() as stack:
        few, full, many = (stack.enter_context(city(folder / str(n), n)) for n in (FEW, EXPORTED, MANY))
        for one in (few, full, many):
            with one.app.app_context(), served(one.environment) as server:
                pages(one, server)
        rows += page_rows(few, full, many)
        with few.app.app_context(), served(few.environment) as server:
            rows += weight_rows(server)
            rows += submission_rows(few, server)
            rows += burst.rows(few.app, few.made, server, inside.bare_insert(few.made))
        rows += export_rows(full, many)
        with many.app.app_context():
            rows += search.rows(many.made, MANY)
        rows += triage_rows(full)
    rows += voting.rows(folder, services.DATABASE)
    rows += minutes.rows(folder / "minutes")
    return rows


def main() -> None:
    """Print the table; missed goals are marked, and nothing fails because of the time it took."""
    with tempfile.TemporaryDirectory(prefix="parere-bench-") as name:
        folder = Path(name)
        for part in (FEW, EXPORTED, MANY, "minutes"):
            (folder / str(part)).mkdir()
        if services.DATABASE == "postgresql":
            os.environ[services.POSTGRES_URL] = services._start_postgres()
        try:
            print(table(run(folder), services.DATABASE, os.cpu_count() or 1))
        finally:
            services.pytest_unconfigure()


if __name__ == "__main__":
    main()
