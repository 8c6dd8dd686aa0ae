"""Answers given by a show of hands or on paper: seats and choices, read from a table and checked against a roll."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.kernel.errors import Invalid
from portal.kernel.words import N_, Words
from portal.voting.rules import ANSWERS, Channel, Choice

KIND = "poll.tally"
BY_HAND = frozenset({Channel.SHOW_OF_HANDS, Channel.PAPER})
LARGEST_TABLE = 2**20
SEAT_HEADERS = ("seat", "seggio", "istat_code", "codice", "chiave", "key", "ente", "comune", "name")
CHOICE_HEADERS = ("choice", "voto", "risposta", "answer")
SAID: dict[str, Choice] = {
    **dict.fromkeys(("yes", "si", "sì", "favorevole", "f"), Choice.YES),
    **dict.fromkeys(("no", "contrario", "c"), Choice.NO),
    **dict.fromkeys(("abstain", "astenuto", "a"), Choice.ABSTAIN),
    **dict.fromkeys(("present_not_voting", "presente non votante", "non votante", "n"), Choice.PRESENT_NOT_VOTING),
}
ABSENT = frozenset({"", "absent", "assente", "-"})


@dataclass(frozen=True)
class OnRoll:
    """A seat as a table may name it."""

    number: int
    key: str
    name: str
    vacant: bool


@dataclass(frozen=True)
class Table:
    """What a table says, line by line, before anybody proposes it."""

    answers: dict[int, Choice]
    absent: tuple[int, ...]


def read(data: bytes, roll: Sequence[OnRoll]) -> Table:
    """Read a CSV of seats and answers; all wrong lines are told together, and then nothing is taken from it."""
    rows = _rows(data)
    named = _named(roll)
    problems: list[Words] = []
    answers: dict[int, Choice] = {}
    absent: list[int] = []
    for number, (seat_text, said) in enumerate(rows, 2):
        seat = named.get(_plain(seat_text))
        word = _plain(said)
        problem = _problem(seat, word, {*answers, *absent})
        if problem:
            problems.append(Words(problem, {"line": number, "seat": seat_text[:60], "said": said[:40]}))
        elif seat and word in ABSENT:
            absent.append(seat.number)
        elif seat:
            answers[seat.number] = SAID[word]
    if problems:
        raise Invalid(N_("Nothing was taken from the table."), code="table", field="file", problems=problems[:100])
    return Table(answers, tuple(absent))


def check(answers: Mapping[int, Choice], roll: Sequence[OnRoll]) -> None:
    """Each answer belongs to a seat that somebody sits on."""
    seated = {seat.number for seat in roll if not seat.vacant}
    if not answers:
        raise Invalid(N_("Enter at least one answer."), code="empty", field="answers")
    if not answers.keys() <= seated or not set(answers.values()) <= ANSWERS:
        raise Invalid(N_("An answer belongs to no seat, or nobody sits there."), code="seat", field="answers")


def _problem(seat: OnRoll | None, word: str, seen: set[int]) -> str | None:
    if seat is None:
        return N_("Line %(line)d: “%(seat)s” is not on the roll.")
    if seat.number in seen:
        return N_("Line %(line)d: “%(seat)s” is there twice.")
    if word in ABSENT:
        return None
    if word not in SAID:
        return N_("Line %(line)d: “%(said)s” is no answer. Write: favorevole, contrario, astenuto, non votante.")
    if seat.vacant:
        return N_("Line %(line)d: nobody sits on the seat of “%(seat)s”.")
    return None


def _rows(data: bytes) -> list[tuple[str, str]]:
    if len(data) > LARGEST_TABLE:
        raise Invalid(N_("The table is too large for a roll."), code="table", field="file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(N_("The table is not in UTF-8. Save it again as “CSV UTF-8”."), field="file") from error
    lines = text.splitlines()
    delimiter = ";" if lines and lines[0].count(";") >= lines[0].count(",") and ";" in lines[0] else ","
    try:
        table = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Invalid(N_("The table cannot be read as CSV."), code="table", field="file") from error
    header = [_plain(cell) for cell in table[0]] if table else []
    seat = next((header.index(name) for name in SEAT_HEADERS if name in header), None)
    choice = next((header.index(name) for name in CHOICE_HEADERS if name in header), None)
    if seat is None or choice is None:
        raise Invalid(N_("The first line must name a column “ente” and a column “voto”."), code="table", field="file")
    needed = max(seat, choice)
    return [(row[seat], row[choice]) if len(row) > needed else ("?", "?") for row in table[1:] if any(row)]


def _named(roll: Sequence[OnRoll]) -> dict[str, OnRoll]:
    by_name = {_plain(seat.name): seat for seat in roll}
    short = {re.sub(r"^comune (di |d')", "", name): seat for name, seat in by_name.items()}
    return {**short, **by_name, **{_plain(seat.key): seat for seat in roll}}


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())
