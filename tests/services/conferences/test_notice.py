"""The notice: frozen once sent, with its agenda, papers and addressees; addenda and cancellation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.conferences import (
    add_to_notice,
    cancel,
    convene,
    desk_queries,
    dispatch_log,
    drop_sitting,
    file_paper,
    open_conference,
    plan_sitting,
    queries,
    revise_rules,
    rule_queries,
    write_agenda,
)
from portal.conferences.models import AgendaItem, Notice, SittingSeat
from portal.conferences.revise_rules import Revision
from portal.conferences.rules import ItemKind, NoticeKind, Organ, SittingState, Visibility
from portal.conferences.write_agenda import Item
from portal.db import db
from portal.jobs.models import Mail
from portal.jobs.rules import MailState
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import BodyKind, Office
from portal.territory.models import PopulationSnapshot
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.sittings import FIRST, Chamber, looked_at, pdf, store

VISITOR = Actor.anonymous()


def test_a_planned_sitting_is_nothing_to_the_public(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.planned()
    assert queries.sittings(VISITOR) == [] and queries.conferences(VISITOR) == []
    with pytest.raises(NotFound):
        queries.announced(VISITOR, sitting)
    with pytest.raises(NotFound):
        queries.sitting(chamber.mayors[0], sitting)


def test_the_notice_freezes_agenda_rules_seats_and_residents(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    found = queries.announced(VISITOR, sitting)
    assert found.row.state is SittingState.CONVENED
    assert [item["title"] for item in found.items] == ["Relazione sulle azioni", "Varie ed eventuali"]
    assert [seat["population"] for seat in found.convocation.content["seats"]] == [1000, 2000, 3000, 4000, 5000]
    assert digest(found.convocation.content) == found.convocation.sha256
    assert db.session.query(SittingSeat).count() == 5
    assert db.session.get_one(PopulationSnapshot, chamber.snapshot.id).frozen_at == NOW


def test_every_person_who_sits_or_may_be_sent_gets_one_letter(clock: Clock, mail: Callable[[], list[Mail]]) -> None:
    chamber = Chamber(comuni=2)
    sitting = chamber.convened()
    letters = mail()
    assert len(letters) == 4 and {one.template for one in letters} == {"convocation"}
    assert "https://incontri.example/sala" in letters[0].text
    log = dispatch_log.dispatches(chamber.secretary, sitting, 1)
    assert len(log) == 4 and {line.state for line in log} == {MailState.SENT}


def test_a_convened_sitting_is_not_planned_again_nor_convened_twice(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    with pytest.raises(Conflict):
        plan_sitting.change_sitting(chamber.secretary, sitting, chamber.plan(), now=NOW)
    with pytest.raises(Conflict):
        convene.convene(chamber.secretary, sitting, now=NOW)
    item = db.session.query(AgendaItem).filter_by(sitting_id=sitting, position=1).one()
    with pytest.raises(Conflict):
        write_agenda.remove_item(chamber.secretary, sitting, item.id, now=NOW)
    with pytest.raises(Conflict):
        write_agenda.change_item(chamber.secretary, sitting, item.id, Item(ItemKind.OPINION, "Altro"), now=NOW)


def test_short_notice_is_sent_only_for_a_reason_that_everybody_reads(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.planned(NOW + timedelta(days=4))
    preview = desk_queries.preview(chamber.secretary, sitting, now=NOW)
    assert preview.needs_reason
    with pytest.raises(Invalid) as refused:
        convene.convene(chamber.secretary, sitting, now=NOW)
    assert refused.value.field == "reason"
    convene.convene(chamber.secretary, sitting, "Scade il termine regionale.", now=NOW)
    assert queries.announced(VISITOR, sitting).convocation.reason == "Scade il termine regionale."


def test_a_body_without_anybody_is_named_before_sending(clock: Clock) -> None:
    chamber = Chamber(comuni=1)
    factories.body("Comune muto")
    sitting = chamber.planned()
    said = [str(caution.words) for caution in desk_queries.preview(chamber.secretary, sitting, now=NOW).cautions]
    assert any("Comune muto" in words for words in said)


def test_a_guest_without_anybody_is_written_to_at_its_own_address(clock: Clock, mail: Callable[[], list[Mail]]) -> None:
    chamber = Chamber(comuni=1)
    partner = factories.body("Consorzio dei trasporti", BodyKind.PRIVATE_PARTNER)
    conference = chamber.conference(guests={partner.id: "Direzione@Consorzio.example"})
    chamber.convened(conference=conference)
    assert "direzione@consorzio.example" in {one.recipient for one in mail()}


def test_an_addendum_announces_what_came_later_and_leaves_the_notice_as_it_was(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    before = queries.announced(VISITOR, sitting).convocation
    with pytest.raises(Invalid):
        add_to_notice.add_to_notice(chamber.secretary, sitting, now=NOW)
    first = db.session.query(AgendaItem).filter_by(sitting_id=sitting, position=1).one().id
    chamber.item(sitting, title="Punto aggiunto", minutes=5)
    chamber.paper(sitting, first)
    add_to_notice.add_to_notice(chamber.secretary, sitting, now=NOW)
    after = queries.announced(VISITOR, sitting)
    assert [item["title"] for item in after.items][-1] == "Punto aggiunto"
    assert [paper["since"] for paper in after.items[0]["papers"]] == [2]
    assert after.convocation == before
    assert after.notices[1].kind is NoticeKind.ADDENDUM


def test_a_late_addendum_needs_a_reason(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    late = FIRST - timedelta(hours=3)
    chamber.item(sitting, title="Punto urgente", now=late)
    with pytest.raises(Invalid):
        add_to_notice.add_to_notice(chamber.secretary, sitting, now=late)
    add_to_notice.add_to_notice(chamber.secretary, sitting, "Ordinanza arrivata stamattina.", now=late)


def test_nothing_is_added_once_the_first_call_has_passed(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    chamber.item(sitting, title="Troppo tardi", now=FIRST)
    with pytest.raises(Conflict):
        add_to_notice.add_to_notice(chamber.secretary, sitting, "Perché sì.", now=FIRST)


def test_cancelling_tells_everybody_why(clock: Clock, mail: Callable[[], list[Mail]]) -> None:
    chamber = Chamber(comuni=1)
    sitting = chamber.convened()
    mail()
    with pytest.raises(Invalid):
        cancel.cancel(chamber.secretary, sitting, "  ", now=NOW)
    cancel.cancel(chamber.secretary, sitting, "Allerta meteo rossa.", now=NOW)
    assert queries.sitting(VISITOR, sitting).state is SittingState.CANCELLED
    told = [one for one in mail() if one.template == "cancellation"]
    assert len(told) == 2 and all("Allerta meteo rossa." in one.text for one in told)


def test_the_rules_of_a_convened_sitting_stay_when_the_rule_set_is_revised(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    row = rule_queries.holding(Organ.MAYORS, NOW.date())
    wanted = Revision(row.definition | {"notice_days": 20}, "Regolamento, art. 3", "Più tempo.", NOW.date(), 1)
    revise_rules.revise_rules(chamber.general, Organ.MAYORS, wanted, now=NOW)
    assert queries.announced(VISITOR, sitting).rule.notice_days == 5
    assert rule_queries.holding(Organ.MAYORS, NOW.date()).rule_set.notice_days == 20
    with pytest.raises(Conflict):
        revise_rules.revise_rules(chamber.general, Organ.MAYORS, wanted, now=NOW)


def test_a_reserved_sitting_is_seen_by_those_called_alone(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened(visibility=Visibility.RESERVED)
    stranger = factories.holder(Office.UNION_PRESIDENT, factories.body("Altra Unione", BodyKind.UNION))
    for reader in (VISITOR, stranger):
        with pytest.raises(NotFound):
            queries.announced(reader, sitting)
    for reader in (chamber.mayors[0], chamber.secretary):
        assert queries.announced(reader, sitting).row.number == sitting


def test_only_the_secretariat_plans_and_convenes(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.planned()
    for nobody in (VISITOR, chamber.mayors[0], factories.holder(Office.AUDITOR)):
        with pytest.raises(Forbidden):
            convene.convene(nobody, sitting, now=NOW)


def test_items_move_by_one_place_and_other_business_is_added_last(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.planned()
    third = chamber.item(sitting, title="Terzo")
    titles = [item.title for item in desk_queries.agenda(chamber.secretary, sitting)]
    assert titles == ["Relazione sulle azioni", "Terzo", "Varie ed eventuali"]
    write_agenda.move_item(chamber.secretary, sitting, third, -1, now=NOW)
    write_agenda.move_item(chamber.secretary, sitting, third, -1, now=NOW)
    items = desk_queries.agenda(chamber.secretary, sitting)
    assert items[0].title == "Terzo" and [item.number for item in items] == [1, 2, 3]
    write_agenda.remove_item(chamber.secretary, sitting, third, now=NOW)
    assert [item.number for item in desk_queries.agenda(chamber.secretary, sitting)] == [1, 2]


def test_an_item_takes_only_actions_on_the_table(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.planned(conference=chamber.conference(action_ids=[chamber.actions[0].id]))
    chamber.item(sitting, title="Sulla prima azione", action_ids=[chamber.actions[0].id])
    with pytest.raises(Invalid):
        chamber.item(sitting, title="Sulla seconda azione", action_ids=[chamber.actions[1].id])


def test_the_same_file_is_put_to_an_item_once(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.planned()
    item = desk_queries.agenda(chamber.secretary, sitting)[0].id
    with looked_at(pdf("Uguale")) as found:
        file_paper.add_paper(chamber.secretary, sitting, item, "", "a.pdf", found, store=store(), now=NOW)
    with looked_at(pdf("Diversa")) as found:
        paper = file_paper.add_paper(chamber.secretary, sitting, item, "", "b.pdf", found, store=store(), now=NOW)
    same = store().path(queries.paper(chamber.secretary, sitting, paper).sha256).read_bytes()
    with looked_at(same) as found, pytest.raises(Invalid):
        file_paper.add_paper(chamber.secretary, sitting, item, "", "c.pdf", found, store=store(), now=NOW)
    file_paper.remove_paper(chamber.secretary, sitting, paper, now=NOW)
    assert [p.name for p in desk_queries.agenda(chamber.secretary, sitting)[0].papers] == ["a.pdf"]


def test_a_notice_is_one_row_that_no_verb_touches_again(clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    first = db.session.query(Notice).filter_by(sitting_id=sitting).one()
    frozen = (first.sha256, digest(first.content))
    chamber.item(sitting, title="Altro")
    add_to_notice.add_to_notice(chamber.secretary, sitting, now=NOW)
    cancel.cancel(chamber.secretary, sitting, "Rinviata.", now=NOW)
    db.session.expire_all()
    again = db.session.query(Notice).filter_by(sitting_id=sitting, number=1).one()
    assert (again.sha256, digest(again.content)) == frozen and frozen[0] == frozen[1]


def test_a_planned_sitting_is_dropped_with_its_agenda_and_a_convened_one_is_not(clock: Clock) -> None:
    chamber = Chamber()
    planned, convened = chamber.planned(), chamber.convened()
    chamber.paper(planned, chamber.item(planned, title="Con un atto", action_ids=[chamber.actions[0].id]))
    drop_sitting.drop_sitting(chamber.secretary, planned, now=NOW)
    assert [row.number for row in queries.sittings(chamber.secretary, announced=False)] == [convened]
    with pytest.raises(Conflict):
        drop_sitting.drop_sitting(chamber.secretary, convened, now=NOW)


def test_an_action_that_leaves_the_table_leaves_the_agenda_that_nobody_has_read(clock: Clock) -> None:
    chamber = Chamber()
    conference = chamber.conference()
    sitting = chamber.planned(conference=conference)
    chamber.item(sitting, title="Su entrambe", action_ids=[action.id for action in chamber.actions])
    kept = chamber.actions[0]
    wanted = open_conference.Wanted(Organ.MAYORS, "Conferenza", "Altro scopo.", chamber.version.id, [kept.id])
    open_conference.change_conference(chamber.secretary, conference, wanted, now=NOW)
    items = {item.title: item.actions for item in desk_queries.agenda(chamber.secretary, sitting)}
    assert [action[0] for action in items["Su entrambe"]] == [kept.id]


def test_a_conference_that_was_announced_keeps_its_name(clock: Clock) -> None:
    chamber = Chamber()
    conference = chamber.conference()
    chamber.convened(conference=conference)
    wanted = open_conference.Wanted(Organ.MAYORS, "Altro nome", "Altro scopo.", chamber.version.id)
    with pytest.raises(Conflict):
        open_conference.change_conference(chamber.secretary, conference, wanted, now=NOW)
