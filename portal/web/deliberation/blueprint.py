"""What all pages of a discussion share: the blueprint, the discussion as it is shown, choices of places."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint
from flask_babel import gettext
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.forms.base import options
from portal.forum.members import Member
from portal.kernel.clock import days_left
from portal.kernel.errors import NotFound
from portal.opinions.deliberation import queries, standing
from portal.opinions.deliberation.counting import Mark
from portal.opinions.deliberation.rows import DiscussionRow, TableRow
from portal.opinions.deliberation.rules import Phase
from portal.opinions.requests import queries as requests
from portal.opinions.requests.rows import ForumRequest
from portal.plan import queries as plan
from portal.web import editions
from portal.web.door import current_actor, now
from portal.web.labels import label

bp = Blueprint("deliberation", __name__)


@dataclass(frozen=True)
class Shown:
    """A request with its discussion, and what the reader is in it."""

    row: ForumRequest
    discussion: DiscussionRow | None
    member: Member | None
    manages: bool

    @property
    def goes_on(self) -> bool:
        """True while statements are offered and weighed."""
        return self.discussion is not None and self.discussion.phase is Phase.RUNNING

    @property
    def is_over(self) -> bool:
        """True from its end on."""
        return self.discussion is not None and self.discussion.phase is Phase.ENDED

    @property
    def days_left(self) -> int:
        """Whole days until its end."""
        return days_left(self.discussion.ends_at, now()).days if self.discussion else 0

    @property
    def may_sit(self) -> bool:
        """True while organisations join tables."""
        return self.discussion is not None and self.discussion.phase is not Phase.ENDED


def shown(number: int) -> Shown:
    """A request to a Forum as its discussion shows it."""
    row, actor = requests.request(number), current_actor()
    return Shown(
        row, queries.discussion(number, now()), standing.member_or_none(actor, number, now()), standing.manages(actor)
    )


def opened(number: int) -> tuple[Shown, DiscussionRow]:
    """The same where a discussion was opened."""
    found = shown(number)
    if found.discussion is None:
        raise NotFound()
    return found, found.discussion


def table_choices(number: int) -> list[SelectChoice]:
    """The tables that a statement can come from."""
    rows: list[TableRow] = queries.tables(number)
    return [*options([("", gettext("No table in particular"))]), *options([(row.number, row.title) for row in rows])]


def section_choices(version_id: int) -> list[SelectChoice]:
    """The parts of a version of the plan that a table can be about."""
    edition = next((e for e in editions.shelf().editions if e.version_id == version_id), None)
    sections = plan.tree(version_id, edition.mark).sections if edition else []
    named = [(one.id, f"{one.code} {one.title}") for one in sections]
    return options([("", gettext("The plan as a whole")), *named])


@bp.app_template_global("mark_words")
def mark_words(code: str) -> str:
    """What was said of a statement, as a document has kept it."""
    return label(Mark(code)).text
