"""The rule sets as everybody reads them, and the next version as the secretary general writes it."""

from __future__ import annotations

import re

import pytest

from portal.kernel.offices import Office
from portal.voting import rule_queries
from portal.voting.conditions import Count
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.votes import Hall


@pytest.fixture
def hall(clock: Clock, database: None) -> Hall:
    return Hall()


@pytest.fixture
def general(client: Visitor, hall: Hall) -> Visitor:
    return client.sign_in(hall.general.person_id or 0)


def revision(**more: str) -> dict[str, object]:
    """The opinion of the conference, with half of the seats instead of two fifths."""
    lines = {
        "conditions-0-count": "yes",
        "conditions-0-axis": "seats",
        "conditions-0-strict": "more",
        "conditions-0-numerator": "1",
        "conditions-0-denominator": "2",
        "conditions-0-against": "roll",
        "conditions-0-call": "",
        "conditions-1-count": "",
        "conditions-1-axis": "seats",
        "conditions-1-strict": "",
        "conditions-1-numerator": "",
        "conditions-1-denominator": "",
        "conditions-1-against": "roll",
        "conditions-1-call": "",
    }
    rest = {
        "base": "1",
        "sits": ["mayor", "commissioner"],
        "by_delegation": ["deputy_mayor"],
        "may_change": "y",
        "legal_basis": "Statuto modificato, art. 30",
        "valid_from": NOW.date().isoformat(),
        "reason": "Il Consiglio ha modificato lo Statuto.",
    }
    return {**lines, **rest, **more}


def test_everybody_reads_how_each_matter_is_decided(client: Visitor, hall: Hall) -> None:
    page = client.get("/votazioni/regole")
    assert "almeno 2/5 di tutti gli aventi diritto" in page.text and "Statuto, art. 30" in page.text
    assert faults(page.text) == []
    one = client.get("/votazioni/regole/R9")
    assert "In convocazione 2:" in one.text and "più favorevoli che contrari" in one.text and faults(one.text) == []


def test_every_shipped_rule_set_comes_back_from_its_form_unchanged(general: Visitor, hall: Hall) -> None:
    for rule in rule_queries.in_force(NOW.date()):
        page = general.get(f"/segreteria/votazioni/regole/{rule.code}")
        assert page.status_code == 200 and faults(page.text) == []
        data = _filled(page.text) | {"reason": "Prova di riscrittura senza modifiche."}
        refused = general.post(f"/segreteria/votazioni/regole/{rule.code}", data=data)
        assert refused.status_code == 422 and "nulla da modificare" in refused.text, rule.code


def _filled(page: str) -> dict[str, object]:
    """What a browser would send from the form as it stands."""
    form = page[page.index('name="base"') - 400 : page.index("Scrivi la versione")]
    found: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if given.get("type") == "checkbox":
            if " checked" in tag:
                taken = found.setdefault(given["name"], [])
                assert isinstance(taken, list)
                taken.append(given["value"])
        elif "name" in given:
            found[given["name"]] = given.get("value", "").replace("&#39;", "'").replace("&amp;", "&")
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.findall(r'<option selected value="([^"]*)"|<option value="([^"]*)" selected', options)
        first = re.findall(r'<option[^>]*value="([^"]*)"', options)
        found[name] = next((a or b for a, b in chosen), first[0])
    return found


def test_the_secretary_general_writes_the_next_version(general: Visitor, hall: Hall) -> None:
    assert general.post("/segreteria/votazioni/regole/R1", data=revision()).status_code == 303
    latest, first = rule_queries.history("R1")
    assert (latest.number, first.number) == (2, 1)
    condition = latest.rule_set.conditions[0]
    assert (condition.count, condition.numerator, condition.denominator, condition.strict) == (Count.YES, 1, 2, True)
    page = general.get("/votazioni/regole/R1").text
    assert "più di 1/2 di tutti gli aventi diritto" in page and "Il Consiglio ha modificato" in page
    assert "almeno 2/5" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"conditions-0-numerator": "tre"}, "La condizione 1 non si legge"),
        ({"conditions-0-denominator": "0"}, "La condizione 1 non si legge"),
        ({"conditions-0-count": ""}, "da una a 20 condizioni"),
        ({"valid_from": "2020-01-01"}, "vale da oggi"),
        ({"base": "7"}, "modificata da altri"),
        ({"reason": ""}, "Scrivi perché la regola cambia"),
    ],
)
def test_what_cannot_be_used_is_refused_and_kept(general: Visitor, wrong: dict[str, str], words: str) -> None:
    refused = general.post("/segreteria/votazioni/regole/R1", data=revision(**wrong))
    assert refused.status_code == 422 and words in refused.text
    assert "Statuto modificato, art. 30" in refused.text and faults(refused.text) == []
    assert len(rule_queries.history("R1")) == 1


@pytest.mark.parametrize("office", [Office.SECRETARIAT, Office.COUNCIL_CLERK, Office.ADMINISTRATOR])
def test_nobody_else_writes_rules(client: Visitor, hall: Hall, office: Office) -> None:
    client.sign_in(factories.holder(office).person_id or 0)
    assert client.get("/segreteria/votazioni/regole/R1").status_code == 403
    assert client.post("/segreteria/votazioni/regole/R1", data=revision()).status_code == 403
    assert "Scrivi la prossima versione" not in client.get("/votazioni/regole/R1").text
