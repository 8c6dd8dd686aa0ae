"""Facts about an organisation, as a form, a request to join or a file gives them, and how they are stored."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.accounts.rules import normal_email
from portal.db import db
from portal.forum.models import ForumOrganisation
from portal.forum.rules import LINE_LIMIT
from portal.kernel.canonical import digest
from portal.kernel.errors import Invalid
from portal.kernel.offices import BodyKind, ForumCategory
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.territory.facts import BodyFacts

_TAX_CODE = re.compile(r"^(?:[0-9]{11}|[A-Z0-9]{16})$")
_WEBSITE = re.compile(r"^https?://[^\s/@:?#\[\]]+\.[^\s/@:?#\[\]]{2,}(?:[/?#]\S*)?$")
CODE_LIMIT = 60


@dataclass(frozen=True)
class Facts:
    """What the register says of an organisation."""

    name: str
    category: ForumCategory
    legal_form: str = ""
    tax_code: str = ""
    registered_in: str = ""
    registered_as: str = ""
    seat: str = ""
    website: str = ""
    contact_email: str = ""

    def of_body(self, key: str = "") -> BodyFacts:
        """What the register of bodies says of it."""
        return BodyFacts(BodyKind.FORUM_ORGANISATION, self.name, key=key, forum_category=self.category)


def checked(facts: Facts) -> Facts:
    """The facts as they are stored, or a refusal beside the field that is wrong."""
    tax_code = facts.tax_code.replace(" ", "").upper()
    if tax_code and not _TAX_CODE.match(tax_code):
        raise Invalid(N_("A tax code has 11 digits, or 16 letters and digits."), code="tax_code", field="tax_code")
    website = facts.website.strip()
    if website and not _WEBSITE.match(website):
        raise Invalid(N_("An address begins with https://."), code="website", field="website")
    line = {"legal_form": LINE_LIMIT, "registered_in": LINE_LIMIT, "registered_as": CODE_LIMIT, "seat": LINE_LIMIT}
    lines = {
        name: " ".join(typed(getattr(facts, name), field=name, limit=limit, required=False).split())
        for name, limit in line.items()
    }
    return Facts(
        name=" ".join(typed(facts.name, field="name", limit=LINE_LIMIT).split()),
        category=facts.category,
        tax_code=tax_code,
        website=typed(website, field="website", limit=LINE_LIMIT, required=False),
        contact_email=normal_email(facts.contact_email) if facts.contact_email.strip() else "",
        **lines,
    )


def store(body_id: int, facts: Facts) -> str:
    """Inside a verb: write what the register says beside name and family; returns the fingerprint of it all."""
    row = db.session.get(ForumOrganisation, body_id) or ForumOrganisation(body_id=body_id)
    for name, value in of_organisation(facts).items():
        setattr(row, name, value)
    db.session.add(row)
    return fingerprint(facts)


def of_organisation(facts: Facts) -> dict[str, str]:
    """What the register says beside name and family."""
    return {name: str(value) for name, value in facts.__dict__.items() if name not in {"name", "category"}}


def fingerprint(facts: Facts) -> str:
    """The fingerprint of the facts."""
    return digest({**of_organisation(facts), "name": facts.name, "category": facts.category.value})
