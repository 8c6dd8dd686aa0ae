"""What the pages of the register share: which Forum an address names, its members, facts out of a form."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from portal.forms.forum import FactsForm
from portal.forum import queries
from portal.forum.queries import ForumRow
from portal.forum.register import Facts
from portal.forum.register_queries import OrganisationRow
from portal.forum.rules import ForumKey, Standing
from portal.kernel.errors import NotFound
from portal.kernel.offices import ForumCategory

bp = Blueprint("forum", __name__)
bp.add_app_template_global(ForumKey, "ForumKey")
bp.add_app_template_global(Standing, "ForumStanding")
SLUGS = {ForumKey.METROPOLITAN: "metropolitano", ForumKey.YOUTH: "giovani"}
KEYS = {slug: key for key, slug in SLUGS.items()}


@bp.app_template_global("forum_slug")
def slug_of(key: ForumKey) -> str:
    """The word by which an address names a Forum."""
    return SLUGS[key]


def chosen() -> ForumRow:
    """The Forum that `?forum=` names; the metropolitan one if none is named."""
    key = KEYS.get(request.args.get("forum", SLUGS[ForumKey.METROPOLITAN]))
    if key is None:
        raise NotFound()
    return queries.by_key(key)


def facts_of(form: FactsForm) -> Facts:
    """What the form says of an organisation."""

    def text(name: str) -> str:
        return str(form[name].data or "")

    lines = ("legal_form", "tax_code", "registered_in", "registered_as", "seat", "website", "contact_email")
    return Facts(text("name"), ForumCategory(text("category")), **{name: text(name) for name in lines})


def fields_of(row: OrganisationRow) -> dict[str, Any]:
    """The same as the fields of a form."""
    return {**row.__dict__, "category": row.category.value}
