"""Two further invented requests to the mayors: one set aside by two persons, one whose text is being written.

They are told last, so that the numbers of all other requests stay as they are.
"""

from __future__ import annotations

from datetime import timedelta

from portal.comments.consultation_queries import Edition, shelf
from portal.demo import content
from portal.demo.city import City
from portal.demo.content import Item
from portal.demo.hall import CLERK, CONDUCTS
from portal.kernel.clock import local_day
from portal.opinions import override, register, write_text
from portal.opinions.register import Asked
from portal.opinions.rules import OpinionKind
from portal.opinions.write_text import Point
from portal.plan import queries as plans

FILE = "opinions.json"
GENERAL = "metro-segretario-generale"
HOUR = timedelta(hours=1)


def tell_further_opinions(city: City) -> None:
    """Each from the Council's act to where it stands."""
    for facts in content.items(FILE, "further"):
        edition = next(one for one in _others() if one.number == facts["version"])
        _tell(city, facts, edition)


def _others() -> list[Edition]:
    return [one for one in shelf().editions if one.slug != content.slug()]


def _tell(city: City, facts: Item, edition: Edition) -> None:
    at = city.agenda.days_ago(facts["days"])
    asked = Asked(edition.version_id, facts["subject"], facts["act"], local_day(at), at - HOUR)
    number = register.register(city.staff(CLERK, at), asked, now=at)
    staff = city.staff(CONDUCTS, at + HOUR)
    write_text.write_text(staff, number, OpinionKind(facts["kind"]), facts["text"], now=at + HOUR)
    tree = plans.tree(edition.version_id, edition.mark)
    texts = [text for one in tree.sections for text in (*one.texts, *one.objectives)]
    texts += [text for one in tree.actions for text in one.all_paragraphs()]
    for remark in facts["remarks"]:
        point = Point(None, texts[remark["position"]].id, remark["request"], remark["reason"])
        write_text.add_remark(staff, number, point, now=at + 2 * HOUR)
    if "override" in facts:
        at = city.agenda.days_ago(facts["override"]["days"])
        waiting = override.ask(city.staff(CONDUCTS, at), number, facts["override"]["reason"], now=at)
        override.confirm(city.staff(GENERAL, at + HOUR), number, waiting, now=at + HOUR)
