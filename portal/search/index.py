"""Write documents into the index and take them out of it, inside the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from portal.db import db, upsert
from portal.search import stems
from portal.search.models import Document, Posting
from portal.search.rules import SCOPE_OF, Kind, weight
from portal.search.texts import Text

ASKED_AT_ONCE = 400  # rows named in one statement
_documents: Any = Document.__table__
_postings: Any = Posting.__table__


def put(texts: Iterable[Text]) -> int:
    """Make the index say what these texts say; return how many it did not say already."""
    texts = list(texts)
    written = 0
    for kind in Kind:
        alike = [text for text in texts if text.kind is kind]
        for at in range(0, len(alike), ASKED_AT_ONCE):
            written += _put(kind, alike[at : at + ASKED_AT_ONCE])
    return written


def _put(kind: Kind, texts: list[Text]) -> int:
    known = {
        ref: (document_id, text_hash)
        for document_id, ref, text_hash in db.session.execute(
            sa.select(Document.id, Document.ref, Document.text_hash).where(
                Document.kind == kind, Document.ref.in_([text.ref for text in texts])
            )
        )
    }
    changed = [text for text in texts if known.get(text.ref, (0, ""))[1] != text.hash]
    if not changed:
        return 0
    forgotten = [known[text.ref][0] for text in changed if text.ref in known]
    if forgotten:
        db.session.execute(sa.delete(_postings).where(_postings.c.document_id.in_(forgotten)))
    ids = _documents_of(kind, changed)
    rows = [row for text in changed for row in _rows(ids[text.ref], text)]
    if rows:
        db.session.execute(upsert(Posting).on_conflict_do_nothing(), rows)
    return len(changed)


def _documents_of(kind: Kind, texts: list[Text]) -> dict[int, int]:
    """The rows of some documents, made or brought up to date: their ids by what they stand for."""
    insert = upsert(Document)
    statement = insert.on_conflict_do_update(
        index_elements=[Document.kind, Document.ref], set_={"text_hash": insert.excluded.text_hash}
    )
    for text in texts:
        owner = {"version_id": text.version_id, "comment_id": text.comment_id}
        db.session.execute(statement, {"kind": kind, "ref": text.ref, **owner, "text_hash": text.hash})
    found = sa.select(Document.ref, Document.id).where(
        Document.kind == kind, Document.ref.in_([text.ref for text in texts])
    )
    return dict(db.session.execute(found).all())


def _rows(document_id: int, text: Text) -> list[dict[str, int]]:
    """The postings of one document: its words, and each two that follow each other."""
    times: Counter[str] = Counter()
    length = 0
    for boost, words in ((boost, stems.terms(field)) for boost, field in text.fields):
        length += len(words)
        for term in words + stems.pairs(words):
            times[term] += boost
    scope = SCOPE_OF[text.kind].number
    by_code = {stems.code(term): weight(often, length) for term, often in times.items()}
    return [
        {"term": term, "scope": scope, "document_id": document_id, "weight": counts} for term, counts in by_code.items()
    ]


def remove(document_ids: Collection[int]) -> None:
    """Take documents out."""
    ids = list(document_ids)
    db.session.execute(sa.delete(_postings).where(_postings.c.document_id.in_(ids)))
    db.session.execute(sa.delete(_documents).where(_documents.c.id.in_(ids)))
