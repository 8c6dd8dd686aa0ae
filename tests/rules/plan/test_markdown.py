"""Markdown as people write it becomes a plan; what has no place is listed, never lost."""

from __future__ import annotations

from typing import Any

import pytest

from portal.kernel.errors import Invalid
from portal.plan.blocks import Note, Why
from portal.plan.documents import FileKind, read
from portal.plan.format import PlanText
from portal.plan.outline import Choices, Lists, Tables
from tests.plans import read_back

PLAN = """# Piano della mobilità

Una premessa che non sta sotto nessuna sezione.

## Asse 1 – Camminare

Il primo asse riguarda
chi va a piedi.

### Obiettivi

- Ridurre gli incidenti
- Raddoppiare chi va a scuola a piedi

### Azione 1.1: Marciapiedi

#### Contesto

Testo in **grassetto**, in *corsivo* e con [un legame](https://citta.example/p).

Secondo comma:

- primo punto
- secondo punto

#### Risultati attesi

- Cento chilometri

### Azione 1.2: Zone scolastiche

Solo testo.
"""


def plan(text: str, **choices: Any) -> PlanText:
    return read_back(text.encode(), FileKind.MARKDOWN, Choices(**choices))


def left(text: str, **choices: Any) -> list[tuple[str, str]]:
    return [(item["reason"], item["value"]) for item in plan(text, **choices).unplaced]


def action(body: str, **choices: Any) -> list[tuple[str, str]]:
    """The headings and texts of a single action with that body."""
    found = plan(f"# A. Asse\n\n## A.1 Azione\n\n{body}", **choices)
    return [(p.heading, p.text) for _, _, a in found.actions() for p in a.paragraphs]


def test_headings_become_sections_actions_and_paragraphs() -> None:
    found = plan(PLAN)
    (section,) = found.sections
    assert (found.title, section.source_code, section.title) == ("Piano della mobilità", "1", "Camminare")
    assert [p.text for p in section.paragraphs] == [
        "Il primo asse riguarda chi va a piedi.",
        "Ridurre gli incidenti",
        "Raddoppiare chi va a scuola a piedi",
    ]
    first, second = section.actions
    assert [(a.source_code, a.title) for a in (first, second)] == [("1.1", "Marciapiedi"), ("1.2", "Zone scolastiche")]
    assert [(p.heading, p.text) for p in first.paragraphs] == [
        ("Contesto", "Testo in grassetto, in corsivo e con un legame (https://citta.example/p)."),
        ("Contesto", "Secondo comma:\n- primo punto\n- secondo punto"),
        ("", "Cento chilometri"),
    ]
    assert [(item["reason"], item["path"]) for item in found.unplaced] == [("before_first_section", "3")]


def test_what_was_changed_in_form_is_counted() -> None:
    document = read(PLAN.encode(), "piano.md").document
    assert document is not None
    assert document.notes == {Note.FORMATTING: 3}


def test_each_item_can_be_a_paragraph() -> None:
    body = "Prima:\n\n- uno\n- due\n1. tre\n"
    assert action(body) == [("", "Prima:\n- uno\n- due\n1. tre")]
    assert action(body, lists=Lists.EACH) == [("", "Prima:"), ("", "uno"), ("", "due"), ("", "1. tre")]


def test_items_within_items_keep_their_place() -> None:
    assert action("- uno\n  - dentro\n  segue\n- due") == [("", "- uno\n  - dentro segue\n- due")]


def test_a_table_is_kept_as_text_or_listed() -> None:
    table = "| Anno | Euro |\n|------|-----:|\n| 2027 | 100 \\| 200 |\n"
    assert action(table) == [("", "Anno | Euro\n2027 | 100 | 200")]
    assert action(table, tables=Tables.LEAVE) == []
    found = left(f"# A. Asse\n\n## A.1 Azione\n\n{table}", tables=Tables.LEAVE)
    assert found == [(Why.TABLE, "Anno | Euro\n2027 | 100 | 200")]


@pytest.mark.parametrize(
    ("body", "why", "value"),
    [
        ("![Una mappa](mappa.png)", Why.IMAGE, "Una mappa mappa.png"),
        ("<!-- da rivedere\ncon calma -->", Why.COMMENT, "da rivedere\ncon calma"),
        ("Testo.[^1]\n\n[^1]: Una nota.", Why.FOOTNOTE, "Una nota."),
        ("### Senza testo", Why.HEADING, "Senza testo"),
    ],
)
def test_what_has_no_place_is_listed_with_its_reason(body: str, why: Why, value: str) -> None:
    assert (why, value) in left(f"# A. Asse\n\n## A.1 Azione\n\n{body}\n")


def test_the_head_of_the_file_speaks_of_the_plan() -> None:
    found = plan(
        '---\nplan_id: natura\ntitle: "Piano: natura"\nbody: Ente\nperiod: 2027\n???\n---\n# A. Asse\n\nTesto.'
    )
    assert (found.slug, found.title, found.body, found.extra["period"]) == ("natura", "Piano: natura", "Ente", 2027)
    assert [(item["reason"], item["path"], item["value"]) for item in found.unplaced] == [("head_of_file", "6", "???")]


def test_underlined_headings_quotes_rules_and_code() -> None:
    found = plan(
        "Asse 1 - Natura\n===============\n\nAzione 1.1: Boschi\n---\n\n> citato\n> ancora\n\n***\n\n```\ncodice\n```\n"
    )
    assert [p.text for _, _, a in found.actions() for p in a.paragraphs] == ["citato ancora", "codice"]


def test_codes_are_made_where_there_are_none() -> None:
    found = plan("# Natura\n\n## Sentieri\n\nUno.\n\n## Boschi\n\nDue.\n\n# Acqua\n\n## Fonti\n\nTre.\n")
    assert [s.source_code for s in found.sections] == ["1", "2"]
    assert [a.source_code for _, _, a in found.actions()] == ["1.1", "1.2", "2.1"]


def test_the_drafting_team_says_which_headings_are_actions() -> None:
    text = "# Natura\n\n## Parte\n\n### Sentieri\n\nTesto.\n"
    assert [a.title for _, _, a in plan(text, action_level=2).actions()] == ["Parte"]
    assert [a.title for _, _, a in plan(text, action_level=3).actions()] == ["Sentieri"]


def test_facts_that_are_broken_are_told_by_their_line() -> None:
    with pytest.raises(Invalid) as refused:
        plan('# A. Asse\n\n```parere\n{"funding": \n```\n')
    assert [str(words) for words in refused.value.problems] == ["The facts that begin at line 3 are not complete JSON."]


@pytest.mark.parametrize("text", ["**" * 20_000, "[" * 20_000, "`" * 20_001, "_a" * 20_000, "![" * 9_000, "&#" * 9_000])
def test_marks_without_end_are_words_and_take_no_time(text: str) -> None:
    read(f"# A. Asse\n\n{text}".encode(), "piano.md")
