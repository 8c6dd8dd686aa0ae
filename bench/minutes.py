"""Minutes of four hours with fifteen hundred entries: from the journal to the text, next to a bare read of the entries.

python -m bench.minutes
"""

from __future__ import annotations

import os
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy as sa
from flask_migrate import upgrade

from bench.report import Row, table
from portal.app import create_app
from portal.conferences.floor import ask, give, hold
from portal.conferences.floor.rules import FloorKind
from portal.conferences.hall import items
from portal.config import Settings
from portal.db import db
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.records.minutes import draw
from portal.records.minutes.document import as_json, document
from portal.records.minutes.docx import docx
from tests.fixtures import services
from tests.fixtures.database import fresh_url
from tests.hall import Hall
from tests.minutes import Record

SPEECHES, EVERY, ENTRIES, ROUNDS = 212, 1.1, 1_500, 7
GOAL = 2.0  # seconds


def four_hours() -> Hall:
    """A sitting in which somebody speaks all the time, is paused, and others come and go."""
    hall = Hall()
    by = hall.secretariat
    hall.open(1, 2, 3, 4)
    for number in range(SPEECHES):
        if number % (SPEECHES // 2) == 0:
            hall.call_item(1 + number // (SPEECHES // 2), now=hall.at(1 + number * EVERY))
        _turn(hall, by, 1 + number % 3, 1 + number * EVERY)
    items.conclude_item(by, hall.sitting, hall.items[1].id, "Si prende atto.", now=hall.at(236))
    hall.close(now=hall.at(240))
    return hall


def _turn(hall: Hall, by: Actor, seat: int, minute: float) -> None:
    """One speech of a minute with a pause, and a seat that goes and comes back: seven entries and more."""
    after = (hall.at(minute, seconds) for seconds in range(1, 60, 8))
    key = f"speech-{minute:.2f}".replace(".", "-")
    wanted = ask.ask(hall.people[seat], hall.sitting, FloorKind.ORDINARY, key, now=next(after))
    give.give(by, hall.sitting, wanted, now=next(after))
    hold.pause(by, hall.sitting, now=next(after))
    hold.resume(by, hall.sitting, now=next(after))
    hold.end(by, hall.sitting, now=next(after))
    hall.leave(4, now=next(after))
    hall.enter(4, now=next(after))


def rows(folder: Path) -> Iterator[Row]:
    """On a database of its own: the bare read, the text, the draft with its sections, the Word file."""
    settings = Settings(
        database_url=fresh_url(folder), data_dir=folder, secret_key=secrets.token_hex(32), log_level="ERROR"
    )
    app = create_app(settings, RATELIMIT_ENABLED=False)
    with app.app_context():
        upgrade()
        hall = four_hours()
        stream = f"sitting:{hall.sitting}"
        count = db.session.scalar(sa.select(sa.func.count()).where(Entry.stream == stream)) or 0
        if count < ENTRIES:
            raise RuntimeError(f"the sitting has {count} entries, which is not what is measured")
        query = sa.select(Entry.seq, Entry.kind, Entry.facts, Entry.at, Entry.hash).where(Entry.stream == stream)
        bare = _median(lambda: db.session.execute(query.order_by(Entry.seq)).all())
        text = _median(lambda: draw.drawing(hall.sitting, 1))
        began = time.perf_counter()
        record = Record(hall)
        first = time.perf_counter() - began
        page = record.page()
        file = _median(lambda: docx(document(page)))
        yield Row(f"minutes of four hours, {count:,} entries, from the journal to the text", "s", text, GOAL)
        yield Row("the same, against a bare read of the entries", "times", text / bare, None)
        yield Row("the same, drawn up for the first time with sections and number", "s", first, GOAL)
        yield Row(f"the document as a Word file ({len(as_json(page)) // 1000} kB of text)", "s", file, None)
        db.session.remove()
        db.engine.dispose()


def _median(act: Callable[[], object]) -> float:
    """Seconds of the median round, in a session that holds nothing yet."""
    took = []
    for _ in range(ROUNDS):
        db.session.rollback()
        db.session.expunge_all()
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="parere-minutes-") as name:
        if services.DATABASE == "postgresql":
            os.environ[services.POSTGRES_URL] = services._start_postgres()
        try:
            print(table(rows(Path(name)), services.DATABASE, os.cpu_count() or 1))
        finally:
            services.pytest_unconfigure()


if __name__ == "__main__":
    main()
