"""Paper in the invented city: what bodies attach to their remarks, and letters that the secretariat registers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from portal.comments import attach_letter, open_letter, receipts, registrations, split_letter
from portal.comments.attach import attach
from portal.comments.decide import decide
from portal.comments.open_letter import Heading
from portal.comments.points import Place
from portal.comments.register_letter import register
from portal.comments.registration_rules import LetterChannel, Part
from portal.comments.rules import CommentKind
from portal.demo import content
from portal.demo.agenda import Act
from portal.demo.content import Item
from portal.demo.filed import filed
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.offices import Office

if TYPE_CHECKING:
    from portal.demo.consultation import Procedure

FILE = "letters.json"
SECRETARIAT, MODERATOR = "metro-segreteria", "metro-moderatrice"
MINUTES = timedelta(minutes=1)


def attachments(procedure: Procedure, author: Actor, remark: Item, at: datetime) -> None:
    """Attach to the draft of a remark what its body sends along."""
    for paper in content.items(FILE, "attachments"):
        if paper["remark"] == remark["key"]:
            comment_id, name, key = procedure.remarks[remark["key"]], paper["name"], f"demo{paper['remark']}"
            store = procedure.city.store
            with filed(store, paper["file"]) as found:
                attach(author, comment_id, found, name, key, store=store, now=at)


def plan_letters(procedure: Procedure) -> None:
    """Put on the agenda the letters that came to this consultation."""
    agenda = procedure.city.agenda
    for facts in content.items(FILE, "letters"):
        agenda.add(agenda.days_ago(facts["taken_in_days_ago"]), _take_in(procedure, facts))


def _take_in(procedure: Procedure, facts: Item) -> Act:
    def act(at: datetime) -> None:
        city = procedure.city
        secretary = city.staff(SECRETARIAT, at)
        came = city.agenda.days_ago(facts["came_days_ago"]) + 95 * MINUTES
        heading = Heading(
            procedure.consultation_id,
            city.bodies[facts["body"]],
            LetterChannel(facts["channel"]),
            facts["protocol_number"],
            local_day(came),
            min(came, at),
            Office(facts["signed_as"]),
        )
        letter_id, _ = open_letter.begin(secretary, heading, facts["text"], f"demo-{facts['key']}", now=at)
        document, key = facts["document"], f"demo{facts['key']}"
        with filed(procedure.city.store, document["file"]) as found:
            attach_letter.attach(secretary, letter_id, found, document["name"], key, store=city.store, now=at)
        _split(procedure, secretary, letter_id, facts, at)
        if facts["registered"]:
            _register(procedure, secretary, letter_id, at)

    return act


def _split(procedure: Procedure, secretary: Actor, letter_id: int, facts: Item, at: datetime) -> None:
    def revision() -> int:
        return registrations.letter(secretary, letter_id).revision

    def ranges(words: list[str]) -> list[tuple[int, int]]:
        return [(start, start + len(one)) for one in words for start in (facts["text"].index(one),)]

    for point in facts["points"]:
        action = procedure.tree.action(point["action"])
        paragraph = {p.number: p.id for p in action.paragraphs}[point["paragraph"]]
        place = Place(procedure.consultation_id, action.id, paragraph_id=paragraph)
        kind, words = CommentKind(point["kind"]), ranges(point["observation"])
        point_id = split_letter.add_point(secretary, letter_id, place, kind, words, revision(), now=at)
        for part in (Part.PROPOSED, Part.REASONS):
            if point.get(part.value):
                words = ranges(point[part.value])
                split_letter.assign(secretary, letter_id, words, point_id, part, revision(), now=at)
    split_letter.dismiss(secretary, letter_id, ranges(facts["nothing"]), revision(), now=at)


def _register(procedure: Procedure, secretary: Actor, letter_id: int, at: datetime) -> None:
    """One remark of it is decided on the next day, by somebody else; the others wait in the queue."""
    code = register(secretary, letter_id, registrations.letter(secretary, letter_id).revision, now=at)
    first = receipts.receipt(secretary, code).points[0].id
    city = procedure.city

    def decided(now: datetime) -> None:
        decide(city.staff(MODERATOR, now), first, True, None, "", now=now)

    city.agenda.add(city.agenda.after(at, timedelta(hours=20)), decided)
