"""Invented opinions of the mayors: one that was not rendered, one rendered with remarks, one under way on day eleven.

They are told once everything else has happened, each act at its own past instant, so that the numbers of the other
sittings and votes stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from portal.comments.consultation_queries import Edition, shelf
from portal.conferences import accredit, convene, grant, open_conference, plan_sitting, write_agenda
from portal.conferences import queries as sittings
from portal.conferences.accreditation_rules import Identification, Presence
from portal.conferences.hall import items, roll_call, session
from portal.conferences.hall.seats_now import seats_now
from portal.conferences.rules import ItemKind, Mode, Organ, Visibility
from portal.conferences.table import polls
from portal.demo import content
from portal.demo.agenda import Agenda
from portal.demo.city import City
from portal.demo.content import Item
from portal.demo.hall import CHAIR, CLERK, CONDUCTS, SECRETARY
from portal.kernel.clock import at_rome, local_day
from portal.opinions import draw_up, note_dissent, put_to_vote, register, tie_sitting, transmit, write_text
from portal.opinions.register import Asked
from portal.opinions.rules import OpinionKind
from portal.opinions.write_text import Point
from portal.plan import queries as plans
from portal.records.minutes import draw
from portal.voting import queries as votes
from portal.voting import record_answer
from portal.voting.rules import Choice

FILE = "opinions.json"
MINUTES = timedelta(minutes=1)
HOUR = time(15)


@dataclass
class Story:
    """One request as it goes on."""

    city: City
    facts: Item
    edition: Edition
    number: int = 0
    conference: int = 0
    starts: list[datetime] = field(default_factory=list)

    def day(self, days: int, hour: time = time(9)) -> datetime:
        """An hour so many days ago; days to come are negative."""
        return at_rome(local_day(self.city.agenda.now) - timedelta(days=days), hour)

    def later(self, at: datetime, minutes: float) -> datetime:
        """Some minutes after."""
        return at + minutes * MINUTES


def tell_opinions(city: City) -> None:
    """From the first request to the one that is under way."""
    for facts in content.items(FILE, "opinions"):
        agenda = Agenda(city.agenda.now)
        _register(Story(replace(city, agenda=agenda), facts, _edition(facts)))


def _edition(facts: Item) -> Edition:
    ours = content.slug()
    found = [
        one
        for one in shelf().editions
        if (one.slug == ours) is (facts["slug"] == "plan") and one.number == facts["version"]
    ]
    return found[0]


def _register(story: Story) -> None:
    facts, at = story.facts, story.day(story.facts["days"])
    clerk = story.city.staff(CLERK, at)
    asked = Asked(story.edition.version_id, facts["subject"], facts["act"], local_day(at), story.later(at, -30))
    story.number = register.register(clerk, asked, now=at)
    _text(story, story.later(at, 60))
    wanted = open_conference.Wanted(
        Organ.MAYORS, facts["subject"], "Esprimere il parere chiesto dal Consiglio (Statuto, art. 30).",
        story.edition.version_id, [],
    )  # fmt: skip
    then = story.later(at, 90)
    story.conference = open_conference.open_conference(story.city.staff(CONDUCTS, then), wanted, now=then)
    for sitting in facts["sittings"]:
        _sitting(story, sitting)
    _end(story)


def _text(story: Story, at: datetime) -> None:
    staff = story.city.staff(CONDUCTS, at)
    write_text.write_text(staff, story.number, OpinionKind(story.facts["kind"]), story.facts["text"], now=at)
    tree = plans.tree(story.edition.version_id, story.edition.mark)
    for n, remark in enumerate(story.facts["remarks"], 1):
        action = tree.action(remark["action"])
        assert action is not None  # the data file names actions of that version
        point = Point(action.id, None, remark["request"], remark["reason"])
        write_text.add_remark(staff, story.number, point, now=story.later(at, n))


def _sitting(story: Story, facts: Item) -> None:
    at = story.day(facts["convened"])
    staff = story.city.staff(CONDUCTS, at)
    starts = [story.day(days, HOUR) for days in facts["calls"]]
    plan = plan_sitting.Plan(
        title=facts["title"],
        calls=starts,
        mode=Mode.ROOM,
        visibility=Visibility.PUBLIC,
        chair=CHAIR,
        case_officer="Responsabile della segreteria della Conferenza",
        contacts="segreteria@cittametropolitana.velmara.example",
        place="Sala del Consiglio, piazza del Porto 1, Velmara",
        remote_link="",
    )
    sitting = plan_sitting.plan_sitting(staff, story.conference, plan, now=at)
    wanted = write_agenda.Item(
        ItemKind.OPINION, story.facts["subject"], rapporteur=CHAIR, minutes=60, legal_basis="Statuto, art. 30 c.5"
    )
    item = write_agenda.add_item(staff, sitting, wanted, now=at)
    convene.convene(staff, sitting, now=at)
    tie_sitting.tie_sitting(staff, story.number, item, sitting, now=story.later(at, 10))
    _accredit(story, sitting, sorted({name for here in facts["here"] for name in here}), story.later(at, 26 * 60))
    for call, here in enumerate(facts["here"], 1):
        _call(story, facts, sitting, call, [story.city.bodies[name.rpartition(":")[2]] for name in here])


def _accredit(story: Story, sitting: int, names: list[str], at: datetime) -> None:
    city, staff = story.city, story.city.staff(CLERK, at)
    for n, name in enumerate(names):
        then, (person, _, body) = story.later(at, 3 * n), name.partition(":")
        wanted = accredit.Proposal(city.mandates[person, body], Presence.ROOM)
        mayor = city.actor(person, body, then)
        proposed = accredit.propose(mayor, sitting, wanted, store=city.store, now=then)
        grant.grant(staff, sitting, proposed, Identification.DIGITAL_IDENTITY, now=story.later(then, 1))


def _call(story: Story, facts: Item, sitting: int, call: int, here: list[int]) -> None:
    """A call: deserted if the notice has others or few came, else the vote is taken."""
    starts = story.day(facts["calls"][call - 1], HOUR)
    staff = story.city.staff(CONDUCTS, starts)
    roll = roll_call.begin(staff, sitting, call, now=story.later(starts, -10))
    for seat in seats_now(sitting, starts):
        present = seat.body_id in here and seat.able
        roll_call.answer(staff, sitting, roll, seat.id, present, now=story.later(starts, -5))
    roll_call.end(staff, sitting, roll, now=story.later(starts, -1))
    if len(facts["calls"]) > 1:
        session.desert(staff, sitting, now=story.later(starts, 60))
        end = story.later(starts, 60)
    else:
        session.open_sitting(staff, sitting, CHAIR, SECRETARY, now=story.later(starts, 2))
        _vote(story, facts, sitting, here, story.later(starts, 30))
        end = story.later(starts, 80)
        session.close(staff, sitting, now=end)
    draw.write(story.city.staff(CONDUCTS, end), sitting, call, now=story.later(end, 1))


def _vote(story: Story, facts: Item, sitting: int, here: list[int], at: datetime) -> None:
    city = story.city
    staff, clerk = city.staff(CONDUCTS, at), city.staff(CLERK, at)
    item = sittings.announced(staff, sitting).items[0]["id"]
    items.call_item(staff, sitting, item, now=story.later(at, -20))
    question = f"Approvi il parere su: {story.facts['subject']}?"
    poll = put_to_vote.put_to_vote(staff, story.number, sitting, question, now=at)
    polls.open_it(clerk, poll, now=story.later(at, 1))
    said = {city.bodies[key]: Choice.NO for key in facts.get("no", ())}
    said |= {city.bodies[key]: Choice.ABSTAIN for key in facts.get("abstain", ())}
    for seat in votes.roll(poll):
        if seat.body_id in here and not seat.vacant:
            choice = said.get(seat.body_id, Choice.YES)
            key = f"demo-opinion-{poll}-{seat.number}"
            record_answer.record_answer(clerk, poll, seat.number, choice, key=key, now=story.later(at, 2))
    polls.close_it(clerk, poll, now=story.later(at, 15))
    polls.proclaim_it(clerk, poll, now=story.later(at, 17))
    items.conclude_item(staff, sitting, item, "", now=story.later(at, 20))


def _end(story: Story) -> None:
    if "transmitted" not in story.facts:
        return
    at = story.day(story.facts["transmitted"])
    clerk = story.city.staff(CLERK, at)
    if "dissent" in story.facts:
        told = story.facts["dissent"]
        body = story.city.bodies[told["body"]]
        note_dissent.note_dissent(clerk, story.number, body, told["text"], now=at)
    draw_up.draw_up(clerk, story.number, now=story.later(at, 20))
    then = story.later(at, 90)
    transmit.transmit(clerk, story.number, "Consiglio metropolitano", "Protocollo interno", then, now=then)
