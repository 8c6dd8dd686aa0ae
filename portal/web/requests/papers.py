"""Words for what a document has kept in codes, and its vote as bars."""

from __future__ import annotations

from enum import Enum
from typing import Any

from flask_babel import gettext

from portal.kernel.offices import ForumCategory
from portal.opinions.adoption.rules import Result
from portal.opinions.amending.rules import AmendmentKind, AmendmentState, SectionRole, SourceKind
from portal.opinions.requests.rules import Stage, Step
from portal.opinions.rules import OpinionKind
from portal.voting import thresholds
from portal.web.labels import label
from portal.web.opinions.blueprint import target_words
from portal.web.requests.blueprint import bp
from portal.web.voting.sheet import Bar, bars

_KINDS: dict[str, type[Enum]] = {
    "amendment": AmendmentKind,
    "family": ForumCategory,
    "opinion": OpinionKind,
    "result": Result,
    "section": SectionRole,
    "source": SourceKind,
    "stage": Stage,
    "state": AmendmentState,
    "step": Step,
}


@bp.app_template_global("paper_words")
def paper_words(kind: str, code: str) -> str:
    """The words of a code that was written down."""
    return label(_KINDS[kind](code)).text


@bp.app_template_global("forum_target")
def forum_target(target: dict[str, Any] | None) -> str:
    """Where in the plan a remark points, or nothing if it speaks of the whole."""
    return target_words(target) if target else ""


@bp.app_template_global("forum_source")
def source_words(source: dict[str, Any]) -> str:
    """What a remark rests on."""
    said = {"what": label(SourceKind(source["kind"])).text, "number": source["number"], "table": source["table"]}
    if source["kind"] == SourceKind.RAPPORTEUR.value:
        return str(said["what"])
    if source["table"]:
        return gettext("%(what)s n. %(number)s of table %(table)s") % said
    return gettext("%(what)s n. %(number)s") % said


@bp.app_template_global("forum_outcome")
def outcome_counts(vote: dict[str, Any]) -> Any:
    """What was counted in a vote."""
    return thresholds.outcome_of(vote["outcome"]) if vote["outcome"] else None


def bars_of(doc: dict[str, Any]) -> list[Bar]:
    """The conditions of the final vote as bars."""
    final = (doc.get("vote") or {}).get("final")
    found = outcome_counts(final) if final else None
    return bars(found.results) if found else []
