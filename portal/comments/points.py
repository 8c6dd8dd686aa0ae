"""Statute art. 12-13 and 32 c.7: what a point must be before it can be submitted. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from portal.comments.passages import Passage
from portal.comments.rules import CommentKind
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.text import is_blank, typed
from portal.kernel.words import N_, Words

OBSERVATION_LIMIT = 5_000
PROPOSED_LIMIT = 10_000
REASONS_LIMIT = 5_000
NOTE_LIMIT = 2_000
POINTS_LIMIT = 100  # points in one submission
DRAFTS_LIMIT = 50  # unfinished submissions of one body
LIMITS = {"observation": OBSERVATION_LIMIT, "proposed_text": PROPOSED_LIMIT, "reasons": REASONS_LIMIT}


@dataclass(frozen=True)
class Place:
    """Where a point stands: a paragraph, an action, a section, or the plan as a whole."""

    consultation_id: int
    action_id: int | None = None
    section_id: int | None = None
    paragraph_id: int | None = None


@dataclass(frozen=True)
class Point:
    """What somebody writes about one place."""

    kind: CommentKind
    observation: str = ""
    proposed_text: str = ""
    reasons: str = ""
    territory: tuple[int, ...] = ()
    passages: tuple[Passage, ...] = ()  # chosen words; none means all of the paragraph it stands at


class Overtaken(Conflict):
    """Somebody saved the same point in another window; both texts are kept."""

    code = "overtaken"
    default = N_("This remark was changed in another window. Your text is below, the saved one is beside it.")

    def __init__(self, stored: Point, revision: int) -> None:
        super().__init__()
        self.stored = stored
        self.revision = revision


def cleaned(point: Point) -> Point:
    """The point as it will be stored; a draft may be unfinished, but never too long nor with control characters."""

    def text(field: str) -> str:
        return typed(getattr(point, field), field=field, limit=LIMITS[field], required=False)

    return replace(
        point,
        observation=text("observation"),
        proposed_text=text("proposed_text"),
        reasons=text("reasons"),
        territory=tuple(sorted(set(point.territory))),
    )


def missing(point: Point, current_text: str | None) -> Iterable[tuple[str, Words]]:
    """What still has to be written before the point can be submitted: (field, what to do).

    `current_text` is what a proposal would take the place of: the chosen words, or the whole paragraph.
    """
    if is_blank(point.observation):
        yield "observation", Words(N_("Write the observation."))
    if point.kind is not CommentKind.CHANGE_REQUEST:
        return
    if is_blank(point.proposed_text):
        yield "proposed_text", Words(N_("A change request needs the text that you propose."))
    elif current_text is not None and point.proposed_text.split() == current_text.split():
        yield "proposed_text", Words(N_("The proposed text is the same as the current one: change it."))


def check(points: Iterable[tuple[int, Point, str | None]]) -> None:
    """Refuse a submission with unfinished points, naming all of them: (position, point, current text) each."""
    problems = [
        Words(N_("Point %(position)d: %(what)s"), {"position": position, "what": words})
        for position, point, current_text in points
        for _, words in missing(point, current_text)
    ]
    if problems:
        raise Invalid(N_("Complete the remark before sending it."), code="unfinished", problems=problems)
