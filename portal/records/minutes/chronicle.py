"""Entries made into moments: what happened, when, under which item, with what the named rows say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from portal.records.minutes import votes
from portal.records.minutes.entries import Story, Told
from portal.records.minutes.facts import Indications, Moment, Paper, Remark, Roll, Speech, Stay
from portal.records.minutes.rows import Rows

_UNTOLD = frozenset({"closing", "roll_call"})  # those who go because it is over; those whom a roll call found


class Chronicle:
    """Reads the story once, in order."""

    def __init__(self, story: Story, rows: Rows) -> None:
        self.story, self.rows = story, rows
        self.item: int | None = None  # in discussion, or the last one that was
        self.opened = False
        self.seen: set[int] = set()
        self.spoken = {one.facts["speech"]: one.facts["seconds"] for one in story.entries if one.kind == "SpeechEnded"}
        self.read = {one.facts["remark"] for one in story.entries if one.kind == "RemarkRead"}
        self.handed: dict[int, int] = {}  # seat -> accreditation that handed it over

    def moments(self) -> tuple[Moment, ...]:
        """Everything that is told, in the order of time."""
        found = [moment for one in self.story.entries for moment in self._of(one)]
        return tuple(sorted(found, key=lambda moment: (moment.at, moment.seq)))

    def stays(self) -> tuple[Stay, ...]:
        """The intervals of presence that stand, by seat and time."""
        named = dict.fromkeys(one.facts["presence"] for one in self.story.entries if one.kind == "SeatEntered")
        left = {one.facts["presence"] for one in self.story.entries if one.kind == "SeatLeft"}
        found = []
        for presence_id in named:
            row = self.rows.presence.get(presence_id)
            place = self.rows.place(row.seat_id) if row else None
            if row is None or place is None:
                continue
            gone = presence_id in left and row.until_at is not None
            until, how = (row.until_at, row.left_by.value) if gone else (self.story.end.at, "closing")
            who = self.rows.sitters[row.accreditation_id]
            remote = row.way.value == "remote"
            found.append(Stay(place.number, who, remote, row.came_by.value, how, row.from_at, until))
        return tuple(sorted(found, key=lambda stay: (stay.seat, stay.from_at)))

    def _of(self, one: Told) -> Iterator[Moment]:
        teller = getattr(self, f"_{one.kind}", None)
        if teller is None:
            return
        made = teller(one)
        if made is not None:
            yield made

    def _moment(self, one: Told, what: str) -> Moment:
        return Moment(one.seq, one.at, what, self.item)

    def _RollCallEnded(self, one: Told) -> Moment | None:  # noqa: N802  (each is called as the entry it tells)
        row = self.rows.rolls.get(one.facts["roll_call"])
        if row is None:
            return None
        there = self.rows.answered(row.id)
        absent = [
            seat.name for seat in self.rows.seats.values() if seat.role.value == "entitled" and seat.id not in there
        ]
        facts = one.facts
        needed, met = facts["needed"], facts["met"]
        counted = (facts["present"], facts["seats"], facts["present_population"], facts["population"], needed, met)
        opening = row.kind.value == "opening"
        roll = Roll(row.number, opening, row.begun_at, row.ended_at or one.at, *counted, tuple(absent))
        return replace(self._moment(one, "roll"), roll=roll)

    def _SittingOpened(self, one: Told) -> Moment:  # noqa: N802
        self.opened = True
        return self._moment(one, "opened")

    def _SittingSuspended(self, one: Told) -> Moment | None:  # noqa: N802
        row = self.rows.suspensions.get(one.facts["suspension"])
        return replace(self._moment(one, "suspended"), text=row.reason, until=row.resumes_at) if row else None

    def _SittingResumed(self, one: Told) -> Moment | None:  # noqa: N802
        row = self.rows.suspensions.get(one.facts["suspension"])
        return replace(self._moment(one, "resumed"), until=row.began_at) if row else None

    def _QuorumLost(self, one: Told) -> Moment | None:  # noqa: N802
        numbers = (one.facts["present"], one.facts["needed"])
        return replace(self._moment(one, "quorum_lost"), numbers=numbers) if self._open_at(one.at) else None

    def _QuorumRegained(self, one: Told) -> Moment | None:  # noqa: N802
        numbers = (one.facts["present"], one.facts["needed"])
        return replace(self._moment(one, "quorum_regained"), numbers=numbers) if self._open_at(one.at) else None

    def _open_at(self, at: datetime) -> bool:
        """True while the session is open; who goes with the closing is not told."""
        return self.opened and at < self.story.end.at

    def _SeatEntered(self, one: Told) -> Moment | None:  # noqa: N802
        row, facts = self.rows.presence.get(one.facts["presence"]), one.facts
        if row is None or not self.opened or facts["source"] in _UNTOLD:
            return None
        made = replace(
            self._moment(one, "came"),
            seat=facts["seat"],
            who=self.rows.sitters[row.accreditation_id],
            remote=facts["way"] == "remote",
            source=facts["source"],
            numbers=(facts["present"], facts["present_population"]),
        )
        before = self.handed.pop(facts["seat"], None)
        return replace(made, other=self.rows.sitters[before]) if before else made

    def _SeatLeft(self, one: Told) -> Moment | None:  # noqa: N802
        row, facts = self.rows.presence.get(one.facts["presence"]), one.facts
        if row is None or not self._open_at(one.at) or facts["source"] in _UNTOLD:
            return None
        if facts["source"] == "hand_over":
            self.handed[facts["seat"]] = row.accreditation_id
            return None
        return replace(
            self._moment(one, "left"),
            seat=facts["seat"],
            who=self.rows.sitters[row.accreditation_id],
            source=facts["source"],
            numbers=(facts["present"], facts["present_population"]),
        )

    def _ItemCalled(self, one: Told) -> Moment:  # noqa: N802
        self.item = one.facts["item"]
        again = self.item in self.seen
        self.seen.add(one.facts["item"])
        return replace(self._moment(one, "called"), source="again" if again else "")

    def _ItemEnded(self, one: Told) -> Moment:  # noqa: N802
        course = self.rows.courses.get(one.facts["item"])
        state = one.facts["state"]
        text = course.conclusion if course and course.state.value == state else ""
        return replace(self._moment(one, "ended"), item=one.facts["item"], source=state, text=text)

    def _ItemMoved(self, one: Told) -> Moment:  # noqa: N802
        return replace(self._moment(one, "moved"), numbers=tuple(one.facts["order"]))

    def _IncidentNoted(self, one: Told) -> Moment | None:  # noqa: N802
        row = self.rows.incidents.get(one.facts["incident"])
        return replace(self._moment(one, "incident"), source=row.kind.value, text=row.text) if row else None

    def _SpeechBegun(self, one: Told) -> Moment | None:  # noqa: N802
        row = self.rows.speeches.get(one.facts["speech"])
        if row is None:
            return None
        place = self.rows.place(row.seat_id)
        until = row.ended_at or self.story.end.at
        lasted = int((until - row.began_at).total_seconds()) - self.rows.paused.get(row.id, 0)
        speech = Speech(
            seat=place.number if place else None,
            who=self.rows.sitters.get(row.accreditation_id) if row.accreditation_id else None,
            speaker=row.speaker,
            kind=row.kind.value,
            at=row.began_at,
            until=until,
            spoken=self.spoken.get(row.id, max(lasted, 0)),
            allowed=row.limit_seconds,
            ending=row.ending.value if row.ending else "",
            synopsis=row.synopsis,
            paper=Paper("", row.text_name, row.text_sha256) if row.text_sha256 else None,
        )
        made = replace(self._moment(one, "speech"), speech=speech)
        return replace(made, item=row.item_id) if row.item_id in self.seen else made

    def _RemarkRaised(self, one: Told) -> Moment | None:  # noqa: N802
        return None if one.facts["remark"] in self.read else self._remark(one, False)

    def _RemarkRead(self, one: Told) -> Moment | None:  # noqa: N802
        return self._remark(one, True)

    def _remark(self, one: Told, read: bool) -> Moment | None:
        found = self.rows.remark(one.facts["remark"])
        if found is None:
            return None
        made_here = any(m.kind == "RemarkMade" and m.facts["remark"] == one.facts["remark"] and m.facts["made_here"]
                        for m in self.story.entries)  # fmt: skip
        made = replace(self._moment(one, "remark"), remark=Remark(*found, made_here, read))
        return replace(made, item=one.facts["item"]) if one.facts["item"] in self.seen else made

    def _IndicationClosed(self, one: Told) -> Moment | None:  # noqa: N802
        row = self.rows.rounds.get(one.facts["round"])
        if row is None:
            return None
        code, title = self.rows.action(row.action_id)
        answers = tuple(self.rows.indications(row.id))
        made = replace(
            self._moment(one, "indications"),
            indications=Indications(code, title, row.question, row.closed_at, answers),
        )
        return replace(made, item=row.item_id) if row.item_id in self.seen else made

    def _PollTied(self, one: Told) -> Moment | None:  # noqa: N802
        if one.facts["poll"] not in self.rows.polls:
            return None
        poll = votes.poll(one.facts["poll"], self.rows, self.story.end.at)
        if poll is None:
            return None
        at = poll.proclaimed_at or poll.closed_at or poll.opened_at or one.at
        return replace(self._moment(one, "poll"), at=at, item=one.facts["item"], poll=poll)
