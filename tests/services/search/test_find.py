"""What is looked for is found, by whoever may read it and by nobody else."""

from __future__ import annotations

import pytest

from portal.comments import consultation_queries
from portal.comments.rules import Admission, CommentKind, CommentState
from portal.kernel.actor import Actor
from portal.notify import listen
from portal.search import find, nearby
from portal.search.asking import asked
from portal.search.find import Found
from portal.search.queries import Narrowed
from portal.search.reindex import reindex
from portal.search.rules import Scope, cursor
from tests import factories
from tests.remarks import REASONS, Round

ANYBODY = Actor.anonymous()


@pytest.fixture
def rounds() -> Round:
    return Round()


def look(words: str, actor: Actor = ANYBODY, after: str = "", limit: int = find.PAGE, **narrowed: object) -> Found:
    """As the page would, in every version."""
    editions = consultation_queries.shelf().editions
    where = Narrowed(tuple(e.version_id for e in editions), **narrowed)  # type: ignore[arg-type]
    return find.find(actor, asked(words), where, editions, after=cursor(after), limit=limit)


def numbers(found: Found) -> list[int]:
    """The remarks among the results."""
    return [hit.remark.number for hit in found.hits if hit.remark]


def marked(found: Found) -> list[str]:
    """The words that stand out in the first result."""
    return [piece.text for piece in found.hits[0].pieces if piece.marked]


def test_other_forms_of_a_word_find_it_whatever_the_accents_and_capitals(rounds: Round) -> None:
    remark = rounds.remark(observation="La qualità delle piste ciclabili è da chiarire.")
    listen.hear()
    for words in ("pista ciclabile", "PISTE", "qualita", "Qualità", "chiarito", "la pista e il ciclabile"):
        assert numbers(look(words)) == [remark.number], words
    assert marked(look("pista ciclabile")) == ["piste", "ciclabili"]


def test_every_word_must_be_there_and_a_phrase_in_its_order(rounds: Round) -> None:
    first = rounds.remark(observation="Il trasporto pubblico locale va potenziato.")
    second = rounds.remark(observation="Il pubblico chiede un trasporto migliore.")
    listen.hear()
    assert sorted(numbers(look("trasporto pubblico"))) == [first.number, second.number]
    assert numbers(look('"trasporto pubblico"')) == [first.number]
    assert numbers(look("«trasporto pubblico» potenziare")) == [first.number]
    assert numbers(look("trasporto tramvia")) == []
    assert look("trasporto tramvia").missing == ("tramvia",)


def test_what_says_it_more_and_shorter_comes_first(rounds: Round) -> None:
    once = rounds.remark(observation="Il bosco è bello. " + "Si parla poi di tante altre cose diverse. " * 10)
    twice = rounds.remark(observation="Bosco e ancora bosco.")
    listen.hear()
    assert numbers(look("bosco")) == [twice.number, once.number]


def test_the_plan_its_titles_and_its_paragraphs_are_found(rounds: Round) -> None:
    reindex()
    found = look("seconda frase", scope=Scope.PLAN)
    assert found.counts[Scope.PLAN] == 2
    assert {hit.place.action_code for hit in found.hits if hit.place} == {"A.1"}
    titles = look("Azione A.1")
    assert titles.hits[0].place is not None and titles.hits[0].place.paragraph is None


def test_a_published_answer_is_found_and_one_in_preparation_is_not(rounds: Round) -> None:
    rounds.published(rounds.admitted(), text=f"{REASONS} Si aggiunge la tramvia.")
    rounds.proposed(rounds.admitted(), text=f"{REASONS} Si valuta la funivia.")
    listen.hear()
    assert [hit.answer.body_name for hit in look("tramvia").hits if hit.answer] == ["Comune di Prova"]
    assert look("funivia").hits == ()
    assert look("funivia", rounds.lead).hits == ()


def test_a_draft_is_found_by_nobody_not_even_by_its_body(rounds: Round) -> None:
    rounds.draft(observation="Segreto inaudito.")
    listen.hear()
    reindex()
    assert look("inaudito", rounds.mayor).total == 0


def test_a_hidden_remark_is_found_by_those_alone_who_may_read_it() -> None:
    rounds = Round(factories.consultation(admission=Admission.BEFORE))
    refused = rounds.remark(CommentState.NOT_ADMITTED, observation="Parola inaudita.")
    listen.hear()
    assert look("inaudita").total == 0
    assert numbers(look("inaudita", rounds.secretary)) == [refused.number]
    assert numbers(look("inaudita", rounds.mayor)) == [refused.number]
    assert look("inaudita", factories.holder(rounds.mayor.grants[0].office, factories.body("Altro"))).total == 0


def test_a_word_of_hidden_texts_alone_is_told_from_one_that_is_nowhere_by_nobody_else(rounds: Round) -> None:
    rounds.remark(CommentState.NOT_ADMITTED, observation="Il signor Verdolini abita qui.")
    rounds.remark(observation="Una strada buia.")
    listen.hear()
    for words in ("verdolini", "strada verdolini", "strada zzyzx"):
        assert look(words).missing == (words.split()[-1],)
    assert look("verdolini", rounds.secretary).missing == ()
    assert look("strada verdolini", rounds.secretary).missing == ()


def test_results_are_narrowed(rounds: Round) -> None:
    objection = rounds.remark(kind=CommentKind.OBJECTION, observation="Il ponte non serve.")
    rounds.remark(kind=CommentKind.SUPPORT, observation="Il ponte serve.")
    listen.hear()
    reindex()
    assert numbers(look("ponte", kind=CommentKind.OBJECTION)) == [objection.number]
    assert len(numbers(look("ponte", body_key=rounds.body.key))) == 2
    assert look("ponte", body_key="nessuno").total == 0
    assert len(numbers(look("ponte", action_code="A.1"))) == 2
    assert look("ponte", action_code="Z.9").total == 0
    assert look("frase", action_code="A.1").counts[Scope.PLAN] == 2
    assert look("frase", action_code="A").counts.get(Scope.PLAN, 0) == 0
    assert look("ponte", consultation_id=rounds.consultation.id).total == 2
    assert look("ponte", consultation_id=rounds.consultation.id + 1).total == 0


def test_pages_follow_each_other_without_loss_or_repetition(rounds: Round) -> None:
    sent = {rounds.remark(observation=f"Il ponte numero {n}.").number for n in range(7)}
    listen.hear()
    seen: list[int] = []
    after = ""
    while True:
        page = look("ponte", after=after, limit=3)
        assert page.counts[Scope.REMARKS] == 7
        seen += numbers(page)
        if page.next is None:
            break
        after = str(page.next)
    assert len(seen) == 7 and set(seen) == sent


@pytest.mark.parametrize("words", ["", "   ", "il di e", '""', "%", "'", "\\", "(((", "a" * 5000, "\ufeff", "-", "*"])
def test_whatever_is_typed_is_a_question(rounds: Round, words: str) -> None:
    rounds.remark()
    listen.hear()
    assert look(words).hits == ()


def test_codes_lead_to_actions_and_sections(rounds: Round) -> None:
    edition = consultation_queries.shelf().editions[0]
    assert [thing.code for thing in nearby.by_code(asked("a"), edition)] == ["A", "A.1"]
    assert [thing.code for thing in nearby.by_code(asked("A.1"), edition)] == ["A.1"]
    assert [thing.code for thing in nearby.by_code(asked("X1"), edition)] == ["A.1"]
    assert nearby.by_code(asked("A 1"), edition) == []


def test_a_word_that_is_nowhere_is_taken_for_one_of_the_plan(rounds: Round) -> None:
    editions = consultation_queries.shelf().editions
    assert nearby.spelled_alike(asked("la fraze"), ["fraze"], editions) == "la frase"
    assert nearby.spelled_alike(asked("xyzzy"), ["xyzzy"], editions) is None
