"""How long something has been waiting, in words."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext, ngettext

from portal.web.door import now


def age(since: datetime) -> str:
    """Whole days, or whole hours on the first day: what whoever works through a list needs to know."""
    waited = now() - since
    if waited.days >= 1:
        return ngettext("%(num)s day", "%(num)s days", waited.days)
    hours = waited.seconds // 3600 if waited.days == 0 else 0
    return ngettext("%(num)s hour", "%(num)s hours", hours) if hours else gettext("less than an hour")
