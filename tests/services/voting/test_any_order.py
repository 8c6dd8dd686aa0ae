"""Whatever happens in whatever order, the result is what a clerk with a pencil would have written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.voting import cast, close, confirm_tally, export, propose_tally, queries, record_answer, results
from portal.voting.rules import ANSWERS, Channel, Choice
from portal.voting.verifier import Check
from tests.factories import NOW
from tests.votes import Hall, key

RESIDENTS = (50, 30, 10, 6, 4)
SEATS = range(1, len(RESIDENTS) + 1)
CHOICES = sorted(ANSWERS)

_form = st.tuples(st.just("form"), st.sampled_from(SEATS), st.sampled_from(CHOICES))
_again = st.tuples(st.just("again"), st.sampled_from(SEATS), st.sampled_from(CHOICES))
_clerk = st.tuples(st.just("clerk"), st.sampled_from(SEATS), st.sampled_from([*CHOICES, Choice.WITHDRAWN]))
_hands = st.tuples(st.just("hands"), st.sampled_from(SEATS), st.sampled_from(CHOICES))
_close = st.tuples(st.just("close"), st.just(0), st.just(Choice.YES))
_acts = st.lists(st.one_of(_form, _form, _clerk, _hands, _again, _close), max_size=14)


@dataclass
class Pencil:
    """What a careful clerk notes on paper."""

    answers: dict[int, Choice] = field(default_factory=dict)
    versions: int = 0
    closed: bool = False
    sent: dict[int, tuple[str, Choice, str]] = field(default_factory=dict)  # the latest by form: key, choice, code

    def note(self, seat: int, choice: Choice) -> None:
        """One more answer."""
        self.versions += 1
        self.answers[seat] = choice


def act(hall: Hall, number: int, pencil: Pencil, what: str, seat: int, choice: Choice) -> None:
    """Do one thing to the poll, and note it if it was accepted."""
    at = NOW + timedelta(seconds=pencil.versions)
    match what:
        case "form":
            sent = key()
            receipt = cast.cast(hall.mayors[seat], number, choice, key=sent, now=at)
            pencil.sent[seat] = (sent, choice, receipt.code)
            pencil.note(seat, choice)
        case "again" if seat in pencil.sent:
            sent, said, code = pencil.sent[seat]
            assert cast.cast(hall.mayors[seat], number, said, key=sent, now=at).code == code
        case "clerk":
            record_answer.record_answer(hall.clerk, number, seat, choice, key=key(), now=at)
            pencil.note(seat, choice)
        case "hands":
            asked = propose_tally.propose_tally(
                hall.clerk, number, {seat: choice}, Channel.SHOW_OF_HANDS, replace=True, now=at
            )
            confirm_tally.confirm_tally(hall.colleague, number, asked, now=at)
            pencil.note(seat, choice)
        case "close":
            close.close(hall.clerk, number, now=at)
            pencil.closed = True


def play(hall: Hall, acts: list[tuple[str, int, Choice]]) -> None:
    """One poll from its opening to the verifier."""
    number, pencil = hall.open(), Pencil()
    for what, seat, choice in acts:
        was_closed = pencil.closed
        try:
            act(hall, number, pencil, what, seat, choice)
        except Conflict:
            assert was_closed
        else:
            assert not was_closed or what == "again"
    answered = {seat: choice for seat, choice in pencil.answers.items() if choice is not Choice.WITHDRAWN}
    assert queries.answered(number) == answered.keys()
    if not pencil.closed:
        close.close(hall.clerk, number, now=NOW + timedelta(hours=1))
    assert {seat: answer.choice for seat, answer in results.answers(number).items()} == answered
    assert len(results.ballots(number)) == pencil.versions
    outcome = queries.poll(Actor.anonymous(), number).outcome
    assert outcome is not None
    yes = [seat for seat, choice in answered.items() if choice is Choice.YES]
    assert outcome.met is (len(yes) >= 2 and sum(RESIDENTS[seat - 1] for seat in yes) >= 40)
    assert Check(export.document(Actor.anonymous(), number)).run().faults == []


def test_the_result_is_that_of_a_clerk_with_a_pencil() -> None:
    hall = Hall(RESIDENTS)

    @settings(max_examples=25)
    @given(_acts)
    def any_order(acts: list[tuple[str, int, Choice]]) -> None:
        play(hall, acts)

    any_order()
