"""The table grants what it says and nothing else."""

from __future__ import annotations

import pytest

from portal.kernel.actor import Actor, Grant
from portal.kernel.errors import Forbidden
from portal.kernel.offices import COMMENTING_KINDS, OFFICES_OF, BodyKind, Office
from portal.kernel.permissions import TABLE, Permission, can, offices_granted, require

OPEN_TO_ALL = {Permission.PUBLIC_READ}


def actor(kind: BodyKind, office: Office, body_id: int = 1) -> Actor:
    grant = Grant(1, body_id, kind, "Ente", office)
    return Actor(person_id=7, grants=(grant,), acting=grant)


def test_every_permission_has_a_rule_and_somebody_holds_it() -> None:
    assert set(TABLE) == set(Permission)
    assert [p for p in Permission if not offices_granted(p)] == []


@pytest.mark.parametrize("permission", [p for p in Permission if p not in OPEN_TO_ALL])
def test_a_visitor_holds_nothing_but_the_public_pages(permission: Permission) -> None:
    assert not can(Actor.anonymous(), permission)


@pytest.mark.parametrize("permission", [p for p in Permission if p not in OPEN_TO_ALL | {Permission.SIGNED_IN}])
def test_somebody_without_a_mandate_holds_no_office(permission: Permission) -> None:
    assert not can(Actor(person_id=7), permission)


def test_a_signatory_submits_for_its_own_body_only() -> None:
    mayor = actor(BodyKind.MUNICIPALITY, Office.MAYOR, body_id=4)
    assert can(mayor, Permission.COMMENT_SUBMIT, 4)
    assert not can(mayor, Permission.COMMENT_SUBMIT, 5)


def test_an_officer_drafts_and_does_not_submit() -> None:
    officer = actor(BodyKind.MUNICIPALITY, Office.OFFICER)
    assert can(officer, Permission.COMMENT_DRAFT, 1)
    assert not can(officer, Permission.COMMENT_SUBMIT, 1)


def test_a_secretariat_of_another_body_is_not_the_secretariat() -> None:
    assert not can(actor(BodyKind.MUNICIPALITY, Office.SECRETARIAT), Permission.COMMENT_DECIDE)


def test_nobody_but_a_body_that_takes_part_can_draft() -> None:
    for kind, offices in OFFICES_OF.items():
        for office in offices:
            if kind not in COMMENTING_KINDS:
                assert not can(actor(kind, office), Permission.COMMENT_DRAFT)


def test_holding_a_mandate_is_not_acting_under_it() -> None:
    mayor = Grant(1, 4, BodyKind.MUNICIPALITY, "Comune", Office.MAYOR)
    president = Grant(2, 9, BodyKind.UNION, "Unione", Office.UNION_PRESIDENT)
    both = Actor(person_id=7, grants=(mayor, president), acting=mayor)
    assert not can(both, Permission.COMMENT_SUBMIT, 9)
    assert can(both.acting_under(2), Permission.COMMENT_SUBMIT, 9)


def test_a_form_that_names_a_mandate_no_longer_in_force_is_refused() -> None:
    with pytest.raises(Forbidden) as refusal:
        actor(BodyKind.MUNICIPALITY, Office.MAYOR).acting_under(99)
    assert refusal.value.code == "mandate_ended"


def test_require_refuses_what_the_table_does_not_grant() -> None:
    with pytest.raises(Forbidden):
        require(Actor.anonymous(), Permission.COMMENT_DECIDE)
    require(Actor.system(), Permission.COMMENT_DECIDE)
