"""Art. 14: an organisation asks for a change of the text that is open to amendments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.db import atomic, db
from portal.forum.members import Member, standing
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.amending import locked
from portal.opinions.amending.edits import combine, edits
from portal.opinions.amending.events import ForumAmendmentProposed
from portal.opinions.amending.models import Amendment, ForumSection
from portal.opinions.amending.rules import (
    HEADING_LIMIT,
    MOST_AMENDMENTS,
    REASON_LIMIT,
    TEXT_LIMIT,
    AmendmentKind,
    SectionRole,
    check_kind,
    meet,
)
from portal.opinions.models import OpinionRequest
from portal.opinions.requests import queries as requests
from portal.opinions.requests.standing import check_running
from portal.opinions.rules import OpinionKind
from portal.opinions.write_text import target


@dataclass(frozen=True)
class Proposal:
    """An amendment as it was typed over a wording of the section; `apart`: a remark of its own, after the section."""

    section_id: int
    base: int
    kind: AmendmentKind
    text: str
    reason: str
    apart: bool = False
    heading: str = ""
    why: str = ""
    action_id: int | None = None
    paragraph_id: int | None = None
    opinion: OpinionKind | None = None


@dataclass(frozen=True)
class Proposed:
    """The number everybody knows it by; `carried`: it was put over a text that had changed meanwhile."""

    number: int
    carried: bool


class Outdated(Conflict):
    """The same words of the section have changed since the page was opened."""

    code = "outdated"
    default = N_("The same words have changed since you opened the page: read the text as it stands now, then propose.")

    def __init__(self, stored: str, revision: int) -> None:
        super().__init__()
        self.stored, self.revision = stored, revision


@atomic()
def propose(actor: Actor, request_id: int, wanted: Proposal, *, now: datetime) -> Proposed:
    """Over the wording that the page showed; over an older one if what changed since is elsewhere in the section."""
    locked.amended(request_id, now)
    member = standing(actor, requests.request(request_id).forum_id, now)
    check_running(request_id, now)
    section = locked.section(request_id, wanted.section_id)
    number = len(locked.amendments(request_id)) + 1
    if number > MOST_AMENDMENTS:
        raise Conflict(N_("There are too many amendments to this text."), code="too_many")
    text, carried = _text(section, wanted)
    row = Amendment(
        request_id=request_id,
        number=number,
        section_id=section.id,
        kind=wanted.kind,
        apart=wanted.apart,
        filed_revision=section.revision,
        filed_text=text,
        base_revision=section.revision,
        text=text,
        opinion=_opinion(section, wanted),
        reason=typed(wanted.reason, field="reason", limit=REASON_LIMIT),
        body_id=member.body_id,
        person_id=member.person_id,
        mandate_id=member.mandate_id,
        proposed_at=now,
    )
    _of_its_own(row, request_id, wanted)
    db.session.add(row)
    db.session.flush()
    record(_event(row, member, carried), actor=actor, now=now)
    return Proposed(number, carried)


def _text(section: ForumSection, wanted: Proposal) -> tuple[str, bool]:
    """What the section would be, over its present wording; for a remark of its own what it asks for."""
    if wanted.apart:
        if wanted.kind is not AmendmentKind.ADDITIVE or section.role is SectionRole.CONCLUSION:
            raise Invalid(N_("A remark of its own is added after the preamble or after a remark."), code="apart")
        return typed(wanted.text, field="text", limit=TEXT_LIMIT), False
    if wanted.kind is AmendmentKind.SUPPRESSIVE:
        check_kind(wanted.kind, section.role, section.text, "")
        return "", wanted.base != section.revision
    text = typed(wanted.text, field="text", limit=TEXT_LIMIT, required=False)
    base = section.text
    if wanted.base != section.revision:
        base = locked.wording(section.id, wanted.base).text
    check_kind(wanted.kind, section.role, base, text, opinion=wanted.opinion is not None)
    if base == section.text:
        return text, False
    mine, since = edits(base, text), edits(base, section.text)
    if meet(wanted.kind, mine, AmendmentKind.MODIFYING, since):
        raise Outdated(section.text, section.revision)
    return combine(base, since, mine), True


def _opinion(section: ForumSection, wanted: Proposal) -> OpinionKind | None:
    """Another kind of opinion is asked for with the conclusion, which draws it."""
    if wanted.opinion is None:
        return None
    if section.role is not SectionRole.CONCLUSION or wanted.kind is AmendmentKind.ADDITIVE:
        raise Invalid(
            N_("Another kind of opinion is asked for by modifying or replacing the conclusion."),
            code="opinion",
            field="opinion",
        )
    return wanted.opinion


def _of_its_own(row: Amendment, request_id: int, wanted: Proposal) -> None:
    row.heading, row.why = "", ""
    if not wanted.apart:
        return
    row.heading = typed(wanted.heading, field="heading", limit=HEADING_LIMIT, required=False)
    row.why = typed(wanted.why, field="why", limit=REASON_LIMIT)
    if wanted.action_id is None and wanted.paragraph_id is None:
        raise Invalid(N_("Choose an action or a paragraph of this version."), code="target", field="target")
    found = db.session.get(OpinionRequest, request_id)
    if found is None:
        raise NotFound()
    row.action_id, row.paragraph_id = target(wanted.action_id, wanted.paragraph_id, found.version_id)


def _event(row: Amendment, member: Member, carried: bool) -> ForumAmendmentProposed:
    hashed = text_digest(row.filed_text)
    return ForumAmendmentProposed(
        row.request_id, row.number, row.section_id, row.kind.value, member.body_id, hashed, carried
    )
