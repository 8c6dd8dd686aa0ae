"""The panels of the cockpit: what each is called, which template draws it, which events of the stream touch it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from flask import url_for

from portal.accounts import two_persons
from portal.conferences.cockpit import headline
from portal.conferences.cockpit.headline import Headline
from portal.conferences.floor import board as floor
from portal.conferences.floor.board import FloorBoard
from portal.conferences.follow import help as asking
from portal.conferences.hall import agenda
from portal.conferences.hall import board as hall
from portal.conferences.hall.agenda import CourseBoard
from portal.conferences.hall.board import PresenceBoard
from portal.conferences.queries import SittingRow
from portal.conferences.table import board as table
from portal.conferences.table.board import TableBoard
from portal.journal import hearing
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, can
from portal.opinions import queries as opinions
from portal.voting import tallies
from portal.voting.rules import PollState
from portal.web.cockpit import log
from portal.web.cockpit.log import Line, Names
from portal.web.screen.halls import Choices, choices

LOG_ENTRIES, LOG_LINES = 60, 30


@dataclass(frozen=True)
class Panel:
    """A part of the cockpit that is drawn by itself."""

    name: str
    template: str
    frame: str = "section"  # or the class of a part of the head or the foot


class Desk:
    """What the panels show, read when a panel needs it and once only."""

    back = "regia"  # where the forms of the panels lead back to

    def __init__(self, actor: Actor, row: SittingRow, now: datetime, seen: int) -> None:
        self.actor, self.row, self.now, self.seen = actor, row, now, seen
        self.stream = f"sitting:{row.number}"

    def has(self, panel: str) -> bool:
        """False for a panel that has nothing to show and takes no room."""
        return panel != "aiuto" or bool(self.help)

    @cached_property
    def head(self) -> Headline:
        """State, item, presence on both axes, what can be taken back."""
        return headline.headline(self.actor, self.row.number, self.now)

    @cached_property
    def presence(self) -> PresenceBoard:
        """Who is there, the roll calls, the claims."""
        return hall.presence_board(self.actor, self.row.number, self.now)

    @cached_property
    def course(self) -> CourseBoard:
        """The agenda with states and times."""
        return agenda.course_board(self.actor, self.row.number, self.now)

    @cached_property
    def floor(self) -> FloorBoard:
        """Who speaks, who waits."""
        return floor.floor_board(self.actor, self.row.number, self.now)

    @cached_property
    def table(self) -> TableBoard:
        """Remarks, indications, votes."""
        return table.table_board(self.actor, self.row.number, self.now)

    @cached_property
    def to_prepare(self) -> str:
        """Where the vote on the item is prepared if it is to give an opinion: there its text is frozen."""
        number, item = self.row.number, self.table.item
        if item is None:
            return ""
        for one in opinions.of_sitting(number):
            if any(held.number == number and held.item == item.number for held in opinions.sittings(one.number)):
                here = url_for("cockpit.cockpit", number=number)
                return url_for("opinions.vote", number=one.number, seduta=number, next=here)
        return ""

    @cached_property
    def handed(self) -> dict[int, list[two_persons.Waiting]]:
        """Answers entered by hand in a vote that is open, which a second person has still to confirm."""
        if not can(self.actor, Permission.POLL_CONFIRM):
            return {}
        running = [poll.id for poll in self.table.polls if poll.state is PollState.OPEN]
        return {number: two_persons.waiting(f"poll:{number}", tallies.KIND, now=self.now) for number in running}

    @cached_property
    def halls(self) -> Choices:
        """What each hall sees, and what it can be shown."""
        return choices(self.actor, self.row.number, self.now)

    @cached_property
    def help(self) -> list[asking.Line]:
        """What delegates asked the desk and nobody has answered."""
        return asking.waiting(self.actor, self.row.number)

    @cached_property
    def streams(self) -> dict[str, int]:
        """What the page follows, and from where on: the sitting, and the rounds in which its remarks are decided."""
        heads = hearing.heads(self.table.consultations) if self.table.consultations else {}
        return {self.stream: self.seen, **heads}

    @cached_property
    def log(self) -> list[Line]:
        """What happened last, latest first."""
        entries = hearing.missed(self.stream, max(0, self.seen - LOG_ENTRIES))
        ear = hearing.ear_of(self.actor, self.stream)
        return log.lines((one for one in entries if ear.hears(one)), self.names)[:LOG_LINES]

    @property
    def last(self) -> Line | None:
        """What happened last and stands, in one line."""
        newest = next((line for line in self.log if not line.undone), None)
        return log.chief(self.log, newest.at) if newest else None

    @property
    def undoable(self) -> Line | None:
        """The line of the act that can be taken back, which need not be the last one."""
        act = self.head.undoable
        return log.chief(self.log, act.done_at) if act else None

    @cached_property
    def names(self) -> Names:
        """What ids in the log stand for."""
        items = {one.id: f"{one.number}. {one.title}" for one in self.head.items}
        return Names({one.number: one.name for one in self.head.seats}, items)


PANELS = {
    panel.name: panel
    for panel in (
        Panel("stato", "cockpit/_state.html", frame="console-state"),
        Panel("presenze", "cockpit/_presence.html"),
        Panel("ordine", "cockpit/_course.html"),
        Panel("parola", "cockpit/_floor.html"),
        Panel("votazioni", "cockpit/_asks.html"),
        Panel("sala", "cockpit/_hall.html"),
        Panel("aiuto", "cockpit/_help.html"),
        Panel("osservazioni", "cockpit/_remarks.html"),
        Panel("registro", "cockpit/_log.html", frame="console-last"),
    )
}
COLUMNS: tuple[tuple[str, ...], ...] = (
    ("presenze", "ordine"), ("parola", "votazioni"), ("sala", "aiuto", "osservazioni"),
)  # fmt: skip
_ALWAYS = ("stato", "registro")
# Which panels an entry touches, besides the head and the log; an entry of any other kind touches all of them.
KINDS: dict[str, tuple[str, ...]] = {
    kind: (*_ALWAYS, *panels)
    for kinds, panels in (
        (("SeatEntered", "SeatLeft", "RollAnswered"), ("presenze", "parola", "votazioni")),
        (("RollCallBegun", "PresenceClaimed", "PresenceClaimSettled"), ("presenze", "ordine")),
        (("FloorAsked", "FloorSettled", "QueueChanged", "SpeechNoted", "SpeechExtended"), ("parola",)),
        (("SpeechBegun", "SpeechPaused", "SpeechResumed", "SpeechEnded"), ("parola", "sala", "osservazioni")),
        (("RemarkMade", "RemarkTied", "RemarkRead", "RemarkRaised"), ("osservazioni", "sala")),
        (("IndicationOpened", "IndicationGiven", "IndicationClosed", "PollTied", "PollMoved"), ("votazioni", "sala")),
        (("ScreenShown", "ScreenSetUp"), ("sala",)),
        (("ItemMoved", "IncidentNoted"), ("ordine",)),
        (("HelpAsked", "HelpAnswered"), ("aiuto",)),
    )
    for kind in kinds
}
