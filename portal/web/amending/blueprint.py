"""What all pages of the Forum's text share: the blueprint, the text with where its remarks point, addresses."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for
from flask_babel import gettext

from portal.comments.difference import Stretch, difference
from portal.forms.amending import Arrangement
from portal.forum.members import standing
from portal.kernel.errors import Forbidden, NotFound
from portal.opinions.amending import queries
from portal.opinions.amending.rows import AmendmentRow, SectionRow, SourceRow, TextPage
from portal.opinions.amending.rules import AmendmentKind, Phase, SectionRole, SourceKind
from portal.opinions.amending.writers import is_rapporteur, writes
from portal.opinions.requests import queries as requests
from portal.opinions.requests.rows import ForumRequest
from portal.web.door import current_actor, now
from portal.web.opinions.blueprint import Target, targets

bp = Blueprint("amending", __name__)
bp.add_app_template_global(AmendmentKind, "AmendmentKind")
bp.add_app_template_global(Arrangement, "Arrangement")
bp.add_app_template_global(SourceKind, "SourceKind")


@dataclass(frozen=True)
class Shown:
    """The text as its pages show it, and what the reader may do with it."""

    row: ForumRequest
    page: TextPage
    phase: Phase
    places: dict[str, Target]
    writes: bool
    is_rapporteur: bool
    member: int | None  # the organisation for which the reader acts, with a seat today

    def place(self, target: str) -> Target:
        """Where in the plan a remark points."""
        return self.places.get(target, Target("", ""))

    def section(self, section_id: int) -> SectionRow:
        """One of its sections, those that were taken away included."""
        found = next((one for one in (*self.page.sections, *self.page.removed) if one.id == section_id), None)
        if found is None:
            raise NotFound()
        return found

    @property
    def drafts(self) -> bool:
        """True if the reader writes in it now."""
        return self.writes and self.phase is Phase.DRAFT


def shown(number: int) -> Shown:
    """The text, for those who may read it."""
    row, actor = requests.request(number), current_actor()
    page = queries.text(actor, number)
    rapporteur = is_rapporteur(actor, page.rapporteur_id)
    return Shown(
        row=row,
        page=page,
        phase=page.phase(now()),
        places=targets(row.version_id),
        writes=writes(actor, page.rapporteur_id),
        is_rapporteur=rapporteur,
        member=member(row.forum_id),
    )


def member(forum_id: int) -> int | None:
    """The organisation with a seat for which the reader acts."""
    try:
        return standing(current_actor(), forum_id, now()).body_id
    except Forbidden:
        return None


def text_url(number: int, place: str = "") -> str:
    """The page of the text, at a place."""
    return url_for("amending.text", number=number) + (f"#{place}" if place else "")


@bp.app_template_global("section_name")
def section_name(role: SectionRole, label: str, *, full: bool = True) -> str:
    """What a section is called."""
    if role is SectionRole.PREAMBLE:
        return gettext("Preamble")
    if role is SectionRole.CONCLUSION:
        return gettext("Conclusion")
    return gettext("Remark %(label)s", label=label) if full else label


@bp.app_template_global("source_words")
def source_words(source: SourceRow) -> str:
    """What a source is called."""
    said = {"number": source.shown, "table": source.table}
    match source.kind:
        case SourceKind.COMMENT:
            return gettext("Remark n. %(number)s of the consultation", **said)
        case SourceKind.NOTE:
            return gettext("Note n. %(number)s of table %(table)s", **said)
        case SourceKind.PROPOSAL:
            return gettext("Proposal n. %(number)s of table %(table)s", **said)
        case SourceKind.STATEMENT:
            return gettext("Statement n. %(number)s", **said)
        case SourceKind.RAPPORTEUR:
            return gettext("Proposal of the rapporteur")


@bp.app_template_global("amendment_change")
def amendment_change(row: AmendmentRow) -> list[Stretch]:
    """Word by word what an amendment takes away and adds."""
    return row.change


@bp.app_template_global("since_opening")
def since_opening(section: SectionRow) -> list[Stretch]:
    """What amendments have changed in a section since they were opened; nothing if they have not."""
    if section.base_text is None or section.base_text == section.text:
        return []
    return difference(section.base_text, section.text)
