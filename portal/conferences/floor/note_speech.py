"""What a speech said, for the minutes: a synopsis that the desk writes, the text that the speaker handed in."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.conferences.floor import state
from portal.conferences.floor.events import SpeechNoted
from portal.conferences.floor.models import Speech
from portal.conferences.floor.rules import SYNOPSIS_LIMIT
from portal.conferences.minutes.models import Minutes
from portal.conferences.minutes.rules import MinutesState
from portal.db import atomic, db
from portal.files.examine import Examined
from portal.files.keep import keep
from portal.files.rules import tidy_name
from portal.files.store import Store
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def write_synopsis(actor: Actor, sitting_id: int, speech_id: int, synopsis: str, *, now: datetime) -> None:
    """A few sentences; the last ones that were written stand."""
    one = _alone(actor, sitting_id, speech_id)
    text = typed(synopsis, field="synopsis", limit=SYNOPSIS_LIMIT, required=False)
    if text == one.synopsis:
        return
    one.synopsis = text
    _told(actor, one, now)


@atomic()
def file_text(
    actor: Actor, sitting_id: int, speech_id: int, name: str, found: Examined, *, store: Store, now: datetime
) -> None:
    """Keep the text that was handed in, under its fingerprint; one that is handed in again replaces it."""
    one = _alone(actor, sitting_id, speech_id)
    one.text_sha256, one.text_name = keep(store, found, now=now), tidy_name(name, found.kind)
    _told(actor, one, now)


@atomic()
def remove_text(actor: Actor, sitting_id: int, speech_id: int, *, now: datetime) -> None:
    """It was the wrong one; the file itself is collected when nothing refers to it."""
    one = _alone(actor, sitting_id, speech_id)
    one.text_sha256, one.text_name = None, ""
    _told(actor, one, now)


def _alone(actor: Actor, sitting_id: int, speech_id: int) -> Speech:
    state.alone(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    one = state.speech(sitting_id, speech_id)
    _check_unsigned(one)
    return one


def _check_unsigned(one: Speech) -> None:
    """Art. 49: what signed minutes say of a speech, and the text whose fingerprint they name, stay as they are."""
    held = sa.select(Minutes.id).where(Minutes.sitting_id == one.sitting_id, Minutes.call == one.call)
    if db.session.scalar(held.where(Minutes.state != MinutesState.DRAFT)) is not None:
        raise Conflict(N_("The minutes are signed: what they say of a speech does not change any more."), code="signed")


def _told(actor: Actor, one: Speech, now: datetime) -> None:
    digest = text_digest(one.synopsis) if one.synopsis else ""
    record(SpeechNoted(one.sitting_id, one.id, digest, one.text_sha256 or ""), actor=actor, now=now)
