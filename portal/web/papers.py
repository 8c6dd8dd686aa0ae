"""Documents of opinions by their fingerprint, of the Conferenza and of the Forum alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from portal.kernel.canonical import text_digest
from portal.opinions import queries as mayors
from portal.opinions.requests import queries as forum
from portal.opinions.requests.rows import ForumDocumentRow
from portal.opinions.rows import DocumentRow
from portal.web.labels import label

_FINGERPRINT = re.compile(r"^[0-9a-fA-F]{64}$")


@dataclass(frozen=True)
class Paper:
    """A document that was found."""

    title: str
    request: int
    subject: str
    drawn_at: datetime
    transmitted_at: datetime | None
    sha256: str
    url: str


def found(given: str) -> Paper | None:
    """What was given may be the fingerprint of a document, or the very file it belongs to."""
    given = given.strip()
    sha256 = given.lower() if _FINGERPRINT.match(given) else text_digest(given)
    of_mayors, of_forum = mayors.by_fingerprint(sha256), forum.by_fingerprint(sha256)
    if of_mayors is not None:
        return _paper(of_mayors, "opinions.document")
    return _paper(of_forum, "requests.document") if of_forum is not None else None


def _paper(row: DocumentRow | ForumDocumentRow, endpoint: str) -> Paper:
    url = url_for(endpoint, number=row.request, which=row.number)
    subject = str(row.content["request"]["subject"])
    return Paper(label(row.kind).text, row.request, subject, row.drawn_at, row.transmitted_at, row.sha256, url)
