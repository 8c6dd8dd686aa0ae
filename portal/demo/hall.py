"""What happens in the invented halls: each line of a script is one act, through the verbs of those who conduct."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.comments.points import Point
from portal.comments.rules import CommentKind
from portal.conferences.floor import arrange, ask, give, hold, note_speech, state
from portal.conferences.floor.rules import FloorKind, Ordering, SpeechKind
from portal.conferences.follow import help as help_lines
from portal.conferences.hall import attend, incidents, items, roll_call, session
from portal.conferences.hall.rules import IncidentKind, Shows, Way
from portal.conferences.hall.seats_now import SeatNow, seats_now
from portal.conferences.minutes import approve, sign, write_section
from portal.conferences.minutes import queries as minutes
from portal.conferences.minutes.queries import MinutesPage
from portal.conferences.rules import SeatRole
from portal.conferences.screen import show
from portal.conferences.table import board, indicate, make_remark, polls, queries, remarks
from portal.conferences.table.rules import Stance
from portal.demo.city import City
from portal.demo.content import Item
from portal.demo.filed import filed
from portal.kernel.actor import Actor
from portal.records.minutes import draw
from portal.voting import queries as votes
from portal.voting import record_answer
from portal.voting.prepare import Question
from portal.voting.rules import Choice, Matter, Mode

CONDUCTS, CLERK = "metro-segreteria", "metro-aula"
CHAIR, SECRETARY = "Sindaca metropolitana", "Segretario generale"


@dataclass
class Hall:
    """One sitting as it goes on."""

    city: City
    number: int
    starts_at: datetime
    actions: dict[str, int]
    numbers: dict[str, int]  # of all invented sittings, by their keys

    def play(self, script: list[Item]) -> None:
        """Put every line on the agenda, so many minutes after the hour of the call."""
        for line in script:
            self.city.agenda.add(self.starts_at + timedelta(minutes=line["m"]), self._line(line))

    def _line(self, line: Item) -> Callable[[datetime], None]:
        return lambda at: ACTS[line["do"]](self, line, at)

    def staff(self, at: datetime) -> Actor:
        """Whoever conducts."""
        return self.city.staff(CONDUCTS, at)

    def who(self, name: str, at: datetime) -> Actor:
        """`person:body` as the data files write it."""
        person, _, body = name.partition(":")
        return self.city.actor(person, body, at)

    def seat(self, name: str, at: datetime) -> SeatNow:
        """The seat of `person:body`."""
        body_id = self.city.bodies[name.rpartition(":")[2]]
        return next(one for one in seats_now(self.number, at) if one.body_id == body_id)

    def item(self) -> board.ItemNow:
        """The item in discussion."""
        found = board.item_now(self.number)
        if found is None:
            raise LookupError("no item is in discussion")
        return found

    def remark(self, line: Item, at: datetime) -> int:
        """The remark of this sitting that somebody's body made last."""
        body_id = self.city.bodies[line["who"].rpartition(":")[2]]
        rows = [row.remark for row in queries.remarks(self.staff(at), self.number) if row.remark.body_id == body_id]
        return rows[-1].id


def _key(hall: Hall, line: Item) -> str:
    """What a telephone would have made up."""
    return hashlib.sha256(f"{hall.number} {line['m']} {line['who']}".encode()).hexdigest()[:32]


def _roll(hall: Hall, line: Item, at: datetime) -> None:
    """Everybody who is accredited answers, less those who come later; of the other seats nobody is expected."""
    staff, late = hall.staff(at), {hall.city.bodies[name] for name in line.get("late", ())}
    verifies = line.get("verifies", False)
    roll = roll_call.verify(staff, hall.number, now=at) if verifies else roll_call.begin(staff, hall.number, 1, now=at)
    expected = [seat for seat in seats_now(hall.number, at) if (seat.present if verifies else seat.able)]
    for n, seat in enumerate(expected):
        then, there = at + timedelta(seconds=8 * n), seat.body_id not in late
        roll_call.answer(staff, hall.number, roll, seat.id, there, now=then)
    then = at + timedelta(minutes=4)
    roll_call.end(hall.staff(then), hall.number, roll, now=then)


def _open(hall: Hall, _line: Item, at: datetime) -> None:
    session.open_sitting(hall.staff(at), hall.number, CHAIR, SECRETARY, now=at)


def _next_item(hall: Hall, _line: Item, at: datetime) -> None:
    found = board.item_now(hall.number)
    items.next_item(hall.staff(at), hall.number, found.id if found else None, now=at)


def _conclude(hall: Hall, line: Item, at: datetime) -> None:
    items.conclude_item(hall.staff(at), hall.number, hall.item().id, line.get("text", ""), now=at)


def _guest(hall: Hall, line: Item, at: datetime) -> None:
    guest = give.Guest(line["who"], SpeechKind(line.get("kind", "report")), line.get("minutes"))
    give.give_guest(hall.staff(at), hall.number, guest, now=at)


def _ask(hall: Hall, line: Item, at: datetime) -> None:
    kind = FloorKind(line.get("kind", "ordinary"))
    ask.ask(hall.who(line["who"], at), hall.number, kind, _key(hall, line), now=at)


def _hand(hall: Hall, line: Item, at: datetime) -> None:
    seat = hall.seat(line["who"], at).number
    ask.ask_for(hall.staff(at), hall.number, seat, FloorKind.ORDINARY, _key(hall, line), now=at)


def _next_speaker(hall: Hall, _line: Item, at: datetime) -> None:
    give.next_speaker(hall.staff(at), hall.number, now=at)


def _pause(hall: Hall, line: Item, at: datetime) -> None:
    hold.pause(hall.staff(at), hall.number, now=at)
    then = at + timedelta(seconds=line["seconds"])
    hold.resume(hall.staff(then), hall.number, now=then)


def _end(hall: Hall, _line: Item, at: datetime) -> None:
    hold.end(hall.staff(at), hall.number, now=at)


def _synopsis(hall: Hall, line: Item, at: datetime) -> None:
    running = state.running(hall.number) or state.last(hall.number)[0]
    note_speech.write_synopsis(hall.staff(at), hall.number, running.id, line["text"], now=at)


def _text(hall: Hall, line: Item, at: datetime) -> None:
    """The text that the speaker hands in."""
    running = state.running(hall.number) or state.last(hall.number)[0]
    staff, store = hall.staff(at), hall.city.store
    with filed(store, line["file"]) as found:
        note_speech.file_text(staff, hall.number, running.id, line["file"], found, store=store, now=at)


def _remark(hall: Hall, line: Item, at: datetime) -> None:
    point = Point(
        CommentKind(line["kind"]),
        line["text"],
        proposed_text=line.get("proposed", ""),
        reasons=line.get("reasons", ""),
    )
    wanted = make_remark.Wanted(hall.item().id, hall.actions[line["action"]], "", point)
    make_remark.make_remark(hall.who(line["who"], at), hall.number, wanted, _key(hall, line), now=at)


def _admit(hall: Hall, line: Item, at: datetime) -> None:
    remarks.admit(hall.staff(at), hall.number, hall.remark(line, at), now=at)


def _tie(hall: Hall, line: Item, at: datetime) -> None:
    remarks.tie_to_speech(hall.staff(at), hall.number, hall.remark(line, at), now=at)


def _read(hall: Hall, line: Item, at: datetime) -> None:
    remarks.mark_read(hall.staff(at), hall.number, hall.remark(line, at), now=at)


def _ask_all(hall: Hall, line: Item, at: datetime) -> None:
    """Bodies are asked what they say of an action; those who are there answer, in a cycle that the script gives."""
    staff, action = hall.staff(at), hall.actions[line["action"]]
    opened = indicate.open_round(staff, hall.number, hall.item().id, action, question=line.get("question", ""), now=at)
    there = [s for s in seats_now(hall.number, at) if s.present and s.role is SeatRole.ENTITLED]
    for n, seat in enumerate(there[: line.get("most", len(there))]):
        stance = Stance(line["says"][n % len(line["says"])])
        then = at + timedelta(seconds=5 * (n + 1))
        indicate.indicate_for(staff, hall.number, opened, seat.number, stance, now=then)
    if line.get("closes", True):
        then = at + timedelta(minutes=3)
        indicate.close_round(hall.staff(then), hall.number, opened, now=then)


def _enter(hall: Hall, line: Item, at: datetime) -> None:
    seat = hall.seat(line["who"], at)
    attend.enter(hall.staff(at), hall.number, seat.id, Way(line.get("way", "room")), now=at)


def _leave(hall: Hall, line: Item, at: datetime) -> None:
    attend.leave(hall.staff(at), hall.number, hall.seat(line["who"], at).id, now=at)


def _claim(hall: Hall, line: Item, at: datetime) -> None:
    attend.claim(hall.who(line["who"], at), hall.number, now=at)


def _suspend(hall: Hall, line: Item, at: datetime) -> None:
    back = at + timedelta(minutes=line["minutes"])
    session.suspend(hall.staff(at), hall.number, line["reason"], back, now=at)
    hall.city.agenda.add(back, lambda then: session.resume(hall.staff(then), hall.number, now=then))


def _incident(hall: Hall, line: Item, at: datetime) -> None:
    incidents.note(hall.staff(at), hall.number, IncidentKind(line["kind"]), line["text"], now=at)


def _show(hall: Hall, line: Item, at: datetime) -> None:
    wanted = show.Wanted(Shows(line["shows"]), item_id=hall.item().id, message=line.get("message", ""))
    show.show(hall.staff(at), hall.number, 1, wanted, now=at)


def _vote(hall: Hall, line: Item, at: datetime) -> None:
    """A vote by roll call on the item in discussion, from its preparation to its proclamation."""
    clerk = hall.city.staff(CLERK, at)
    asked = Question(line["question"], Matter(line["matter"]), mode=Mode.ROLL_CALL)
    number = polls.prepare_poll(clerk, hall.number, hall.item().id, asked, now=at)
    polls.open_it(clerk, number, now=at + timedelta(minutes=1))
    there = {seat.body_id for seat in seats_now(hall.number, at) if seat.present}
    seats = [seat for seat in votes.roll(number) if seat.body_id in there]
    for n, seat in enumerate(seats):
        choice = Choice(line["says"][n % len(line["says"])])
        then = at + timedelta(minutes=2, seconds=4 * n)
        key = f"demo-hall-{number}-{seat.number}"
        record_answer.record_answer(clerk, number, seat.number, choice, key=key, now=then)
    polls.close_it(clerk, number, now=at + timedelta(minutes=8))
    polls.proclaim_it(clerk, number, now=at + timedelta(minutes=9))


def _order(hall: Hall, line: Item, at: datetime) -> None:
    arrange.set_ordering(hall.staff(at), hall.number, Ordering(line["ordering"]), now=at)


def _help(hall: Hall, line: Item, at: datetime) -> None:
    help_lines.ask_help(hall.who(line["who"], at), hall.number, line["text"], _key(hall, line), now=at)


def _draw(hall: Hall, _line: Item, at: datetime) -> None:
    draw.write(hall.staff(at), hall.number, 1, now=at)


def _minutes(hall: Hall, line: Item, at: datetime) -> MinutesPage:
    return minutes.minutes(hall.staff(at), hall.numbers[line["of"]] if "of" in line else hall.number, 1)


def _write(hall: Hall, line: Item, at: datetime) -> None:
    """A sentence more at the end of a section."""
    page = _minutes(hall, line, at)
    found = next(one for one in page.sections if one.key == line["section"])
    text = f"{found.text}\n\n{line['text']}"
    write_section.write(hall.staff(at), page.id, found.key, text, found.revision, now=at)
    write_section.release(hall.staff(at), page.id, found.key, now=at)


def _sign(hall: Hall, line: Item, at: datetime) -> None:
    page = _minutes(hall, line, at)
    sign.sign(hall.who(line["who"], at), page.id, page.fingerprint, now=at)


def _correct(hall: Hall, line: Item, at: datetime) -> None:
    approve.ask_correction(hall.staff(at), _minutes(hall, line, at).id, line["who"], line["text"], now=at)


def _approve(hall: Hall, line: Item, at: datetime) -> None:
    approve.approve(hall.staff(at), _minutes(hall, line, at).id, hall.number, hall.item().id, now=at)


def _publish(hall: Hall, line: Item, at: datetime) -> None:
    approve.publish(hall.staff(at), _minutes(hall, line, at).id, now=at)


def _close(hall: Hall, _line: Item, at: datetime) -> None:
    session.close(hall.staff(at), hall.number, now=at)


ACTS: dict[str, Callable[[Hall, Item, datetime], None]] = {
    "roll": _roll,
    "open": _open,
    "item": _next_item,
    "conclude": _conclude,
    "guest": _guest,
    "ask": _ask,
    "hand": _hand,
    "speaker": _next_speaker,
    "pause": _pause,
    "end": _end,
    "synopsis": _synopsis,
    "text": _text,
    "remark": _remark,
    "admit": _admit,
    "tie": _tie,
    "read": _read,
    "indications": _ask_all,
    "enter": _enter,
    "leave": _leave,
    "claim": _claim,
    "suspend": _suspend,
    "incident": _incident,
    "show": _show,
    "vote": _vote,
    "close": _close,
    "order": _order,
    "help": _help,
    "draw": _draw,
    "write": _write,
    "sign": _sign,
    "correct": _correct,
    "approve": _approve,
    "publish": _publish,
}
