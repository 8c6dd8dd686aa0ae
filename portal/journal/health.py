"""Does the database answer, with the tables this program expects?"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from portal.db import db
from portal.journal.models import Stream


def database_answers() -> bool:
    """True if one small read works."""
    try:
        db.session.execute(sa.select(Stream.name).limit(1)).first()
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True
