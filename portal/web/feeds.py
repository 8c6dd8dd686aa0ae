"""For feed readers and annotation clients: Atom (RFC 4287) of what was said and answered, each remark as JSON-LD."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, current_app, json, request, url_for
from flask_babel import get_locale, gettext

from portal.comments import queries as remarks
from portal.comments.anchors import AnchorRow, anchors_of
from portal.comments.consultation_queries import Edition
from portal.comments.queries import Filters, Remark
from portal.comments.rules import CommentKind
from portal.config import Settings
from portal.drafting import queries as drafting
from portal.drafting.queries import AnswerView, PublishedAnswer
from portal.drafting.rules import AnswerState
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.plan import queries as plans
from portal.web import editions
from portal.web.door import access
from portal.web.labels import label
from portal.web.plan.reading import addressed

bp = Blueprint("feeds", __name__)
ATOM = "http://www.w3.org/2005/Atom"
ANNOTATION = "http://www.w3.org/ns/anno.jsonld"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ANYBODY = Actor.anonymous()
ENTRIES = 50
SINCE = "2026"  # of the `tag:` names (RFC 4151): never changed, or every reader would show everything again
MOTIVATION = {CommentKind.CHANGE_REQUEST: "editing", CommentKind.QUESTION: "questioning"}


@dataclass(frozen=True)
class Entry:
    """One thing that happened, as a feed tells it."""

    name: str  # unique here for ever
    title: str
    at: datetime
    url: str
    author: str
    text: str
    category: tuple[str, str]


@bp.get("/osservazioni/atom.xml")
@access(Permission.PUBLIC_READ)
def everything() -> Response:
    """The latest remarks and answers on everything."""
    entries = [*_said(Filters()), *_answered(drafting.latest_published(ENTRIES))]
    return _feed("osservazioni", gettext("Remarks and answers"), url_for("comments.index"), entries)


@addressed("feed", "/azioni/<code>/atom.xml")
@access(Permission.PUBLIC_READ)
def action(code: str, slug: str | None = None, number: int | None = None) -> Response:
    """The latest remarks and answers on one action."""
    edition = editions.edition(slug, number)
    found = plans.tree(edition.version_id, edition.mark).action(code)
    if found is None:
        raise NotFound()
    entries = [*_said(Filters(action_id=found.id)), *_answered(drafting.latest_published(ENTRIES, found.id))]
    title = gettext("Remarks and answers: %(code)s %(title)s", code=found.code, title=found.title)
    url = url_for("plan.action", code=found.code, **editions.address(edition))
    return _feed(f"{_named(edition)}/azioni/{found.key}", title, url, entries)


def _named(edition: Edition) -> str:
    return f"piani/{edition.slug}/v{edition.number}"


def _said(by: Filters) -> Iterable[Entry]:
    for row in remarks.list_remarks(ANYBODY, by, limit=ENTRIES):
        look = label(row.kind)
        place = " · ".join(part for part in (row.action_code or row.section_code, row.body_name) if part)
        yield Entry(
            f"osservazioni/{row.number}",
            gettext("Remark %(n)s", n=row.number) + f" · {place}",
            row.submitted_at,
            url_for("comments.remark", number=row.number),
            row.body_name,
            row.observation,
            (row.kind.value, look.text),
        )


def _answered(rows: Iterable[PublishedAnswer]) -> Iterable[Entry]:
    for row in rows:
        look = label(row.outcome)
        yield Entry(
            f"osservazioni/{row.number}/risposta",
            gettext("Answer to remark %(n)s", n=row.number) + f": {look.text}",
            row.published_at,
            url_for("comments.remark", number=row.number, _anchor="answer-title"),
            _settings().city_name,
            row.text,
            (row.outcome.value, look.text),
        )


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _tag(name: str) -> str:
    """A name for ever: it holds the host but no address, so that it outlives a change of addresses."""
    return f"tag:{urlsplit(_settings().public_url).hostname},{SINCE}:parere/{name}"


def _feed(name: str, title: str, url: str, entries: list[Entry]) -> Response:
    shown = sorted(entries, key=lambda entry: (entry.at, entry.name), reverse=True)[:ENTRIES]
    updated = shown[0].at if shown else datetime(int(SINCE), 1, 1, tzinfo=UTC)
    root = _settings().public_url
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": str(get_locale())})
    _add(feed, "id", _tag(name))
    _add(feed, "title", f"{title} · {_settings().city_name}")
    if _settings().demo:
        _add(feed, "subtitle", gettext("Demonstration data: city, bodies and texts are invented."))
    _add(feed, "updated", _instant(updated))
    _add(feed, "rights", "CC BY 4.0")
    _add(feed, "generator", "Parere")
    _add(feed, "link", rel="alternate", type="text/html", href=root + url)
    _add(feed, "link", rel="self", type="application/atom+xml", href=root + request.path)
    for entry in shown:
        _entry(_add(feed, "entry"), entry, root)
    body = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    response = Response(body, content_type="application/atom+xml; charset=utf-8")
    response.last_modified = updated
    return _for_all(response, body)


def _entry(node: ET.Element, entry: Entry, root: str) -> None:
    _add(node, "id", _tag(entry.name))
    _add(node, "title", entry.title)
    _add(node, "published", _instant(entry.at))
    _add(node, "updated", _instant(entry.at))
    _add(_add(node, "author"), "name", entry.author)
    _add(node, "link", rel="alternate", type="text/html", href=root + entry.url)
    _add(node, "category", term=entry.category[0], label=entry.category[1])
    _add(node, "content", entry.text, type="text")


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    node = ET.SubElement(parent, tag, attributes)
    node.text = text or None
    return node


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _for_all(response: Response, body: bytes) -> Response:
    """Any page may read it; whoever has it already is told so."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, no-cache"  # what is hidden is hidden at once
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    response.make_conditional(request)
    return response


@bp.get("/osservazioni/<int:number>.jsonld")
@access(Permission.PUBLIC_READ)
def annotation(number: int) -> Response:
    """A remark as a W3C Web Annotation, for those who may read it as anybody does."""
    found = remarks.remark(ANYBODY, number)
    if not found.visible:
        raise NotFound()
    anchors = anchors_of([found.id]).get(found.id, ())
    values = _annotation(found, anchors, drafting.answer_of(ANYBODY, found.id))
    body = json.dumps(values, ensure_ascii=False, sort_keys=False).encode()
    response = Response(body, content_type=f'application/ld+json; profile="{ANNOTATION}"')
    return _for_all(response, body)


def _annotation(found: Remark, anchors: tuple[AnchorRow, ...], answer: AnswerView | None) -> dict[str, Any]:
    root = _settings().public_url
    page = root + url_for("comments.remark", number=found.number)
    motivation = MOTIVATION.get(found.kind, "commenting")
    parts = (("commenting", found.observation), ("editing", found.proposed_text), ("describing", found.reasons))
    values: dict[str, Any] = {
        "@context": ANNOTATION,
        "id": root + url_for(".annotation", number=found.number),
        "type": "Annotation",
        "motivation": motivation,
        "created": _instant(found.submitted_at),
        "creator": {
            "id": root + url_for("territory.body", key=found.body_key),
            "type": "Organization",
            "name": found.body_name,
        },
        "rights": LICENCE,
        "canonical": _tag(f"osservazioni/{found.number}"),
        "via": page,
        "body": [_textual(purpose, text) for purpose, text in parts if text],
        "target": [_target(found, anchor) for anchor in anchors] or [{"source": _place(found)}],
    }
    if answer is not None and answer.state is AnswerState.PUBLISHED and answer.outcome:
        values["body"].append(_textual("replying", answer.text) | {"creator": {"name": _settings().city_name}})
        values["body"].append({"type": "TextualBody", "value": answer.outcome.value, "purpose": "classifying"})
    return values


def _textual(purpose: str, text: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": text, "format": "text/plain", "language": "it", "purpose": purpose}


def _place(found: Remark, anchor: AnchorRow | None = None) -> str:
    """The page under its address that never changes."""
    where: dict[str, Any] = {"slug": found.plan_slug, "number": found.version_number}
    action_code = anchor.action_code if anchor else found.action_code
    section_code = anchor.section_code if anchor else found.section_code
    root = _settings().public_url
    if action_code:
        return root + url_for("plan.action", code=action_code, **where)
    return root + (
        url_for("plan.section", code=section_code, **where) if section_code else url_for("plan.plan", **where)
    )


def _target(found: Remark, anchor: AnchorRow) -> dict[str, Any]:
    """The paragraph within its page, and the words within the paragraph: code points of its NFC text."""
    quote = {"type": "TextQuoteSelector", "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix}
    position = {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end}
    return {
        "source": _place(found, anchor),
        "selector": {
            "type": "FragmentSelector",
            "conformsTo": "http://tools.ietf.org/rfc/rfc3236",
            "value": anchor.paragraph,
            "refinedBy": [quote, position],
        },
    }
