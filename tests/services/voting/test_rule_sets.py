"""Rule sets are data with a history that nobody rewrites."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.journal.verify import verify
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.kernel.offices import Office
from portal.voting import install_rules, prepare, queries, revise_rule, rule_queries
from portal.voting.revise_rule import Revision
from portal.voting.rules import Matter
from tests import factories
from tests.factories import NOW
from tests.votes import Hall

TODAY = NOW.date()


def revision(**more: Any) -> Revision:
    definition = rule_queries.in_force(TODAY)[0].definition
    share = {"count": "yes", "axis": "seats", "base": "roll", "numerator": 1, "denominator": 3, "strict": False}
    facts: dict[str, Any] = {
        "definition": definition | {"conditions": [share]},
        "legal_basis": "Statuto, art. 27",
        "reason": "Modifica dello statuto approvata dalla Conferenza.",
        "valid_from": TODAY,
        "base_number": 1,
        **more,
    }
    return Revision(**facts)


def test_every_rule_set_comes_with_its_legal_basis_and_once() -> None:
    assert len(install_rules.install_rules(Actor.system(), now=NOW)) == 13
    assert install_rules.install_rules(Actor.system(), now=NOW) == []
    found = rule_queries.in_force(TODAY)
    assert [rule.code for rule in found] == [
        "R1",
        "R2",
        "R3",
        "R4",
        "R5",
        "R6",
        "R7",
        "R7D",
        "R8",
        "R9",
        "R9A",
        "R9Y",
        "R9YA",
    ]
    assert all(rule.legal_basis and rule.rule_set.conditions for rule in found)
    assert verify() == []


def test_a_revision_holds_from_its_day_and_the_old_version_stays() -> None:
    hall = Hall()
    revise_rule.revise_rule(hall.general, "R1", revision(valid_from=date(2027, 4, 1)), now=NOW)
    today, later = (next(r for r in rule_queries.in_force(d) if r.code == "R1") for d in (TODAY, date(2027, 4, 1)))
    assert (today.number, later.number) == (1, 2)
    assert [(r.number, r.reason != "") for r in rule_queries.history("R1")] == [(2, True), (1, False)]


def test_a_poll_keeps_the_version_it_was_prepared_with() -> None:
    hall = Hall()
    before = hall.prepared()
    revise_rule.revise_rule(hall.general, "R1", revision(), now=NOW)
    after = hall.prepared()
    assert [queries.poll(hall.clerk, n).rule["version"] for n in (before, after)] == [1, 2]


@pytest.mark.parametrize("office", [Office.SECRETARIAT, Office.COUNCIL_CLERK, Office.ADMINISTRATOR])
def test_only_the_secretary_general_revises(office: Office) -> None:
    Hall()
    with pytest.raises(Forbidden):
        revise_rule.revise_rule(factories.holder(office), "R1", revision(), now=NOW)


def test_two_who_revise_at_once_notice_each_other() -> None:
    hall = Hall()
    revise_rule.revise_rule(hall.general, "R1", revision(), now=NOW)
    with pytest.raises(Conflict):
        revise_rule.revise_rule(hall.general, "R1", revision(legal_basis="Altro"), now=NOW)


def test_nothing_holds_from_a_day_that_is_past() -> None:
    hall = Hall()
    with pytest.raises(Invalid):
        revise_rule.revise_rule(hall.general, "R1", revision(valid_from=date(2027, 2, 28)), now=NOW)


def test_a_rule_set_that_cannot_be_read_is_refused_with_all_that_is_wrong() -> None:
    hall = Hall()
    bad = {"conditions": [{"count": "yes"}, {"count": "maybe", "axis": "seats"}], "sits": ["king"], "colour": "red"}
    with pytest.raises(Invalid) as refused:
        revise_rule.revise_rule(hall.general, "R1", revision(definition=bad), now=NOW)
    assert len(refused.value.problems) == 4


def test_a_matter_without_rule_set_is_not_put_to_the_vote() -> None:
    clerk = factories.holder(Office.SECRETARIAT)
    with pytest.raises(Invalid):
        prepare.prepare(clerk, prepare.Question("Si approva?", Matter.ZONES), now=NOW)
