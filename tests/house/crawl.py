"""Walk the demonstration city as somebody: every address that a page offers, a few of each kind."""

from __future__ import annotations

import logging
import re
import traceback
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import Engine
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect

from portal.accounts.models import Mandate
from portal.comments.models import Comment, Submission
from portal.comments.rules import SubmissionState
from portal.db import db
from portal.drafting.models import Answer
from portal.kernel.clock import local_day, now
from portal.territory.models import Body
from tests.fixtures.client import Visitor

EACH = 4  # how many addresses of one kind are visited
# Of these one of each kind would be missed.
TELLING = {"conferences.manage": 8, "conferences.dispatches": 12, "proposals.proposal": 12}
PACKED = (".pdf", ".docx", ".xlsx", ".ods")  # take long to make, and are made alike: one of a kind is enough
WRITING = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|TRUNCATE)\b|FOR UPDATE", re.IGNORECASE)
VISITOR = "visitor"
UNSENT = (SubmissionState.DRAFT, SubmissionState.READY)


@dataclass
class Page:
    """What one address answered."""

    address: str
    endpoint: str
    status: int
    html: str
    writes: list[str]
    found_on: str
    broke: str = ""  # what broke, and where, if something did

    def __str__(self) -> str:
        return f"{self.status} {self.address} (on {self.found_on}) {self.broke}".strip()


@dataclass
class Walk:
    """Everything one identity was shown."""

    pages: list[Page] = field(default_factory=list)

    @property
    def endpoints(self) -> set[str]:
        """The kinds of page that were reached."""
        return {page.endpoint for page in self.pages}


def identities(app: Flask) -> dict[str, tuple[int, int]]:
    """For every office of every kind of body (`municipality:mayor`) whoever has most drafts before them."""
    with app.app_context():
        today = local_day(now())
        rows = db.session.execute(
            sa.select(Body.kind, Mandate.office, Mandate.person_id, Mandate.id)
            .join(Mandate.body)
            .outerjoin(Submission, (Submission.body_id == Body.id) & Submission.state.in_(UNSENT))
            .where(Mandate.starts_on <= today, sa.or_(Mandate.ends_on.is_(None), Mandate.ends_on >= today))
            .group_by(Body.kind, Mandate.office, Mandate.person_id, Mandate.id)
            .order_by(sa.func.count(Submission.id), Mandate.id.desc())  # the last one found is kept
        )
        found = {f"{kind.value}:{office.value}": (person, mandate) for kind, office, person, mandate in rows}
        db.session.remove()
    return found


def telling_numbers(app: Flask) -> list[int]:
    """The number of one remark in every state, kind, lateness and state and outcome of its answer."""
    columns = (Comment.state, Comment.kind, Submission.is_late, Answer.state, Answer.outcome)
    with app.app_context():
        rows = db.session.execute(
            sa.select(Comment.number, *columns).join(Comment.submission).outerjoin(Answer).order_by(Comment.number)
        ).all()
        db.session.remove()
    first: dict[tuple[int, object], int] = {}
    for number, *facts in rows:
        if number is not None:
            for column, fact in enumerate(facts):
                first.setdefault((column, fact), number)
    return sorted(set(first.values()))


def enter(app: Flask, office: str) -> Visitor:
    """A client signed in as whoever holds the office, or nobody."""
    client = app.test_client()
    assert isinstance(client, Visitor)
    if office != VISITOR:
        person, mandate = identities(app)[office]
        with app.app_context():
            client.sign_in(person, acting=mandate)
            db.session.remove()
    return client


def walk(app: Flask, office: str, each: int = EACH) -> Walk:
    """Follow links from the home page, so many to each kind of page, as a visitor or as whoever holds the office."""
    client = enter(app, office)
    done, seen, kinds = Walk(), {"/"}, Counter[str]()
    queue = [("/", "")]
    while queue:
        address, source = queue.pop(0)
        endpoint = endpoint_of(app, address)
        if endpoint is None:
            done.pages.append(Page(address, "", 404, "", [], source, "nothing is at this address"))
            continue
        if not endpoint or kinds[endpoint] >= _most(endpoint, address, each):
            continue
        kinds[endpoint] += 1
        client.set_cookie("lang", "it")  # a link to the other language was followed, not obeyed
        page, onward = _visit(app, client, address, endpoint, source)
        done.pages.append(page)
        queue += [(link, address) for link in onward if link not in seen]
        seen.update(onward)
    return done


def _most(endpoint: str, address: str, each: int) -> int:
    """How many pages of a kind are worth a visit."""
    return 1 if urlsplit(address).path.endswith(PACKED) else TELLING.get(endpoint, each)


def _visit(app: Flask, client: Visitor, address: str, endpoint: str, source: str) -> tuple[Page, list[str]]:
    with watched(app) as writes, overheard() as faults:
        answer = client.get(address)
        answer.get_data()  # what is streamed is read to its end, as a browser would
        answer.close()
    is_page = answer.mimetype == "text/html" and answer.status_code == 200
    html = answer.text if is_page else ""
    page = Page(address, endpoint, answer.status_code, html, writes, source, "; ".join(faults))
    if answer.status_code in {301, 302, 303, 307, 308}:
        target = urlsplit(answer.location)
        return page, [target.path + (f"?{target.query}" if target.query else "")]
    return page, sorted(_offered(html)) if html else []


def endpoint_of(app: Flask, address: str) -> str | None:
    """The kind of page; "" for what is only posted to or is a file, None if nothing is there."""
    try:
        endpoint, _ = app.url_map.bind("localhost").match(urlsplit(address).path, method="GET")
    except MethodNotAllowed:
        return ""
    except RequestRedirect:
        return None
    except HTTPException:
        return None
    return "" if endpoint == "static" else str(endpoint)


class _Offers(HTMLParser):
    """The addresses of our own that a page offers to be opened: links, and forms that only ask."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.form: str | None = None
        self.fields: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link; begin a form; note a field's first value."""
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._offer(given.get("href", ""))
        elif tag == "form" and given.get("method", "get").lower() == "get":
            self.form, self.fields = given.get("action", ""), []
        elif tag == "input" and given.get("name") and given.get("type") not in {"checkbox", "radio", "submit"}:
            self.fields.append((given["name"], given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        """A form that ends is an address with its fields as they stand."""
        if tag == "form" and self.form is not None:
            self._offer(f"{self.form}?{urlencode(self.fields)}")
            self.form = None

    def _offer(self, address: str) -> None:
        address = address.split("#")[0]
        if address.startswith("/") and not address.startswith("//"):
            self.found.add(address)


def _offered(html: str) -> set[str]:
    page = _Offers()
    page.feed(html)
    return page.found


class overheard(logging.Handler):  # noqa: N801  (reads as a sentence)
    """The faults that the portal logs while it listens, and nobody else hears them."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.faults: list[str] = []
        self.log = logging.getLogger("portal")

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what went wrong and the last line of ours where it did."""
        fault = record.exc_info[1] if record.exc_info else None
        frames = traceback.extract_tb(fault.__traceback__) if fault else []
        ours = [f"{frame.filename}:{frame.lineno}" for frame in frames if "site-packages" not in frame.filename]
        self.faults.append(f"{type(fault).__name__}: {str(fault)[:200]} at {ours[-1] if ours else '?'}")

    def __enter__(self) -> list[str]:
        self.before, self.log.handlers = self.log.handlers, [self]
        return self.faults

    def __exit__(self, *_: object) -> None:
        self.log.handlers = self.before


class watched:  # noqa: N801  (reads as a sentence: with watched(app) as writes)
    """Everything written to the database while it looks."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self.engine: Engine = db.engine
        self.writes: list[str] = []

    def __enter__(self) -> list[str]:
        sa.event.listen(self.engine, "before_cursor_execute", self._note)
        return self.writes

    def __exit__(self, *_: object) -> None:
        sa.event.remove(self.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if WRITING.search(statement):
            self.writes.append(statement)
