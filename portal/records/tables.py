"""What a spreadsheet of remarks holds: the remarks, the dictionary of their columns, and what the file is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.kernel.words import N_
from portal.records import columns
from portal.records.columns import Column, Profile

Say = Callable[[str], str]
LICENCE = "CC-BY-4.0"
WIDE, NARROW = 60, 16  # characters


@dataclass(frozen=True)
class Table:
    """One sheet: its name, its heads, the kind and the width of each column, and its rows one at a time."""

    name: str
    heads: tuple[str, ...]
    kinds: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Iterator[list[Any]]


@dataclass(frozen=True)
class About:
    """What the file is."""

    profile: Profile
    generated_at: datetime
    demonstration: bool


def tables(about: About, rows: Iterator[list[Any]], say: Say) -> list[Table]:
    """The sheets in their order, in the reader's words where there are any."""
    shown = columns.of(about.profile)
    return [
        Table(
            say(N_("Remarks")),
            tuple(column.name for column in shown),
            tuple(column.kind for column in shown),
            tuple(_width(column) for column in shown),
            rows,
        ),
        Table(
            say(N_("Dictionary")),
            (say(N_("Name")), say(N_("Type")), say(N_("What it means")), say(N_("Profile"))),
            ("code", "text", "text", "code"),
            (NARROW + 8, NARROW, WIDE + 30, NARROW),
            dictionary(about.profile, say),
        ),
        Table(say(N_("About this file")), ("", ""), ("text", "text"), (NARROW + 14, WIDE), _about(about, say)),
    ]


def dictionary(profile: Profile, say: Say) -> Iterator[list[Any]]:
    """Each column with its type and its meaning."""
    for column in columns.of(profile):
        yield [column.name, column.kind, say(column.meaning), _profile_of(column).value]


def _profile_of(column: Column) -> Profile:
    return Profile.RESERVED if column.reserved else Profile.PUBLIC


def _about(about: About, say: Say) -> Iterator[list[Any]]:
    yield [say(N_("Profile")), about.profile.value]
    yield [say(N_("Generated at (UTC)")), about.generated_at.strftime("%Y-%m-%d %H:%M:%S")]
    if about.profile is Profile.PUBLIC:
        yield [say(N_("Licence")), LICENCE]
    if about.demonstration:
        yield [say(N_("Data")), say(N_("Demonstration data: city, bodies and texts are invented."))]


def _width(column: Column) -> int:
    return WIDE if column.name in {"observation", "proposed_text", "reasons", "answer", "decision_text"} else NARROW
