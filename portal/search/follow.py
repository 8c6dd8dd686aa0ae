"""Keep the index in step with what happens: called for each entry of the journal, after the act was committed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from portal.comments.models import Comment
from portal.db import atomic, db
from portal.journal.unheard import Heard
from portal.search import index, texts


@atomic()
def heard(entry: Heard) -> None:
    """Read again what the entry speaks of; heard twice, nothing changes."""
    KINDS[entry.kind](entry.facts)


def _version(facts: dict[str, Any]) -> None:
    index.put(texts.of_version(facts["version_id"]))


def _submission(facts: dict[str, Any]) -> None:
    rows = db.session.scalars(sa.select(Comment.id).where(Comment.submission_id == facts["submission_id"]))
    index.put(texts.of_comments(list(rows)))


def _remark(facts: dict[str, Any]) -> None:
    index.put(texts.of_comments([facts["comment_id"]]))


KINDS: dict[str, Callable[[dict[str, Any]], None]] = {
    "VersionPublished": _version,
    "SubmissionReceived": _submission,
    "PassageHidden": _remark,
    "PassageRestored": _remark,
    "AnswerPublished": _remark,
}
