"""A plan file becomes a draft version: whole, or not at all."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from portal.comments import consultation_queries
from portal.db import db
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.kernel.offices import Office
from portal.plan import queries
from portal.plan.import_plan import import_plan, preview
from portal.plan.models import Action, ActionSection, Paragraph, Plan, PlanVersion, Section
from portal.plan.publish import publish
from tests import factories
from tests.factories import NOW

SYSTEM = Actor.system()
REAL = {
    "trento-agenda-digitale.json": (6, 19, 82),
    "ogp3-consultazione.json": (3, 33, 230),
    "napoli-immagina-facts.json": (6, 12, 12),
}


def sample(*texts: str, plan_id: str = "prova", title: str = "Azione") -> dict[str, Any]:
    """A plan of one action with these paragraphs."""
    paragraphs = [{"heading": "Testo", "text": text} for text in texts]
    actions = [{"code": "X1", "title": title, "paragraphs": paragraphs}]
    return {
        "plan_id": plan_id,
        "title": "Piano",
        "body": "Ente",
        "axes": [{"code": "A", "title": "Asse", "actions": actions}],
    }


def load(value: Any) -> PlanVersion:
    """Import what a program would have written."""
    return import_plan(SYSTEM, json.dumps(value).encode(), now=NOW)


def keys(version: PlanVersion) -> dict[str, str]:
    """The keys of a version's paragraphs by their text."""
    rows = db.session.execute(sa.select(Paragraph.text, Paragraph.key).where(Paragraph.version_id == version.id))
    return dict(rows.all())


def leaves(value: Any, but: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every text inside a JSON value, and the names of what has no field of its own."""
    match value:
        case str():
            yield value
        case dict():
            for name, inner in value.items():
                if name not in but:
                    yield from leaves(inner)
        case list():
            for inner in value:
                yield from leaves(inner)


def letters(texts: Iterator[str] | list[str]) -> int:
    """How many characters there are, counted as they are stored."""
    return sum(len(unicodedata.normalize("NFC", text).strip("\n \t")) for text in texts)


def stored(version: PlanVersion) -> list[str]:
    """Every text of a version, from every table and column that holds one."""
    found = [*leaves(version.extra), version.plan.body_name, version.title, version.language]
    for section in db.session.scalars(sa.select(Section).where(Section.version_id == version.id)):
        found += [section.extra.get("source_code", section.code), section.title]
        found += leaves(section.extra, frozenset({"source_code"}))
    for action in db.session.scalars(sa.select(Action).where(Action.version_id == version.id)):
        found += [action.source_code, action.title, action.period, action.priority]
        for column in (
            "lead",
            "partners",
            "private_partners",
            "goals",
            "economic_lines",
            "costs",
            "indicators",
            "extra",
        ):
            found += leaves(getattr(action, column))
    others = sa.select(Section.code).join(ActionSection, ActionSection.section_id == Section.id)
    found += db.session.scalars(others.where(Section.version_id == version.id, ActionSection.is_main.is_(False)))
    for paragraph in db.session.scalars(sa.select(Paragraph).where(Paragraph.version_id == version.id)):
        found += [paragraph.heading, paragraph.text]
    for item in version.unplaced:
        found += leaves(item["value"])
    return found


@pytest.mark.parametrize("name", REAL)
def test_a_real_plan_arrives_with_all_its_parts(real_data: Path, name: str) -> None:
    import_plan(SYSTEM, (real_data / "plans" / name).read_bytes(), now=NOW)
    (counts,) = consultation_queries.version_counts()
    assert (counts.axes, counts.actions, counts.paragraphs) == REAL[name]


@pytest.mark.parametrize("name", REAL)
def test_every_character_of_a_real_plan_is_stored_or_listed(real_data: Path, name: str) -> None:
    data = (real_data / "plans" / name).read_bytes()
    version = import_plan(SYSTEM, data, now=NOW)
    assert letters(stored(version)) == letters(leaves(json.loads(data)))


def test_three_actions_of_a_real_plan_belong_to_two_axes(real_data: Path) -> None:
    data = (real_data / "plans" / "trento-agenda-digitale.json").read_bytes()
    version = import_plan(SYSTEM, data, now=NOW)
    tree = queries.tree(version.id, version.mark)
    assert sum(len(action.sections) == 2 for action in tree.actions) == 3
    assert sum(len(section.guests) for section in tree.sections) == 3
    assert sum(len(section.texts) for section in tree.sections) > 0
    assert sum(len(section.objectives) for section in tree.sections) == 15
    assert sum(len(action.results) for action in tree.actions) > 0
    assert [a.code for a in tree.actions][:2] == ["A1.1", "A1.2"]
    assert tree.action("LA01") is tree.action("A1.1")


def test_a_faulty_file_leaves_nothing_behind() -> None:
    value = sample("Buono", " ")
    with pytest.raises(Invalid):
        load(value)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Plan)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Entry)) == 0


def test_the_same_text_twice_is_refused() -> None:
    load(sample("Uno"))
    with pytest.raises(Conflict) as refused:
        load(sample("Uno"))
    assert refused.value.code == "same_text"


def test_paragraphs_keep_their_keys_in_the_next_version() -> None:
    long = "La rete dei sentieri collega i Comuni della costa con quelli della collina e della piana"
    first = load(sample(long, "Il secondo comma resta uguale", "Il terzo comma scompare del tutto"))
    publish(SYSTEM, first.id, now=NOW)
    second = load(sample("Un comma nuovo e diverso da ogni altro", "Il secondo comma resta uguale", long + " interna"))
    before, after = keys(first), keys(second)
    assert second.number == 2
    assert after["Il secondo comma resta uguale"] == before["Il secondo comma resta uguale"]
    assert after[long + " interna"] == before[long]
    assert after["Un comma nuovo e diverso da ogni altro"] not in before.values()
    actions = list(db.session.scalars(sa.select(Action.key).order_by(Action.version_id)))
    assert actions[0] == actions[1]


def test_a_key_that_was_used_once_never_names_something_else() -> None:
    first = load(sample("Alfa"))
    publish(SYSTEM, first.id, now=NOW)
    second = load(sample("Beta gamma delta"))
    publish(SYSTEM, second.id, now=NOW)
    third = load(sample("Alfa"))
    assert len({*keys(first).values(), *keys(second).values(), *keys(third).values()}) == 3


def test_a_new_draft_takes_the_place_of_the_old_one() -> None:
    load(sample("Prima bozza"))
    again = load(sample("Seconda bozza"))
    assert [v.number for v in db.session.scalars(sa.select(PlanVersion))] == [1]
    assert list(keys(again)) == ["Seconda bozza"]


def test_a_preview_says_what_would_happen_and_writes_nothing() -> None:
    first = load(sample("Il primo comma resta uguale", "Il secondo se ne va via di qui"))
    publish(SYSTEM, first.id, now=NOW)
    value = sample("Il primo comma resta uguale", "Un altro comma del tutto diverso") | {"colour": "verde"}
    seen = preview(SYSTEM, json.dumps(value).encode())
    assert (seen.number, seen.same, seen.changed, seen.added, seen.gone) == (2, 1, 0, 1, 1)
    assert seen.unplaced == [{"path": "colour", "value": "verde"}]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PlanVersion)) == 1


def test_comuni_are_found_by_their_code_and_strangers_are_listed() -> None:
    known = factories.body("Comune noto")
    value = sample("Testo")
    value["axes"][0]["actions"][0]["territory"] = {"whole": False, "istat": [known.istat_code, "000001"]}
    version = load(value)
    (action,) = queries.tree(version.id, version.mark).actions
    assert (action.body_ids, action.whole_territory) == ((known.id,), False)
    assert version.unplaced == [
        {"path": "axes[0].actions[0].territory", "value": ["000001"], "reason": "unknown_comune"}
    ]


def test_the_import_is_told_in_the_journal_without_a_word_of_the_text() -> None:
    version = load(sample("Parola segreta"))
    entry = db.session.scalars(sa.select(Entry)).one()
    assert (entry.kind, entry.stream) == ("PlanImported", f"plan:{version.plan_id}")
    assert "segreta" not in json.dumps(entry.facts)


@pytest.mark.parametrize("office", [Office.DRAFTING_LEAD, Office.DRAFTING_OFFICER])
def test_the_drafting_team_imports(office: Office) -> None:
    assert import_plan(factories.holder(office), json.dumps(sample("Uno")).encode(), now=NOW).number == 1


@pytest.mark.parametrize("office", [Office.SECRETARIAT, Office.AUDITOR, Office.COUNCILLOR])
def test_others_do_not_import(office: Office) -> None:
    with pytest.raises(Forbidden):
        import_plan(factories.holder(office), json.dumps(sample("Uno")).encode(), now=NOW)
