"""Documents become versions: keys survive, what a text cannot say stays, what is exported comes back the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from portal.db import atomic, db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import BodyKind, Office
from portal.plan import queries
from portal.plan.blocks import Note
from portal.plan.documents import FileKind
from portal.plan.export_plan import export
from portal.plan.import_plan import import_plan, preview
from portal.plan.models import Action, Paragraph, PlanVersion
from portal.plan.outline import Choices
from portal.plan.publish import publish
from portal.plan.rules import VersionState
from tests import factories
from tests.factories import NOW
from tests.plans import SMALL, p, word

SYSTEM = Actor.system()
REAL = ("trento-agenda-digitale.json", "ogp3-consultazione.json", "napoli-immagina-facts.json")
SAMPLE = Path(__file__).parents[3] / "docs" / "sample-plan.json"

Texts = list[tuple[str, str, str, int, str, str]]

TEXT = """---
plan_id: prova
title: Piano di prova
body: Città
---
# A. Natura

## A.1 Sentieri

### Contesto

La rete dei sentieri collega i Comuni della costa con quelli della collina.

Il secondo comma resta uguale.
"""


@pytest.fixture(autouse=True)
def tables(database: None) -> None:
    """Every test here writes."""


def texts(version: PlanVersion) -> Texts:
    """Every text of a version with its key, in reading order."""
    rows = sa.select(Paragraph).where(Paragraph.version_id == version.id).order_by(Paragraph.position)
    return [(r.key, r.kind.value, r.heading, r.number, r.text, r.text_hash) for r in db.session.scalars(rows)]


def parts(version: PlanVersion) -> Any:
    """Sections and actions of a version with everything that is said of them."""
    tree = queries.tree(version.id, version.mark)
    sections = [(s.key, s.code, s.kind, s.title, s.parent, s.extra) for s in tree.sections]
    return sections, [
        (a.key, a.code, a.source_code, a.title, a.lead, a.partners, a.goals, a.costs, a.indicators, a.extra, a.sections)
        for a in tree.actions
    ]


@atomic()
def forget(version: PlanVersion) -> None:
    """Take a draft away, so that the next import meets a database that knows nothing."""
    for table in ("plan_paragraph", "plan_action_section", "plan_action_territory", "plan_action"):
        db.session.execute(sa.text(f"DELETE FROM {table}"))
    db.session.execute(sa.text("UPDATE plan_section SET parent_id = NULL"))
    for table in ("plan_section", "plan_version", "plan"):
        db.session.execute(sa.text(f"DELETE FROM {table}"))
    db.session.expunge_all()


@pytest.mark.parametrize("kind", FileKind)
@pytest.mark.parametrize("name", REAL)
def test_a_real_plan_leaves_and_comes_back_the_same(real_data: Path, name: str, kind: FileKind) -> None:
    _there_and_back((real_data / "plans" / name).read_bytes(), kind)


@pytest.mark.parametrize("kind", FileKind)
def test_the_sample_leaves_and_comes_back_the_same(kind: FileKind) -> None:
    _there_and_back(SAMPLE.read_bytes(), kind)


def _there_and_back(data: bytes, kind: FileKind) -> None:
    first = import_plan(SYSTEM, data, now=NOW)
    before = (texts(first), parts(first), first.extra | {"format": "parere-plan/1"}, first.unplaced)
    made = export(SYSTEM, first.id, kind)
    with pytest.raises(Conflict) as same:
        preview(SYSTEM, made.content, made.name)
    assert same.value.code == "same_text"
    forget(first)
    again = import_plan(SYSTEM, made.content, made.name, now=NOW)
    assert (texts(again), parts(again), again.extra, again.unplaced) == before


@pytest.mark.parametrize("kind", [FileKind.MARKDOWN, FileKind.WORD])
def test_a_key_stays_though_every_word_changes(kind: FileKind) -> None:
    first = import_plan(SYSTEM, TEXT.encode(), "piano.md", now=NOW)
    publish(SYSTEM, first.id, now=NOW)
    made = export(SYSTEM, first.id, FileKind.JSON)
    value = json.loads(made.content)
    value["axes"][0]["actions"][0]["paragraphs"][0] |= {"text": "Tutt’altro", "heading": "Nuovo titolo"}
    value["axes"][0]["actions"][0]["code"] = "Z9"
    draft = import_plan(SYSTEM, json.dumps(value).encode(), now=NOW)
    assert [row[0] for row in texts(draft)] == [row[0] for row in texts(first)]
    assert [row[0] for row in parts(draft)[1]] == [row[0] for row in parts(first)[1]]
    publish(SYSTEM, draft.id, now=NOW)
    again = export(SYSTEM, draft.id, kind)
    changed = again.content.replace("Tutt’altro".encode(), b"Ancora altro") if kind is FileKind.MARKDOWN else None
    if changed:
        third = import_plan(SYSTEM, changed, again.name, now=NOW)
        assert [row[0] for row in texts(third)] == [row[0] for row in texts(first)]


def test_a_part_that_was_copied_gets_a_key_of_its_own() -> None:
    first = import_plan(SYSTEM, TEXT.encode(), "piano.md", now=NOW)
    made, before = export(SYSTEM, first.id, FileKind.MARKDOWN).content.decode(), texts(first)
    block = made[made.index("Il secondo comma") :]
    copied = import_plan(SYSTEM, (made + "\n" + block.replace("resta", "copiato resta")).encode(), "p.md", now=NOW)
    keys = [row[0] for row in texts(copied)]
    assert keys[:2] == [row[0] for row in before]
    assert len(set(keys)) == 3


def test_what_a_text_cannot_say_stays_as_it_was() -> None:
    first = import_plan(SYSTEM, SAMPLE.read_bytes(), now=NOW)
    publish(SYSTEM, first.id, now=NOW)
    plan = first.extra["plan_id"]
    text = "# A – Mobilità dolce\n\n## Rete dei percorsi ciclabili\n\nUn testo nuovo.\n"
    seen = preview(SYSTEM, text.encode(), "nuovo.md", Choices(plan=plan))
    assert seen.notes[Note.FACTS] == 1
    second = import_plan(SYSTEM, text.encode(), "nuovo.md", Choices(plan=plan), now=NOW)
    before = queries.tree(first.id, first.mark).action("MOB-1")
    after = queries.tree(second.id, second.mark).action("MOB-1")
    assert before is not None and after is not None
    assert (second.number, second.title) == (2, first.title)
    assert (after.key, after.lead, after.costs, after.goals) == (before.key, before.lead, before.costs, before.goals)
    bare = preview(SYSTEM, text.encode(), "nuovo.md", Choices(plan=plan, title="Altro", facts=False))
    assert Note.FACTS not in bare.notes


def test_whose_plan_it_is_is_known_where_the_document_is_silent() -> None:
    factories.body("Città metropolitana di prova", BodyKind.METROPOLITAN_CITY)
    seen = preview(SYSTEM, word(SMALL), "piano.docx", Choices(title="Piano"))
    assert (seen.body, seen.title, seen.actions, seen.kind) == (
        "Città metropolitana di prova",
        "Piano",
        1,
        FileKind.WORD,
    )


def test_a_fault_is_told_by_its_place_in_the_document() -> None:
    long = p("x" * 20_001)
    with pytest.raises(Invalid) as refused:
        preview(SYSTEM, word(SMALL + long), "piano.docx", Choices(title="P", body="C"))
    (problem,) = refused.value.problems
    assert str(problem).startswith("Paragraph 4: ")
    with pytest.raises(Invalid) as refused:
        preview(SYSTEM, f"# A. B\n\n{'x' * 20_001}".encode(), "p.md", Choices(title="P", body="C"))
    (problem,) = refused.value.problems
    assert str(problem).startswith("Line 3: ")


def test_an_action_under_no_section_is_refused_with_the_remedy() -> None:
    with pytest.raises(Invalid) as refused:
        preview(SYSTEM, b"# Uno\n\n# Due\n", "p.md", Choices(action_level=1))
    assert "stands under no section" in str(refused.value.problems[0])


def test_what_a_document_leaves_out_is_kept_beside_the_version() -> None:
    found = import_plan(SYSTEM, b"# A. B\n\nTesto.\n\n<!-- nota -->\n", "p.md", Choices(title="P", body="C"), now=NOW)
    assert [(item["reason"], item["value"]) for item in found.unplaced] == [("comment", "nota")]


def test_a_draft_is_exported_only_for_its_readers() -> None:
    draft = factories.version(VersionState.DRAFT)
    with pytest.raises(Forbidden):
        export(Actor.anonymous(), draft.id, FileKind.JSON)
    assert export(factories.holder(Office.DRAFTING_OFFICER), draft.id, FileKind.JSON).content
    with pytest.raises(NotFound):
        export(SYSTEM, 999, FileKind.JSON)


def test_anybody_exports_what_is_public() -> None:
    version = factories.version()
    name = export(Actor.anonymous(), version.id, FileKind.WORD).name
    assert name.endswith("-v1.docx")


def test_an_import_that_fails_leaves_nothing() -> None:
    with pytest.raises(Invalid):
        import_plan(SYSTEM, word(SMALL)[:-100], "piano.docx", now=NOW)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Action)) == 0
