"""A text of the Forum being written and amended: organisations, their delegates, a rapporteur, a remark or two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from portal.db import atomic, db
from portal.kernel.actor import Actor
from portal.opinions.amending import (
    arrange,
    cite,
    dispose,
    freeze,
    name_rapporteur,
    open_amendments,
    propose,
    queries,
    settle,
    sign,
    write_section,
)
from portal.opinions.amending.cite import Source
from portal.opinions.amending.propose import Proposal, Proposed
from portal.opinions.amending.rows import AmendmentRow, SectionRow, TextPage
from portal.opinions.amending.rules import AmendmentKind, SourceKind
from portal.opinions.amending.write_section import Saved, Written
from portal.voting.prepare import Question, prepare
from portal.voting.rules import Matter
from tests import factories
from tests.factories import NOW
from tests.forum import Forum
from tests.forum_requests import Request

WINDOW = timedelta(days=3)
LATER = NOW + WINDOW
ASKED = "Si chiede un percorso ciclabile continuo. Si chiede di dirlo con date certe. I costi siano resi pubblici."
WHY = "Lo chiedono le associazioni del territorio."


class Drafting:
    """Five organisations; the delegate of the first is the rapporteur."""

    def __init__(self, organisations: int = 5, remarks: Sequence[str] = (ASKED,)) -> None:
        self.forum = Forum(organisations)
        self.asked = Request()
        self.number, self.secretary = self.asked.number, self.asked.secretary
        self.delegates = self.forum.delegates
        self.rapporteur = self.delegates[0]
        assert self.rapporteur.acting is not None
        name_rapporteur.name_rapporteur(self.secretary, self.number, self.rapporteur.acting.mandate_id, now=NOW)
        for section in self.page.sections:
            self.write(section, "Il Forum, riunito in assemblea, ha esaminato il Piano.")
        for text in remarks:
            self.remark(text)

    @property
    def page(self) -> TextPage:
        """The text as members read it."""
        db.session.rollback()
        return queries.text(self.rapporteur, self.number)

    @property
    def first(self) -> SectionRow:
        """The first remark."""
        return self.page.remarks[0]

    @property
    def action(self) -> int:
        """The action that remarks are about."""
        return factories.actions_of(self.asked.version)[0].id

    def write(
        self, section: SectionRow, text: str, *, base: int | None = None, actor: Actor | None = None, **more: Any
    ) -> Saved:
        """Over a revision, the present one unless said otherwise."""
        known: dict[str, Any] = {"heading": section.heading, "reason": section.reason, **_target(section)}
        wanted = Written(text, **(known | more))
        at = section.revision if base is None else base
        return write_section.write(actor or self.rapporteur, self.number, section.id, wanted, at, now=NOW)

    def remark(self, text: str = ASKED) -> int:
        """A whole remark that the rapporteur proposes; its row."""
        found = arrange.add_remark(self.rapporteur, self.number, now=NOW)
        section = next(one for one in self.page.remarks if one.id == found)
        self.write(section, text, reason=WHY, action_id=self.action)
        cite.cite(self.rapporteur, self.number, found, Source(SourceKind.RAPPORTEUR), now=NOW)
        return found

    def open(self, until: datetime = LATER) -> None:
        """To amendments."""
        open_amendments.open_amendments(self.secretary, self.number, until, now=NOW)

    def propose(
        self,
        text: str,
        *,
        by: int = 1,
        kind: AmendmentKind = AmendmentKind.MODIFYING,
        section: SectionRow | None = None,
        base: int | None = None,
        at: datetime = NOW,
        **more: object,
    ) -> Proposed:
        """An organisation asks for a change of the first remark."""
        where = section or self.first
        wanted = Proposal(where.id, base or where.revision, kind, text, "È più chiaro così.", **more)  # type: ignore[arg-type]
        return propose.propose(self.delegates[by], self.number, wanted, now=at)

    def signed(self, number: int, by: Sequence[int] = (2, 3, 4)) -> None:
        """By the delegates of these organisations."""
        for one in by:
            sign.sign(self.delegates[one], self.number, number, now=NOW)

    def to_vote(self, text: str = "", **more: object) -> int:
        """An amendment that enough have signed, to be voted."""
        number = self.propose(text, **more).number  # type: ignore[arg-type]
        by = int(str(more.get("by", 1)))
        self.signed(number, [one for one in range(5) if one != by][:3])
        dispose.put_to_vote(self.secretary, self.number, number, now=NOW)
        return number

    def accept(self, number: int) -> None:
        """The rapporteur takes it in."""
        dispose.accept(self.rapporteur, self.number, number, now=NOW)

    def freeze(self) -> str:
        """When the time is over."""
        return freeze.freeze(self.secretary, self.number, now=LATER)

    def row(self, number: int) -> AmendmentRow:
        """An amendment as everybody reads it."""
        db.session.rollback()
        return queries.amendment(self.number, number)

    @atomic()
    def settled(self, number: int, passed: bool = True) -> None:
        """The vote on it was proclaimed."""
        settle.settle(self.number, queries.amendment(self.number, number).id, passed, self.poll(), LATER)

    @atomic()
    def reopened(self, number: int) -> None:
        """Its vote was annulled."""
        settle.reopen(self.number, queries.amendment(self.number, number).id, LATER)

    @atomic()
    def final(self) -> str:
        """The text that is put to the final vote."""
        return settle.freeze_final(self.number, LATER)

    def poll(self) -> int:
        """A vote, whatever it is about."""
        asked = Question("Approvate l'emendamento?", Matter.FORUM_AMENDMENT)
        return prepare(self.asked.general, asked, now=NOW)


def _target(section: SectionRow) -> dict[str, object]:
    return {"action_id": section.action_id, "paragraph_id": section.paragraph_id}
