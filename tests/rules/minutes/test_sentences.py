"""The sentences of minutes: hours of Rome, articles, plurals, votes with their sums, two texts that become one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from portal.conferences.minutes.rules import Merged, Part, merge, suspected
from portal.records.minutes import docx, table
from portal.records.minutes.document import Document, SignedBy, blocks
from portal.records.minutes.facts import Held, Place, Poll, Remark, Roll, Sitter, Speech, Vote
from portal.records.minutes.italian import Hours, counted, lasting, listed, municipality, named, somebody
from portal.records.minutes.sentences import Teller, sitter

BEGAN = datetime(2027, 3, 11, 9, 0, tzinfo=UTC)
HELD = Held(
    city="Città metropolitana", organ="council", conference="Piano", title="Seduta", sitting=7, call=2, calls=2,
    starts_at=BEGAN, place="", mode="room", public=True, chair="Dott.ssa Prova", secretary="La Segretaria generale",
    begun_at=BEGAN, opened_at=BEGAN, ended_at=BEGAN + timedelta(hours=2), deserted=False, population_source="",
    quorum=(1, 3, False), legal_basis="", notices=(), seats=(Place(1, "Rossi", True, 0),), stays=(), items=(),
    moments=(), head_seq=1, head_hash="0" * 64,
)  # fmt: skip
POLL = Poll(
    id=1, question="Parere", opened_at=BEGAN, closed_at=BEGAN, proclaimed_at=BEGAN, annulled=False, annul_reason="",
    met=True, lines=("1 di 2 >= 0,8", "1.000 di 3.000 = 33,33 % < 40 %"),
    votes=(Vote("Comune A", 1_000, "yes", "Anna"), Vote("Comune B", 2_000, "", "–")), rule="R1", root_hash="f" * 64,
)  # fmt: skip


@pytest.mark.parametrize(
    ("body", "preposition", "said"),
    [
        ("Comune di Pozzo", "di", "del Comune di Pozzo"),
        ("Unione dei Colli", "di", "dell’Unione dei Colli"),
        ("Città metropolitana", "", "la Città metropolitana"),
        ("Municipalità 3", "a", "alla Municipalità 3"),
        ("Casoria", "di", "di Casoria"),
    ],
)
def test_bodies_take_their_article(body: str, preposition: str, said: str) -> None:
    assert named(body, preposition) == said


def test_hours_are_those_of_rome_and_say_the_day_and_the_season_when_they_change() -> None:
    night = datetime(2027, 10, 30, 22, 30, tzinfo=UTC)  # 00:30 of the 31st, the night on which clocks go back
    hours = Hours(night - timedelta(hours=2))
    assert hours.at(night - timedelta(hours=2)) == "22:30"
    assert hours.at(night) == "00:30 del 31 ottobre 2027"
    assert hours.at(night + timedelta(hours=2)) == "02:30 del 31 ottobre 2027"
    assert hours.at(night + timedelta(hours=3)) == "02:30 (ora solare) del 31 ottobre 2027"


def test_numbers_agree_with_their_nouns() -> None:
    assert (counted(1, "ente", "enti"), counted(1_200, "ente", "enti")) == ("1 ente", "1.200 enti")
    assert (lasting(3_661), lasting(0)) == ("1 ora, 1 minuto e 1 secondo", "meno di un secondo")
    assert listed(["A", "B", "C"]) == "A, B e C"


def test_a_roll_call_says_the_legal_number_and_whether_it_is_there() -> None:
    roll = Roll(1, False, BEGAN, BEGAN, 1, 3, 0, 0, 2, False, ("Rossi",))
    assert Teller(HELD).roll(roll) == (
        "Alle ore 10:00 la Segretaria procede alla verifica del numero dei presenti mediante appello nominale. "
        "Risponde 1 componente su 3. Non risponde: Rossi. In seconda convocazione occorrono 2 componenti "
        "(almeno 1/3 dei componenti): 1 < 2, il numero legale non è raggiunto."
    )


def test_a_speech_that_was_cut_off_says_by_whom_and_for_what() -> None:
    speech = Speech(1, Sitter("Rossi", "councillor"), "", "point_of_order", BEGAN, BEGAN + timedelta(minutes=2), 120,
                    60, "cut_off", "")  # fmt: skip
    assert Teller(HELD).speech(speech) == (
        "Dalle ore 10:00 alle ore 10:02 interviene per mozione d’ordine Rossi (Consigliere) (2 minuti). "
        "La Presidente toglie la parola, trascorso il tempo assegnato di 1 minuto."
    )


def test_a_vote_stands_with_its_sums_and_its_computation() -> None:
    text, votes = table.poll(POLL, Hours(BEGAN), "il Presidente")
    assert "Votanti: favorevoli 1 (per 1.000 abitanti); contrari 0; astenuti 0" in text
    assert "- 1.000 di 3.000 = 33,33 % < 40 %" in text
    assert text.endswith("Alle ore 10:00 il Presidente proclama l’esito: la proposta è approvata.")
    assert votes and votes.rows[1] == ("Comune B", "2.000", "non ha votato", "–")
    annulled, none = table.poll(replace(POLL, annulled=True, annul_reason="errore"), Hours(BEGAN), "il Presidente")
    assert annulled.endswith("La votazione è annullata: errore.") and none is None


def test_a_remark_is_named_by_its_number_and_never_quoted() -> None:
    remark = Remark(127, "Comune di Pozzo", "change_request", "azione A.1", made_here=True, read=True)
    said = "È data lettura dell’osservazione n. 127 del Comune di Pozzo (richiesta di modifica, azione A.1)."
    assert table.remark(remark) == said


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("a\nb\nc", "A\nb\nc", "a\nb\nC", Merged("A\nb\nC", False)),
        ("a\nb", "a\nx", "a\ny", Merged("a\nx", True)),
        ("a", "a", "b", Merged("b", False)),
        ("a\nb\nc", "a\nc", "a\nb\nc\nd", Merged("a\nc\nd", False)),
    ],
)
def test_two_texts_over_one_become_one_where_they_do_not_touch(
    base: str, mine: str, theirs: str, merged: Merged
) -> None:
    assert merge(base, mine, theirs) == merged


def test_what_looks_like_data_of_a_person_is_pointed_out_and_figures_are_not() -> None:
    text = "Scrive anna.rossi@prova.example, RSSNNA80A41F839X, cell. 333 1234567. Presenti 1.054.475 su 1.248.331."
    assert suspected(text) == ("anna.rossi@prova.example", "RSSNNA80A41F839X", "333 1234567")
    assert suspected("Impronta " + "3" * 64 + ", azione 4.4, 10:41, 16 di 40 >= 16") == ()


def test_offices_and_comuni_are_named_as_they_are_spoken() -> None:
    assert sitter(Sitter("Anna Rossi", "mayor"), "Comune di Pozzo") == "Anna Rossi (Sindaco), per il Comune di Pozzo"
    assert sitter(Sitter("Sindaca di Pozzo", "mayor"), "Comune di Pozzo") == "la Sindaca di Pozzo"
    assert (somebody("Assessora al bilancio"), municipality("Pozzo")) == ("l’Assessora al bilancio", "Comune di Pozzo")


def test_a_hostile_text_stays_text_in_the_word_document() -> None:
    part = Part("a", "A", "<w:p/> & \x00 «»\n- uno\n- due")
    signed = SignedBy("Chi presiede", "Rossi", "", "")
    found = Document("Città", "Consiglio", "Verbale n. 1/2027", "", "", (part,), (signed,), (), (), "0" * 64)
    made = docx.docx(found)
    assert made == docx.docx(found) and made[:2] == b"PK"
    assert [block.listed for block in blocks(part.text)] == [False, True]
