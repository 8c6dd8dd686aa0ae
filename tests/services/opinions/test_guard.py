"""The database keeps texts of the mayors that were put to the vote, and documents that were drawn up."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.opinions import draw_up
from portal.opinions.rules import OpinionKind
from tests.hall import HOUR
from tests.opinions import YES, Mayors

pytestmark = pytest.mark.usefixtures("app", "database")
CHANGES = (
    "UPDATE opinion_text SET text = 'altro'",
    "DELETE FROM opinion_text",
    "UPDATE opinion_remark SET request = 'altro'",
    "DELETE FROM opinion_remark",
    "UPDATE opinion_document SET content = '{}'",
    "DELETE FROM opinion_document",
)


def test_nothing_of_an_opinion_changes_once_it_was_voted_and_drawn_up() -> None:
    mayors = Mayors(HOUR)
    mayors.write(OpinionKind.WITH_REMARKS, "Anticipare i tempi.")
    mayors.open()
    mayors.vote(dict.fromkeys(range(1, 5), YES), mayors.at(20))
    mayors.close()
    draw_up.draw_up(mayors.secretariat, mayors.request, now=mayors.at(120))
    for change in CHANGES:
        with pytest.raises(sa.exc.IntegrityError):
            db.session.execute(sa.text(change))
        db.session.rollback()
