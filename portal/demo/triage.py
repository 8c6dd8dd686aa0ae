"""What the invented drafting office does with its remarks: themes, views, duplicates, notes that call colleagues."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from portal.comments.rules import CommentState
from portal.demo import content
from portal.demo.agenda import Act
from portal.drafting import compare, queries
from portal.drafting.judge import same
from portal.drafting.keep_draft import keep_draft
from portal.drafting.propose import Wording, propose_for_group
from portal.drafting.rules import Outcome
from portal.drafting.save_view import save_view
from portal.drafting.tag_remarks import tag_remarks
from portal.drafting.write_note import write_note
from portal.drafting.write_tag import make_tag, retire_tag

if TYPE_CHECKING:
    from portal.demo.consultation import Procedure

FILE = "triage.json"
LEAD = "metro-dirigente"


def plan_triage(procedure: Procedure) -> None:
    """Put it on the agenda: duplicates as they come in, the rest on the last days."""
    agenda = procedure.city.agenda
    agenda.add(agenda.days_ago(4), _compare)
    agenda.add(agenda.days_ago(3), _judge(procedure))
    agenda.add(agenda.days_ago(2), _themes(procedure))
    agenda.add(agenda.days_ago(2) + timedelta(hours=2), _answer_together(procedure))
    agenda.add(agenda.days_ago(1), _calls(procedure))
    agenda.add(agenda.days_ago(1) + timedelta(hours=1), _drafts(procedure))
    agenda.add(agenda.now, _compare)


def _compare(at: datetime) -> None:
    while compare.compare(now=at):
        pass


def _judge(procedure: Procedure) -> Act:
    def act(at: datetime) -> None:
        for one, other in content.items(FILE, "same"):
            officer = procedure.city.staff("metro-istruttrice", at)
            same(officer, procedure.remarks[one], procedure.remarks[other], now=at)

    return act


def _themes(procedure: Procedure) -> Act:
    def act(at: datetime) -> None:
        city, made = procedure.city, dict[str, int]()
        lead = city.staff(LEAD, at)
        for facts in content.items(FILE, "tags"):
            officer = city.people[facts["officer"]] if facts["officer"] else None
            tag = make_tag(lead, facts["name"], officer, now=at)
            made[facts["key"]] = tag.id
            tag_remarks(lead, _admitted(procedure, facts["remarks"]), tag.id, now=at)
            if facts.get("retired"):
                retire_tag(lead, tag.id, now=at)
        for view in content.items(FILE, "views"):
            filters = {name: str(made.get(value, value)) for name, value in view["filters"].items()}
            save_view(city.staff(view["owner"], at), view["name"], filters, shared=view["shared"], now=at)

    return act


def _admitted(procedure: Procedure, keys: list[str]) -> list[int]:
    """Those that have been admitted by now: on a young portal some still wait."""
    found = [queries.remark_for_update(procedure.remarks[key]) for key in keys if key in procedure.remarks]
    return [comment.id for comment in found if comment and comment.state is CommentState.ADMITTED]


def _answer_together(procedure: Procedure) -> Act:
    def act(at: datetime) -> None:
        for facts in content.items(FILE, "answers_together"):
            wording = Wording(Outcome(facts["outcome"]), facts["text"], 0)
            officer = procedure.city.staff(facts["by"], at)
            propose_for_group(officer, procedure.remarks[facts["remark"]], wording, now=at)

    return act


def _calls(procedure: Procedure) -> Act:
    def act(at: datetime) -> None:
        city = procedure.city
        for facts in content.items(FILE, "calls"):
            called = [city.people[key] for key in facts["called"]]
            remark, who = procedure.remarks[facts["remark"]], city.staff(facts["by"], at)
            write_note(who, remark, facts["text"], called=called, now=at)

    return act


def _drafts(procedure: Procedure) -> Act:
    def act(at: datetime) -> None:
        for facts in content.items(FILE, "drafts"):
            remark, who = procedure.remarks[facts["remark"]], procedure.city.staff(facts["by"], at)
            keep_draft(who, remark, Outcome(facts["outcome"]), facts["text"], 0, now=at)

    return act
