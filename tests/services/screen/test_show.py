"""What a hall is shown, what is refused, and the way back."""

from __future__ import annotations

import pytest

from portal.comments.rules import CommentState
from portal.conferences import undo
from portal.conferences.hall import acts
from portal.conferences.hall.rules import Shows, Theme
from portal.conferences.rules import Visibility
from portal.conferences.screen import halls, queries, show
from portal.conferences.screen.show import Wanted
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.hall import Hall
from tests.remarks import Round


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_a_screen_follows_until_something_else_is_shown_and_an_undo_brings_it_back(hall: Hall) -> None:
    hall.open()
    assert queries.screens(hall.sitting) == (queries.Screen(hall.sitting, 1),)
    show.show(hall.secretariat, hall.sitting, 1, Wanted(Shows.MESSAGE, message="Si riprende alle 11"), now=hall.at(2))
    assert queries.screen(hall.sitting, 1).message == "Si riprende alle 11"
    last = acts.last(hall.secretariat, hall.sitting, hall.at(2))
    assert last and last.kind == show.ACT
    undo.undo(hall.moderator, hall.sitting, last.id, now=hall.at(2, 9))
    assert queries.screen(hall.sitting, 1) == queries.Screen(hall.sitting, 1)
    assert hall.told()[-2:] == ["ScreenShown", "ActUndone"]


def test_each_hall_has_a_screen_of_its_own(hall: Hall) -> None:
    second = halls.add_hall(hall.secretariat, hall.sitting, "Sala B", now=hall.at(-30))
    show.theme(hall.secretariat, hall.sitting, second, Theme.DARK, now=hall.at(-30))
    item = hall.items[0].id
    show.show(hall.secretariat, hall.sitting, second, Wanted(Shows.ITEM, item_id=item), now=hall.at(-30))
    first, other = queries.screens(hall.sitting)
    assert (first.follows, other.label, other.theme, other.item_id) == (True, "Sala B", Theme.DARK, item)
    show.follow(hall.secretariat, hall.sitting, second, now=hall.at(-29))
    assert queries.screen(hall.sitting, second).follows
    with pytest.raises(NotFound):
        show.follow(hall.secretariat, hall.sitting, 6, now=hall.at(-29))


def test_colours_names_and_halls_go_back_too(hall: Hall) -> None:
    before = queries.screens(hall.sitting)
    second = halls.add_hall(hall.secretariat, hall.sitting, "Sala B", now=hall.at())
    halls.rename(hall.secretariat, hall.sitting, second, "Sala C", now=hall.at(0, 1))
    show.theme(hall.secretariat, hall.sitting, second, Theme.DARK, now=hall.at(0, 2))
    for seconds in (3, 4, 5):
        last = acts.last(hall.secretariat, hall.sitting, hall.at(0, seconds))
        assert last
        undo.undo(hall.secretariat, hall.sitting, last.id, now=hall.at(0, seconds))
    assert queries.screens(hall.sitting) == before


def test_what_is_not_public_cannot_be_shown(hall: Hall) -> None:
    rounds = Round()
    hidden = [rounds.remark(state) for state in (CommentState.SUBMITTED, CommentState.NOT_ADMITTED)]
    for row in hidden:
        with pytest.raises(Conflict):
            show.show(hall.secretariat, hall.sitting, 1, Wanted(Shows.REMARK, remark=row.number), now=hall.at())
    with pytest.raises(NotFound):  # not an action of this agenda
        show.show(hall.secretariat, hall.sitting, 1, Wanted(Shows.PARAGRAPH, action_id=rounds.action.id), now=hall.at())
    added = hall.chamber.item(hall.sitting, title="Non ancora annunciato", now=hall.at(-60 * 24))
    with pytest.raises(Conflict):
        show.show(hall.secretariat, hall.sitting, 1, Wanted(Shows.ITEM, item_id=added), now=hall.at())
    with pytest.raises(Invalid):
        show.show(hall.secretariat, hall.sitting, 1, Wanted(Shows.MESSAGE, message=" "), now=hall.at())
    assert queries.screens(hall.sitting)[0].follows


def test_only_those_who_conduct_choose_what_is_shown(hall: Hall) -> None:
    for who in (hall.auditor, hall.people[1], Actor.anonymous()):
        with pytest.raises(Forbidden):
            show.follow(who, hall.sitting, 1, now=hall.at())
        with pytest.raises(Forbidden):
            halls.open_address(who, hall.sitting, 1, now=hall.at())


def test_an_address_opens_one_screen_until_it_is_taken_back() -> None:
    hall = Hall(visibility=Visibility.RESERVED)
    token = halls.open_address(hall.secretariat, hall.sitting, 1, now=hall.at())
    assert queries.opened_by(token, hall.at()) == (hall.sitting, 1)
    again = halls.open_address(hall.secretariat, hall.sitting, 1, now=hall.at())
    halls.close_address(hall.secretariat, hall.sitting, 1, now=hall.at(1))
    for gone in (token, again):
        with pytest.raises(NotFound):
            queries.opened_by(gone, hall.at(1))


def test_an_address_opens_nothing_once_the_hall_is_cleared() -> None:
    hall = Hall(visibility=Visibility.RESERVED)
    token = halls.open_address(hall.secretariat, hall.sitting, 1, now=hall.at())
    hall.open()
    hall.close(now=hall.at(90))
    assert queries.opened_by(token, hall.at(90 + 11 * 60)) == (hall.sitting, 1)
    with pytest.raises(NotFound):
        queries.opened_by(token, hall.at(90 + 13 * 60))
