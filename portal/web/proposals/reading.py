"""What everybody reads of the Forum's proposals: the list with what is overdue on top, and one with its path."""

from __future__ import annotations

from collections import Counter

from flask import render_template, request
from flask_babel import gettext

from portal.forms.proposals import ApproveForm, SupportForm
from portal.forum import settings
from portal.kernel.clock import local_day
from portal.kernel.permissions import Permission, can
from portal.opinions.proposals import queries
from portal.opinions.proposals.rules import ProposalStage
from portal.web.cache import public_page
from portal.web.door import access, current_actor, fresh, now
from portal.web.labels import label
from portal.web.proposals.blueprint import Shown, bp, shown, steps

LATE = "late"


@bp.get("/forum/proposte")
@access(Permission.PUBLIC_READ)
@public_page
def index() -> str:
    """What is overdue on top, then what has a term, then the latest first; by stage, or by what is late."""
    every = [shown(row) for row in queries.proposals(current_actor())]
    wanted = request.args.get("stato", "")
    left = [one for one in every if _fits(one, wanted)]
    stages = [one for one in ProposalStage if any(found.stands.stage is one for found in every)]
    late = [one for one in every if one.stands.overdue]
    return render_template(
        "proposals/index.html",
        every=every,
        late=sorted((one for one in left if one.stands.overdue), key=lambda one: -one.stands.days_late),
        rows=sorted((one for one in left if not one.stands.overdue), key=_soonest),
        wanted=wanted,
        choices=_choices(every, stages, late),
        decided=sum(1 for one in every if one.stands.stage is ProposalStage.DECIDED),
        sent=sum(1 for one in every if one.row.sent_on),
        overdue=len(late),
        supports=queries.support_counts(),
        may_write=_may_write(),
    )


def _soonest(one: Shown) -> tuple[bool, int]:
    """Running terms first, the nearest of them on top; the others stay as they are, latest first."""
    return one.stands.left is None, one.stands.left or 0


def _fits(one: Shown, wanted: str) -> bool:
    return not wanted or one.stands.stage.value == wanted or (wanted == LATE and one.stands.overdue)


def _choices(every: list[Shown], stages: list[ProposalStage], late: list[Shown]) -> list[tuple[str, str, int]]:
    """What the list can be narrowed to: value, words, how many."""
    counts = Counter(one.stands.stage for one in every)
    overdue = [(LATE, gettext("Overdue"), len(late))] if late else []
    return [("", gettext("All"), len(every)), *overdue, *((s.value, label(s).text, counts[s]) for s in stages)]


def _may_write() -> bool:
    actor = current_actor()
    return can(actor, Permission.FORUM_TAKE_PART) or can(actor, Permission.FORUM_MANAGE)


@bp.get("/forum/proposte/<int:number>")
@access(Permission.PUBLIC_READ)
@public_page
def proposal(number: int) -> str:
    """One proposal: its words, its path, the terms as a line, who supports it, what the Council decided."""
    actor = current_actor()
    found = shown(queries.proposal(actor, number))
    row, stage = found.row, found.stands.stage
    own = actor.acting.body_id if actor.acting and can(actor, Permission.FORUM_TAKE_PART) else None
    supporters = queries.supporters(number)
    staff = can(actor, Permission.FORUM_MANAGE)
    is_own = own == row.body_id if own is not None else staff and row.body_id is None
    return render_template(
        "proposals/proposal.html",
        found=found,
        row=row,
        stage=stage,
        steps=steps(found),
        supporters=supporters,
        needed=settings.of(row.forum_id, local_day(now())).proposal_supporters,
        is_own=is_own,
        may_support=own is not None and own != row.body_id and stage in {ProposalStage.WRITTEN, ProposalStage.APPROVED},
        supports=any(one.body_id == own and one.current for one in supporters),
        support_form=fresh(SupportForm, read=row.text_hash),
        approve_form=fresh(ApproveForm, read=row.text_hash) if staff else None,
        answers=can(actor, Permission.FORUM_ANSWER),
        undecided=stage not in {ProposalStage.DECIDED, ProposalStage.WITHDRAWN},
    )
