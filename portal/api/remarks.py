"""Remarks with what became of them."""

from __future__ import annotations

from typing import Any

from portal.api import parameters as given
from portal.api import shapes
from portal.api.door import Described, Page, Values, cut, is_demonstration, link, operation
from portal.api.parameters import Choice, Number, Parameter
from portal.comments.anchors import AnchorRow
from portal.comments.attachments import Attached
from portal.comments.rules import CommentKind, CommentState
from portal.drafting.rules import Outcome
from portal.kernel.words import N_
from portal.records import open_remarks
from portal.records.open_remarks import OpenRemark, Wanted

GROUP = N_("Remarks")
_FILTERS = (
    Number("consultation", N_("Only those of this consultation.")),
    Parameter("plan", N_("Only those on this plan, by its address.")),
    Parameter("action", N_("Only those on the action or section of this code.")),
    Parameter("body", N_("Only those of the body with this key.")),
    Choice("kind", N_("Only those that ask for this."), among=tuple(CommentKind)),
    Choice("state", N_("Only those that stand here."), among=(CommentState.SUBMITTED, CommentState.ADMITTED)),
    Choice("outcome", N_("Only those whose published answer has this outcome."), among=tuple(Outcome)),
)


@operation(
    "/comments",
    N_("The remarks that anybody may read, by number, with their answers: the columns of the open data."),
    Described(shapes.listed("Comment"), GROUP, (given.LIMIT, given.AFTER_NUMBER, *_FILTERS)),
)
def comments(limit: int, after: int, consultation: int | None, plan: str | None, **more: Any) -> Page:
    """Oldest first, from after a number on: what comes later is always at the end."""
    wanted = Wanted(
        consultation_id=consultation,
        plan_slug=plan,
        body_key=more["body"],
        action_code=more["action"],
        kind=more["kind"],
        state=more["state"],
        outcome=more["outcome"],
    )
    found = open_remarks.remarks(wanted, after=after, limit=limit + 1, demonstration=is_demonstration())
    return cut([_remark(row) for row in found], limit, lambda remark: remark["number"])


@operation(
    "/comments/{number}",
    N_("One remark by its public number."),
    Described(shapes.named("Comment"), GROUP, in_path=(given.NUMBER,)),
)
def comment(number: int) -> Values:
    """As anybody may read it; nothing is there where the text is hidden."""
    return _remark(open_remarks.remark(number, demonstration=is_demonstration()))


def _remark(row: OpenRemark) -> Values:
    return {
        **row.values,
        "territory": list(row.territory),
        "plan_slug": row.plan_slug,
        "consultation_id": row.consultation_id,
        "anchors": [_anchor(anchor) for anchor in row.anchors],
        "attachments": [_attachment(attached) for attached in row.attachments],
        "url": link("api.comment", number=row.number),
        "page": link("comments.remark", number=row.number),
        "annotation": link("feeds.annotation", number=row.number),
    }


def _anchor(anchor: AnchorRow) -> Values:
    return {
        "paragraph_key": anchor.paragraph,
        "paragraph_number": anchor.paragraph_number,
        "action": anchor.action_code,
        "section": anchor.section_code,
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "start": anchor.start,
        "end": anchor.end,
    }


def _attachment(file: Attached) -> Values:
    return {"name": file.name, "type": file.kind.value, "size": file.size, "sha256": file.sha256}
