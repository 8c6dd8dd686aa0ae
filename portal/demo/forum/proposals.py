"""What the invented Forum asked by itself: proposals in time and late, its document twice, the plan’s answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from portal.comments.consultation_queries import shelf
from portal.demo import content
from portal.demo.city import City
from portal.demo.content import Item
from portal.forum import queries as forums
from portal.forum.rules import ForumKey
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.opinions.proposals import (
    adopt_paper,
    agenda,
    approve,
    cover,
    decide,
    draft_paper,
    paper_queries,
    queries,
    send,
    support,
    withdraw,
    write,
)
from portal.opinions.proposals.cover import Said
from portal.opinions.proposals.decide import Decision
from portal.opinions.proposals.rules import Answer, Degree
from portal.opinions.proposals.write import Wording
from portal.plan import queries as plans

FILE = "forum/proposals.json"
SECRETARY, CLERK, DRAFTER = "metro-forum", "metro-aula", "metro-istruttrice"
HOUR = timedelta(hours=1)


def tell_proposals(city: City) -> None:
    """Proposals first, then the document and what the plan answers to it."""
    forum = forums.by_key(ForumKey.METROPOLITAN).id
    for n, facts in enumerate(content.items(FILE, "proposals"), 1):
        _proposal(city, forum, n, facts)
    keys: dict[str, int] = {}
    paper = 0
    for facts in content.items(FILE, "papers"):
        paper = _paper(city, forum, facts, keys)
    _draft(city)
    _coverage(city, paper, keys)


def _who(city: City, name: str, at: datetime) -> Actor:
    if not name:
        return city.staff(SECRETARY, at)
    person, _, body = name.partition(":")
    return city.actor(person, body, at)


def _proposal(city: City, forum: int, n: int, facts: Item) -> None:
    at = city.agenda.days_ago(facts["written"])
    wording = Wording(facts["title"], facts["text"], facts["reason"])
    number = write.write(_who(city, facts["by"], at), forum, wording, now=at)
    secretary = city.staff(SECRETARY, at)
    read = queries.proposal(secretary, number).text_hash
    for later, name in enumerate(facts["supported"], 1):
        support.support(_who(city, name, at), number, read, now=at + later * HOUR)
    if "approved" in facts:
        approve.approve(secretary, number, read, now=city.agenda.days_ago(facts["approved"]))
    if "sent" not in facts:
        return
    approve.approve(secretary, number, read, now=at + 8 * HOUR)
    at = city.agenda.days_ago(facts["sent"])
    send.send(city.staff(SECRETARY, at), number, local_day(at), f"PG {4100 + 37 * n} (dimostrativo)", now=at)
    _council(city, number, facts)


def _council(city: City, number: int, facts: Item) -> None:
    if "agenda" in facts:
        at = city.agenda.days_ago(facts["agenda"])
        clerk = city.staff(CLERK, at)
        agenda.put_on_agenda(clerk, number, local_day(at), facts["agenda_reference"], now=at)
    if "decided" in facts:
        at = city.agenda.days_ago(facts["decided"])
        decision = Decision(local_day(at), Answer(facts["answer"]), facts["decision"], facts["act"])
        decide.decide(city.staff(CLERK, at), number, decision, now=at)
    if "withdrawn" in facts:
        at = city.agenda.days_ago(facts["withdrawn"])
        withdraw.withdraw(_who(city, facts["by"], at), number, facts["why"], now=at)


def _paper(city: City, forum: int, facts: Item, keys: dict[str, int]) -> int:
    """A version: the items of the last one, less what is gone, with what is written anew and what is new."""
    at = city.agenda.days_ago(facts["begun"])
    secretary = city.staff(SECRETARY, at)
    paper = draft_paper.begin(secretary, forum, facts["title"], facts["preamble"], now=at)
    for key in facts.get("gone", ()):
        draft_paper.remove_item(secretary, paper, _number(paper, keys[key]), now=at + HOUR)
    axes = _axes()
    for one in facts["items"]:
        axis = one["axis"]
        item = draft_paper.Item(one["title"], one["text"], one["reason"], axis, axes.get(axis, ""))
        if one["key"] in keys:
            draft_paper.change_item(secretary, paper, _number(paper, keys[one["key"]]), item, now=at + HOUR)
        else:
            number = draft_paper.add_item(secretary, paper, item, now=at + HOUR)
            keys[one["key"]] = paper_queries.item(paper, number).key
    at = city.agenda.days_ago(facts["adopted"])
    adopt_paper.adopt(city.staff(SECRETARY, at), paper, local_day(at), facts["act"], now=at)
    return paper


def _draft(city: City) -> None:
    """The young are writing theirs."""
    facts = content.items(FILE, "drafts")[0]
    at, axes = city.agenda.days_ago(facts["begun"]), _axes()
    secretary = city.staff(SECRETARY, at)
    forum = forums.by_key(ForumKey.YOUTH).id
    paper = draft_paper.begin(secretary, forum, facts["title"], facts["preamble"], now=at)
    for one in facts["items"]:
        item = draft_paper.Item(one["title"], one["text"], one["reason"], one["axis"], axes[one["axis"]])
        draft_paper.add_item(secretary, paper, item, now=at + HOUR)


def _number(paper: int, key: int) -> int:
    return next(one.number for one in paper_queries.items(paper) if one.key == key)


def _axes() -> dict[str, str]:
    ours = content.slug()
    found = next(one for one in shelf().editions if one.slug == ours)
    return {one.code: one.title for one in plans.tree(found.version_id, found.mark).sections}


def _coverage(city: City, paper: int, keys: dict[str, int]) -> None:
    """Against the text in hand; of one item nothing has been said yet."""
    at = city.agenda.days_ago(5)
    drafter, items = city.staff(DRAFTER, at), {one.key: one.id for one in paper_queries.items(paper)}
    for said, item in _said(city):
        cover.cover(drafter, items[keys[item]], said, now=at)


def _said(city: City) -> Iterator[tuple[Said, str]]:
    main = shelf().main(city.agenda.now)
    assert main is not None  # the plan was published before
    tree = plans.tree(main.version_id, main.mark)
    for facts in content.items(FILE, "coverage"):
        action = tree.action(facts["action"]) if facts["action"] else None
        yield (
            Said(main.version_id, action.id if action else None, Degree(facts["degree"]), facts["reason"]),
            facts["item"],
        )
