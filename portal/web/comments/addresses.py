"""Addresses of the places that remarks speak of, as short as the main plan allows."""

from __future__ import annotations

from typing import Any, Protocol

from flask import url_for

from portal.web import editions
from portal.web.comments.blueprint import bp
from portal.web.door import now


class Placed(Protocol):
    """Whatever stands at a place of a version of a plan."""

    @property
    def plan_slug(self) -> str:
        """Which plan."""

    @property
    def version_number(self) -> int:
        """Which version of it."""


def place_url(of: Placed, action: str | None = None, section: str | None = None, paragraph: str | None = None) -> str:
    """Where the text stands that somebody wrote about."""
    scope = _scope(of.plan_slug, of.version_number)
    if action:
        return url_for("plan.action", code=action, **scope, _anchor=paragraph)
    if section:
        return url_for("plan.section", code=section, **scope, _anchor=paragraph)
    return url_for("plan.plan", **scope)


def _scope(slug: str, number: int) -> dict[str, Any]:
    found = editions.shelf().find(slug, number, now(), drafts=False)
    return editions.address(found) if found else {"slug": slug, "number": number}


@bp.app_context_processor
def _known() -> dict[str, Any]:
    return {"place_url": place_url}
