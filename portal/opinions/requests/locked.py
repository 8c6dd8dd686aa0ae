"""Rows that the verbs about a request to the Forum need under its lock."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.kernel.errors import NotFound
from portal.opinions.models import OpinionRequest
from portal.opinions.requests.models import ForumDocument, ForumTerm


def request(request_id: int) -> OpinionRequest:
    """The request, alone: everything about it changes under this lock; one to the mayors is not found."""
    query: Any = sa.select(OpinionRequest).join(ForumTerm, ForumTerm.request_id == OpinionRequest.id)
    query = query.where(OpinionRequest.id == request_id).with_for_update(of=OpinionRequest)
    found: OpinionRequest | None = db.session.execute(
        query.execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found


def term(request_id: int) -> ForumTerm:
    """Its term; the request is locked already."""
    return db.session.get_one(ForumTerm, request_id, populate_existing=True)


def document(document_id: int) -> ForumDocument:
    """One of its documents; the request is locked already."""
    return db.session.get_one(ForumDocument, document_id, populate_existing=True)
