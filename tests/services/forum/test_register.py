"""The acts of the register: admission, suspension, the last day, and who speaks for an organisation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.accounts.grant_mandate import Appointment
from portal.forum import admit, end_membership, members, name_people, queries, register_queries, suspend
from portal.forum.register import Facts
from portal.forum.rules import ForumKey, Span, Standing
from portal.journal.verify import verify
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import ForumCategory, Office
from tests import factories
from tests.factories import NOW
from tests.forum import Forum

TODAY = NOW.date()
DAY = timedelta(days=1)
ACT = "Determinazione n. 12"
REASON = "Non ha comunicato il nome del delegato."
FACTS = Facts("Ordine dei Cartografi", ForumCategory.PROFESSIONAL_ORDER, tax_code="90000000001")


def seated(forum: Forum, days: int = 0) -> list[int]:
    return [seat.body_id for seat in queries.seats(forum.id, TODAY + days * DAY)]


def test_an_organisation_is_admitted_by_an_act_and_has_a_page() -> None:
    forum = Forum(0)
    member = admit.admit(forum.secretary, forum.id, FACTS, TODAY, ACT, now=NOW)
    key = register_queries.key_of(member)
    row = register_queries.organisation(key)
    found = register_queries.memberships(row.body_id)
    assert (key, row.name, row.tax_code) == ("ordine-dei-cartografi", FACTS.name, FACTS.tax_code)
    assert [(one.admitted_on, one.act, one.standing(TODAY)) for one in found] == [(TODAY, ACT, Standing.MEMBER)]
    assert verify() == []


@pytest.mark.parametrize("office", [Office.SECRETARIAT, Office.SECRETARY_GENERAL, Office.FORUM_SECRETARY])
def test_the_secretariats_keep_the_register(office: Office) -> None:
    forum = Forum(0)
    admit.admit(factories.holder(office), forum.id, FACTS, TODAY, ACT, now=NOW)
    assert len(seated(forum)) == 1


def test_nobody_else_keeps_it() -> None:
    forum = Forum(1)
    for actor in (forum.clerk, forum.delegates[0], factories.holder(Office.AUDITOR), Actor.anonymous()):
        with pytest.raises(Forbidden):
            admit.admit(actor, forum.id, FACTS, TODAY, ACT, now=NOW)


def test_an_organisation_is_a_member_once_at_a_time_and_may_be_one_of_both_forums() -> None:
    forum = Forum(1)
    body = forum.bodies[0].id
    with pytest.raises(Conflict):
        admit.admit_known(forum.secretary, forum.id, body, TODAY, ACT, now=NOW)
    young = queries.by_key(ForumKey.YOUTH).id
    admit.admit_known(forum.secretary, young, body, TODAY, ACT, now=NOW)
    assert [seat.body_id for seat in queries.seats(young, TODAY)] == [body]


def test_a_suspension_takes_the_seat_on_its_days_and_a_return_gives_it_back() -> None:
    forum = Forum(2)
    body, member = forum.bodies[0].id, forum.membership(0).id
    number = suspend.suspend(forum.secretary, member, Span(TODAY, None), REASON, ACT, now=NOW)
    with pytest.raises(Conflict):
        suspend.suspend(forum.secretary, member, Span(TODAY + DAY, None), REASON, ACT, now=NOW)
    assert body not in seated(forum)
    assert body not in seated(forum, 30)
    suspend.readmit(forum.secretary, number, TODAY + 5 * DAY, ACT, now=NOW + DAY)
    assert body not in seated(forum, 4)
    assert body in seated(forum, 5)
    with pytest.raises(Conflict):
        suspend.readmit(forum.secretary, number, TODAY + 9 * DAY, ACT, now=NOW + 8 * DAY)


def test_a_return_does_not_make_a_suspension_longer() -> None:
    forum = Forum(1)
    days = Span(TODAY, TODAY + 5 * DAY)
    number = suspend.suspend(forum.secretary, forum.membership(0).id, days, REASON, ACT, now=NOW)
    with pytest.raises(Invalid) as refused:
        suspend.readmit(forum.secretary, number, TODAY + 7 * DAY, ACT, now=NOW)
    assert refused.value.code == "longer"
    suspend.readmit(forum.secretary, number, TODAY + 6 * DAY, ACT, now=NOW)


def test_what_held_on_days_that_are_over_is_not_rewritten() -> None:
    forum = Forum(1)
    member, yesterday = forum.membership(0).id, TODAY - DAY
    with pytest.raises(Invalid):
        suspend.suspend(forum.secretary, member, Span(yesterday, None), REASON, ACT, now=NOW)
    with pytest.raises(Invalid):
        end_membership.end_membership(forum.secretary, member, yesterday, REASON, ACT, now=NOW)
    with pytest.raises(Invalid) as refusal:
        end_membership.end_membership(forum.secretary, member, TODAY, "Basta.", ACT, now=NOW)
    assert refusal.value.field == "reason"


def test_with_the_last_day_of_a_member_its_people_end_too() -> None:
    forum = Forum(1)
    body, member = forum.bodies[0].id, forum.membership(0).id
    end_membership.end_membership(forum.secretary, member, TODAY, REASON, ACT, now=NOW)
    assert members.standing(forum.delegates[0], forum.id, NOW).body_id == body
    with pytest.raises(Forbidden):
        members.standing(forum.delegates[0], forum.id, NOW + DAY)
    assert seated(forum) == [body]
    assert seated(forum, 1) == []
    admit.admit_known(forum.secretary, forum.id, body, TODAY + 9 * DAY, ACT, now=NOW)
    assert seated(forum, 9) == [body]


def test_a_new_delegate_takes_over_and_two_never_hold_the_office_on_one_day() -> None:
    forum = Forum(1)
    body = forum.bodies[0].id
    wanted = Appointment("nuova@prova.example", "Nuova delegata", body, Office.FORUM_DELEGATE, TODAY + 2 * DAY)
    name_people.name(forum.secretary, wanted, now=NOW)
    held = register_queries.holders([body], NOW)[body]
    days = [(one.starts_on, one.ends_on) for one in held if one.office is Office.FORUM_DELEGATE]
    assert days == [(date(2026, 1, 1), TODAY + DAY), (TODAY + 2 * DAY, None)]


def test_one_person_is_not_delegate_and_substitute_of_the_same_organisation() -> None:
    forum = Forum(1)
    body, email = forum.bodies[0].id, forum.substitutes[0].email
    wanted = Appointment(email, "La stessa", body, Office.FORUM_DELEGATE, TODAY)
    with pytest.raises(Conflict) as refusal:
        name_people.name(forum.secretary, wanted, now=NOW)
    assert refusal.value.code == "same_person"


def test_the_office_of_a_delegate_is_ended_by_the_secretariat_and_no_other_office_is() -> None:
    forum = Forum(1)
    delegate, clerk = forum.delegates[0].acting, forum.clerk.acting
    assert delegate
    assert clerk
    name_people.end(forum.secretary, delegate.mandate_id, None, now=NOW)
    with pytest.raises(Forbidden):
        members.standing(forum.delegates[0], forum.id, NOW)
    with pytest.raises(NotFound):
        name_people.end(forum.secretary, clerk.mandate_id, None, now=NOW)


def test_data_are_corrected_and_a_wrong_code_is_refused_beside_its_field() -> None:
    forum = Forum(1)
    body = forum.bodies[0]
    admit.describe(forum.secretary, forum.id, body.id, FACTS, now=NOW)
    assert register_queries.organisation(body.key).name == FACTS.name
    assert queries.category_of(body.id) is ForumCategory.PROFESSIONAL_ORDER
    wrong = Facts("Nome", ForumCategory.ASSOCIATION, tax_code="123")
    with pytest.raises(Invalid) as refusal:
        admit.describe(forum.secretary, forum.id, body.id, wrong, now=NOW)
    assert refusal.value.field == "tax_code"
