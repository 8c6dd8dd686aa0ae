"""The invented consultations: the plan, the window, and what bodies, secretariat and drafting team did in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from portal.comments import letters
from portal.comments.conclude import conclude
from portal.comments.decide import decide
from portal.comments.extend import extend
from portal.comments.hand_over import make_ready
from portal.comments.open_consultation import Conditions, open_consultation
from portal.comments.passages import Passage
from portal.comments.points import Place, Point
from portal.comments.rules import Admission, CommentKind, ReasonCode
from portal.comments.sentences import split
from portal.comments.submit import submit
from portal.comments.withdraw import withdraw
from portal.comments.write_draft import begin
from portal.demo import admission, content, triage
from portal.demo.agenda import Act
from portal.demo.city import City
from portal.demo.content import Item
from portal.demo.correspondence import attachments, plan_letters
from portal.drafting.approve import approve
from portal.drafting.assign import assign
from portal.drafting.propose import propose
from portal.drafting.publish import publish as publish_answers
from portal.drafting.rules import Outcome
from portal.drafting.write_note import write_note
from portal.kernel.clock import at_rome, local_day
from portal.kernel.offices import BodyKind
from portal.plan import queries as plans
from portal.plan.import_plan import import_plan
from portal.plan.publish import publish as publish_version

HOURS = timedelta(hours=1)
NOON = time(12)
LEAD, SECRETARIAT, MODERATOR = "metro-dirigente", "metro-segreteria", "metro-moderatrice"
UNFINISHED = {"draft", "ready"}


@dataclass
class Procedure:
    """One consultation as it goes on: its version, its number, and the remarks by key."""

    city: City
    facts: Item
    consultation_id: int = 0
    tree: Any = None
    remarks: dict[str, int] = field(default_factory=dict)

    @property
    def opens_at(self) -> datetime:
        """Nine in the morning."""
        return self.city.agenda.days_ago(self.facts["opens_days_ago"])

    @property
    def deadline_at(self) -> datetime:
        """Noon of the last day, extensions included."""
        return at_rome(local_day(self.opens_at) + timedelta(days=self.facts["lasts_days"]), NOON)

    def answered(self, at: datetime) -> datetime:
        """When answers become public: on the day of all of them, or soon after each was approved."""
        together = self.facts["answered_days_ago"]
        agenda = self.city.agenda
        return max(agenda.days_ago(together), at) if together else agenda.after(at, 18 * HOURS)


def plan_consultations(city: City) -> None:
    """Put each consultation on the agenda: import, publish, open, and conclude if it is over."""
    for facts in content.items("consultations.json", "consultations"):
        procedure = Procedure(city, facts)
        opens = procedure.opens_at
        city.agenda.add(opens - 60 * HOURS, _import(procedure))
        city.agenda.add(opens, _open(procedure))
        if facts["extended"]:
            city.agenda.add(city.agenda.days_ago(facts["extended"]["days_ago"]), _extend(procedure))
        if facts["concluded_days_ago"]:
            city.agenda.add(city.agenda.days_ago(facts["concluded_days_ago"]), _conclude(procedure))
        if facts.get("next_version"):
            city.agenda.add(city.agenda.days_ago(facts["next_version"]["days_ago"]), _import_next(city, facts))


def _import(procedure: Procedure) -> Act:
    def act(at: datetime) -> None:
        city = procedure.city
        version = import_plan(city.staff(LEAD, at), content.raw(procedure.facts["plan_file"]), now=at)
        procedure.tree = plans.tree(version.id, version.mark)
        city.agenda.add(at + 20 * HOURS, lambda then: _publish(city, version.id, then))

    return act


def _import_next(city: City, facts: Item) -> Act:
    """The text as the answers changed it, from the document that the drafting team kept working on."""
    name = facts["next_version"]["file"]

    def act(at: datetime) -> None:
        version = import_plan(city.staff(LEAD, at), content.raw(name), name, now=at)
        city.agenda.add(at + 20 * HOURS, lambda then: _publish(city, version.id, then))

    return act


def _publish(city: City, version_id: int, at: datetime) -> None:
    publish_version(city.staff(LEAD, at), version_id, now=at)


def _open(procedure: Procedure) -> Act:
    def act(at: datetime) -> None:
        facts, city = procedure.facts, procedure.city
        conditions = Conditions(
            title=facts["title"],
            deadline_at=procedure.deadline_at
            - timedelta(days=facts["extended"]["by_days"] if facts["extended"] else 0),
            admission=Admission(facts["admission"]),
            body_kinds=tuple(BodyKind(kind) for kind in facts["body_kinds"]),
            rules_text=facts["rules_text"],
            notice_text=facts["notice_text"],
            snapshot_id=city.snapshots[facts["snapshot"]],
            working_days=facts["working_days"],
            patron_day=facts["patron_day"],
        )
        opened = open_consultation(city.staff(SECRETARIAT, at), procedure.tree.version_id, conditions, now=at)
        procedure.consultation_id = opened.id
        _plan_submissions(procedure)
        if facts.get("letters"):
            plan_letters(procedure)
        if facts.get("more_remarks_file") == triage.FILE:
            triage.plan_triage(procedure)
        if facts.get("admission_file") == admission.FILE:
            admission.plan_admission(procedure)

    return act


def _extend(procedure: Procedure) -> Act:
    def act(at: datetime) -> None:
        secretary, reason = procedure.city.staff(SECRETARIAT, at), procedure.facts["extended"]["reason"]
        extend(secretary, procedure.consultation_id, procedure.deadline_at, reason, now=at)

    return act


def _conclude(procedure: Procedure) -> Act:
    def act(at: datetime) -> None:
        report = procedure.facts.get("report_text", "")
        conclude(procedure.city.staff(SECRETARIAT, at), procedure.consultation_id, report, now=at)

    return act


def _plan_submissions(procedure: Procedure) -> None:
    together: dict[str, list[Item]] = defaultdict(list)
    for name in filter(None, (procedure.facts["remarks_file"], procedure.facts.get("more_remarks_file"))):
        for remark in content.items(name, "remarks"):
            together[remark["submission"]].append(remark)
    for n, remarks in enumerate(together.values()):
        day = local_day(procedure.opens_at) + timedelta(days=remarks[0]["day"])
        written = at_rome(day, time(9 + n % 8, (n * 17) % 60, (n * 29) % 60))
        procedure.city.agenda.add(written, _write(procedure, remarks))


def _write(procedure: Procedure, remarks: list[Item]) -> Act:
    def act(at: datetime) -> None:
        first, city = remarks[0], procedure.city
        author = city.actor(first["author"], first["body"], at)
        submission_id = None
        for n, remark in enumerate(remarks):
            now = at + timedelta(minutes=6 * n) if n else at
            saved = begin(
                author,
                _place(procedure, remark),
                _point(procedure, remark),
                f"demo-{first['submission']}-{n}",
                submission_id=submission_id,
                now=min(now, city.agenda.now),
            )
            submission_id = saved.submission_id
            procedure.remarks[remark["key"]] = saved.comment_id
            attachments(procedure, author, remark, min(now, city.agenda.now))
        assert submission_id is not None
        _hand_over(procedure, remarks, submission_id, at + timedelta(minutes=6 * len(remarks)))

    return act


def _place(procedure: Procedure, remark: Item) -> Place:
    action = procedure.tree.action(remark["action"])
    of_body = {p.number: p.id for p in action.paragraphs}
    number = remark["paragraph"]
    return Place(procedure.consultation_id, action.id, paragraph_id=of_body[number] if number else None)


def _point(procedure: Procedure, remark: Item) -> Point:
    city = procedure.city
    return Point(
        CommentKind(remark["kind"]),
        remark["observation"],
        remark["proposed_text"] or "",
        remark["reasons"] or "",
        tuple(city.bodies[istat] for istat in remark["territory"]),
        tuple(_passages(procedure, remark)),
    )


def _passages(procedure: Procedure, remark: Item) -> Iterator[Passage]:
    """The sentences a remark speaks of, here and elsewhere, as somebody would tap them; none means all of them."""
    for spot in (remark, *remark.get("also", ())):
        paragraph = next(
            (p for p in procedure.tree.action(spot["action"]).paragraphs if p.number == spot["paragraph"]), None
        )
        if paragraph is None:
            continue
        found = split(paragraph.text)
        numbers = spot.get("sentences") or ([] if spot is remark else range(1, len(found) + 1))
        for sentence in (found[number - 1] for number in numbers):
            yield Passage(paragraph.key, sentence.start, sentence.end, sentence.exact)


def _hand_over(procedure: Procedure, remarks: list[Item], submission_id: int, at: datetime) -> None:
    """From whoever writes to whoever signs."""
    first, agenda, city = remarks[0], procedure.city.agenda, procedure.city
    if first["state"] == "draft":
        return
    if first["author"] != first["signed_by"]:

        def ready(now: datetime) -> None:
            make_ready(city.actor(first["author"], first["body"], now), submission_id, now=now)

        agenda.add(at, ready)
    if first["state"] == "ready":
        return

    def sign(now: datetime) -> None:
        submit(city.actor(first["signed_by"], first["body"], now), submission_id, now=now)
        for remark, sent in zip(remarks, letters.received(submission_id).points, strict=True):
            _plan_decision(procedure, remark, sent.number, now)

    agenda.add(agenda.after(at, timedelta(minutes=40)), sign)


def _plan_decision(procedure: Procedure, remark: Item, number: int, at: datetime) -> None:
    agenda, city, comment_id = procedure.city.agenda, procedure.city, procedure.remarks[remark["key"]]
    if remark["state"] == "withdrawn":

        def take_back(now: datetime) -> None:
            withdraw(city.actor(remark["signed_by"], remark["body"], now), number, now=now)

        agenda.add(agenda.after(at, 30 * HOURS), take_back)
    elif remark["state"] != "submitted":

        def decided(now: datetime) -> None:
            refused = remark["decision"]
            who = city.staff(MODERATOR if number % 3 else SECRETARIAT, now)
            reason, text = (ReasonCode(refused["reason_code"]), refused["text"]) if refused else (None, "")
            decide(who, comment_id, not refused, reason, text, now=now)
            if not refused and remark["answer"]:
                _plan_answer(procedure, remark, now)

        agenda.add(agenda.after(at, 21 * HOURS), decided)


def _plan_answer(procedure: Procedure, remark: Item, at: datetime) -> None:
    """Assigned, proposed, approved, published: as far as this one has come."""
    agenda, city, comment_id = procedure.city.agenda, procedure.city, procedure.remarks[remark["key"]]
    answer = remark["answer"]
    officer, lead = answer["assignee"], answer["approver"] or LEAD
    reached = ["assigned", "proposed", "approved", "published"].index(answer["state"])

    def assigned(now: datetime) -> None:
        assign(city.staff(LEAD, now), [comment_id], city.people[officer], now=now)
        for note in remark["notes"]:
            agenda.add(agenda.after(now, HOURS), _note(city, comment_id, note))
        if reached >= 1:
            agenda.add(agenda.after(now, 30 * HOURS), proposed)

    def proposed(now: datetime) -> None:
        propose(city.staff(officer, now), comment_id, Outcome(answer["outcome"]), answer["text"], 0, now=now)
        if reached >= 2:
            agenda.add(agenda.after(now, 20 * HOURS), approved)

    def approved(now: datetime) -> None:
        approve(city.staff(lead, now), comment_id, 1, now=now)
        if reached >= 3:
            agenda.add(procedure.answered(now), published)

    def published(now: datetime) -> None:
        publish_answers(city.staff(lead, now), [comment_id], now=now)

    agenda.add(agenda.after(at, 4 * HOURS), assigned)


def _note(city: City, comment_id: int, note: Item) -> Act:
    def act(at: datetime) -> None:
        write_note(city.staff(note["author"], at), comment_id, note["text"], now=at)

    return act
