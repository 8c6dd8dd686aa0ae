"""Asking to join: an address that is confirmed, what the secretariat does, what the applicant reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from portal.forum import answer, application_queries, apply, decide, forget, queries, register_queries
from portal.forum.apply import Letter, Wanted
from portal.forum.register import Facts
from portal.forum.rules import ApplicationState
from portal.jobs.models import Mail
from portal.kernel.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from portal.kernel.offices import ForumCategory
from tests.conftest import Clock
from tests.factories import NOW
from tests.forum import Forum

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FACTS = Facts(
    "Associazione dei Faristi",
    ForumCategory.ASSOCIATION,
    tax_code="90000000009",
    seat="Molo 1",
    contact_email="Chi@Fari.example",
)
WANTED = Wanted(FACTS, "Teniamo accesi i fari.", "Ada Faro")
REASON = "Manca un atto costitutivo: lo chiede l’articolo 6."


class Post:
    """What arrives in the applicant's mail: the latest personal address."""

    def __init__(self) -> None:
        self.tokens: list[str] = []

    def __call__(self, letter: Letter) -> tuple[str, str]:
        self.tokens.append(letter.token)
        return "Adesione", f"/forum/adesione/{letter.token}"

    @property
    def token(self) -> str:
        return self.tokens[-1]


def asked(forum: Forum, post: Post) -> int:
    number = apply.apply(forum.id, WANTED, post, now=NOW)
    apply.confirm(post.token, now=NOW + HOUR)
    return number


def test_a_request_is_read_by_nobody_before_its_address_is_confirmed(
    mail: Callable[[], list[Mail]], clock: Clock
) -> None:
    forum, post = Forum(0), Post()
    number = apply.apply(forum.id, WANTED, post, now=clock.now())
    assert [(one.recipient, one.template) for one in mail()] == [("chi@fari.example", "forum/confirm")]
    assert application_queries.waiting(forum.secretary) == []
    with pytest.raises(NotFound):
        application_queries.application(forum.secretary, number)
    apply.confirm(post.token, now=NOW + HOUR)
    assert [one.id for one in application_queries.waiting(forum.secretary)] == [number]
    with pytest.raises(Conflict):
        apply.confirm(post.token, now=NOW + HOUR)


def test_an_address_not_confirmed_in_two_days_opens_nothing_and_the_request_goes_away() -> None:
    forum, post = Forum(0), Post()
    apply.apply(forum.id, WANTED, post, now=NOW)
    late = NOW + apply.TO_CONFIRM
    with pytest.raises(Gone):
        apply.confirm(post.token, now=late)
    assert forget.forget(now=late) == 1
    assert forget.forget(now=late) == 0


def test_one_address_does_not_fill_the_desk() -> None:
    forum, post = Forum(0), Post()
    for _ in range(apply.MOST_OPEN):
        apply.apply(forum.id, WANTED, post, now=NOW)
    with pytest.raises(Conflict):
        apply.apply(forum.id, WANTED, post, now=NOW)
    apply.apply(forum.id, WANTED, post, now=NOW + apply.TO_CONFIRM)


def test_what_the_register_needs_is_asked_for() -> None:
    forum = Forum(0)
    for facts in (replace(FACTS, tax_code=""), replace(FACTS, seat=""), replace(FACTS, name=" ")):
        with pytest.raises(Invalid) as refusal:
            apply.apply(forum.id, replace(WANTED, facts=facts), Post(), now=NOW)
        assert refusal.value.code == "required"


def test_the_secretariat_asks_the_applicant_answers_and_each_letter_replaces_the_address(app: object) -> None:
    forum, post = Forum(0), Post()
    number = asked(forum, post)
    first = post.token
    decide.ask(forum.secretary, number, "Manca lo statuto.", post, now=NOW + DAY)
    with pytest.raises(Gone):
        application_queries.own(first, NOW + DAY)
    row = application_queries.own(post.token, NOW + DAY)
    assert row.open_question
    assert row.open_question.text == "Manca lo statuto."
    store = app.extensions["store"]  # type: ignore[attr-defined]
    answer.answer(post.token, "Eccolo.", None, store=store, now=NOW + 2 * DAY)
    again = application_queries.application(forum.secretary, number)
    assert again.state is ApplicationState.RECEIVED
    assert [one.answer for one in again.questions] == ["Eccolo."]
    with pytest.raises(Conflict):
        answer.answer(post.token, "Di nuovo.", None, store=store, now=NOW + 2 * DAY)


def test_admitting_makes_a_member_and_tells_the_applicant(mail: Callable[[], list[Mail]], clock: Clock) -> None:
    forum, post = Forum(0), Post()
    number = asked(forum, post)
    decide.admit(forum.secretary, number, NOW.date(), "Determinazione n. 3", post, now=NOW + DAY)
    assert [seat.name for seat in queries.seats(forum.id, NOW.date())] == [FACTS.name]
    assert register_queries.organisation("associazione-dei-faristi").contact_email == "chi@fari.example"
    clock.set(NOW + DAY)
    told = [(one.recipient, one.template) for one in mail() if one.template.startswith("forum/")]
    assert ("chi@fari.example", "forum/decided") in told
    assert (forum.secretary.email, "forum/asked") in told
    with pytest.raises(Conflict):
        decide.refuse(forum.secretary, number, REASON, post, now=NOW + DAY)


def test_a_refusal_says_why_and_only_the_keepers_decide() -> None:
    forum, post = Forum(0), Post()
    number = asked(forum, post)
    with pytest.raises(Forbidden):
        decide.refuse(forum.clerk, number, REASON, post, now=NOW + DAY)
    with pytest.raises(Invalid):
        decide.refuse(forum.secretary, number, "No.", post, now=NOW + DAY)
    decide.refuse(forum.secretary, number, REASON, post, now=NOW + DAY)
    assert application_queries.own(post.token, NOW + DAY).reason == REASON


def test_six_months_after_the_decision_nobody_knows_who_wrote() -> None:
    forum, post = Forum(0), Post()
    number = asked(forum, post)
    decide.refuse(forum.secretary, number, REASON, post, now=NOW + DAY)
    assert forget.forget(now=NOW + DAY + forget.KEPT) == 1
    row = application_queries.application(forum.secretary, number)
    assert (row.contact_name, row.contact_email) == ("", "")
    with pytest.raises(Gone):
        application_queries.own(post.token, NOW + DAY + forget.KEPT)


def test_an_applicant_withdraws_once() -> None:
    forum, post = Forum(0), Post()
    asked(forum, post)
    answer.withdraw(post.token, now=NOW + DAY)
    with pytest.raises(Conflict):
        answer.withdraw(post.token, now=NOW + DAY)
