"""Rows that the verbs of opinions need under their lock."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.conferences.rules import Organ
from portal.db import db
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.words import N_
from portal.opinions.models import OpinionRemark, OpinionRequest, OpinionText


def request(number: int) -> OpinionRequest:
    """The request to the mayors, alone: everything about it changes under this lock."""
    query: Any = sa.select(OpinionRequest).where(OpinionRequest.id == number, OpinionRequest.organ == Organ.MAYORS)
    query = query.with_for_update()
    found: OpinionRequest | None = db.session.execute(
        query.execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found


def texts(request_id: int) -> list[OpinionText]:
    """Its texts in order; all but the last one are frozen."""
    query = sa.select(OpinionText).where(OpinionText.request_id == request_id).order_by(OpinionText.number)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def open_text(request_id: int) -> OpinionText:
    """The text that is being written."""
    last = texts(request_id)[-1:]
    if not last or last[0].frozen_at is not None:
        raise Conflict(N_("Write the text first; one that was put to the vote does not change."), code="no_text")
    return last[0]


def remarks(text_id: int) -> list[OpinionRemark]:
    """The remarks of a text in order."""
    query = sa.select(OpinionRemark).where(OpinionRemark.text_id == text_id).order_by(OpinionRemark.number)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))
