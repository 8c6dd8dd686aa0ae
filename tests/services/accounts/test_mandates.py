"""Mandates: who grants and ends them, and what they open."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from portal.accounts import queries, search
from portal.accounts.end_mandate import end_mandate
from portal.accounts.grant_mandate import Appointment, grant_mandate
from portal.kernel.actor import Actor
from portal.kernel.clock import at_rome
from portal.kernel.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from portal.kernel.offices import BodyKind, ForumCategory, Office
from portal.territory.models import Body
from tests import factories
from tests.factories import NOW

TODAY = date(2027, 3, 1)


def wanted(body: Body, office: Office = Office.OFFICER, **more: Any) -> Appointment:
    facts = {"email": "nuova@comune.example", "name": "Nuova Persona", "starts_on": TODAY, **more}
    return Appointment(body_id=body.id, office=office, **facts)


def grants(person_id: int, now: datetime = NOW) -> list[Office]:
    return [grant.office for grant in queries.grants_of(person_id, now)]


def secretariat() -> Actor:
    return factories.holder(Office.SECRETARIAT)


def test_the_secretariat_gives_an_office_to_somebody_new() -> None:
    comune = factories.body()
    done = grant_mandate(secretariat(), wanted(comune, Office.MAYOR), now=NOW)
    assert done.is_new_person
    assert grants(done.person_id) == [Office.MAYOR]
    again = grant_mandate(secretariat(), wanted(comune, Office.OFFICER, email="NUOVA@comune.example"), now=NOW)
    assert again.person_id == done.person_id
    assert not again.is_new_person


def test_access_begins_and_ends_at_midnight_in_rome() -> None:
    comune = factories.body()
    term: dict[str, Any] = {"starts_on": date(2027, 3, 28), "ends_on": date(2027, 3, 31)}
    done = grant_mandate(secretariat(), wanted(comune, **term), now=NOW)
    before, first = at_rome(date(2027, 3, 27)), datetime(2027, 3, 27, 23, 0, tzinfo=UTC)
    assert grants(done.person_id, before) == []
    assert grants(done.person_id, first) == [Office.OFFICER]
    last = datetime(2027, 3, 31, 21, 59, 59, 999999, tzinfo=UTC)  # summer time by then
    assert grants(done.person_id, last) == [Office.OFFICER]
    assert grants(done.person_id, last + timedelta(microseconds=1)) == []


def test_an_end_at_once_cuts_at_that_instant_and_not_before() -> None:
    comune = factories.body()
    done = grant_mandate(secretariat(), wanted(comune), now=NOW)
    later = NOW + timedelta(hours=2)
    ended = end_mandate(secretariat(), done.mandate_id, None, now=later)
    assert ended.ends_on == TODAY
    assert grants(done.person_id, later - timedelta(microseconds=1)) == [Office.OFFICER]
    assert grants(done.person_id, later) == []


def test_an_end_on_a_day_lasts_through_that_day() -> None:
    comune = factories.body()
    done = grant_mandate(secretariat(), wanted(comune), now=NOW)
    end_mandate(secretariat(), done.mandate_id, date(2027, 3, 10), now=NOW)
    assert grants(done.person_id, at_rome(date(2027, 3, 10))) == [Office.OFFICER]
    assert grants(done.person_id, at_rome(date(2027, 3, 11))) == []


def test_a_mandate_not_begun_yet_can_be_called_off() -> None:
    comune = factories.body()
    done = grant_mandate(secretariat(), wanted(comune, starts_on=date(2027, 5, 1)), now=NOW)
    end_mandate(secretariat(), done.mandate_id, None, now=NOW)
    assert grants(done.person_id, at_rome(date(2027, 5, 1))) == []


def test_a_mandate_ended_by_mistake_can_be_granted_again() -> None:
    comune = factories.body()
    done = grant_mandate(secretariat(), wanted(comune), now=NOW)
    end_mandate(secretariat(), done.mandate_id, None, now=NOW)
    grant_mandate(secretariat(), wanted(comune), now=NOW + timedelta(minutes=1))
    assert grants(done.person_id, NOW + timedelta(minutes=2)) == [Office.OFFICER]


def test_a_mandate_ends_once() -> None:
    done = grant_mandate(secretariat(), wanted(factories.body()), now=NOW)
    end_mandate(secretariat(), done.mandate_id, None, now=NOW)
    with pytest.raises(Conflict):
        end_mandate(secretariat(), done.mandate_id, None, now=NOW)


def test_nobody_ends_the_mandate_under_which_they_act() -> None:
    actor = secretariat()
    assert actor.acting
    with pytest.raises(Conflict):
        end_mandate(actor, actor.acting.mandate_id, None, now=NOW)


@pytest.mark.parametrize(
    ("more", "error", "field"),
    [
        ({"email": "no address"}, Invalid, "email"),
        ({"name": " \u200b "}, Invalid, "name"),
        ({"name": "x" * 201}, Invalid, "name"),
        ({"name": "Anna\x00"}, Invalid, "name"),
        ({"ends_on": date(2027, 2, 28)}, Invalid, "ends_on"),
        ({"starts_on": date(2027, 1, 1), "ends_on": date(2027, 2, 1)}, Invalid, "ends_on"),
        ({"office": Office.FORUM_DELEGATE}, Invalid, "office"),
        ({"act_reference": "x" * 201}, Invalid, "act_reference"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(more: dict[str, Any], error: type[DomainError], field: str) -> None:
    comune = factories.body()
    office = more.pop("office", Office.OFFICER)
    with pytest.raises(error) as refusal:
        grant_mandate(secretariat(), wanted(comune, office, **more), now=NOW)
    assert refusal.value.field == field


def test_the_same_office_is_not_held_twice_at_once() -> None:
    comune = factories.body()
    grant_mandate(secretariat(), wanted(comune, ends_on=date(2027, 6, 30)), now=NOW)
    with pytest.raises(Conflict):
        grant_mandate(secretariat(), wanted(comune, starts_on=date(2027, 6, 30)), now=NOW)
    grant_mandate(secretariat(), wanted(comune, starts_on=date(2027, 7, 1)), now=NOW)


def test_a_mayor_appoints_officers_of_the_own_comune_only() -> None:
    mine, other = factories.body(), factories.body()
    mayor = factories.holder(Office.MAYOR, mine)
    done = grant_mandate(mayor, wanted(mine), now=NOW)
    assert grants(done.person_id) == [Office.OFFICER]
    with pytest.raises(Forbidden):
        grant_mandate(mayor, wanted(other), now=NOW)
    with pytest.raises(Forbidden):
        grant_mandate(mayor, wanted(mine, Office.DEPUTY_MAYOR), now=NOW)
    with pytest.raises(Forbidden):
        grant_mandate(mayor, wanted(factories.city(), Office.SECRETARIAT), now=NOW)


def test_a_mayor_ends_own_officers_and_finds_nobody_elses() -> None:
    mine, other = factories.body(), factories.body()
    mayor = factories.holder(Office.MAYOR, mine)
    own = grant_mandate(mayor, wanted(mine), now=NOW)
    strange = grant_mandate(secretariat(), wanted(other), now=NOW)
    deputy = factories.mandate(factories.person(), mine, Office.DEPUTY_MAYOR)
    end_mandate(mayor, own.mandate_id, None, now=NOW)
    with pytest.raises(NotFound):
        end_mandate(mayor, strange.mandate_id, None, now=NOW)
    with pytest.raises(Forbidden):
        end_mandate(mayor, deputy.id, None, now=NOW)
    with pytest.raises(NotFound):
        end_mandate(mayor, 999_999, None, now=NOW)


def test_a_forum_delegate_names_a_substitute_who_names_nobody() -> None:
    organisation = factories.body(kind=BodyKind.FORUM_ORGANISATION, forum_category=ForumCategory.TRADE_UNION)
    delegate = factories.holder(Office.FORUM_DELEGATE, organisation)
    done = grant_mandate(delegate, wanted(organisation, Office.FORUM_SUBSTITUTE), now=NOW)
    substitute = queries.actor_of_person(done.person_id, now=NOW)
    assert substitute
    with pytest.raises(Forbidden):
        grant_mandate(substitute, wanted(organisation, Office.FORUM_SUBSTITUTE, email="terzo@comune.example"), now=NOW)


@pytest.mark.parametrize("office", [Office.OFFICER, Office.DRAFTING_LEAD, Office.AUDITOR, Office.MODERATOR])
def test_others_grant_and_end_nothing(office: Office) -> None:
    comune = factories.body()
    actor = factories.holder(office, comune if office is Office.OFFICER else None)
    done = grant_mandate(secretariat(), wanted(comune), now=NOW)
    with pytest.raises(Forbidden):
        grant_mandate(actor, wanted(comune, email="altro@comune.example"), now=NOW)
    with pytest.raises(Forbidden):
        end_mandate(actor, done.mandate_id, None, now=NOW)


def test_who_acts_under_an_ended_mandate_is_refused() -> None:
    done = grant_mandate(secretariat(), wanted(factories.body()), now=NOW)
    actor = queries.actor_of_person(done.person_id, now=NOW)
    assert actor
    assert actor.acting_under(done.mandate_id).acting
    end_mandate(secretariat(), done.mandate_id, None, now=NOW)
    after = queries.actor_of_person(done.person_id, now=NOW)
    assert after
    with pytest.raises(Forbidden) as refusal:
        after.acting_under(done.mandate_id)
    assert refusal.value.code == "mandate_ended"


def test_the_register_is_searched_by_name_address_body_and_office() -> None:
    comune = factories.body("Comune di Prova 100%")
    grant_mandate(secretariat(), wanted(comune, name="Zoe Ultima"), now=NOW)
    for text in ("zoe", "NUOVA@", "100%"):
        rows = search.search_mandates(search.Search(text=text), None, NOW)
        assert [row.person_name for row in rows] == ["Zoe Ultima"], text
    assert search.search_mandates(search.Search(text="100_"), None, NOW) == []
    assert len(search.search_mandates(search.Search(office=Office.OFFICER), None, NOW)) == 1
    assert search.search_mandates(search.Search(), ("Zoe Ultima", 10**9), NOW) == []
