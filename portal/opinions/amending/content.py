"""The text, its remarks and what became of amendments, as plain data for the document of the opinion."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from portal.kernel.actor import Actor
from portal.opinions.amending import queries
from portal.opinions.amending.rows import AmendmentRow, SectionRow
from portal.opinions.amending.rules import SectionRole
from portal.opinions.content import target_facts

Facts = dict[str, Any]


def content(request_id: int) -> Facts:
    """Organisations and offices, no person; nothing if no text was begun. The same rows give the same bytes."""
    if not queries.exists(request_id):
        return {}
    page = queries.text(Actor.system(), request_id)
    remarks = page.remarks
    return {
        "kind": page.kind.value,
        "rapporteur": page.rapporteur_body,
        "sha256": page.final_sha256 or page.frozen_sha256 or page.base_sha256,
        "base_sha256": page.base_sha256,
        "frozen_sha256": page.frozen_sha256,
        "opened_at": _instant(page.opened_at),
        "closes_at": _instant(page.closes_at),
        "frozen_at": _instant(page.frozen_at),
        "preamble": _words(page.sections, SectionRole.PREAMBLE),
        "remarks": [_remark(number, one) for number, one in enumerate(remarks, 1)],
        "conclusion": _words(page.sections, SectionRole.CONCLUSION),
        "amendments": [_amendment(one) for one in queries.amendments(request_id)] if page.opened_at else [],
    }


def _words(sections: tuple[SectionRow, ...], role: SectionRole) -> str:
    return next((one.text for one in sections if one.role is role), "")


def _remark(number: int, one: SectionRow) -> Facts:
    return {
        "number": number,
        "heading": one.heading,
        "target": target_facts(one.action_id, one.paragraph_id) if one.target else None,
        "request": one.text,
        "reason": one.reason,
        "sources": [{"kind": s.kind.value, "table": s.table, "number": s.shown} for s in one.sources],
        "amendment": one.amendment,
    }


def _amendment(one: AmendmentRow) -> Facts:
    return {
        "number": one.number,
        "section": {"role": one.role.value, "label": one.label},
        "kind": one.kind.value,
        "apart": one.apart,
        "organisation": one.body_name,
        "signers": [signer.name for signer in one.signers],
        "before": "" if one.apart else one.before,
        "text": one.text,
        "opinion": one.opinion.value if one.opinion else None,
        "heading": one.heading,
        "why": one.why,
        "target": target_facts(one.action_id, one.paragraph_id) if one.action_id or one.paragraph_id else None,
        "reason": one.reason,
        "proposed_at": one.proposed_at.isoformat(),
        "state": one.state.value,
        "said": one.said,
        "lapsed_by": one.lapsed_by,
        "poll": one.poll_id,
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
