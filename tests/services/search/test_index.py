"""The index misses nothing, keeps nothing that is gone, and tells nothing that was hidden since."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts import two_persons
from portal.comments import confirm_hiding, hide_passage, hiding
from portal.comments.models import Comment
from portal.comments.rules import Admission, CommentState, ReasonCode
from portal.db import db
from portal.drafting.rules import AnswerState
from portal.journal.models import Entry
from portal.kernel.events import KINDS
from portal.notify import listen
from portal.plan import publish
from portal.plan.rules import VersionState
from portal.search import follow, reindex, texts
from portal.search.models import Document, Posting
from portal.search.rules import Kind
from tests import factories
from tests.factories import NOW
from tests.fixtures.application import console
from tests.remarks import REASONS, Round
from tests.services.search.test_find import ANYBODY, look, numbers

WHY = "Contiene dati personali di un terzo."


def kinds() -> set[Kind]:
    return set(db.session.scalars(sa.select(Document.kind).distinct()))


def test_what_happens_is_followed_and_nothing_is_left_to_reindex() -> None:
    rounds = Round(factories.consultation(admission=Admission.BEFORE))
    reindex.reindex()
    version = factories.version(VersionState.DRAFT)
    publish.publish(factories.holder(rounds.lead.grants[0].office), version.id, now=NOW)
    for state in (CommentState.SUBMITTED, CommentState.ADMITTED, CommentState.NOT_ADMITTED, CommentState.WITHDRAWN):
        rounds.remark(state)
    rounds.published(rounds.admitted())
    rounds.draft()
    listen.hear()
    assert kinds() == set(Kind)
    assert reindex.reindex().was_complete


def test_the_whole_demonstration_was_followed(demo_app: Flask) -> None:
    with demo_app.app_context():
        listen.hear()
        published = sa.select(Entry.facts["version_id"].as_integer()).where(Entry.kind == "VersionPublished")
        known = {(d.kind, d.ref): d.text_hash for d in db.session.query(Document)}
        wanted = [text for version_id in db.session.scalars(published) for text in texts.of_version(version_id)]
        wanted += texts.of_remarks() + texts.of_answers()
        assert len(wanted) > 300 and {text.kind for text in wanted} == set(Kind)
        assert [text.ref for text in wanted if known.get((text.kind, text.ref)) != text.hash] == []
        db.session.remove()


def test_the_kinds_that_are_followed_exist() -> None:
    assert set(follow.KINDS) <= set(KINDS)


def test_a_passage_hidden_a_moment_ago_is_found_by_nobody_even_before_it_is_indexed_anew() -> None:
    rounds = Round()
    row = rounds.admitted(observation="Il signor Innominato abita in via Segreta.")
    listen.hear()
    reindex.reindex()
    assert numbers(look("innominato segreta")) == [row.number]

    hide(rounds, row, "signor Innominato")
    for reader in (ANYBODY, rounds.secretary, rounds.mayor):
        stale = look("innominato", reader)
        assert stale.hits == () and stale.total == 0
    listen.hear()
    assert look("innominato").missing == ("innominato",)
    assert numbers(look("abita")) == [row.number]
    assert reindex.reindex().was_complete


def hide(rounds: Round, row: Comment, quote: str) -> None:
    """One of the secretariat asks, another confirms."""
    hide_passage.hide_passage(rounds.colleague, row.id, [], quote, ReasonCode.PERSONAL_DATA, WHY, now=NOW)
    request = two_persons.waiting(hiding.subject(row.id), hiding.PASSAGES, now=NOW)[-1]
    confirm_hiding.confirm_hiding(rounds.secretary, row.id, request.id, now=NOW)


def test_what_has_no_text_any_more_is_taken_out() -> None:
    rounds = Round()
    row = rounds.published(rounds.admitted(), text=f"{REASONS} Si aggiunge la tramvia.")
    listen.hear()
    reindex.reindex()
    assert look("tramvia").total == 1
    stray = db.session.scalars(sa.select(Document.id).where(Document.kind == Kind.ANSWER)).one()
    factories.add(Document(kind=Kind.REMARK, ref=999_999, comment_id=row.comment_id, text_hash="0" * 64))
    assert row.state is AnswerState.PUBLISHED
    report = reindex.reindex()
    assert (report.written, report.removed) == (0, 1)
    assert db.session.get(Document, stray) is not None


def test_the_console_says_what_it_did(app: Flask) -> None:
    Round().remark()
    assert "documents" in console(app, "search", "reindex")
    db.session.rollback()
    before = db.session.scalar(sa.select(sa.func.count()).select_from(Posting))
    assert "was complete" in console(app, "search", "reindex")
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Posting)) == before


@pytest.mark.once
def test_an_upgrade_from_an_earlier_program_fills_the_index(app: Flask) -> None:
    Round().remark()
    assert reindex.is_empty()
    console(app, "db", "upgrade")
    db.session.rollback()
    assert not reindex.is_empty() and reindex.reindex().was_complete
