"""Write documents into the index and take them out of it, inside the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from portal.db import db, dialect, upsert
from portal.search import stems
from portal.search.models import Document, Posting
from portal.search.rules import SCOPE_OF, Kind, weight
from portal.search.texts import Text

ASKED_AT_ONCE = 400  # rows named in one statement
_documents: Any = Document.__table__
_postings: Any = Posting.__table__
_NAMES = ("term", "scope", "document_id", "weight")
Row = tuple[int, int, int, int]  # in the order of the names


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
    _store([row for text in changed for row in _rows(ids[text.ref], text)])
    return len(changed)


def _store(rows: list[Row]) -> None:
    """Many small rows at once: on PostgreSQL as one statement with an array for each column."""
    if not rows:
        return
    insert = upsert(Posting).on_conflict_do_nothing()
    if dialect() != "postgresql":
        db.session.connection().execute(insert, [dict(zip(_NAMES, row, strict=True)) for row in rows])
        return
    given = [
        sa.cast(list(values), ARRAY(_postings.c[name].type))
        for name, values in zip(_NAMES, zip(*rows, strict=True), strict=True)
    ]
    found = sa.func.unnest(*given).table_valued(*_NAMES).render_derived()
    db.session.execute(upsert(Posting).from_select(_NAMES, sa.select(found)).on_conflict_do_nothing())


def _documents_of(kind: Kind, texts: list[Text]) -> dict[int, int]:
    """The rows of some documents, made or brought up to date: their ids by what they stand for."""
    insert = upsert(Document)
    statement = insert.on_conflict_do_update(
        index_elements=[Document.kind, Document.ref], set_={"text_hash": insert.excluded.text_hash}
    )
    rows = [
        {
            "kind": kind,
            "ref": text.ref,
            "version_id": text.version_id,
            "comment_id": text.comment_id,
            "text_hash": text.hash,
        }
        for text in texts
    ]
    db.session.connection().execute(statement, rows)
    found = sa.select(Document.ref, Document.id).where(
        Document.kind == kind, Document.ref.in_([text.ref for text in texts])
    )
    return dict(db.session.execute(found).all())


def _rows(document_id: int, text: Text) -> list[Row]:
    """The postings of one document: its words, and each two that follow each other."""
    times: Counter[str] = Counter()
    length = 0
    for boost, words in ((boost, stems.terms(field)) for boost, field in text.fields):
        length += len(words)
        for term in words + stems.pairs(words):
            times[term] += boost
    scope = SCOPE_OF[text.kind].number
    by_code = {stems.code(term): weight(often, length) for term, often in times.items()}
    return [(term, scope, document_id, counts) for term, counts in by_code.items()]


def remove(document_ids: Collection[int]) -> None:
    """Take documents out."""
    ids = list(document_ids)
    db.session.execute(sa.delete(_postings).where(_postings.c.document_id.in_(ids)))
    db.session.execute(sa.delete(_documents).where(_documents.c.id.in_(ids)))
