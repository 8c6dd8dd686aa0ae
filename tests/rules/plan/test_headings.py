"""A heading names its code in the ways in which plans are written, and words that only look like one stay words."""

from __future__ import annotations

import pytest

from portal.plan.blocks import Block, Meaning, Role
from portal.plan.headings import action_level, meaning, split


@pytest.mark.parametrize(
    ("heading", "code", "title"),
    [
        ("A.1.3 Mobilità dolce", "A.1.3", "Mobilità dolce"),
        ("1.2. Sentieri", "1.2", "Sentieri"),
        ("1) Sentieri", "1", "Sentieri"),
        ("OGP3-01 Agenda", "OGP3-01", "Agenda"),
        ("LAd1: Dati aperti", "LAd1", "Dati aperti"),
        ("Azione 2.1: Ciclovie", "2.1", "Ciclovie"),
        ("AZIONE A – Ciclovie", "A", "Ciclovie"),
        ("Asse II – Natura", "II", "Natura"),
        ("Asse A Natura", "A", "Natura"),
        ("B. Natura", "B", "Natura"),
        ("IV – Natura", "IV", "Natura"),
        ("Direttrice I. Crescere insieme", "I", "Crescere insieme"),
        ("A ciascuno il suo", "", "A ciascuno il suo"),
        ("I giovani e la città", "", "I giovani e la città"),
        ("2030: la città che cambia", "", "2030: la città che cambia"),
        ("Asse strategico", "", "Asse strategico"),
        ("Natura", "", "Natura"),
        ("3", "", "3"),
    ],
)
def test_the_code_is_told_from_the_title(heading: str, code: str, title: str) -> None:
    assert split(heading) == (code, title)


def test_some_headings_say_what_stands_under_them() -> None:
    assert meaning("Obiettivi:") is Meaning.OBJECTIVES
    assert meaning("RISULTATI  ATTESI") is Meaning.RESULTS
    assert meaning("Contesto") is None


def headings(*pairs: tuple[int, str]) -> list[Block]:
    return [Block(Role.HEADING, text, n, level) for n, (level, text) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("pairs", "level"),
    [
        ([(1, "Asse 1"), (2, "Azione uno"), (3, "Contesto"), (2, "Azione due")], 2),
        ([(1, "A. Natura"), (2, "A.1 Sentieri"), (3, "Contesto"), (3, "Costi"), (2, "A.2 Boschi")], 2),
        ([(1, "I. Crescere"), (2, "A. Natura"), (3, "A.1 Sentieri"), (3, "A.2 Boschi")], 3),
        ([(1, "Natura"), (2, "Sentieri"), (3, "Testo"), (3, "Costi"), (2, "Boschi"), (3, "Testo"), (3, "Costi")], 2),
        ([(1, "Natura"), (2, "Sentieri"), (2, "Boschi")], 2),
        ([(1, "Natura"), (2, "Obiettivi"), (2, "Sentieri")], 2),
        ([(1, "Natura"), (1, "Acqua")], 2),
        ([], 1),
    ],
)
def test_the_level_of_actions_is_found_out(pairs: list[tuple[int, str]], level: int) -> None:
    assert action_level(headings(*pairs)) == level
