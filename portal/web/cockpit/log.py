"""What has just happened in a sitting, each entry of its stream as one short line for those who conduct."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext, ngettext

from portal.conferences.floor.rules import FloorKind, RequestState, SpeechKind
from portal.conferences.hall.rules import ClaimState, ItemState, RollKind, Shows, Way
from portal.journal.hearing import Told
from portal.voting.rules import PollState
from portal.web.labels import label

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Names:
    """What ids in the entries stand for: bodies by the number of their seat, items by id."""

    seats: Mapping[int, str] = field(default_factory=dict)
    items: Mapping[int, str] = field(default_factory=dict)

    def seat(self, facts: Facts) -> str:
        """The body of a seat; for a speech without a seat, whoever was given the floor."""
        return self.seats.get(facts.get("seat") or 0) or gettext("Somebody without a seat")

    def item(self, facts: Facts) -> str:
        """An item with its number."""
        return self.items.get(facts.get("item") or 0) or gettext("An item")


@dataclass(frozen=True)
class Line:
    """One line of the log."""

    seq: int
    at: datetime
    words: str
    kind: str
    undone: bool = False


# Of what one act has done at once, the first of these is what is said of it.
_CHIEF = (
    "SittingOpened", "SittingSuspended", "SittingResumed", "SittingClosed", "SittingDeserted",
    "ItemCalled", "ItemEnded", "SpeechBegun", "RollCallBegun", "RollCallEnded", "RollAnswered",
)  # fmt: skip


def chief(told: Iterable[Line], at: datetime | None) -> Line | None:
    """What is said in one line of everything that happened at an instant and stands."""
    found = [line for line in told if line.at == at and not line.undone]
    return min(found, key=lambda line: _CHIEF.index(line.kind) if line.kind in _CHIEF else len(_CHIEF), default=None)


Sentence = Callable[[Facts, Names], str]


def lines(entries: Iterable[Told], names: Names) -> list[Line]:
    """Latest first; what was taken back is struck out, and the entry that says so is not a line of its own."""
    told = [entry for entry in entries if entry.kind in SENTENCES]
    undone = {entry.facts["undone_seq"] for entry in told if entry.kind == "ActUndone"}
    return [_line(entry, names, entry.seq in undone) for entry in reversed(told) if entry.kind != "ActUndone"]


def _line(entry: Told, names: Names, undone: bool) -> Line:
    words = SENTENCES[entry.kind](entry.facts, names)
    return Line(entry.seq, datetime.fromisoformat(entry.at), words, entry.kind, undone)


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _roll_begun(facts: Facts, _names: Names) -> str:
    if facts["roll_kind"] == RollKind.VERIFICATION:
        return gettext("The legal number is verified: the roll is called")
    return gettext("The roll is called")


def _roll_answered(facts: Facts, names: Names) -> str:
    return (gettext("%(seat)s: present") if facts["present"] else gettext("%(seat)s: absent")) % {
        "seat": names.seat(facts)
    }


def _roll_ended(facts: Facts, _names: Names) -> str:
    counted = {"present": facts["present"], "seats": facts["seats"]}
    if facts["needed"] is None:
        return gettext("Roll called: %(present)s of %(seats)s present", **counted)
    if facts["met"]:
        return gettext("Roll called: %(present)s of %(seats)s present, the legal number is there", **counted)
    return gettext("Roll called: %(present)s of %(seats)s present, the legal number is missing", **counted)


def _item_ended(facts: Facts, names: Names) -> str:
    said = {
        ItemState.CONCLUDED.value: gettext("Concluded: %(item)s"),
        ItemState.ADJOURNED.value: gettext("Adjourned: %(item)s"),
        ItemState.WITHDRAWN.value: gettext("Withdrawn: %(item)s"),
        ItemState.PENDING.value: gettext("Set aside: %(item)s"),
    }
    return said[facts["state"]] % {"item": names.item(facts)}


def _entered(facts: Facts, names: Names) -> str:
    if facts["way"] == Way.REMOTE:
        return gettext("%(seat)s takes part from afar", seat=names.seat(facts))
    return gettext("%(seat)s is in the room", seat=names.seat(facts))


def _claim_settled(facts: Facts, names: Names) -> str:
    said = {
        ClaimState.CONFIRMED.value: gettext("The desk has seen %(seat)s in the room"),
        ClaimState.REFUSED.value: gettext("The desk has not seen %(seat)s in the room"),
        ClaimState.WITHDRAWN.value: gettext("%(seat)s no longer says to be in the room"),
    }
    return said.get(facts["state"], "%(seat)s") % {"seat": names.seat(facts)}


def _asked(facts: Facts, names: Names) -> str:
    if facts["floor_kind"] == FloorKind.ORDINARY:
        return gettext("%(seat)s asks for the floor", seat=names.seat(facts))
    kind = label(FloorKind(facts["floor_kind"])).text.lower()
    return gettext("%(seat)s asks for the floor: %(kind)s", seat=names.seat(facts), kind=kind)


def _settled(facts: Facts, names: Names) -> str:
    if facts["state"] == RequestState.REFUSED:
        return gettext("The floor was refused to %(seat)s", seat=names.seat(facts))
    return gettext("%(seat)s no longer asks for the floor", seat=names.seat(facts))


def _begun(facts: Facts, names: Names) -> str:
    given = {"seat": names.seat(facts), "time": _minutes(facts["limit_seconds"])}
    if facts["speech_kind"] == SpeechKind.ORDINARY:
        return gettext("%(seat)s has the floor for %(time)s", **given)
    kind = label(SpeechKind(facts["speech_kind"])).text.lower()
    return gettext("%(seat)s has the floor for %(time)s: %(kind)s", **given, kind=kind)


def _ended(facts: Facts, names: Names) -> str:
    return gettext("%(seat)s has spoken for %(time)s", seat=names.seat(facts), time=_minutes(facts["seconds"]))


def _shown(facts: Facts, _names: Names) -> str:
    if facts["follows"]:
        return gettext("Screen %(hall)s follows the item in discussion", hall=facts["hall"])
    return gettext(
        "Screen %(hall)s shows: %(what)s", hall=facts["hall"], what=label(Shows(facts["shows"])).text.lower()
    )


def _queue(facts: Facts, _names: Names) -> str:
    return gettext("The queue is set: requests are taken") if facts["is_open"] else gettext("The queue is closed")


def _indicated(facts: Facts, names: Names) -> str:
    words = ngettext("%(num)s answer", "%(num)s answers", facts["answered"])
    return gettext("%(seat)s has given its indication: %(answers)s", seat=names.seat(facts), answers=words)


def _poll(facts: Facts, names: Names) -> str:
    state = label(PollState(facts["state"])).text.lower()
    return gettext("Vote no. %(number)s is now: %(state)s", number=facts["poll"], state=state)


def _of_seat(message: Callable[[], str]) -> Sentence:
    return lambda facts, names: message() % {"seat": names.seat(facts)}


def _of_item(message: Callable[[], str]) -> Sentence:
    return lambda facts, names: message() % {"item": names.item(facts)}


def _plain(message: Callable[[], str]) -> Sentence:
    return lambda _facts, _names: message()


def _counted(message: Callable[[], str]) -> Sentence:
    return lambda facts, _names: message() % {"present": facts["present"], "needed": facts["needed"]}


SENTENCES: dict[str, Sentence] = {
    "RollCallBegun": _roll_begun,
    "RollAnswered": _roll_answered,
    "RollCallEnded": _roll_ended,
    "SittingOpened": _plain(lambda: gettext("The session is open")),
    "SittingSuspended": _plain(lambda: gettext("The session is suspended")),
    "SittingResumed": _plain(lambda: gettext("The session goes on")),
    "SittingClosed": _plain(lambda: gettext("The session is closed")),
    "SittingDeserted": _plain(lambda: gettext("The call is deserted")),
    "QuorumLost": _counted(lambda: gettext("The legal number is gone: %(present)s present, %(needed)s needed")),
    "QuorumRegained": _counted(lambda: gettext("The legal number is there again: %(present)s present")),
    "SeatEntered": _entered,
    "SeatLeft": _of_seat(lambda: gettext("%(seat)s has left")),
    "PresenceClaimed": _of_seat(lambda: gettext("%(seat)s says to be in the room")),
    "PresenceClaimSettled": _claim_settled,
    "ItemCalled": _of_item(lambda: gettext("In discussion: %(item)s")),
    "ItemEnded": _item_ended,
    "ItemMoved": _of_item(lambda: gettext("Moved: %(item)s")),
    "IncidentNoted": _plain(lambda: gettext("An incident was noted")),
    "ScreenShown": _shown,
    "ScreenSetUp": lambda facts, _names: gettext("Screen %(hall)s was set up", hall=facts["hall"]),
    "ActUndone": _plain(lambda: gettext("Taken back")),
    "FloorAsked": _asked,
    "FloorSettled": _settled,
    "QueueChanged": _queue,
    "SpeechBegun": _begun,
    "SpeechPaused": _plain(lambda: gettext("The speech is paused")),
    "SpeechResumed": _plain(lambda: gettext("The speech goes on")),
    "SpeechExtended": _plain(lambda: gettext("More time was given")),
    "SpeechEnded": _ended,
    "SpeechNoted": _plain(lambda: gettext("A speech was noted")),
    "RemarkMade": _of_seat(lambda: gettext("%(seat)s has made a remark")),
    "RemarkRaised": _plain(lambda: gettext("A remark was admitted")),
    "RemarkTied": _plain(lambda: gettext("A remark was tied to a speech")),
    "RemarkRead": _plain(lambda: gettext("A remark was read aloud")),
    "IndicationOpened": _plain(lambda: gettext("Bodies are asked for their indication")),
    "IndicationGiven": _indicated,
    "IndicationClosed": _plain(lambda: gettext("The indications are closed")),
    "PollTied": _of_item(lambda: gettext("A vote is ready for: %(item)s")),
    "PollMoved": _poll,
    "HelpAsked": _of_seat(lambda: gettext("%(seat)s asks the desk for help")),
}
