"""What all pages of opinions share: the blueprint, a request as it is shown, where a remark points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Blueprint, url_for
from flask_babel import gettext

from portal.conferences.rules import REPEAT_DAYS
from portal.kernel.offices import Office
from portal.opinions import queries
from portal.opinions.rows import DocumentRow, RemarkRow, RequestRow, TextRow
from portal.opinions.standing import Standing, standing
from portal.plan import queries as plan
from portal.plan.queries import ParagraphRow
from portal.plan.rules import ParagraphKind
from portal.voting import wording
from portal.voting.rules import Choice
from portal.voting.thresholds import Result
from portal.web import editions
from portal.web.door import current_actor, now, translate
from portal.web.labels import label
from portal.web.pages import day, instant

bp = Blueprint("opinions", __name__)


@dataclass(frozen=True)
class Target:
    """Where a remark points: words, and the address of the place if everybody reads that version."""

    text: str
    url: str


@dataclass(frozen=True)
class Shown:
    """A request as its pages show it."""

    row: RequestRow
    stands: Standing
    texts: list[TextRow]
    document: DocumentRow | None

    @property
    def ruler(self) -> list[tuple[int, str, int]]:
        """The sittings on the thirty days: day, result, place on a thousand parts."""
        held = self.stands.course.sittings
        most = max([REPEAT_DAYS, *(one.day for one in held)])
        return [(one.day, one.attempt.result.value, round(1000 * one.day / most)) for one in held]


def shown(number: int) -> Shown:
    """A request with how it stands."""
    row = queries.request(number)
    stands = standing(number, now())
    documents = [one for one in queries.documents(number) if one.id == stands.document]
    return Shown(row, stands, queries.texts(current_actor(), number), documents[0] if documents else None)


def reasons(stands: Standing) -> list[str]:
    """What keeps the Council from going on, in words."""
    return [translate(one.words) for one in stands.reasons]


def targets(version_id: int) -> dict[str, Target]:
    """Every action and paragraph of a version by the value of the field that names it, in reading order."""
    edition = next((e for e in editions.shelf().editions if e.version_id == version_id), None)
    if edition is None:
        return {}
    scope, found = editions.address(edition), {}
    tree = plan.tree(edition.version_id, edition.mark)
    for section in tree.sections:
        for text in (*section.texts, *section.objectives):
            found[f"p-{text.id}"] = Target(_named(section.code, section.title, text), "")
    for action in tree.actions:
        url = url_for("plan.action", code=action.code, **scope)
        found[f"a-{action.id}"] = Target(f"{action.code} {action.title}", url)
        for text in action.all_paragraphs():
            found[f"p-{text.id}"] = Target(_named(action.code, action.title, text), f"{url}#c-{text.key}")
    return found


def target_of(remark: RemarkRow, known: dict[str, Target]) -> Target:
    """Where a remark points."""
    value = f"p-{remark.paragraph_id}" if remark.paragraph_id else f"a-{remark.action_id}"
    return known.get(value, Target("", ""))


def _named(code: str, title: str, text: ParagraphRow) -> str:
    said = {"code": code, "title": title, "number": text.number}
    match text.kind:
        case ParagraphKind.OBJECTIVE:
            return gettext("%(code)s %(title)s, objective %(number)s") % said
        case ParagraphKind.EXPECTED_RESULT:
            return gettext("%(code)s %(title)s, expected result %(number)s") % said
        case _:
            return gettext("%(code)s %(title)s, paragraph %(number)s") % said


@bp.app_template_filter("iso_instant")
def iso_instant(text: str) -> str:
    """An instant that was written down, in words."""
    return instant(datetime.fromisoformat(text))


@bp.app_template_global("office_words")
def office_words(code: str) -> str:
    """The words of an office that was written down."""
    return label(Office(code)).text


@bp.app_template_global("choice_words")
def choice_words(code: str | None) -> str:
    """The words of an answer that was written down; of none, that there was none."""
    return label(Choice(code)).text if code else gettext("No answer")


@bp.app_template_global("opinion_line")
def line(result: Result) -> str:
    """The computation of one condition."""
    return translate(wording.line(result))


@bp.app_template_global("opinion_term")
def term(last_day: date | None, left: int | None) -> str:
    """How long is left for the further sittings."""
    if last_day is None or left is None:
        return ""
    if left < 0:
        return gettext("the term ended on %(day)s") % {"day": day(last_day)}
    return gettext("days left: %(left)s, until %(day)s") % {"left": left, "day": day(last_day)}


@bp.app_template_global("opinion_target")
def target_words(target: dict[str, Any]) -> str:
    """Where a remark points, as a document has kept it."""
    said = {"code": target["code"], "title": target["title"], "number": target["paragraph"]}
    if target["paragraph"] is None:
        return "{code} {title}".format(**said)
    kinds = {
        ParagraphKind.OBJECTIVE.value: gettext("%(code)s %(title)s, objective %(number)s"),
        ParagraphKind.EXPECTED_RESULT.value: gettext("%(code)s %(title)s, expected result %(number)s"),
    }
    return kinds.get(target["paragraph_kind"], gettext("%(code)s %(title)s, paragraph %(number)s")) % said
