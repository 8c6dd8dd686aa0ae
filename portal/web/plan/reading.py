"""Reading the plan: the whole text, an axis, an action paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from portal.comments import arrivals, consultation_queries
from portal.comments import queries as remarks
from portal.comments.anchors import AnchorRow
from portal.comments.consultation_queries import Edition
from portal.comments.rules import Phase, Reader
from portal.drafting import queries as drafting
from portal.forms.base import options
from portal.forms.plan import PlanFilter
from portal.journal import hearing
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, can
from portal.plan import queries
from portal.plan.queries import ActionRow, ParagraphRow, SectionRow, Tree
from portal.plan.rules import EconomicLine, Goal, Priority, SectionKind, VersionState
from portal.territory import queries as territory
from portal.territory.rules import Represented
from portal.web import editions
from portal.web.asked import opinions_on
from portal.web.cache import derived, fragment, public_page
from portal.web.door import access, current_actor, now
from portal.web.labels import label
from portal.web.numbers import asked
from portal.web.plan.blueprint import bp

REMARKS_A_PAGE = 50


def addressed(endpoint: str, rest: str = "") -> Any:
    """Give a view its four addresses: the main text or another plan's, the present version or an older one."""

    def register(view: Any) -> Any:
        for rule in ("/piano", "/piano/v<int:number>", "/piani/<slug>", "/piani/<slug>/v<int:number>"):
            bp.add_url_rule(rule + rest, endpoint, view, methods=["GET"])
        return view

    return register


def common(edition: Edition) -> dict[str, Any]:
    """What every page of an edition shows."""
    actor = current_actor()
    return {
        "edition": edition,
        "scope": editions.address(edition),
        "edition_phase": edition.phase(now()),
        "is_open": edition.is_open(now()),
        "may_comment": edition.is_open(now()) and (actor.is_anonymous or can(actor, Permission.COMMENT_DRAFT)),
        "kinds": {kind.value: label(kind).text for kind in SectionKind},
        "updated_at": edition.published_at or edition.imported_at,
        "newer": editions.newest(edition),
        "compare_url": editions.comparison,
    }


@dataclass(frozen=True)
class Shown:
    """A section as the plan page shows it: only the actions that the filters leave."""

    section: SectionRow
    actions: tuple[ActionRow, ...]
    guests: tuple[ActionRow, ...]
    remarks: int


@addressed("plan")
@access(Permission.PUBLIC_READ)
@public_page
def plan(slug: str | None = None, number: int | None = None) -> str:
    """The whole plan: its tree with texts and objectives, its actions with how many remarks each has."""
    if slug is None and number is None and editions.shelf().main(now()) is None:
        return render_template("plan/none.html")
    edition = editions.edition(slug, number)
    facts = common(edition)
    content = fragment(
        "plan/_plan.html", "all", lambda: facts | _whole(edition) | {"opinions": opinions_on(edition.version_id)}
    )
    return render_template("plan/plan.html", **facts, content=content)


def _whole(edition: Edition) -> dict[str, Any]:
    """The plan with what the filters leave of it."""
    tree = queries.tree(edition.version_id, edition.mark)
    comuni = derived("comuni", edition.version_id, lambda: queries.comuni_named(edition.version_id))
    form, left = _filtered(tree, comuni)
    tallies = _tallies(edition)
    return {
        "form": form,
        "tree": tree,
        "left": len(left),
        "filtered": len(left) < len(tree.actions) or bool(request.args),
        "sections": _shown(tree, left, tallies),
        "tallies": tallies,
        "total": sum(tallies.values()),
        "earlier": editions.earlier(edition),
    }


def _filtered(tree: Tree, comuni: dict[int, tuple[str, str]]) -> tuple[PlanFilter, frozenset[int]]:
    form = PlanFilter(request.args)
    goals = {goal for action in tree.actions for goal in action.goals}
    leads = sorted({lead for action in tree.actions for lead in action.lead})
    levels = {action.priority for action in tree.actions if action.priority}
    form.goal.choices = _choices((g.value, label(g).text) for g in Goal if g in goals)
    form.lead.choices = _choices((lead, lead) for lead in leads)
    form.comune.choices = _choices(comuni.values())
    form.priority.choices = _choices((p.value, label(p).text) for p in Priority if p in levels)
    body_id = next((i for i, (key, _) in comuni.items() if key == form.comune.data), None)
    left = (
        action.id
        for action in tree.actions
        if (not form.goal.data or form.goal.data in action.goals)
        and (not form.lead.data or form.lead.data in action.lead)
        and (not form.priority.data or form.priority.data == action.priority)
        and (not form.comune.data or action.whole_territory or body_id in action.body_ids)
    )
    return form, frozenset(left)


def _choices(pairs: Iterable[tuple[str, str]]) -> list[Any]:
    found = list(pairs)
    return options([("", gettext("All")), *found]) if found else []


def _shown(tree: Tree, left: frozenset[int], tallies: dict[int, int]) -> list[Shown]:
    every = len(left) == len(tree.actions)
    kept: dict[str, Shown] = {}
    for section in reversed(tree.sections):  # children before their parents
        actions = section.actions if every else tuple(a for a in section.actions if a.id in left)
        guests = section.guests if every else tuple(a for a in section.guests if a.id in left)
        inner = [kept[code] for code in section.children if code in kept]
        if every or actions or guests or inner:
            count = sum(tallies.get(a.id, 0) for a in actions) + sum(s.remarks for s in inner)
            kept[section.code] = Shown(section, actions, guests, count)
    return [kept[s.code] for s in tree.sections if s.code in kept]


@addressed("section", "/assi/<code>")
@access(Permission.PUBLIC_READ)
@public_page
def section(code: str, slug: str | None = None, number: int | None = None) -> str:
    """One section: its texts and objectives, its actions, what was said of it as a whole."""
    edition = editions.edition(slug, number)
    tree = queries.tree(edition.version_id, edition.mark)
    found = tree.section(code)
    if found is None:
        raise NotFound()
    return render_template(
        "plan/section.html",
        **common(edition),
        section=found,
        parent=tree.section(found.parent) if found.parent else None,
        children=[s for s in tree.sections if s.parent == found.code],
        tallies=_tallies(edition),
        remarks=remarks.remarks_on_section(current_actor(), found.id, limit=REMARKS_A_PAGE),
    )


@addressed("action", "/azioni/<code>")
@access(Permission.PUBLIC_READ)
@public_page
def action(code: str, slug: str | None = None, number: int | None = None) -> str | BaseResponse:
    """One action, paragraph by paragraph, with what was said of each beside it."""
    edition = editions.edition(slug, number)
    tree = queries.tree(edition.version_id, edition.mark)
    found = tree.action(code)
    if found is None:
        raise NotFound()
    if found.code != code:
        return redirect(url_for(".action", code=found.code, slug=slug, number=number), 301)
    facts = common(edition) | {"action": found, "sections": [s for s in tree.sections if s.code in found.sections]}
    audience = f"{_audience(current_actor())} {facts['may_comment']}"
    content = fragment("plan/_action.html", audience, lambda: facts | _one(edition, tree, found))
    return render_template("plan/action.html", **facts, content=content)


def _audience(actor: Actor) -> str:
    """Who reads the same remarks as this actor: everybody, the staff that reads what is hidden, or one body."""
    own = actor.acting.body_id if actor.acting else None
    reader = remarks.reader_of(actor, own)
    return f"{reader.value} {own if reader is Reader.OWN_BODY else ''}"


def _one(edition: Edition, tree: Tree, found: ActionRow) -> dict[str, Any]:
    """An action with what this reader may read of the remarks on it."""
    streams = _streams(edition)  # first: what arrives while the rest is read is told once too often, and never missed
    after = asked("dopo")
    rows = remarks.remarks_on_action(current_actor(), found.id, after=after, limit=REMARKS_A_PAGE + 1)
    beside, more = rows[:REMARKS_A_PAGE], len(rows) > REMARKS_A_PAGE
    guests = [] if after else remarks.remarks_from_elsewhere(current_actor(), found.id, limit=REMARKS_A_PAGE)
    passages = remarks.anchors_of(r.id for r in (*beside, *guests))
    before, following = tree.neighbours(found)
    return {
        "goals": [label(goal) for goal in Goal if goal in found.goals],
        "lines": [label(line).text for line in EconomicLine if line in found.economic_lines],
        "priority": label(Priority(found.priority)) if found.priority else None,
        "blocks": _blocks(found),
        "years": _years(found),
        "sources": sorted({cost["source"] for cost in found.costs if cost.get("source")}),
        "comuni": derived("comuni_of", found.id, lambda: queries.comuni_of(found.body_ids)),
        "by_paragraph": _by_paragraph(beside, guests, passages),
        "quotes": _quotes(passages),
        "tallies": derived("paragraphs", found.id, lambda: consultation_queries.paragraph_tallies(found.id)),
        "outcomes": {i: label(o) for i, o in drafting.outcomes_of([r.id for r in (*beside, *guests)]).items()},
        "more": beside[-1].number if more else None,
        "after": after,
        "voices": derived("voices", found.id, lambda: _voices(edition, found)),
        "before": before,
        "following": following,
        "streams": streams,
    }


def _streams(edition: Edition) -> dict[str, int]:
    """What the page follows while remarks can still arrive: the stream of its consultation, and where it stands."""
    if edition.consultation_id is None or edition.phase(now()) not in {Phase.OPEN, Phase.CLOSED}:
        return {}
    stream = arrivals.stream_of(edition.consultation_id)
    return {stream: hearing.head(stream)}


def _blocks(action: ActionRow) -> list[tuple[str, list[ParagraphRow]]]:
    """The paragraphs under their headings; a heading is said once for those that follow each other under it."""
    grouped = groupby(action.paragraphs, key=lambda p: p.heading)
    return [(heading, list(paragraphs)) for heading, paragraphs in grouped]


def _years(action: ActionRow) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for cost in action.costs:
        year = str(cost.get("year") or gettext("not stated"))
        found[year] = found.get(year, 0) + (cost.get("amount_eur") or 0)
    return sorted(found.items())


def _by_paragraph(
    rows: list[remarks.Remark], guests: list[remarks.Remark], passages: dict[int, tuple[AnchorRow, ...]]
) -> dict[int | None, list[remarks.Remark]]:
    """Each remark beside every paragraph that it speaks of; by none where it speaks of the action as a whole."""
    found: dict[int | None, list[remarks.Remark]] = {}
    for row in rows:
        found.setdefault(row.paragraph_id, []).append(row)
    for row in (*rows, *guests):
        for paragraph_id in dict.fromkeys(anchor.paragraph_id for anchor in passages.get(row.id, ())):
            if paragraph_id != row.paragraph_id:
                found.setdefault(paragraph_id, []).append(row)
    return found


def _quotes(passages: dict[int, tuple[AnchorRow, ...]]) -> dict[tuple[int, int], str]:
    """The words that a remark chose in a paragraph, by both ids, where it does not speak of all of it."""
    found: dict[tuple[int, int], str] = {}
    for comment_id, anchors in passages.items():
        for anchor in anchors:
            if anchor.is_quote:
                key = (comment_id, anchor.paragraph_id)
                found[key] = f"{found[key]} … {anchor.exact}" if key in found else anchor.exact
    return found


@dataclass(frozen=True)
class Voices:
    """Who has spoken on an action, and for how many residents of the consultation's snapshot."""

    bodies: list[consultation_queries.Voice]
    represented: Represented | None


def _voices(edition: Edition, action: ActionRow) -> Voices:
    bodies = consultation_queries.voices(edition.version_id, action.id)
    if not bodies or edition.snapshot_id is None:
        return Voices(bodies, None)
    return Voices(bodies, territory.representativeness(edition.snapshot_id, [b.body_id for b in bodies]))


def _tallies(edition: Edition) -> dict[int, int]:
    version = edition.version_id
    return derived("actions", version, lambda: consultation_queries.action_tallies(version))


@bp.get("/piani")
@access(Permission.PUBLIC_READ)
@public_page
def plans() -> str:
    """Every plan with its versions."""
    public = [[e for e in plan if e.state is not VersionState.DRAFT] for plan in editions.shelf().plans()]
    shown = [plan for plan in public if plan]
    return render_template(
        "plan/plans.html", plans=shown, address=editions.address, compare_url=editions.comparison, now=now()
    )
