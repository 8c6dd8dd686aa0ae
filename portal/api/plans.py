"""Plans, their versions, actions and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from portal.api import parameters as given
from portal.api import shapes
from portal.api.door import Described, Page, Values, cut, link, operation
from portal.comments import consultation_queries
from portal.comments.consultation_queries import Edition, Shelf
from portal.kernel import clock
from portal.kernel.errors import NotFound
from portal.kernel.words import N_
from portal.plan import queries
from portal.plan.queries import ActionRow, ParagraphRow, SectionRow, Tree
from portal.plan.rules import VersionState

GROUP = N_("Plan")
_OF_VERSION = (given.SLUG, given.VERSION)


def public_editions() -> Shelf:
    """The versions that anybody may read."""
    shelf = consultation_queries.shelf()
    return Shelf(tuple(e for e in shelf.editions if e.state is not VersionState.DRAFT), shelf.stamp)


def edition_of(slug: str, version: int) -> Edition:
    """One version of a plan."""
    found = next((e for e in public_editions().editions if e.slug == slug and e.number == version), None)
    if found is None:
        raise NotFound()
    return found


def _tree(edition: Edition) -> Tree:
    return queries.tree(edition.version_id, edition.mark)


@operation(
    "/plans",
    N_("The plans, with the numbers of their versions."),
    Described(shapes.listed("Plan"), GROUP, (given.LIMIT, given.AFTER)),
)
def plans(limit: int, after: str | None) -> Page:
    """By address."""
    shelf = public_editions()
    rows = sorted((own for own in shelf.plans()), key=lambda own: own[0].slug)
    return cut([_plan(own, shelf) for own in rows if own[0].slug > (after or "")], limit, lambda plan: plan["slug"])


@operation("/plans/{slug}", N_("One plan."), Described(shapes.named("Plan"), GROUP, in_path=(given.SLUG,)))
def plan(slug: str) -> Values:
    """With the numbers of its versions."""
    shelf = public_editions()
    own = next((own for own in shelf.plans() if own[0].slug == slug), None)
    if own is None:
        raise NotFound()
    return _plan(own, shelf)


def _plan(own: list[Edition], shelf: Shelf) -> Values:
    newest = own[0]
    current = shelf.find(newest.slug, None, clock.now(), drafts=False)
    return {
        "slug": newest.slug,
        "title": newest.plan_title,
        "body": newest.body_name,
        "versions": sorted(edition.number for edition in own),
        "current": current.number if current else None,
        "url": link("api.plan", slug=newest.slug),
        "page": link("plan.plan", slug=newest.slug),
    }


@operation(
    "/plans/{slug}/versions",
    N_("The public versions of a plan, newest first."),
    Described(shapes.listed("Version"), GROUP, (given.LIMIT, given.AFTER_NUMBER), (given.SLUG,)),
)
def versions(slug: str, limit: int, after: int) -> Page:
    """Newest first, from below a number on."""
    own = [e for e in public_editions().editions if e.slug == slug]
    if not own:
        raise NotFound()
    return cut([_version(e) for e in own if not after or e.number < after], limit, lambda version: version["number"])


@operation(
    "/plans/{slug}/versions/{version}",
    N_("One version with its sections, their texts and the codes of their actions."),
    Described(shapes.named("WholeVersion"), GROUP, in_path=_OF_VERSION),
)
def version(slug: str, version: int) -> Values:
    """The tree of the plan without the texts of the actions."""
    edition = edition_of(slug, version)
    return _version(edition) | {"sections": [_section(edition, section) for section in _tree(edition).sections]}


def _version(edition: Edition) -> Values:
    where = {"slug": edition.slug, "version": edition.number}
    return {
        "plan": edition.slug,
        "number": edition.number,
        "title": edition.title,
        "state": edition.state,
        "published_at": edition.published_at,
        "text_sha256": edition.text_hash,
        "consultation": edition.consultation_id,
        "url": link("api.version", **where),
        "page": link("plan.plan", slug=edition.slug, number=edition.number),
    }


def _section(edition: Edition, section: SectionRow) -> Values:
    return {
        "code": section.code,
        "key": section.key,
        "kind": section.kind,
        "title": section.title,
        "parent": section.parent,
        "paragraphs": [_paragraph(row) for row in section.texts + section.objectives],
        "actions": [action.code for action in section.actions + section.guests],
        "page": page_of(edition, section=section.code),
    }


@operation(
    "/plans/{slug}/versions/{version}/actions",
    N_("The actions of a version in the order of the plan, without their paragraphs."),
    Described(shapes.listed("Action"), GROUP, (given.LIMIT, given.AFTER), _OF_VERSION),
)
def actions(slug: str, version: int, limit: int, after: str | None) -> Page:
    """From after a code on."""
    edition = edition_of(slug, version)
    rows = _after([(action.code, action) for action in _tree(edition).actions], after)[: limit + 1]
    facts = _Facts(edition)
    return cut([facts.action(action) for _, action in rows], limit, lambda action: action["code"])


@operation(
    "/plans/{slug}/versions/{version}/actions/{code}",
    N_("One action with its paragraphs, by our code or by that of the source."),
    Described(shapes.named("WholeAction"), GROUP, in_path=(*_OF_VERSION, given.CODE)),
)
def action(slug: str, version: int, code: str) -> Values:
    """Its facts and its text."""
    edition = edition_of(slug, version)
    found = _tree(edition).action(code)
    if found is None:
        raise NotFound()
    return _Facts(edition).action(found) | {"paragraphs": [_paragraph(row) for row in found.all_paragraphs()]}


@operation(
    "/plans/{slug}/versions/{version}/paragraphs",
    N_("Every paragraph of a version in reading order: those of the sections, then those of the actions."),
    Described(shapes.listed("Paragraph"), GROUP, (given.LIMIT, given.AFTER), _OF_VERSION),
)
def paragraphs(slug: str, version: int, limit: int, after: str | None) -> Page:
    """From after a key on."""
    edition = edition_of(slug, version)
    rows = _after([(row["key"], row) for row in _paragraphs(edition)], after)[: limit + 1]
    return cut([row for _, row in rows], limit, lambda row: row["key"])


@operation(
    "/plans/{slug}/versions/{version}/paragraphs/{key}",
    N_("One paragraph by its key, which is the same in every version that has it."),
    Described(shapes.named("Paragraph"), GROUP, in_path=(*_OF_VERSION, given.KEY)),
)
def paragraph(slug: str, version: int, key: str) -> Values:
    """Its text."""
    found = next((row for row in _paragraphs(edition_of(slug, version)) if row["key"] == key), None)
    if found is None:
        raise NotFound()
    return found


def _after(rows: list[tuple[str, Any]], key: str | None) -> list[tuple[str, Any]]:
    """Those that follow the one with this key; a key that is none has nothing after it."""
    if key is None:
        return rows
    at = next((at for at, (own, _) in enumerate(rows) if own == key), len(rows))
    return rows[at + 1 :]


def _paragraphs(edition: Edition) -> Iterator[Values]:
    tree = _tree(edition)
    for section in tree.sections:
        for row in section.texts + section.objectives:
            yield _placed(edition, row, {"action": None, "section": section.code})
    for action in tree.actions:
        for row in action.all_paragraphs():
            yield _placed(edition, row, {"action": action.code, "section": None})


def _placed(edition: Edition, row: ParagraphRow, owner: Mapping[str, str | None]) -> Values:
    where = {"slug": edition.slug, "version": edition.number, "key": row.key}
    return {
        **_paragraph(row),
        **owner,
        "url": link("api.paragraph", **where),
        "page": page_of(edition, owner["action"], owner["section"], row.key),
    }


def _paragraph(row: ParagraphRow) -> Values:
    facts = asdict(row)
    return {name: facts[name] for name in ("key", "number", "kind", "heading", "text")} | {"text_sha256": row.text_hash}


def page_of(edition: Edition, action: str | None = None, section: str | None = None, key: str | None = None) -> str:
    """The page on which a text of a version stands, under the address that never changes."""
    where = {"slug": edition.slug, "number": edition.number}
    if action:
        return link("plan.action", code=action, _anchor=key, **where)
    return link("plan.section", code=section, _anchor=key, **where) if section else link("plan.plan", **where)


class _Facts:
    """What actions of a version are shown with: the names of Comuni and how many remarks there are, read once."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.comuni = queries.comuni_named(edition.version_id)
        self.tallies = consultation_queries.action_tallies(edition.version_id)

    def action(self, row: ActionRow) -> Values:
        """One action."""
        edition, names = self.edition, "source_code key title lead partners private_partners goals economic_lines"
        named = (self.comuni[body_id] for body_id in row.body_ids if body_id in self.comuni)
        where = {"slug": edition.slug, "version": edition.number, "code": row.code}
        return {
            "code": row.code,
            **{name: getattr(row, name) for name in names.split()},
            "whole_territory": row.whole_territory,
            "territory": [{"key": key, "name": name} for key, name in named],
            "period": row.period,
            "priority": row.priority,
            "costs": row.costs,
            "indicators": row.indicators,
            "sections": list(row.sections),
            "comments": self.tallies.get(row.id, 0),
            "url": link("api.action", **where),
            "page": page_of(edition, row.code),
        }
