"""The page of the search: what it shows, to whom, and where it leads when there is nothing."""

from __future__ import annotations

import re

import pytest

from portal.comments.rules import Admission, CommentState, may_see
from portal.notify import listen
from portal.plan.rules import VersionState
from portal.search.reindex import reindex
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.hidden import READS_AS, Who, World
from tests.remarks import REASONS, Round
from tests.statements import counted

RESULT = re.compile(r'<article class="result".*?</article>', re.DOTALL)


def results(client: Visitor, question: str, **more: str) -> list[str]:
    """The results as they stand on the page."""
    page = client.get("/cerca", query_string={"q": question, **more})
    assert page.status_code == 200
    return RESULT.findall(page.text)


@pytest.fixture
def rounds(clock: Clock, database: None) -> Round:
    made = Round()
    made.remark(observation="Il ponte sulla ferrovia è stretto.")
    made.published(made.admitted(observation="Serve un bosco."), text=f"{REASONS} Il bosco si farà.")
    listen.hear()
    reindex()
    return made


def test_words_stand_out_in_what_was_found(client: Visitor, rounds: Round) -> None:
    (found,) = results(client, "ponti ferrovie")
    assert "<mark>ponte</mark>" in found and "<mark>ferrovia</mark>" in found
    assert "Comune di Prova" in found


def test_words_stand_out_in_titles_too(client: Visitor, rounds: Round) -> None:
    assert '<span class="code">A.1</span> <mark>Azione</mark> 1' in results(client, "azioni", what="plan")[0]


def test_each_place_has_its_count_and_its_list(client: Visitor, rounds: Round) -> None:
    assert len(results(client, "bosco")) == 2
    assert len(results(client, "bosco", what="remarks")) == 1
    assert len(results(client, "bosco", what="answers")) == 1
    assert results(client, "bosco", what="plan") == []
    assert len(results(client, "frase", what="plan")) == 2


def test_a_code_a_number_and_a_name_lead_straight_there(client: Visitor, rounds: Round) -> None:
    def jumps(question: str) -> str:
        page = client.get("/cerca", query_string={"q": question}).text
        return page[page.index("search-jumps") : page.index("</ul>", page.index("search-jumps"))]

    assert 'href="/piano/azioni/A.1"' in jumps("a.1")
    assert 'href="/piano/azioni/A.1"' in jumps("A") and 'href="/piano/assi/A"' in jumps("A")
    assert 'href="/osservazioni/1"' in jumps("1") and 'href="/osservazioni/1"' in jumps("osservazione n. 1")
    assert 'href="/ricevute/K7QF-2M9D"' in jumps("k7qf-2m9d")
    assert f'href="/enti/{rounds.body.key}"' in jumps("comune prova")


def test_nothing_found_leads_on(client: Visitor, rounds: Round) -> None:
    page = client.get("/cerca", query_string={"q": "ponte fraze"}).text
    assert "«fraze»" in page
    assert "/cerca?q=ponte+frase" in page
    assert '/cerca?q=ponte"' in page
    filtered = client.get("/cerca", query_string={"q": "ponte", "kind": "support"}).text
    assert "senza filtri" in filtered and '/cerca?q=ponte"' in filtered
    assert "in ogni testo" in client.get("/cerca?q=il+di").text


def test_without_a_question_the_page_teaches(client: Visitor, rounds: Round) -> None:
    page = client.get("/cerca").text
    assert "Che cosa puoi cercare" in page and 'class="result"' not in page


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=%27%3B--", "q=ponte&consultation=999999999999", "q=ponte&consultation=x", "q=ponte&kind=nessuno",
        "q=ponte&dopo=x", "q=ponte&dopo=1-1", "q=ponte&dopo=99999999999-1", "q=ponte&what=nulla", "q=ponte&action=%25",
        "q=999999999999999", "q=osservazione+999999999", "q=" + "parola+" * 200, "q=%22", "q=%F0%9F%8C%8A",
        "q=ff%E2%80%AE",
    ],
)  # fmt: skip
def test_no_question_is_a_fault(client: Visitor, rounds: Round, query: str) -> None:
    assert client.get(f"/cerca?{query}").status_code == 200


def test_the_page_asks_the_database_six_times_at_most(client: Visitor, rounds: Round) -> None:
    results(client, "frase")  # the plan is in memory from now on
    with counted() as seen:
        assert len(results(client, "bosco")) == 2
    assert len(seen) <= 6, seen


# The second database answers the same questions in the same way: there one mode is enough.
_MODES = [pytest.param(Admission.BEFORE), pytest.param(Admission.AFTER, marks=pytest.mark.once)]


@pytest.fixture(params=_MODES, ids=lambda mode: mode.value)
def world(request: pytest.FixtureRequest, clock: Clock, database: None) -> World:
    made = World(request.param)
    listen.hear()
    reindex()
    return made


WEB = [who for who in Who if who is not Who.CONSOLE]


@pytest.mark.parametrize("who", WEB, ids=lambda who: who.value)
def test_each_reader_finds_what_they_may_read_and_nothing_else(client: Visitor, world: World, who: Who) -> None:
    actor = world.people[who]
    if actor:
        client.sign_in(actor.person_id or 0)
    wrong = [word for word in world.hidden_from(who) if results(client, word)]
    for state in CommentState:
        may = state is not CommentState.DRAFT and may_see(READS_AS[who], state, world.mode)
        found = results(client, world.word(state, "reasons"))
        if bool(found) is not may:
            wrong.append(f"{state.value}: {len(found)}")
    assert wrong == []
    assert results(client, "parola-risposta-pubblicata")


def test_a_draft_of_the_plan_is_not_found(client: Visitor, clock: Clock, database: None) -> None:
    factories.consultation(deadline_at=NOW.replace(year=2028))
    factories.version(VersionState.DRAFT)
    reindex()
    assert len(results(client, "frase")) == 2
