"""A world of remarks in every state, each text a word found nowhere else, with who may read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask import current_app

from portal.comments.models import Comment
from portal.comments.rules import Admission, CommentState, Reader, may_see
from portal.db import db
from portal.drafting import write_note
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from tests import factories, papers
from tests.factories import NOW
from tests.remarks import REASONS, Round


class Who(StrEnum):
    """Everybody who stands before a door."""

    PUBLIC = "public"
    OWN_BODY = "own body"
    OTHER_BODY = "other body"
    SECRETARIAT = "secretariat"
    DRAFTING = "drafting"
    AUDITOR = "auditor"
    CONSOLE = "console"


READS_AS = {
    Who.PUBLIC: Reader.PUBLIC,
    Who.OWN_BODY: Reader.OWN_BODY,
    Who.OTHER_BODY: Reader.PUBLIC,
    Who.SECRETARIAT: Reader.SECRETARIAT,
    Who.DRAFTING: Reader.DRAFTING,
    Who.AUDITOR: Reader.SECRETARIAT,
    Who.CONSOLE: Reader.SECRETARIAT,
}
STAFF = {Who.SECRETARIAT, Who.DRAFTING, Who.AUDITOR, Who.CONSOLE}


@dataclass(frozen=True)
class Secret:
    """A word, and for whom it is."""

    word: str
    readers: frozenset[Who]


@dataclass
class World:
    """One consultation with a remark in every state."""

    mode: Admission
    remarks: dict[CommentState, Comment] = field(default_factory=dict)
    secrets: list[Secret] = field(default_factory=list)
    files: dict[CommentState, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.round = Round(factories.consultation(admission=self.mode))
        self.people: dict[Who, Actor | None] = {
            Who.PUBLIC: None,
            Who.OWN_BODY: self.round.mayor,
            Who.OTHER_BODY: factories.holder(Office.MAYOR, factories.body("Comune Vicino")),
            Who.SECRETARIAT: self.round.secretary,
            Who.DRAFTING: self.round.lead,
            Who.AUDITOR: factories.holder(Office.AUDITOR),
        }
        for state in CommentState:
            self._remark(state)
            self._file(state)
        self._answers()
        self._notes()
        self._passage()

    def word(self, state: CommentState, part: str) -> str:
        """The word that stands in one part of the remark in a state."""
        return f"parola-{state.value.replace('_', '-')}-{part}"

    def hidden_from(self, who: Who) -> Iterator[str]:
        """Every word that this reader must meet nowhere."""
        return (secret.word for secret in self.secrets if who not in secret.readers)

    def number(self, state: CommentState) -> int:
        """The public number of the remark in a state."""
        return self.remarks[state].number or 0

    def _keep(self, word: str, may: Callable[[Who], bool]) -> str:
        self.secrets.append(Secret(word, frozenset(who for who in Who if may(who))))
        return word

    def _remark(self, state: CommentState) -> None:
        def may(who: Who) -> bool:
            return may_see(READS_AS[who], state, self.mode)

        texts: dict[str, Any] = {
            part: self._keep(self.word(state, part), may) for part in ("observation", "proposed_text", "reasons")
        }
        if state is CommentState.DRAFT:
            saved = self.round.draft(**texts)
            self.remarks[state] = db.session.get_one(Comment, saved.comment_id)
            return
        first = CommentState.ADMITTED if state is CommentState.NOT_ADMITTED else state
        self.remarks[state] = self.round.remark(first, **texts)

    def _file(self, state: CommentState) -> None:
        """A file that goes with the remark: its name and its content are for the readers of its text."""
        word = self._keep(self.word(state, "attachment"), lambda who: may_see(READS_AS[who], state, self.mode))
        folder = current_app.extensions["store"].data_dir
        self.files[state] = papers.hang(self.remarks[state].id, papers.pdf(title=word), f"{word}.pdf", folder)

    def _answers(self) -> None:
        """A published answer, one that its remark took out of sight later, and one that is only proposed."""
        shown = self._keep("parola-risposta-pubblicata", lambda who: True)
        self.round.published(self.remarks[CommentState.ADMITTED], text=f"{REASONS} {shown}")
        refused = self.remarks[CommentState.NOT_ADMITTED]
        sunk = self._keep("parola-risposta-nascosta", lambda who: READS_AS[who] is Reader.SECRETARIAT)
        self.round.published(refused, text=f"{REASONS} {sunk}")
        owed = {Who.OWN_BODY, Who.SECRETARIAT, Who.AUDITOR, Who.CONSOLE}
        told = self._keep("parola-motivo-del-rifiuto", lambda who: who in owed)
        self.round.refuse(refused, text=f"Non riguarda il piano: {told}")
        early = self._keep("parola-risposta-proposta", lambda who: who in STAFF)
        self.round.proposed(self.round.admitted(observation="Un altro punto."), text=f"{REASONS} {early}")

    def _passage(self) -> None:
        """A public remark of which some words are hidden: its body has them still, everybody else the rest."""
        word = self._keep("parola-oscurata-nel-testo", lambda who: who is Who.OWN_BODY)
        self.masked = self.round.admitted(observation=f"Chiama {word}. Il resto si legge.", reasons=f"Vedi {word}.")
        self.round.hide(self.masked, word)

    def _notes(self) -> None:
        team = {Who.DRAFTING, Who.SECRETARIAT}
        word = self._keep("parola-nota-interna", lambda who: who in team)
        write_note.write_note(self.round.lead, self.remarks[CommentState.ADMITTED].id, word, now=NOW)
