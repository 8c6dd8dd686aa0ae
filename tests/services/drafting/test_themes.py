"""Themes with an officer, put on many remarks in one act; views of one's own and of the whole office."""

from __future__ import annotations

import pytest

from portal.comments.rules import CommentState
from portal.db import db
from portal.drafting import save_view, tag_remarks, themes, write_tag
from portal.drafting.models import Answer, CommentTag
from portal.journal.models import Entry
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW
from tests.remarks import Round


@pytest.fixture
def round_(database: None) -> Round:
    return Round()


def officers() -> dict[int, int]:
    return dict(db.session.query(Answer.comment_id, Answer.officer_id).all())


def test_a_remark_under_a_theme_goes_to_the_officer_of_the_theme(round_: Round) -> None:
    tag = write_tag.make_tag(round_.lead, "Treni", round_.officer.person_id, now=NOW)
    free, taken = round_.admitted(), round_.admitted()
    colleague = factories.holder(Office.DRAFTING_OFFICER)
    round_.officer, of_theme = colleague, round_.officer
    round_.proposed(taken)
    items = tag_remarks.tag_remarks(round_.lead, [free.id, taken.id], tag.id, now=NOW)
    assert [item.refused for item in items] == [None, None]
    assert officers() == {free.id: of_theme.person_id, taken.id: colleague.person_id}
    assert {label.name for label in themes.labels_of([free.id])[free.id]} == {"Treni"}


def test_what_cannot_be_tagged_is_told_and_the_others_are(round_: Round) -> None:
    tag = write_tag.make_tag(round_.lead, "Treni", None, now=NOW)
    fine, waiting = round_.admitted(), round_.remark(CommentState.SUBMITTED)
    items = tag_remarks.tag_remarks(round_.officer, [fine.id, waiting.id], tag.id, now=NOW)
    assert {item.comment_id for item in items if item.refused} == {waiting.id}
    assert officers() == {}
    with pytest.raises(NotFound):
        tag_remarks.tag_remarks(round_.officer, [fine.id, 99_999], tag.id, now=NOW)


def test_the_same_theme_twice_is_one_entry(round_: Round) -> None:
    tag = write_tag.make_tag(round_.lead, "Treni", None, now=NOW)
    comment = round_.admitted()
    for _ in range(2):
        tag_remarks.tag_remarks(round_.officer, [comment.id], tag.id, now=NOW)
    assert db.session.query(Entry).filter_by(kind="RemarkTagged").count() == 1
    tag_remarks.untag(round_.officer, comment.id, tag.id, now=NOW)
    assert db.session.query(CommentTag).count() == 0
    with pytest.raises(NotFound):
        tag_remarks.untag(round_.officer, comment.id, tag.id, now=NOW)


def test_an_officer_who_has_left_gets_nothing_more(round_: Round) -> None:
    gone = factories.person()
    held = factories.mandate(gone, factories.city(), Office.DRAFTING_OFFICER)
    tag = write_tag.make_tag(round_.lead, "Treni", gone.id, now=NOW)
    held.ends_on = NOW.date().replace(year=2026, month=12)
    db.session.commit()
    tag_remarks.tag_remarks(round_.lead, [round_.admitted().id], tag.id, now=NOW)
    assert officers() == {}


def test_two_themes_of_one_name_are_refused_whatever_the_case(round_: Round) -> None:
    first = write_tag.make_tag(round_.lead, "Treni e stazioni", None, now=NOW)
    with pytest.raises(Invalid):
        write_tag.make_tag(round_.lead, " TRENI  e stazioni", None, now=NOW)
    other = write_tag.make_tag(round_.lead, "Suolo", None, now=NOW)
    with pytest.raises(Invalid):
        write_tag.change_tag(round_.lead, other.id, "treni e stazioni", None, now=NOW)
    assert write_tag.change_tag(round_.lead, first.id, "Treni e Stazioni", None, now=NOW).name == "Treni e Stazioni"


def test_a_retired_theme_stays_where_it_is_and_takes_nothing_new(round_: Round) -> None:
    tag = write_tag.make_tag(round_.lead, "Treni", None, now=NOW)
    old, new = round_.admitted(), round_.admitted()
    tag_remarks.tag_remarks(round_.officer, [old.id], tag.id, now=NOW)
    write_tag.retire_tag(round_.lead, tag.id, now=NOW)
    with pytest.raises(Invalid):
        tag_remarks.tag_remarks(round_.officer, [new.id], tag.id, now=NOW)
    with pytest.raises(Conflict):
        write_tag.retire_tag(round_.lead, tag.id, now=NOW)
    assert [theme.retired for theme in themes.themes(retired=True)] == [True]
    assert themes.themes() == []
    assert themes.labels_of([old.id])[old.id][0].name == "Treni"


def test_only_the_lead_makes_themes_and_only_the_team_uses_them(round_: Round) -> None:
    with pytest.raises(Forbidden):
        write_tag.make_tag(round_.officer, "Treni", None, now=NOW)
    tag = write_tag.make_tag(round_.lead, "Treni", None, now=NOW)
    with pytest.raises(Forbidden):
        tag_remarks.tag_remarks(round_.secretary, [round_.admitted().id], tag.id, now=NOW)
    with pytest.raises(Invalid):
        write_tag.make_tag(round_.lead, "Suolo", round_.mayor.person_id, now=NOW)


def test_views_are_ones_own_unless_the_lead_shares_them(round_: Round) -> None:
    own = save_view.save_view(round_.officer, "Le mie", {"mine": "1"}, shared=False, now=NOW)
    save_view.save_view(round_.lead, "Urgenti", {"stage": "unassigned"}, shared=True, now=NOW)
    save_view.save_view(round_.lead, "Del capo", {"late": "1"}, shared=False, now=NOW)
    assert [view.name for view in themes.views(round_.officer)] == ["Urgenti", "Le mie"]
    assert [view.may_drop for view in themes.views(round_.officer)] == [False, True]
    with pytest.raises(Forbidden):
        save_view.save_view(round_.officer, "Di tutti", {"mine": "1"}, shared=True, now=NOW)
    with pytest.raises(NotFound):
        save_view.drop_view(round_.lead, own.id)


def test_the_same_name_again_keeps_the_new_filters(round_: Round) -> None:
    for filters in ({"kind": "support"}, {"kind": "objection", "after": "12", "evil": "x"}):
        save_view.save_view(round_.officer, "Vista", filters, shared=False, now=NOW)
    (view,) = themes.views(round_.officer)
    assert view.filters == {"kind": "objection"}
    save_view.drop_view(round_.officer, view.id)
    assert themes.views(round_.officer) == []


def test_a_shared_view_is_taken_away_by_a_lead(round_: Round) -> None:
    view = save_view.save_view(round_.lead, "Urgenti", {"late": "1"}, shared=True, now=NOW)
    with pytest.raises(Conflict):
        save_view.drop_view(round_.officer, view.id)
    save_view.drop_view(factories.holder(Office.DRAFTING_LEAD), view.id)
    assert themes.views(round_.lead) == []
