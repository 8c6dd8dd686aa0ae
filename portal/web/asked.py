"""The opinions that were asked for, of the Forum and of the Conferenza: on a version of the plan, by a vote."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from portal.opinions import queries as opinions
from portal.opinions.adoption.locked import request_of
from portal.opinions.requests import queries as requests
from portal.opinions.requests.rows import ForumRequest
from portal.opinions.requests.standing import standing as forum_standing
from portal.opinions.rows import RequestRow
from portal.opinions.standing import standing
from portal.web.cache import derived
from portal.web.door import now
from portal.web.labels import Label, label


@dataclass(frozen=True)
class Asked:
    """One request: its words, its page, where it is if that is told."""

    subject: str
    url: str
    state: Label | None = None


def opinions_on(version_id: int) -> list[Asked]:
    """The last request to each of those who are asked."""
    mayors = opinions.of_version(version_id)
    return [*map(_of_forum, requests.of_version(version_id)), *([_of_mayors(mayors)] if mayors else [])]


def opinion_of(poll_id: int) -> Asked | None:
    """The opinion that a vote is taken for, if it is taken for one: that never changes, so it is looked for once."""
    found = derived("opinion of a vote", poll_id, lambda: _request_of(poll_id))
    if found is None:
        return None
    number, subject, endpoint = found
    return Asked(subject, url_for(endpoint, number=number))


def _request_of(poll_id: int) -> tuple[int, str, str] | None:
    number = request_of(poll_id)
    if number is not None:
        return number, requests.request(number).subject, "requests.opinion"
    mayors = opinions.of_poll(poll_id)
    return (mayors.number, mayors.subject, "opinions.opinion") if mayors else None


def _of_forum(row: ForumRequest) -> Asked:
    return Asked(row.subject, url_for("requests.opinion", number=row.id), label(forum_standing(row.id, now()).shown))


def _of_mayors(row: RequestRow) -> Asked:
    return Asked(row.subject, url_for("opinions.opinion", number=row.number), label(standing(row.number, now()).stage))
