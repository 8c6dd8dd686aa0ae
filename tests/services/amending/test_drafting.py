"""The rapporteur and the secretariat write a draft together, and nothing anybody wrote is lost."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.opinions.amending import arrange, cite, name_rapporteur, queries
from portal.opinions.amending.cite import Source
from portal.opinions.amending.rules import SourceKind
from portal.opinions.amending.write_section import Overtaken
from portal.opinions.requests import steps
from portal.opinions.rules import OpinionKind
from tests.factories import NOW
from tests.forum_texts import ASKED, Drafting

pytestmark = pytest.mark.usefixtures("app")


def test_a_draft_begins_with_its_rapporteur_and_is_for_members_and_staff() -> None:
    drafting = Drafting(2, remarks=())
    assert [one.role.value for one in drafting.page.sections] == ["preamble", "conclusion"]
    assert drafting.page.rapporteur_id == drafting.rapporteur.person_id
    assert steps.Step.DRAFTING_BEGUN in steps.taken(drafting.number)
    assert queries.text(drafting.delegates[1], drafting.number).sections
    with pytest.raises(NotFound):
        queries.text(Actor.anonymous(), drafting.number)


def test_only_the_rapporteur_and_those_who_keep_the_forum_write() -> None:
    drafting = Drafting(2)
    with pytest.raises(Forbidden):
        drafting.write(drafting.first, "Altro.", actor=drafting.delegates[1])
    assert drafting.write(drafting.first, "Altro.", actor=drafting.secretary).text == "Altro."


def test_a_clerk_of_the_council_is_no_rapporteur() -> None:
    drafting = Drafting(2, remarks=())
    assert drafting.asked.clerk.acting is not None
    mandate = drafting.asked.clerk.acting.mandate_id
    with pytest.raises(Invalid):
        name_rapporteur.name_rapporteur(drafting.secretary, drafting.number, mandate, now=NOW)


def test_two_hands_in_different_places_of_a_section_are_joined() -> None:
    drafting = Drafting(2)
    base = drafting.first
    drafting.write(base, ASKED.replace("continuo", "ininterrotto"))
    saved = drafting.write(base, ASKED.replace("pubblici", "pubblicati"), actor=drafting.secretary)
    assert saved.joined
    assert saved.text == ASKED.replace("continuo", "ininterrotto").replace("pubblici", "pubblicati")


def test_two_hands_on_the_same_words_are_shown_both_texts_and_nothing_is_lost() -> None:
    drafting = Drafting(2)
    base = drafting.first
    drafting.write(base, ASKED.replace("continuo", "ininterrotto"))
    with pytest.raises(Overtaken) as overtaken:
        drafting.write(base, ASKED.replace("continuo", "protetto"), actor=drafting.secretary)
    assert overtaken.value.stored.text == ASKED.replace("continuo", "ininterrotto")
    mended = drafting.write(base, "Insieme.", base=overtaken.value.revision, actor=drafting.secretary)
    assert not mended.joined
    said = [one.text for one in queries.wordings(drafting.rapporteur, drafting.number, base.id)]
    assert said[0] == "Insieme."
    assert ASKED.replace("continuo", "ininterrotto") in said


def test_two_hands_that_choose_different_places_of_the_plan_clash() -> None:
    drafting = Drafting(2)
    base = drafting.first
    drafting.write(base, ASKED, heading="Mobilità")
    with pytest.raises(Overtaken):
        drafting.write(base, ASKED, heading="Bicicletta")


def test_remarks_are_moved_taken_away_and_put_back_where_they_stood() -> None:
    drafting = Drafting(2, remarks=("Uno.", "Due.", "Tre."))
    one, two, three = (row.id for row in drafting.page.remarks)
    arrange.move(drafting.rapporteur, drafting.number, three, True, now=NOW)
    assert [row.id for row in drafting.page.remarks] == [one, three, two]
    arrange.remove(drafting.rapporteur, drafting.number, three, now=NOW)
    assert [(row.id, row.label) for row in drafting.page.remarks] == [(one, "1"), (two, "2")]
    arrange.restore(drafting.rapporteur, drafting.number, three, now=NOW)
    assert [row.id for row in drafting.page.remarks] == [one, three, two]


def test_what_was_taken_out_of_the_draft_is_never_read_by_everybody() -> None:
    drafting = Drafting(2, remarks=("Uno.", "Due."))
    gone = drafting.page.remarks[1].id
    arrange.remove(drafting.rapporteur, drafting.number, gone, now=NOW)
    drafting.open()
    assert [one.id for one in drafting.page.removed] == [gone]
    assert queries.text(Actor.anonymous(), drafting.number).removed == ()
    with pytest.raises(NotFound):
        queries.wordings(Actor.anonymous(), drafting.number, gone)


def test_a_rapporteur_whose_organisation_is_suspended_writes_no_more() -> None:
    drafting = Drafting(2)
    drafting.forum.suspend(0)
    with pytest.raises(Forbidden) as refused:
        drafting.write(drafting.first, "Altro.")
    assert refused.value.code == "suspended"


def test_a_remark_rests_on_what_is_public_or_on_the_rapporteur() -> None:
    drafting = Drafting(2)
    with pytest.raises(Invalid):
        cite.cite(drafting.rapporteur, drafting.number, drafting.first.id, Source(SourceKind.COMMENT, 99), now=NOW)
    with pytest.raises(Invalid):
        cite.cite(drafting.rapporteur, drafting.number, drafting.first.id, Source(SourceKind.NOTE, 1), now=NOW)
    assert [one.kind for one in drafting.first.sources] == [SourceKind.RAPPORTEUR]


def test_a_text_that_is_not_ready_is_not_opened_and_says_why() -> None:
    drafting = Drafting(2)
    arrange.add_remark(drafting.rapporteur, drafting.number, now=NOW)
    with pytest.raises(Invalid) as refused:
        drafting.open()
    assert len(refused.value.problems) == 4


def test_once_it_is_open_nobody_writes_in_it_not_even_past_the_verbs() -> None:
    drafting = Drafting(2)
    drafting.open()
    assert queries.text(Actor.anonymous(), drafting.number).remarks[0].text == ASKED
    with pytest.raises(Conflict):
        drafting.write(drafting.first, "Altro.")
    with pytest.raises(Conflict):
        arrange.choose_kind(drafting.rapporteur, drafting.number, OpinionKind.CONTRARY, now=NOW)
    statements = (
        "INSERT INTO forum_wording (section_id, revision, heading, text, reason, at)"
        " SELECT id, 99, '', 'x', '', '2027-01-01' FROM forum_section",
        "DELETE FROM forum_section",
        "UPDATE forum_text SET base_sha256 = 'x'",
    )
    for statement in statements:
        with pytest.raises(sa.exc.DBAPIError, match="does not change"):
            db.session.execute(sa.text(statement))
        db.session.rollback()
