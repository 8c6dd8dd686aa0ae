"""The step of the procedure in which the plan refers to the Forum's document (art. 14 c.3)."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext

from portal.comments.consultation_queries import Edition
from portal.opinions.proposals import coverage, paper_queries
from portal.opinions.proposals.rules import Degree
from portal.web.path import Step
from portal.web.proposals.blueprint import forum_words


def document_steps(plan: Edition | None) -> list[Step]:
    """One for the document of each Forum: done once something is said of every item."""
    title, article = gettext("Reference to the document of the Forum"), gettext("Statute art. 14 c.3")
    who, found = gettext("Drafting office"), []
    for row in paper_queries.in_force() if plan else []:
        assert plan is not None  # asked just before
        matrix = coverage.matrix(row.id, plan.version_id)
        said = {
            "forum": forum_words(row.forum),
            "version": row.number,
            "covered": matrix.counts[Degree.COVERED],
            "partly": matrix.counts[Degree.PARTLY],
            "none": matrix.counts[Degree.NOT_COVERED],
            "open": matrix.counts[None],
            "n": matrix.items,
        }
        text = gettext(
            "%(forum)s, version %(version)s of the document: of %(n)s items %(covered)s are covered, %(partly)s in"
            " part, %(none)s not, %(open)s not looked at yet."
        )
        state = "done" if matrix.is_complete else "current" if matrix.looked_at else "todo"
        found.append(Step(title, state, article, who, text % said, url=url_for("proposals.matrix", paper_id=row.id)))
    if found:
        return found
    text = gettext("The Forum has not adopted its document yet; once it does, the plan refers to it item by item.")
    return [Step(title, "todo", article, who, text, url=url_for("proposals.papers"))]
