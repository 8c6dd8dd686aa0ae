"""The invented sittings: one that was, one about to be with its accreditations, one cancelled, one asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from itertools import count

from portal.comments.consultation_queries import shelf
from portal.conferences import (
    accredit,
    add_to_notice,
    ask_to_convene,
    cancel,
    convene,
    file_paper,
    file_receipt,
    grant,
    install_rules,
    open_conference,
    plan_sitting,
    write_agenda,
)
from portal.conferences.accreditation_rules import Identification, Presence
from portal.conferences.rules import ItemKind, Mode, Organ, Visibility
from portal.demo import content
from portal.demo.agenda import Act
from portal.demo.city import SYSTEM, City
from portal.demo.content import Item
from portal.demo.filed import filed
from portal.demo.hall import Hall
from portal.kernel.actor import Actor
from portal.kernel.clock import at_rome, local, local_day
from portal.plan import queries as plans

FILE = "sittings.json"
SECRETARIAT, CLERK = "metro-segreteria", "metro-aula"
MINUTES = timedelta(minutes=1)
RECEIPT = """<?xml version="1.0" encoding="UTF-8"?>
<postacert tipo="avvenuta-consegna" errore="nessuno"><intestazione>
<mittente>protocollo@pec.cittametropolitana.velmara.example</mittente>
<destinatari tipo="certificato">{address}</destinatari><oggetto>Avviso di convocazione</oggetto></intestazione>
<dati><gestore-emittente>Gestore dimostrativo</gestore-emittente><data zona="{zone}"><giorno>{day}</giorno>
<ora>{hour}</ora></data><identificativo>demo.{key}</identificativo><msgid>&lt;demo.{key}@pec.example&gt;</msgid>
<ricevuta tipo="completa"/><consegna>{address}</consegna></dati></postacert>"""


@dataclass
class Diary:
    """Numbers of conferences, sittings and requests by their keys."""

    city: City
    actions: dict[str, int] = field(default_factory=dict)
    version_id: int = 0
    sittings: dict[str, int] = field(default_factory=dict)
    begins: dict[str, datetime] = field(default_factory=dict)
    requests: dict[str, int] = field(default_factory=dict)

    def who(self, name: str, at: datetime) -> Actor:
        """`person:body` as the data files write it."""
        person, _, body = name.partition(":")
        return self.city.actor(person, body, at)

    def mandate(self, name: str) -> int:
        """The mandate that `person:body` names."""
        person, _, body = name.partition(":")
        return self.city.mandates[person, body]


def plan_sittings(city: City) -> None:
    """Put rule sets, conferences, requests and sittings on the agenda."""
    diary, agenda = Diary(city), city.agenda
    agenda.add(agenda.days_ago(60), _install)
    for facts in content.items(FILE, "requests"):
        agenda.add(agenda.days_ago(facts["days_ago"]), _ask(diary, facts))
    for facts in content.items(FILE, "conferences"):
        agenda.add(agenda.days_ago(facts["opened_days_ago"]), _open(diary, facts))


def _install(at: datetime) -> None:
    install_rules.install_rules(SYSTEM, now=at)


def _ask(diary: Diary, facts: Item) -> Act:
    def act(at: datetime) -> None:
        first, *others = facts["by"]
        number = ask_to_convene.ask(diary.who(first, at), facts["subject"], facts["reasons"], now=at)
        diary.requests[facts["key"]] = number
        for n, name in enumerate(others, 1):
            then = at + 20 * n * MINUTES
            ask_to_convene.support(diary.who(name, then), number, now=then)
        for name in facts["left"]:
            then = at + 300 * MINUTES
            ask_to_convene.withdraw(diary.who(name, then), number, now=then)

    return act


def _open(diary: Diary, facts: Item) -> Act:
    def act(at: datetime) -> None:
        city = diary.city
        found = next(edition for edition in shelf().editions if edition.slug == content.slug())
        diary.version_id = found.version_id
        tree = plans.tree(found.version_id, found.mark)
        diary.actions = {action.source_code: action.id for action in tree.actions}
        wanted = open_conference.Wanted(
            Organ(facts["organ"]),
            facts["title"],
            facts["aim"],
            diary.version_id,
            [diary.actions[code] for code in facts["actions"]],
            {city.bodies[key]: email for key, email in facts["guests"].items()},
        )
        number = open_conference.open_conference(city.staff(SECRETARIAT, at), wanted, now=at)
        for sitting in facts["sittings"]:
            days = sitting.get("convened_days_ago", 1) + 1
            city.agenda.add(max(city.agenda.days_ago(days), at + 5 * MINUTES), _plan(diary, number, sitting))

    return act


def _plan(diary: Diary, conference: int, facts: Item) -> Act:
    def act(at: datetime) -> None:
        city, agenda = diary.city, diary.city.agenda
        starts = _starts_at(agenda.now, facts)
        diary.begins[facts["key"]] = starts
        plan = plan_sitting.Plan(
            title=facts["title"],
            calls=[starts],
            mode=Mode(facts["mode"]),
            visibility=Visibility.PUBLIC,
            chair="Sindaca metropolitana",
            case_officer="Responsabile della segreteria della consultazione",
            contacts="segreteria@cittametropolitana.velmara.example",
            place=facts["place"],
            remote_link="" if facts["mode"] == "room" else "https://incontri.cittametropolitana.velmara.example/seduta",
            streaming_link="https://video.cittametropolitana.velmara.example/sedute",
            speaking="Ci si iscrive a parlare alla segreteria della sala o, da remoto, alla segreteria collegata.",
            written_contributions="I contributi scritti si inviano alla segreteria entro il giorno prima della seduta.",
            request_id=diary.requests[facts["request"]] if "request" in facts else None,
        )
        number = plan_sitting.plan_sitting(city.staff(SECRETARIAT, at), conference, plan, now=at)
        diary.sittings[facts["key"]] = number
        for item in facts["items"]:
            _item(diary, number, item, at)
        if "convened_days_ago" in facts:
            convened = max(agenda.days_ago(facts["convened_days_ago"]), at + MINUTES)
            agenda.add(convened, _convene(diary, number, facts))

    return act


def _starts_at(now: datetime, facts: Item) -> datetime:
    """At an hour of a day, or so many minutes ago for the sitting that goes on while one looks."""
    if "minutes_ago" in facts:
        return now - timedelta(minutes=facts["minutes_ago"])
    return at_rome(local_day(now) + timedelta(days=facts["days"]), time(facts["hour"]))


def _item(diary: Diary, number: int, facts: Item, at: datetime) -> None:
    city = diary.city
    secretary = city.staff(SECRETARIAT, at)
    wanted = write_agenda.Item(
        ItemKind(facts["kind"]),
        facts["title"],
        rapporteur=facts.get("rapporteur", ""),
        minutes=facts["minutes"],
        legal_basis=facts.get("legal_basis", ""),
        action_ids=[diary.actions[code] for code in facts.get("actions", ())],
    )
    item = write_agenda.add_item(secretary, number, wanted, now=at)
    for file, title in facts.get("papers", ()):
        with filed(city.store, file) as found:
            file_paper.add_paper(secretary, number, item, title, file, found, store=city.store, now=at)


def _convene(diary: Diary, number: int, facts: Item) -> Act:
    def act(at: datetime) -> None:
        city, agenda = diary.city, diary.city.agenda
        convene.convene(city.staff(SECRETARIAT, at), number, now=at)
        agenda.add(at + 26 * 60 * MINUTES, lambda then: _accredit(diary, number, facts, then))
        if "script" in facts:
            hall = Hall(city, number, diary.begins[facts["key"]], diary.actions, diary.sittings)
            hall.play(facts["script"])
        for n, body in enumerate(facts.get("receipts", ())):
            agenda.add(at + (40 + n) * MINUTES, _receipt(diary, number, body))
        if "addendum" in facts:
            agenda.add(agenda.days_ago(facts["addendum"]["days_ago"]), _add(diary, number, facts["addendum"]))
        if "cancelled" in facts:
            told = facts["cancelled"]
            agenda.add(agenda.days_ago(told["days_ago"]), _cancel(diary, number, told["reason"]))

    return act


def _add(diary: Diary, number: int, facts: Item) -> Act:
    def act(at: datetime) -> None:
        for item in facts["items"]:
            _item(diary, number, item, at)
        add_to_notice.add_to_notice(diary.city.staff(SECRETARIAT, at), number, now=at)
        for item in facts["unannounced"]:
            _item(diary, number, item, at + 5 * MINUTES)

    return act


def _cancel(diary: Diary, number: int, reason: str) -> Act:
    def act(at: datetime) -> None:
        cancel.cancel(diary.city.staff(SECRETARIAT, at), number, reason, now=at)

    return act


def _receipt(diary: Diary, number: int, body: str) -> Act:
    def act(at: datetime) -> None:
        city, when = diary.city, local(at)
        facts = RECEIPT.format(
            address=f"protocollo@pec.ente{body}.example", zone=f"{when:%z}", day=f"{when:%d/%m/%Y}",
            hour=f"{when:%H:%M:%S}", key=body,
        )  # fmt: skip
        message = EmailMessage()
        message["Subject"], message["X-Ricevuta"] = "CONSEGNA: Avviso di convocazione", "avvenuta-consegna"
        message.set_content("Ricevuta dimostrativa di avvenuta consegna.")
        message.add_attachment(facts.encode(), maintype="application", subtype="xml", filename="daticert.xml")
        secretary, raw = city.staff(SECRETARIAT, at), message.as_bytes()
        file_receipt.file_receipt(secretary, number, 1, city.bodies[body], raw, now=at)

    return act


def _propose(diary: Diary, number: int, name: str, at: datetime, *, sent: str = "") -> int:
    city, presence = diary.city, Presence.REMOTE if at.minute % 2 else Presence.ROOM
    if not sent:
        wanted = accredit.Proposal(diary.mandate(name), presence)
        return accredit.propose(diary.who(name, at), number, wanted, store=city.store, now=at)
    with filed(city.store, "delega-seduta.pdf") as found:
        title = "Delega espressa della Sindaca, prot. 4512, per questa seduta"
        wanted = accredit.Proposal(diary.mandate(sent), Presence.ROOM, title, found, "delega-seduta.pdf")
        return accredit.propose(diary.who(name, at), number, wanted, store=city.store, now=at)


def _accredit(diary: Diary, number: int, facts: Item, at: datetime) -> None:
    """Some are granted, some wait, one is refused, one seat goes to a delegate afterwards; every seven minutes one."""
    times = (at + n * 7 * MINUTES for n in count())
    secretary = diary.city.staff(CLERK, at)
    for name in facts["accredited"]:
        proposed = _propose(diary, number, name, next(times))
        grant.grant(secretary, number, proposed, Identification.DIGITAL_IDENTITY, now=next(times))
    for name in facts.get("waiting", ()):
        _propose(diary, number, name, next(times))
    for mayor, sent in facts.get("delegated", ()):
        _propose(diary, number, mayor, next(times), sent=sent)
    if "refused" in facts:
        refused = facts["refused"]
        proposed = _propose(diary, number, refused["who"], next(times))
        grant.refuse(secretary, number, proposed, refused["reason"], now=next(times))
    if "handed_over" in facts:
        change = facts["handed_over"]
        proposed = _propose(diary, number, change["seat"], next(times), sent=change["to"])
        grant.grant(secretary, number, proposed, Identification.DIGITAL_SIGNATURE, now=next(times))
