"""A table of answers is read whole or not at all, and says which lines are wrong."""

from __future__ import annotations

import pytest

from portal.kernel.errors import Invalid
from portal.voting import tallies
from portal.voting.rules import Choice
from portal.voting.tallies import OnRoll

ROLL = [
    OnRoll(1, "063049", "Comune di Napoli", False),
    OnRoll(2, "063034", "Giugliano in Campania", False),
    OnRoll(3, "063002", "Sant’Antimo", False),
    OnRoll(4, "063041", "Liveri", True),
]


def test_bodies_by_code_or_name_and_answers_in_words_or_letters() -> None:
    table = tallies.read(b"ente;voto\n063049;Favorevole\ngiugliano in campania;c\nSant'Antimo;NON VOTANTE\n", ROLL)
    assert table.answers == {1: Choice.YES, 2: Choice.NO, 3: Choice.PRESENT_NOT_VOTING}


def test_who_is_absent_is_listed_and_answers_nothing() -> None:
    table = tallies.read(b"istat_code,comune,voto\n063049,Napoli,assente\n063041,Liveri,\n063034,X,a\n", ROLL)
    assert (table.answers, table.absent) == ({2: Choice.ABSTAIN}, (1, 4))


def test_a_byte_order_mark_and_the_short_name_are_fine() -> None:
    assert tallies.read("\ufeffcomune;voto\nNapoli;sì\n".encode(), ROLL).answers == {1: Choice.YES}


def test_all_wrong_lines_are_told_together() -> None:
    rows = "ente;voto\nNapoli;si\nNapoli;no\nAtlantide;si\nSant'Antimo;forse\nLiveri;si\nmozzo\n"
    with pytest.raises(Invalid) as refused:
        tallies.read(rows.encode(), ROLL)
    assert [str(words)[:7] for words in refused.value.problems] == [
        "Line 3:",
        "Line 4:",
        "Line 5:",
        "Line 6:",
        "Line 7:",
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        "ente;voto\nNapoli;sì".encode("latin-1"),
        b"a,b\n1,2\n",
        b'ente,voto\n"Napoli,si\n',
        b"ente,voto\n" + b"x" * (2**20),
    ],
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        tallies.read(data, ROLL)
