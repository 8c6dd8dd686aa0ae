"""The opinions that were asked for on a version of the plan: the Forum's, the Conferenza's, where each has come."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from portal.opinions import queries as opinions
from portal.opinions.requests import queries as requests
from portal.opinions.requests.standing import standing as forum_standing
from portal.opinions.standing import standing
from portal.web.door import now
from portal.web.labels import Label, label


@dataclass(frozen=True)
class Asked:
    """One request: its words, its page, where it is."""

    subject: str
    url: str
    state: Label


def opinions_on(version_id: int) -> list[Asked]:
    """The last request to each of those who are asked."""
    found = [
        Asked(row.subject, url_for("requests.opinion", number=row.id), label(forum_standing(row.id, now()).shown))
        for row in requests.of_version(version_id)
    ]
    mayors = opinions.of_version(version_id)
    if mayors is not None:
        at = url_for("opinions.opinion", number=mayors.number)
        found.append(Asked(mayors.subject, at, label(standing(mayors.number, now()).stage)))
    return found
