"""Who may follow a stream as it grows, and what of each entry they are told.

Everybody who follows a stream learns the number of every entry, so that nobody sees a false gap; the facts are for the
entry's audience alone, and hashes and commitments stay in the record: a screen has no use for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.journal.models import Entry, Stream
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.events import Audience
from portal.kernel.permissions import Permission, can


@dataclass(frozen=True)
class Followed:
    """A kind of stream that can be followed: who hears what is for the staff, and what is for a body."""

    staff: tuple[Permission, ...]
    body: Permission
    is_guarded: bool = False  # not for everybody: its domain says for whom


# By the word before the colon.
FOLLOWED: dict[str, Followed] = {
    "consultation": Followed((Permission.COMMENT_READ_HIDDEN, Permission.ANSWER_READ), Permission.COMMENT_READ_OWN),
    "poll": Followed((Permission.POLL_WATCH,), Permission.SIGNED_IN, is_guarded=True),
    "sitting": Followed((Permission.SITTING_WATCH,), Permission.SIGNED_IN, is_guarded=True),
}
Guard = Callable[[Actor, int], bool]
_GUARDS: dict[str, Guard] = {}
# Entries after which somebody may hear less than before.
WITHDRAWING = ("MandateEnded", "SignedOut", "PersonErased", "AccreditationEnded", "SeatHandedOver")
MOST_MISSED = 200  # entries told again to who was away; beyond it a page is asked for anew
_NAME = re.compile(r"([a-z_]{1,20}):([0-9]{1,9})\Z")
_RECORD_ONLY = ("sha256", "_hash", "_commitment")


@dataclass(frozen=True)
class Ear:
    """In what quality somebody follows a stream."""

    staff: bool = False
    body_id: int | None = None
    person_id: int | None = None

    @property
    def is_public(self) -> bool:
        """True if it hears what everybody hears."""
        return self == Ear()

    def hears(self, entry: Told) -> bool:
        """True if the entry's facts are for this ear."""
        match entry.audience:
            case Audience.PUBLIC:
                return True
            case Audience.STAFF:
                return self.staff
            case Audience.BODY:
                return self.body_id is not None and entry.facts.get("body_id") == self.body_id
            case Audience.PERSON:
                return self.person_id is not None and entry.facts.get("for_person_id") == self.person_id


@dataclass(frozen=True)
class Told:
    """An entry as it is told: without its author, without what only the record needs."""

    stream: str
    seq: int
    kind: str
    audience: Audience
    at: str
    facts: dict[str, Any]

    def in_full(self) -> dict[str, Any]:
        """For its audience."""
        return {"stream": self.stream, "seq": self.seq, "kind": self.kind, "at": self.at, "facts": self.facts}

    def bare(self) -> dict[str, Any]:
        """For everybody else."""
        return {"stream": self.stream, "seq": self.seq}

    def to(self, ear: Ear) -> dict[str, Any]:
        """For one who follows."""
        return self.in_full() if ear.hears(self) else self.bare()


def can_be_followed(stream: str) -> bool:
    """True for the name of a stream of a kind that can be followed, whether it exists or not."""
    found = _NAME.match(stream)
    return found is not None and found.group(1) in FOLLOWED


def guard(kind: str, guarding: Guard) -> None:
    """Let a domain say who may follow a stream of its own: `guarding(actor, number)`; until then nobody may."""
    _GUARDS[kind] = guarding


def is_guarded(stream: str) -> bool:
    """True if not everybody may follow a stream of this kind."""
    return can_be_followed(stream) and FOLLOWED[stream.partition(":")[0]].is_guarded


def ear_of(actor: Actor, stream: str) -> Ear:
    """In what quality the actor follows this stream now; refuses what cannot be followed, or not by them."""
    if not can_be_followed(stream):
        raise NotFound()
    kind, _, number = stream.partition(":")
    followed = FOLLOWED[kind]
    if followed.is_guarded and not (kind in _GUARDS and _GUARDS[kind](actor, int(number))):
        raise NotFound()
    staff = any(can(actor, permission) for permission in followed.staff)
    own = actor.acting.body_id if actor.acting else None
    body_id = own if own is not None and can(actor, followed.body, own) else None
    return Ear(staff, body_id, actor.person_id)


def heads(names: Iterable[str] | None = None) -> dict[str, int]:
    """The number of the last entry of each stream that can be followed, or of those of these names."""
    kinds = sa.or_(*(Stream.name.like(f"{kind}:%") for kind in FOLLOWED))
    query = sa.select(Stream.name, Stream.head_seq).where(kinds)
    if names is not None:
        query = query.where(Stream.name.in_(list(names)))
    return dict(db.session.execute(query).all())


def head(stream: str) -> int:
    """The number of the last entry of a stream; 0 before the first."""
    return db.session.scalar(sa.select(Stream.head_seq).where(Stream.name == stream)) or 0


def withdrawn(stream: str, after: int) -> bool:
    """True if an entry of a stream that follows a number may have taken a right from somebody."""
    query = sa.select(Entry.id).where(Entry.stream == stream, Entry.seq > after, Entry.kind.in_(WITHDRAWING))
    return db.session.scalar(query.limit(1)) is not None


def missed(stream: str, after: int, limit: int = MOST_MISSED) -> list[Told]:
    """The entries of a stream that follow a number, oldest first."""
    query = sa.select(Entry.stream, Entry.seq, Entry.kind, Entry.audience, Entry.at, Entry.facts)
    query = query.where(Entry.stream == stream, Entry.seq > after).order_by(Entry.seq).limit(limit)
    return [
        Told(name, seq, kind, Audience(audience), at.isoformat(), _shown(facts))
        for name, seq, kind, audience, at, facts in db.session.execute(query)
    ]


def _shown(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if not name.endswith(_RECORD_ONLY)}
