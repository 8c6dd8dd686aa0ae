"""What a screen shows at this moment: what it was told, or the item in discussion; nothing that is not public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.comments import queries as remarks
from portal.comments.anchors import AnchorRow
from portal.comments.queries import Remark
from portal.comments.rules import CommentState
from portal.conferences.hall.rules import Shows
from portal.conferences.rules import SittingState
from portal.conferences.screen import rounds, said
from portal.conferences.screen.queries import Screen
from portal.conferences.screen.rounds import Round
from portal.conferences.screen.stage import Line, Stage
from portal.conferences.table.rules import Stance
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.plan import queries as plans
from portal.plan.queries import ActionRow, ParagraphRow
from portal.plan.rules import VersionState
from portal.voting import queries as polls
from portal.voting.queries import PollPage, Turnout
from portal.voting.rules import COUNTED_STATES, PollState
from portal.web import editions
from portal.web.voting.sheet import Sheet, sheet

EVERYBODY = Actor.anonymous()
Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Clause:
    """A paragraph of the plan, with the words in question marked."""

    number: int
    heading: str
    pieces: Pieces
    is_current: bool


@dataclass(frozen=True)
class Vote:
    """A poll: how many have answered, and, once it is closed, what came of it."""

    page: PollPage
    turnout: Turnout | None
    sheet: Sheet | None


@dataclass(frozen=True)
class Scene:
    """Everything that a screen draws."""

    screen: Screen
    stage: Stage
    shows: Shows
    line: Line | None = None
    action: ActionRow | None = None
    clauses: tuple[Clause, ...] = ()
    remark: Remark | None = None
    round: Round | None = None
    vote: Vote | None = None

    @property
    def asks(self) -> bool:
        """True while it changes without an entry in the record: answers to a vote are not told one by one."""
        return self.vote is not None and self.vote.turnout is not None

    @property
    def stances(self) -> tuple[Stance, ...]:
        """What bodies can say of an action."""
        return tuple(Stance)

    @property
    def mark(self) -> str:
        """Changes when something else is shown, so that a text is not paged back at every news."""
        line = self.line.item["id"] if self.line else 0
        vote = f"{self.vote.page.id}.{self.vote.page.state.value}" if self.vote else ""
        screen = self.screen
        return "-".join(
            str(part)
            for part in (
                self.shows.value,
                line,
                screen.action_id,
                screen.paragraph,
                screen.remark,
                screen.round_id,
                vote,
            )
        )


def scene(stage: Stage, screen: Screen, now: datetime) -> Scene:
    """What to draw; what is not public any more gives way to the item in discussion."""
    if not screen.follows:
        shown = _told(stage, screen, now)
        if shown is not None:
            return shown
    line = stage.now if stage.state is SittingState.IN_SESSION else None
    if line is None:
        return Scene(screen, stage, Shows.WAITING)
    return _put_to_vote(stage, screen, line) or _item(stage, screen, line)


def _put_to_vote(stage: Stage, screen: Screen, line: Line) -> Scene | None:
    """A vote while it is open; what came of the last one on the item, until somebody speaks."""
    found = said.votes(stage.found.row.number)
    shown = [one for one in found if one.state is PollState.OPEN]
    if not shown and stage.speaking is None:
        shown = [one for one in found if one.item_id == line.item["id"] and one.state in COUNTED_STATES]
    vote = vote_of(shown[0].number) if shown else None
    return Scene(screen, stage, Shows.POLL, line, vote=vote) if vote else None


def _told(stage: Stage, screen: Screen, now: datetime) -> Scene | None:
    match screen.shows:
        case Shows.ITEM:
            line = stage.line(screen.item_id)
            return _item(stage, screen, line) if line else None
        case Shows.PARAGRAPH:
            action = action_of(stage, action_id=screen.action_id)
            line = stage.line(screen.item_id) or stage.now
            return _text(stage, screen, line, action, screen.paragraph) if action else None
        case Shows.REMARK:
            return _remark(stage, screen)
        case Shows.INDICATION:
            found = rounds.round_shown(screen.round_id or 0, now)
            return Scene(screen, stage, Shows.INDICATION, round=found) if found else None
        case Shows.POLL:
            vote = vote_of(screen.poll_id or 0)
            return Scene(screen, stage, Shows.POLL, vote=vote) if vote else None
        case Shows.MESSAGE | Shows.WAITING:
            return Scene(screen, stage, screen.shows)


def _item(stage: Stage, screen: Screen, line: Line) -> Scene:
    """An item, with the text of its action if it is about one alone."""
    codes = [action["code"] for action in line.item["actions"]]
    action = action_of(stage, code=codes[0]) if len(codes) == 1 else None
    if action is None:
        return Scene(screen, stage, Shows.ITEM, line)
    return Scene(screen, stage, Shows.ITEM, line, action, clauses(action.paragraphs, ""))


def _text(stage: Stage, screen: Screen, line: Line | None, action: ActionRow, key: str) -> Scene:
    shown = action.all_paragraphs() if key else action.paragraphs
    return Scene(screen, stage, Shows.PARAGRAPH, line, action, clauses(shown, key))


def _remark(stage: Stage, screen: Screen) -> Scene | None:
    """An admitted remark as anybody reads it on its own page, beside the words it speaks of."""
    try:
        found = remarks.remark(EVERYBODY, screen.remark or 0)
    except NotFound:
        return None
    if not found.visible or found.state is not CommentState.ADMITTED:
        return None
    quoted: tuple[AnchorRow, ...] = remarks.anchors_of([found.id]).get(found.id, ())
    clause: tuple[Clause, ...] = ()
    if found.paragraph_text and found.paragraph_number is not None:
        spans = [(row.start, row.end) for row in quoted if row.is_quote and row.paragraph == found.paragraph_key]
        words = pieces(found.paragraph_text, spans)
        clause = (Clause(found.paragraph_number, found.paragraph_heading or "", words, False),)
    return Scene(screen, stage, Shows.REMARK, stage.now, None, clause, found)


def vote_of(poll_id: int) -> Vote | None:
    """A vote as everybody may know it at this moment."""
    try:
        page = polls.poll(EVERYBODY, poll_id)
    except NotFound:
        return None
    counted = page.closed_at is not None and page.outcome_data is not None and page.state is not PollState.ANNULLED
    turnout = polls.turnout(page) if page.state is PollState.OPEN else None
    return Vote(page, turnout, sheet(page) if counted else None)


def action_of(stage: Stage, *, action_id: int | None = None, code: str = "") -> ActionRow | None:
    """An action of the conference's text, if that text is public."""
    plan = stage.found.convocation.content["plan"]
    known = editions.shelf().editions
    edition = next((one for one in known if plan and one.version_id == plan["id"]), None)
    if edition is None or edition.state is VersionState.DRAFT:
        return None
    tree = plans.tree(edition.version_id, edition.mark)
    return tree.action(code) if code else next((one for one in tree.actions if one.id == action_id), None)


def clauses(paragraphs: Iterable[ParagraphRow], key: str) -> tuple[Clause, ...]:
    """Paragraphs in their order, the one in question marked."""
    return tuple(Clause(one.number, one.heading, ((one.text, False),), one.key == key) for one in paragraphs)


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> Pieces:
    """The text cut at the words in question."""
    found: list[tuple[str, bool]] = []
    done = 0
    for start, end in sorted(spans):
        if start >= done and end <= len(text):
            found += [(text[done:start], False), (text[start:end], True)]
            done = end
    return tuple((words, marked) for words, marked in [*found, (text[done:], False)] if words)
