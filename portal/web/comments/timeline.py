"""What happened to a remark and what comes next, from the facts in the rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from portal.comments.queries import Decision, Remark
from portal.comments.rules import CommentState
from portal.drafting.queries import AnswerView
from portal.drafting.rules import AnswerState
from portal.web.labels import label


@dataclass(frozen=True)
class Step:
    """One step of the timeline."""

    title: str
    state: str  # done | current | todo | stopped
    at: datetime | None = None
    text: str = ""
    url: str = ""


def steps(remark: Remark, decision: Decision | None, answer: AnswerView | None) -> list[Step]:
    """Received, admitted, in preparation, answered; or where it ended."""
    late = gettext("It arrived after the deadline and is listed as late.") if remark.is_late else ""
    path = [Step(gettext("Received"), "done", remark.submitted_at, late)]
    if remark.state is CommentState.WITHDRAWN:
        return [*path, Step(gettext("Withdrawn by the body that sent it"), "stopped")]
    if remark.state is CommentState.NOT_ADMITTED:
        return [*path, _refused(decision)]
    if remark.state is CommentState.SUBMITTED:
        waiting = gettext("The secretariat examines it.")
        rest = [Step(gettext("Answer in preparation"), "todo"), Step(gettext("Answer published"), "todo")]
        return [*path, Step(gettext("Admission"), "current", text=waiting), *rest]
    path.append(Step(gettext("Admitted"), "done", decision.decided_at if decision else None))
    return [*path, *_answered(answer)]


def _refused(decision: Decision | None) -> Step:
    reason = label(decision.reason_code).text if decision and decision.reason_code else ""
    return Step(gettext("Not admitted"), "stopped", decision.decided_at if decision else None, reason)


def _answered(answer: AnswerView | None) -> list[Step]:
    preparing, published = gettext("Answer in preparation"), gettext("Answer published")
    if answer is None:
        return [
            Step(preparing, "current", text=gettext("The drafting office will answer it.")),
            Step(published, "todo"),
        ]
    if answer.state is not AnswerState.PUBLISHED:
        doing = gettext("The drafting office is writing the answer.")
        return [Step(preparing, "current", text=doing), Step(published, "todo")]
    outcome = label(answer.outcome).text if answer.outcome else ""
    return [Step(preparing, "done"), Step(published, "done", answer.published_at, outcome)]
