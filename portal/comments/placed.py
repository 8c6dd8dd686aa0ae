"""Remarks beside the place of the plan that they speak of: the joins and the columns that every list of them shares."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.comments.models import Comment, Consultation, Submission
from portal.plan.models import Action, Paragraph, Section
from portal.territory.models import Body

# The place in words, in the order in which the records of remarks and of points hold it.
PLACE: tuple[Any, ...] = (
    Action.code,
    Action.title,
    Section.code,
    Section.title,
    Comment.paragraph_id,
    Paragraph.key,
    Paragraph.number,
    Paragraph.kind,
    Paragraph.heading,
)
# The same, as short as a row of a table of the desks has it.
SHORT_PLACE: tuple[Any, ...] = (
    Action.code.label("action_code"),
    Section.code.label("section_code"),
    Paragraph.number.label("paragraph"),
)


def placed(query: sa.Select[Any]) -> sa.Select[Any]:
    """With the action, section and paragraph of each remark, where it has them."""
    return (
        query.outerjoin(Action, Action.id == Comment.action_id)
        .outerjoin(Section, Section.id == Comment.section_id)
        .outerjoin(Paragraph, Paragraph.id == Comment.paragraph_id)
    )


def sent(*columns: Any) -> sa.Select[Any]:
    """Columns of remarks with their submission, consultation, body and place."""
    return placed(
        sa.select(*columns)
        .select_from(Comment)
        .join(Submission, Submission.id == Comment.submission_id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .join(Body, Body.id == Comment.body_id)
    )
