"""Who comes for a seat: proposed by the body, granted by the secretariat, one living person a seat."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from portal.accounts.models import Mandate, Person
from portal.conferences import accredit, accreditation_queries, badge, cancel, grant, queries
from portal.conferences.accreditation_models import Accreditation
from portal.conferences.accreditation_rules import AccreditationState, Identification, Presence
from portal.conferences.rules import Organ, Visibility
from portal.db import atomic, db
from portal.jobs.models import Mail
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from portal.kernel.offices import BodyKind, Office
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.sittings import FIRST, Chamber, looked_at, pdf, store

SHOWN = Identification.IDENTITY_DOCUMENT
AFTER = FIRST - timedelta(hours=20)  # later than the deadline for delegations


def mandate_of(actor: Actor) -> int:
    assert actor.acting is not None
    return actor.acting.mandate_id


def confirm(who: Actor, sitting: int, **more: Any) -> int:
    """Whoever sits by right confirms."""
    facts: dict[str, Any] = {"mandate_id": mandate_of(who), "presence": Presence.ROOM, **more}
    return accredit.propose(who, sitting, accredit.Proposal(**facts), store=store(), now=NOW)


def delegate(mayor: Actor, to: Actor, sitting: int) -> int:
    """The mayor sends somebody, with a signed paper."""
    with looked_at(pdf("Delega")) as found:
        wanted = accredit.Proposal(mandate_of(to), Presence.ROOM, "Delega prot. 12", found, "delega.pdf")
        return accredit.propose(mayor, sitting, wanted, store=store(), now=NOW)


def living(chamber: Chamber, sitting: int, seat: int) -> accreditation_queries.Row | None:
    return accreditation_queries.lines(chamber.secretary, sitting)[seat - 1].living


def test_the_mayor_confirms_and_the_secretariat_grants(clock: Clock, mail: Callable[[], list[Mail]]) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    grant.grant(chamber.secretary, sitting, confirm(chamber.mayors[0], sitting), SHOWN, now=NOW)
    row = living(chamber, sitting, 1)
    assert row is not None and (row.person_id, row.identified_by) == (chamber.mayors[0].person_id, SHOWN)
    told = [one for one in mail() if one.template == "accreditation"]
    assert len(told) == 1 and "/sedute/accesso/" in told[0].text


def test_a_delegate_needs_an_act_and_its_paper(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    mayor, deputy = chamber.mayors[0], chamber.deputies[0]
    for title in ("", "Delega prot. 12"):
        with pytest.raises(Invalid):
            confirm(mayor, sitting, mandate_id=mandate_of(deputy), title=title)
    proposed = delegate(mayor, deputy, sitting)
    row = accreditation_queries.one(chamber.secretary, sitting, proposed)
    assert row.delegated and row.document_name == "delega.pdf"


def test_whom_the_rule_set_does_not_name_cannot_be_sent(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    officer = factories.holder(Office.OFFICER, chamber.bodies[0])
    for stranger in (officer, chamber.mayors[1], chamber.deputies[1]):
        with pytest.raises(Invalid):
            delegate(chamber.mayors[0], stranger, sitting)


def test_a_programming_conference_lets_an_officer_be_sent_and_a_union_speak(clock: Clock) -> None:
    chamber = Chamber(organ=Organ.PROGRAMMING)
    sitting = chamber.convened()
    officer = factories.holder(Office.OFFICER, chamber.bodies[0])
    assert delegate(chamber.mayors[0], officer, sitting) and confirm(chamber.president, sitting)


def test_the_deputy_does_not_name_himself(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    with pytest.raises(Forbidden):
        delegate(chamber.deputies[0], chamber.deputies[0], sitting)


def test_a_body_that_was_not_called_has_no_seat(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    with pytest.raises(NotFound):
        confirm(chamber.president, sitting)


def test_after_the_deadline_bodies_cannot_name_any_more(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    wanted = accredit.Proposal(mandate_of(chamber.mayors[0]), Presence.ROOM)
    with pytest.raises(Conflict):
        accredit.propose(chamber.mayors[0], sitting, wanted, store=store(), now=AFTER)


def test_a_later_proposal_takes_the_place_of_the_one_that_waits(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    first = confirm(chamber.mayors[0], sitting)
    delegate(chamber.mayors[0], chamber.deputies[0], sitting)
    assert accreditation_queries.one(chamber.secretary, sitting, first).state is AccreditationState.ENDED
    with pytest.raises(Conflict):
        grant.grant(chamber.secretary, sitting, first, SHOWN, now=NOW)


def test_one_seat_holds_one_living_person_and_a_hand_over_is_logged(
    clock: Clock, mail: Callable[[], list[Mail]]
) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    first = confirm(chamber.mayors[0], sitting)
    grant.grant(chamber.secretary, sitting, first, SHOWN, now=NOW)
    second = delegate(chamber.mayors[0], chamber.deputies[0], sitting)
    grant.grant(chamber.secretary, sitting, second, SHOWN, now=NOW)
    states = {row.id: row.state for row in db.session.query(Accreditation)}
    assert states == {first: AccreditationState.ENDED, second: AccreditationState.GRANTED}
    handed = db.session.query(Entry).filter_by(kind="SeatHandedOver").one()
    assert (handed.facts["from_id"], handed.facts["to_id"]) == (first, second)
    assert "accreditation_ended" in {one.template for one in mail()}


def test_one_person_holds_one_seat_at_a_sitting(clock: Clock) -> None:
    chamber = Chamber(organ=Organ.PROGRAMMING)
    mayor = chamber.mayors[0]
    assert mayor.person_id is not None
    person = db.session.get_one(Person, mayor.person_id)
    both = factories.mandate(person, chamber.union, Office.UNION_PRESIDENT)
    president = factories.actor(person, acting=both)
    sitting = chamber.convened()
    grant.grant(chamber.secretary, sitting, confirm(mayor, sitting), SHOWN, now=NOW)
    proposed = confirm(president, sitting, mandate_id=both.id)
    with pytest.raises(Conflict) as refused:
        grant.grant(chamber.secretary, sitting, proposed, SHOWN, now=NOW)
    assert refused.value.code == "two_seats"


def test_a_refusal_is_told_with_its_reason(clock: Clock, mail: Callable[[], list[Mail]]) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    proposed = delegate(chamber.mayors[0], chamber.deputies[0], sitting)
    with pytest.raises(Invalid):
        grant.refuse(chamber.secretary, sitting, proposed, " ", now=NOW)
    grant.refuse(chamber.secretary, sitting, proposed, "Manca la firma.", now=NOW)
    told = [one for one in mail() if one.template == "accreditation_refused"]
    assert len(told) == 2 and all("Manca la firma." in one.text for one in told)


def test_a_mandate_that_ended_meanwhile_is_not_granted(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    proposed = confirm(chamber.mayors[0], sitting)
    row = db.session.get_one(Mandate, mandate_of(chamber.mayors[0]))
    end_today(row)
    with pytest.raises(Conflict) as refused:
        grant.grant(chamber.secretary, sitting, proposed, SHOWN, now=NOW + timedelta(days=1))
    assert refused.value.code == "mandate_ended"


@atomic()
def end_today(row: Any) -> None:
    row.ends_on = NOW.date()


def test_nobody_accredits_himself(clock: Clock) -> None:
    chamber = Chamber(organ=Organ.COUNCIL)
    councillor = factories.holder(Office.COUNCILLOR)
    assert councillor.person_id is not None
    person = db.session.get_one(Person, councillor.person_id)
    clerk = factories.mandate(person, chamber.city, Office.COUNCIL_CLERK)
    sitting = chamber.convened()
    proposed = confirm(councillor, sitting)
    with pytest.raises(Forbidden):
        grant.grant(factories.actor(person, acting=clerk), sitting, proposed, SHOWN, now=NOW)
    grant.grant(chamber.secretary, sitting, proposed, SHOWN, now=NOW)


def test_an_exception_has_a_reason_and_comes_after_the_deadline(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    mandate = mandate_of(chamber.deputies[0])
    wanted = grant.Late(1, mandate, Presence.ROOM, SHOWN, "Delega a voce", "Il sindaco è in ospedale.")
    with pytest.raises(Conflict):
        grant.admit(chamber.secretary, sitting, wanted, now=NOW)
    grant.admit(chamber.secretary, sitting, wanted, now=AFTER)
    row = living(chamber, sitting, 1)
    assert row is not None and row.exceptional and row.exception_reason == "Il sindaco è in ospedale."
    silent = grant.Late(2, mandate_of(chamber.mayors[1]), Presence.ROOM, SHOWN, "", " ")
    with pytest.raises(Invalid):
        grant.admit(chamber.secretary, sitting, silent, now=AFTER)


def link_in(letters: list[Mail]) -> str:
    found = re.findall(r"/sedute/accesso/(\S+)", next(one for one in letters[::-1] if "accesso" in one.text).text)
    return str(found[0])


def test_the_personal_address_opens_once_for_the_mandate_it_was_made_for(
    clock: Clock, mail: Callable[[], list[Mail]]
) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    grant.grant(chamber.secretary, sitting, confirm(chamber.mayors[0], sitting), SHOWN, now=NOW)
    token = link_in(mail())
    entered = badge.use(token, "telefono", now=NOW)
    assert (entered.mandate_id, entered.sitting_id) == (mandate_of(chamber.mayors[0]), sitting)
    for wrong in (token, "altro"):
        with pytest.raises(Gone):
            badge.use(wrong, "telefono", now=NOW)


def test_a_fresh_address_ends_the_one_before_and_a_revocation_ends_both(
    clock: Clock, mail: Callable[[], list[Mail]]
) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    proposed = confirm(chamber.mayors[0], sitting)
    grant.grant(chamber.secretary, sitting, proposed, SHOWN, now=NOW)
    old = link_in(mail())
    badge.issue_again(chamber.secretary, sitting, proposed, now=NOW)
    fresh = link_in(mail())
    with pytest.raises(Gone):
        badge.use(old, "telefono", now=NOW)
    grant.end(chamber.secretary, sitting, proposed, "Ha lasciato la carica.", now=NOW)
    with pytest.raises(Gone):
        badge.use(fresh, "telefono", now=NOW)
    with pytest.raises(NotFound):
        accreditation_queries.badge_of(chamber.mayors[0], sitting)


def test_an_address_expires_a_day_after_the_last_call(clock: Clock, mail: Callable[[], list[Mail]]) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    grant.grant(chamber.secretary, sitting, confirm(chamber.mayors[0], sitting), SHOWN, now=NOW)
    token = link_in(mail())
    with pytest.raises(Gone):
        badge.use(token, "telefono", now=FIRST + timedelta(hours=24))


def test_the_letter_with_an_address_is_not_kept_where_others_could_read_it(
    clock: Clock, mail: Callable[[], list[Mail]]
) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    grant.grant(chamber.secretary, sitting, confirm(chamber.mayors[0], sitting), SHOWN, now=NOW)
    mail()
    kept = db.session.query(Accreditation).one()
    assert kept.link_hash and len(kept.link_hash) == 64
    facts = [str(entry.facts) for entry in db.session.query(Entry).filter(Entry.kind.like("Accreditation%"))]
    assert not any(kept.link_hash in one or str(kept.badge_code) in one for one in facts)


def test_a_cancelled_sitting_takes_nobody(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    proposed = confirm(chamber.mayors[0], sitting)
    cancel.cancel(chamber.secretary, sitting, "Rinviata.", now=NOW)
    with pytest.raises(Conflict):
        confirm(chamber.mayors[1], sitting)
    with pytest.raises(Conflict):
        grant.grant(chamber.secretary, sitting, proposed, SHOWN, now=NOW)


def test_only_the_secretariat_grants_and_only_the_body_takes_back(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    proposed = confirm(chamber.mayors[0], sitting)
    for other in (chamber.mayors[1], factories.holder(Office.AUDITOR), Actor.anonymous()):
        with pytest.raises(Forbidden):
            grant.grant(other, sitting, proposed, SHOWN, now=NOW)
    with pytest.raises(Conflict):
        accredit.take_back(chamber.mayors[1], sitting, now=NOW)
    accredit.take_back(chamber.mayors[0], sitting, now=NOW)
    with pytest.raises(Conflict):
        accredit.take_back(chamber.mayors[0], sitting, now=NOW)


def test_the_delegation_is_read_by_the_body_and_the_staff_alone(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    proposed = delegate(chamber.mayors[0], chamber.deputies[0], sitting)
    for reader in (chamber.mayors[0], chamber.secretary):
        assert accreditation_queries.document(reader, sitting, proposed, "delega.pdf").document_name == "delega.pdf"
    for stranger in (chamber.mayors[1], Actor.anonymous()):
        with pytest.raises(NotFound):
            accreditation_queries.document(stranger, sitting, proposed, "delega.pdf")


def test_the_remote_address_is_for_those_who_are_called(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened(visibility=Visibility.PUBLIC)
    stranger = factories.holder(Office.UNION_PRESIDENT, factories.body("Altra", BodyKind.UNION))
    assert queries.remote_link(chamber.mayors[0], sitting) == "https://incontri.example/sala"
    assert queries.remote_link(Actor.anonymous(), sitting) == queries.remote_link(stranger, sitting) == ""
    assert "incontri.example" not in str(queries.announced(Actor.anonymous(), sitting))
    assert date.fromisoformat("2027-03-11") == FIRST.date()
