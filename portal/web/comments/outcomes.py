"""What became of the remarks of a list, in words."""

from __future__ import annotations

from collections.abc import Iterable

from portal.comments.queries import Remark
from portal.drafting import queries as answers
from portal.web.labels import Label, label


def outcomes_of(remarks: Iterable[Remark]) -> dict[int, Label]:
    """The published outcome of each remark that has one, by id."""
    found = answers.outcomes_of([remark.id for remark in remarks])
    return {comment_id: label(outcome) for comment_id, outcome in found.items()}
