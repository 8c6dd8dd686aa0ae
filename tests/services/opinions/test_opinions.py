"""Requests for an opinion of the mayors, from the Council's act to what is transmitted (art. 30)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.conferences.hall import session
from portal.db import atomic, db
from portal.journal.verify import verify
from portal.kernel.canonical import digest
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.opinions import draw_up, note_dissent, override, put_to_vote, queries, transmit, write_text
from portal.opinions.rules import DocumentKind, OpinionKind, Result, Stage
from portal.territory.models import Body
from portal.voting.rules import Choice
from tests.annulling import annulled
from tests.hall import HOUR
from tests.opinions import DAY, YES, Mayors

pytestmark = pytest.mark.usefixtures("database")
FEW = {1: YES, 2: Choice.NO}
MOST = {1: YES, 2: YES, 3: YES, 4: Choice.NO}


def first_vote(mayors: Mayors, answers: dict[int, Choice]) -> int:
    mayors.write()
    mayors.open()
    mayors.call_item(3)
    poll = mayors.vote(answers, mayors.at(20))
    mayors.close()
    return poll


def test_a_favourable_opinion_with_remarks_is_reached_drawn_up_and_transmitted() -> None:
    mayors = Mayors()
    mayors.write(OpinionKind.WITH_REMARKS, "Anticipare l'azione.", "Dire chi paga.")
    mayors.open()
    poll = mayors.vote(MOST, mayors.at(20))
    mayors.close()
    assert mayors.stands().stage is Stage.REACHED
    body = mayors.chamber.bodies[3]
    note_dissent.note_dissent(mayors.clerk, mayors.request, body.id, "Manca il bilancio.", now=mayors.at(25))
    draw_up.draw_up(mayors.clerk, mayors.request, now=mayors.at(95))
    document = queries.document(mayors.request, 1)
    assert [r["request"] for r in document.content["opinion"]["remarks"]] == ["Anticipare l'azione.", "Dire chi paga."]
    assert document.content["vote"]["poll"] == poll
    assert document.content["dissent"] == [{"name": body.name, "text": "Manca il bilancio."}]
    assert document.content["plan"]["sha256"] == mayors.chamber.version.text_hash
    assert digest(document.content) == document.sha256
    assert [one.code for one in mayors.stands().reasons] == ["not_transmitted"]
    transmit.transmit(mayors.clerk, mayors.request, "Consiglio", "PEC", mayors.at(100), now=mayors.at(100))
    assert mayors.stands().reasons == ()
    assert verify() == []


def test_a_text_that_was_put_to_the_vote_does_not_change_and_another_one_follows() -> None:
    mayors = Mayors()
    mayors.write(OpinionKind.WITH_REMARKS, "Un rilievo.")
    mayors.open()
    mayors.vote(FEW, mayors.at(20))
    with pytest.raises(Conflict):
        write_text.remove_remark(mayors.secretariat, mayors.request, 1, now=mayors.at(21))
    mayors.write(OpinionKind.CONTRARY, now=mayors.at(22))
    first, second = queries.texts(mayors.secretariat, mayors.request)
    assert (first.kind, len(first.remarks), second.kind, len(second.remarks)) == (
        OpinionKind.WITH_REMARKS, 1, OpinionKind.CONTRARY, 1,
    )  # fmt: skip
    assert [text.number for text in queries.texts(mayors.people[1], mayors.request)] == [1]


def test_three_deserted_calls_of_one_notice_lead_to_a_certificate() -> None:
    mayors = Mayors(HOUR, HOUR + DAY, HOUR + 2 * DAY)
    for call in (1, 2, 3):
        at = HOUR + (call - 1) * DAY
        mayors.desert(call, at, 1, 2)
    assert mayors.stands(2).stage is Stage.NOT_RENDERED
    assert draw_up.certify(mayors.request, now=HOUR + 2 * DAY)
    assert not draw_up.certify(mayors.request, now=HOUR + 2 * DAY)  # once
    document = queries.document(mayors.request, 1)
    held = document.content["sittings"]
    assert document.kind is DocumentKind.CERTIFICATE
    assert [(one["call"], one["present"], one["population_present"]) for one in held] == [
        (1, 2, 3_000), (2, 2, 3_000), (3, 2, 3_000),
    ]  # fmt: skip
    after = HOUR + 2 * DAY + timedelta(hours=1)
    transmit.transmit(mayors.clerk, mayors.request, "Consiglio", "Protocollo 7", after, now=after)
    assert mayors.stands(3).reasons == ()


def test_a_third_sitting_on_day_31_leaves_the_council_blocked_until_two_persons_say_otherwise() -> None:
    mayors = Mayors(HOUR, HOUR + 10 * DAY)
    mayors.desert(1, HOUR, 1)
    mayors.desert(2, HOUR + 10 * DAY, 1)
    mayors.convene_again(HOUR + 31 * DAY, now=HOUR + 20 * DAY)
    mayors.desert(1, HOUR + 31 * DAY)
    assert [one.code for one in mayors.stands(31).reasons] == ["expired"]
    late = HOUR + 32 * DAY
    with pytest.raises(Conflict):
        draw_up.draw_up(mayors.clerk, mayors.request, now=late)
    reason = "Il bilancio va approvato entro l'anno: la Conferenza è stata convocata tre volte."
    asked = override.ask(mayors.clerk, mayors.request, reason, now=late)
    with pytest.raises(Conflict):
        override.confirm(mayors.clerk, mayors.request, asked, now=late)  # the same person
    with pytest.raises(Forbidden):
        override.confirm(mayors.secretariat, mayors.request, asked, now=late)  # neither is the secretary general
    override.confirm(mayors.general, mayors.request, asked, now=late)
    assert mayors.stands(32).reasons == ()
    found = queries.override(mayors.request)
    assert found is not None and found.reason == reason


def test_a_mandate_that_ends_between_two_sittings_changes_neither_seats_nor_residents() -> None:
    mayors = Mayors()
    poll = first_vote(mayors, FEW)
    assert mayors.base(poll) == (4, 10_000)
    mayors.end_mandate(4, mayors.at(24 * 60))
    _closes(mayors.chamber.bodies[3], mayors)
    later = HOUR + 8 * DAY
    mayors.convene_again(later, now=mayors.at(200))
    for number in (1, 2, 3):
        mayors.accredit(number, mayors.chamber.mayors[number - 1], now=later - timedelta(hours=20))
    mayors.open(1, 2, 3, now=later)
    again = mayors.vote({1: YES, 3: YES}, later + timedelta(minutes=10))
    assert mayors.base(again) == (4, 10_000)
    found = mayors.stands(8)
    assert [(one.day, one.attempt.result) for one in found.course.sittings] == [
        (0, Result.NOT_REACHED), (8, Result.REACHED),
    ]  # fmt: skip


@atomic()
def _closes(body: Body, mayors: Mayors) -> None:
    """The Comune is merged into another one: it stays in the base that the first notice fixed."""
    db.session.get_one(Body, body.id).ended_on = (HOUR + DAY).date()


def test_the_first_vote_after_a_deserted_call_keeps_the_seats_of_the_notice() -> None:
    mayors = Mayors(HOUR, HOUR + DAY)
    mayors.write()
    mayors.desert(1, HOUR, 1)
    _closes(mayors.chamber.bodies[3], mayors)
    at = HOUR + 2 * DAY - timedelta(hours=23)
    mayors.call_roll(1, 2, 3, call=2, now=HOUR + DAY)
    session.open_sitting(mayors.secretariat, mayors.sitting, "Presidente", "Segretario", now=HOUR + DAY)
    poll = mayors.vote({1: YES, 2: YES}, at)
    assert mayors.base(poll) == (4, 10_000)
    assert [one.attempt.result for one in mayors.stands(1).course.sittings] == [Result.DESERTED, Result.NOT_REACHED]


def test_an_annulled_vote_does_not_count() -> None:
    mayors = Mayors()
    mayors.write()
    mayors.open()
    poll = mayors.vote(FEW, mayors.at(20))
    annulled(mayors.secretariat, mayors.general, poll, "Il collegamento è caduto durante l'appello.", now=mayors.at(22))
    assert mayors.stands().course.sittings == ()
    mayors.vote(MOST, mayors.at(30))
    assert mayors.stands().stage is Stage.REACHED


def test_a_vote_is_repeated_in_a_further_sitting_and_not_in_the_same() -> None:
    mayors = Mayors()
    mayors.write()
    mayors.open()
    mayors.vote(FEW, mayors.at(20))
    with pytest.raises(Conflict):
        put_to_vote.put_to_vote(mayors.secretariat, mayors.request, mayors.sitting, "Ancora?", now=mayors.at(30))


def test_a_text_that_says_it_has_remarks_has_some_and_they_point_into_the_version() -> None:
    mayors = Mayors()
    mayors.write(OpinionKind.WITH_REMARKS)
    mayors.open()
    with pytest.raises(Invalid):
        put_to_vote.put_to_vote(mayors.secretariat, mayors.request, mayors.sitting, "Parere?", now=mayors.at(5))
    point = write_text.Point(999, None, "Fuori dal piano.", "Non c'è.")
    with pytest.raises(Invalid):
        write_text.add_remark(mayors.secretariat, mayors.request, point, now=mayors.at(5))
    with pytest.raises(Forbidden):
        write_text.write_text(mayors.people[1], mayors.request, OpinionKind.CONTRARY, "No.", now=mayors.at(5))
