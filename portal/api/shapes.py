"""The shapes of what the API gives, as JSON Schema: the description shows them, the tests hold answers against them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from portal.comments.rules import Admission, CommentKind, CommentState, Phase
from portal.drafting.rules import Outcome
from portal.kernel.offices import BodyKind, ForumCategory
from portal.plan.rules import ParagraphKind, VersionState
from portal.records import columns
from portal.records.columns import Column, Profile

Shape = dict[str, Any]

TEXT: Shape = {"type": "string"}
WHOLE: Shape = {"type": "integer"}
TRUTH: Shape = {"type": "boolean"}
DAY: Shape = {"type": "string", "format": "date"}
INSTANT: Shape = {"type": "string", "format": "date-time"}
ADDRESS: Shape = {"type": "string", "format": "uri"}
NUMBER: Shape = {"type": "number"}
ANY: Shape = {}


def maybe(shape: Shape) -> Shape:
    """The same, or null."""
    if "enum" in shape:
        return shape | {"type": ["string", "null"], "enum": [*shape["enum"], None]}
    return shape | {"type": [shape["type"], "null"]} if "type" in shape else {"anyOf": [shape, {"type": "null"}]}


def several(shape: Shape) -> Shape:
    """A list."""
    return {"type": "array", "items": shape}


def one_of(kind: type[StrEnum]) -> Shape:
    """A value of an enumeration."""
    return {"type": "string", "enum": [member.value for member in kind]}


def thing(**fields: Shape) -> Shape:
    """An object with all of these fields and no others."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def listed(name: str) -> Shape:
    """A page of things of a name."""
    return thing(items=several(named(name)), next=maybe(ADDRESS))


def named(name: str) -> Shape:
    """A thing that is described once."""
    return {"$ref": f"#/components/schemas/{name}"}


ANCHOR = thing(
    paragraph_key=TEXT,
    paragraph_number=WHOLE,
    action=maybe(TEXT),
    section=maybe(TEXT),
    exact=TEXT,
    prefix=TEXT,
    suffix=TEXT,
    start=WHOLE,
    end=WHOLE,
)
ATTACHMENT = thing(name=TEXT, type=TEXT, size=WHOLE, sha256=TEXT)

_PARAGRAPH = {
    "key": TEXT,
    "number": WHOLE,
    "kind": one_of(ParagraphKind),
    "heading": TEXT,
    "text": TEXT,
    "text_sha256": TEXT,
}
_ACTION = {
    "code": TEXT,
    "source_code": TEXT,
    "key": TEXT,
    "title": TEXT,
    "lead": several(TEXT),
    "partners": several(TEXT),
    "private_partners": several(TEXT),
    "goals": several(TEXT),
    "economic_lines": several(TEXT),
    "whole_territory": TRUTH,
    "territory": several(thing(key=TEXT, name=TEXT)),
    "period": TEXT,
    "priority": TEXT,
    "costs": several({"type": "object"}),
    "indicators": several({"type": "object"}),
    "sections": several(TEXT),
    "comments": WHOLE,
    "url": ADDRESS,
    "page": ADDRESS,
}
_VERSION = {
    "plan": TEXT,
    "number": WHOLE,
    "title": TEXT,
    "state": one_of(VersionState),
    "published_at": maybe(INSTANT),
    "text_sha256": TEXT,
    "consultation": maybe(WHOLE),
    "url": ADDRESS,
    "page": ADDRESS,
}
_CONSULTATION = {
    "id": WHOLE,
    "title": TEXT,
    "plan": TEXT,
    "version": WHOLE,
    "phase": one_of(Phase),
    "opens_at": INSTANT,
    "deadline_at": INSTANT,
    "concluded_at": maybe(INSTANT),
    "url": ADDRESS,
}
_BODY = {
    "key": TEXT,
    "name": TEXT,
    "kind": one_of(BodyKind),
    "forum_category": maybe(one_of(ForumCategory)),
    "lat": maybe(NUMBER),
    "lon": maybe(NUMBER),
    "ended_on": maybe(DAY),
    "url": ADDRESS,
    "page": ADDRESS,
}
_KINDS: dict[str, Shape] = {
    "text": TEXT, "code": TEXT, "number": WHOLE, "date": DAY, "instant": INSTANT, "truth": TRUTH,
}  # fmt: skip
_ALWAYS = {"number", "submission", "plan", "version", "consultation", "body_code", "body", "late", "demonstration"}
_CHOSEN: dict[str, Shape] = {
    "body_kind": one_of(BodyKind),
    "kind": one_of(CommentKind),
    "state": one_of(CommentState),
    "submitted_at": INSTANT,
    "observation": TEXT,
    "outcome": maybe(one_of(Outcome)),
    "territory": several(TEXT),
}


def _column(column: Column) -> Shape:
    shape = _CHOSEN.get(column.name) or _KINDS[column.kind]
    given = shape if column.name in _ALWAYS or column.name in _CHOSEN else maybe(shape)
    return given | {"description": column.meaning}


def shapes() -> dict[str, Shape]:
    """Every thing that is described by name."""
    return _of_the_plan() | _of_who_and_when() | _of_remarks() | _of_the_api()


def _of_the_plan() -> dict[str, Shape]:
    return {
        "Plan": thing(
            slug=TEXT, title=TEXT, body=TEXT, versions=several(WHOLE), current=maybe(WHOLE), url=ADDRESS, page=ADDRESS
        ),
        "Version": thing(**_VERSION),
        "WholeVersion": thing(**_VERSION, sections=several(named("Section"))),
        "Section": thing(
            code=TEXT,
            key=TEXT,
            kind=TEXT,
            title=TEXT,
            parent=maybe(TEXT),
            paragraphs=several(thing(**_PARAGRAPH)),
            actions=several(TEXT),
            page=ADDRESS,
        ),
        "Action": thing(**_ACTION),
        "WholeAction": thing(**_ACTION, paragraphs=several(thing(**_PARAGRAPH))),
        "Paragraph": thing(**_PARAGRAPH, action=maybe(TEXT), section=maybe(TEXT), url=ADDRESS, page=ADDRESS),
    }


def _of_who_and_when() -> dict[str, Shape]:
    moved = thing(old_deadline_at=INSTANT, new_deadline_at=INSTANT, extended_at=INSTANT, reason=TEXT)
    tie = thing(key=TEXT, name=TEXT, kind=one_of(BodyKind), starts_on=maybe(DAY), ends_on=maybe(DAY))
    return {
        "Consultation": thing(**_CONSULTATION),
        "WholeConsultation": thing(
            **_CONSULTATION,
            admission=one_of(Admission),
            body_kinds=several(one_of(BodyKind)),
            rules=TEXT,
            report=TEXT,
            population=thing(source=TEXT, date=DAY),
            extensions=several(moved),
        ),
        "Body": thing(**_BODY),
        "WholeBody": thing(
            **_BODY,
            istat_code=maybe(TEXT),
            cadastral_code=maybe(TEXT),
            ipa_code=maybe(TEXT),
            area_km2=maybe(NUMBER),
            ties=several(tie),
            residents=several(thing(number=WHOLE, date=DAY, source=TEXT)),
        ),
    }


def _of_remarks() -> dict[str, Shape]:
    """A remark has the columns of the open data, and what does not fit into a column."""
    return {
        "Comment": thing(
            **{column.name: _column(column) for column in columns.of(Profile.PUBLIC)},
            plan_slug=TEXT,
            consultation_id=WHOLE,
            anchors=several(ANCHOR),
            attachments=several(ATTACHMENT),
            url=ADDRESS,
            page=ADDRESS,
            annotation=ADDRESS,
        )
    }


def _of_the_api() -> dict[str, Shape]:
    lists = {"type": "object", "additionalProperties": ADDRESS}
    facts = {"type": ADDRESS, "title": TEXT, "status": WHOLE, "detail": TEXT, "instance": TEXT}
    return {
        "Root": thing(
            city=TEXT, licence=TEXT, demonstration=TRUTH, documentation=ADDRESS, openapi=ADDRESS, lists=lists
        ),
        "Problem": {"type": "object", "properties": facts | {"parameter": TEXT}, "required": list(facts)},
    }
