"""Which remarks were made or called up in a sitting; whether one may read them their own queries say."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.conferences.table.models import SittingRemark


def of_sitting(sitting_id: int) -> Any:
    """The remarks of a sitting, for the filters of any list of remarks."""
    return sa.select(SittingRemark.comment_id).where(SittingRemark.sitting_id == sitting_id)
