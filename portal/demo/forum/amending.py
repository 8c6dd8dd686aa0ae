"""Invented texts of the Forum: one that was amended and frozen, one open to amendments, one that is being written."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.comments import queries as comments
from portal.comments.consultation_queries import shelf
from portal.demo import content
from portal.demo.agenda import Story
from portal.demo.city import City
from portal.demo.content import Item
from portal.demo.forum.requests import number_of
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
    sign,
    write_section,
)
from portal.opinions.amending.cite import Source
from portal.opinions.amending.propose import Proposal
from portal.opinions.amending.rows import SectionRow
from portal.opinions.amending.rules import AmendmentKind, SourceKind
from portal.opinions.amending.write_section import Written
from portal.opinions.requests import queries as requests
from portal.opinions.rules import OpinionKind
from portal.plan import queries as plans

FILE = "forum/amending.json"
SECRETARY = "metro-forum"
HOUR = timedelta(hours=1)


def tell_amending(city: City) -> None:
    """The rapporteur writes, the organisations amend, what is over is frozen."""
    for facts in content.items(FILE, "texts"):
        city.agenda.follow(_Text(city, facts).tell())


class _Text:
    """One text from its rapporteur to its freezing, or as far as it has come."""

    def __init__(self, city: City, facts: Item) -> None:
        self.city, self.facts = city, facts

    def _look_up(self) -> None:
        self.number = number_of(self.facts["request"])
        version_id = requests.request(self.number).version_id
        edition = next(one for one in shelf().editions if one.version_id == version_id)
        tree = plans.tree(edition.version_id, edition.mark)
        self.actions = {one.code: one.id for one in tree.actions}

    def tell(self) -> Story:
        """All of it, each act at its own instant."""
        named = self.city.agenda.days_ago(self.facts["named"])
        yield named
        self._look_up()
        yield from self._write(named)
        if "opened" in self.facts:
            yield from self._open(self.city.agenda.days_ago(self.facts["opened"]))

    def _open(self, opened: datetime) -> Story:
        yield opened
        closes = self.city.agenda.days_ago(self.facts["closes"])
        open_amendments.open_amendments(self._secretary(opened), self.number, closes, now=opened)
        for which, facts in enumerate(self.facts["amendments"], 1):
            yield opened + which * HOUR
            self._amend(which, facts, opened + which * HOUR)
        if "frozen" in self.facts:
            at = self.city.agenda.days_ago(self.facts["frozen"])
            yield at
            freeze.freeze(self._secretary(at), self.number, now=at)

    def _secretary(self, at: datetime) -> Actor:
        return self.city.staff(SECRETARY, at)

    def _who(self, name: str, at: datetime) -> Actor:
        person, _, body = name.partition(":")
        return self.city.actor(person, body, at)

    def _sections(self, at: datetime) -> tuple[SectionRow, ...]:
        return queries.text(self._secretary(at), self.number).sections

    def _write(self, at: datetime) -> Story:
        rapporteur = self._who(self.facts["rapporteur"], at)
        assert rapporteur.acting is not None  # who acts for an organisation has a mandate
        name_rapporteur.name_rapporteur(self._secretary(at), self.number, rapporteur.acting.mandate_id, now=at)
        preamble, conclusion = self._sections(at)
        yield at + HOUR
        for section, words in ((preamble, self.facts["preamble"]), (conclusion, self.facts["conclusion"])):
            write_section.write(rapporteur, self.number, section.id, Written(words), section.revision, now=at + HOUR)
        arrange.choose_kind(rapporteur, self.number, OpinionKind(self.facts["kind"]), now=at + HOUR)
        for hours, facts in enumerate(self.facts["remarks"], 2):
            yield at + hours * HOUR
            self._remark(rapporteur, facts, at + hours * HOUR)

    def _remark(self, rapporteur: Actor, facts: Item, at: datetime) -> None:
        made = arrange.add_remark(rapporteur, self.number, now=at)
        action = self.actions[facts["action"]]
        written = Written(facts["text"], facts["heading"], facts["reason"], action)
        write_section.write(rapporteur, self.number, made, written, 1, now=at)
        known = comments.remarks_on_action(Actor.anonymous(), action)[:2]
        sources = [Source(SourceKind.COMMENT, one.number) for one in known] or [Source(SourceKind.RAPPORTEUR)]
        for source in sources:
            cite.cite(rapporteur, self.number, made, source, now=at)

    def _amend(self, which: int, facts: Item, at: datetime) -> None:
        remarks = [one for one in self._sections(at) if one.label and not one.amendment]
        section = remarks[facts["section"] - 1]
        propose.propose(self._who(facts["by"], at), self.number, self._proposal(section, facts), now=at)
        for name in facts["signers"]:
            sign.sign(self._who(name, at), self.number, which, now=at)
        secretary, said = self._secretary(at), facts.get("said", "")
        match facts.get("act"):
            case "accept":
                dispose.accept(self._who(self.facts["rapporteur"], at), self.number, which, said, now=at)
            case "to_vote":
                dispose.put_to_vote(secretary, self.number, which, said, now=at)
            case "refuse":
                dispose.refuse(secretary, self.number, which, said, now=at)
            case "withdraw":
                sign.withdraw(self._who(facts["by"], at), self.number, which, now=at)

    def _proposal(self, section: SectionRow, facts: Item) -> Proposal:
        kind, reason = AmendmentKind(facts["kind"]), facts["reason"]
        if "apart" not in facts:
            text = (
                section.text.replace(facts.get("find", ""), facts.get("put", "")) if "find" in facts else section.text
            )
            return Proposal(section.id, section.revision, kind, text + facts.get("append", ""), reason)
        own = facts["apart"]
        return Proposal(
            section_id=section.id,
            base=section.revision,
            kind=kind,
            text=own["text"],
            reason=reason,
            apart=True,
            heading=own["heading"],
            why=own["why"],
            action_id=self.actions[own["action"]],
        )
