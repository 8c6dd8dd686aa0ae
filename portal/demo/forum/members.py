"""The invented organisations: admitted long ago, one suspended, one gone, those that asked to join; and the young."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from portal.accounts.grant_mandate import Appointment
from portal.demo import content
from portal.demo.agenda import BEGINNING
from portal.demo.city import SYSTEM, City
from portal.demo.content import Item
from portal.demo.filed import filed
from portal.forum import (
    admit,
    answer,
    apply,
    decide,
    end_membership,
    import_members,
    install,
    name_people,
    queries,
    register_queries,
    suspend,
)
from portal.forum.answer import Enclosed
from portal.forum.apply import Letter, Wanted
from portal.forum.register import Facts
from portal.forum.rules import ForumKey, Span
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.offices import ForumCategory, Office

FIRST_ACT, FIRST_DAY = "Determinazione n. 41 del 12/02/2024", date(2024, 2, 12)
SUSPENDED, GONE = "forum-consorzio-ambulanti-mercati", "forum-comitato-commercio-vicinato"
YOUNG = (
    "forum-giovani-architetti",
    "forum-studenti-ateneo",
    "forum-spazio-aperto",
    "forum-radio-quartiere",
    "forum-universita",
    "forum-sport-senza-barriere",
    "forum-ciclisti-urbani-velmara",
)
PAPER = "relazione-sedi-provvisorie.pdf"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def _open_register(city: City, at: datetime) -> None:
    """Both Forums with their rules, and who belongs to them since the beginning."""
    install.install(SYSTEM, now=at)
    forum, young = queries.by_key(ForumKey.METROPOLITAN).id, queries.by_key(ForumKey.YOUTH).id
    for body in content.items("bodies.json", "bodies"):
        if body["kind"] == "forum_organisation":
            admit.admit_known(SYSTEM, forum, city.bodies[body["key"]], FIRST_DAY, FIRST_ACT, now=at)
    import_members.import_members(SYSTEM, forum, content.raw("forum/organisations.csv"), FIRST_ACT, now=at)
    city.bodies |= {seat.key: seat.body_id for seat in queries.seats(forum, local_day(at))}
    for key in YOUNG:
        admit.admit_known(SYSTEM, young, city.bodies[key], local_day(at), "Determinazione n. 7 (dimostrativa)", now=at)


def plan_members(city: City) -> None:
    """The register as it was when the portal began, and what changed in it in the last months."""
    agenda = city.agenda
    agenda.add(agenda.now - BEGINNING + timedelta(hours=12), lambda at: _open_register(city, at))
    agenda.add(agenda.days_ago(140), partial(_leave, city))
    agenda.add(agenda.days_ago(40), partial(_suspend, city))
    for facts in content.items("forum/applications.json", "applications"):
        agenda.add(agenda.days_ago(facts["days_ago"]), partial(_ask, city, facts))


def _leave(city: City, at: datetime) -> None:
    reason = "Il comitato si è sciolto con delibera della propria assemblea."
    member = register_queries.membership_of(queries.by_key(ForumKey.METROPOLITAN).id, city.bodies[GONE], local_day(at))
    act = "Presa d’atto n. 9 (dimostrativa)"
    end_membership.end_membership(_secretary(city, at), member.id, local_day(at), reason, act, now=at)


def _suspend(city: City, at: datetime) -> None:
    reason = "Non ha comunicato il delegato dopo il rinnovo degli organi, nonostante due solleciti."
    member = register_queries.membership_of(
        queries.by_key(ForumKey.METROPOLITAN).id, city.bodies[SUSPENDED], local_day(at)
    )
    days = Span(local_day(at), None)
    suspend.suspend(_secretary(city, at), member.id, days, reason, "Determinazione n. 88 (dimostrativa)", now=at)


def _secretary(city: City, at: datetime) -> Actor:
    return city.staff("metro-forum", at)


class Asking:
    """A request to join as it goes on: the personal address comes with each letter."""

    def __init__(self, facts: Item) -> None:
        self.facts = facts
        self.token = ""

    def letter(self, letter: Letter) -> tuple[str, str]:
        """Keep the address, as whoever reads the mail would."""
        self.token = letter.token
        name = letter.organisation
        return (
            f"Richiesta di adesione al Forum: {name}",
            "Lettera dimostrativa: l’indirizzo personale non è più valido.",
        )

    @property
    def wanted(self) -> Wanted:
        """What was written."""
        given = self.facts
        facts = Facts(
            given["name"],
            ForumCategory(given["category"]),
            **{
                name: given.get(name, "")
                for name in (
                    "legal_form",
                    "tax_code",
                    "registered_in",
                    "registered_as",
                    "seat",
                    "website",
                    "contact_email",
                )
            },
        )
        return Wanted(facts, given["purpose"], given["contact_name"])


def _ask(city: City, facts: Item, at: datetime) -> None:
    asking, forum = Asking(facts), queries.by_key(ForumKey.METROPOLITAN).id
    number = apply.apply(forum, asking.wanted, asking.letter, now=at)
    apply.confirm(asking.token, now=at + HOUR)
    clerk = _secretary(city, at)
    if "question" in facts:
        decide.ask(clerk, number, facts["question"], asking.letter, now=at + DAY)
    if "answer" in facts:
        with filed(city.store, PAPER) as found:
            enclosed = Enclosed("statuto.pdf", found)
            answer.answer(asking.token, facts["answer"], enclosed, store=city.store, now=at + 2 * DAY)
    if "refused" in facts:
        decide.refuse(clerk, number, facts["refused"], asking.letter, now=at + 3 * DAY)
    elif "act" in facts:
        then = at + 4 * DAY
        member = decide.admit(clerk, number, local_day(then), facts["act"], asking.letter, now=then)
        body = register_queries.organisation(register_queries.key_of(member)).body_id
        named = Appointment(facts["contact_email"], facts["contact_name"], body, Office.FORUM_DELEGATE, local_day(then))
        name_people.name(clerk, named, now=then + HOUR)
