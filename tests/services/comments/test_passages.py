"""Which words a remark speaks of: kept with the draft, proved by the receipt, the same for every reader."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from portal.comments import choose_passages, receipts, spoken, submit, tally, write_draft
from portal.comments.anchors import anchors_of
from portal.comments.difference import Op
from portal.comments.models import Anchor, Comment, Submission
from portal.comments.passages import PASSAGES_LIMIT, Passage
from portal.comments.queries import remark, remarks_from_elsewhere
from portal.comments.rules import CommentKind
from portal.db import atomic, db
from portal.drafting import withdraw
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.offices import Office
from portal.plan.models import Paragraph
from portal.records import columns
from portal.records.remarks import rows as rows_of
from tests import factories
from tests.factories import NOW
from tests.writing import Desk, point

SECOND = "La seconda frase dice altro."


@pytest.fixture
def desk() -> Desk:
    return Desk(factories.consultation(factories.version(actions=2)))


def of(paragraph: Paragraph, words: str) -> Passage:
    start = paragraph.text.index(words)
    return Passage(paragraph.key, start, start + len(words), words)


def whole(paragraph: Paragraph) -> Passage:
    return Passage(paragraph.key, 0, len(paragraph.text), paragraph.text)


def other(desk: Desk) -> Paragraph:
    return factories.paragraphs_of(factories.actions_of(desk.consultation.version)[1])[0]


def rows(comment_id: int) -> list[tuple[str, str, int]]:
    db.session.rollback()
    found = db.session.query(Anchor).filter_by(comment_id=comment_id).order_by(Anchor.id)
    return [(row.unit, row.exact, row.start) for row in found]


def refusal(desk: Desk, *passages: Passage) -> str:
    with pytest.raises(Invalid) as caught:
        desk.draft(point(passages=passages))
    assert db.session.query(Comment).count() == 0
    return caught.value.code


def test_a_draft_that_chooses_nothing_speaks_of_the_whole_paragraph(desk: Desk) -> None:
    saved = desk.draft()
    assert rows(saved.comment_id) == [("whole", desk.paragraph.text, 0)]


def test_a_chosen_sentence_is_kept_with_what_stands_around_it(desk: Desk) -> None:
    saved = desk.draft(point(passages=(of(desk.paragraph, SECOND),)))
    row = db.session.query(Anchor).filter_by(comment_id=saved.comment_id).one()
    assert (row.exact, row.prefix, row.suffix, row.unit) == (SECOND, "Comma 1 dell'azione 1. ", "", "quote")
    assert desk.paragraph.text[row.start : row.end] == SECOND


def test_one_remark_speaks_of_several_places_its_own_first(desk: Desk) -> None:
    chosen = (whole(other(desk)), of(desk.paragraph, SECOND), of(other(desk), "Comma"))
    saved = desk.draft(point(passages=chosen))
    assert [unit for unit, _, _ in rows(saved.comment_id)] == ["quote", "whole"]
    found = anchors_of([saved.comment_id])[saved.comment_id]
    assert [(row.action_code, row.exact) for row in found] == [("A.1", SECOND), ("A.2", other(desk).text)]


def test_taking_a_choice_back_leaves_the_whole_paragraph(desk: Desk) -> None:
    saved = desk.draft(point(passages=(of(desk.paragraph, SECOND), whole(other(desk)))))
    write_draft.revise(desk.officer, saved.comment_id, point(), saved.revision, now=NOW)
    assert rows(saved.comment_id) == [("whole", desk.paragraph.text, 0)]


def test_the_same_choice_again_changes_nothing(desk: Desk) -> None:
    first = of(desk.paragraph, "Comma 1 dell'azione 1.")
    saved = desk.draft(point(passages=(of(desk.paragraph, SECOND), first)))
    again = write_draft.revise(desk.officer, saved.comment_id, point(passages=(whole(desk.paragraph),)), 0, now=NOW)
    assert again.revision == saved.revision


def test_a_choice_in_a_window_that_was_overtaken_is_not_written_over(desk: Desk) -> None:
    saved = desk.draft()
    write_draft.revise(desk.officer, saved.comment_id, point(passages=(of(desk.paragraph, SECOND),)), 1, now=NOW)
    with pytest.raises(Conflict):
        write_draft.revise(desk.officer, saved.comment_id, point(reasons="Altro."), 1, now=NOW)
    assert [exact for _, exact, _ in rows(saved.comment_id)] == [SECOND]


def test_words_beyond_the_text_other_words_and_words_of_another_plan_are_refused(desk: Desk) -> None:
    length = len(desk.paragraph.text)
    stranger = factories.paragraphs_of(factories.actions_of(factories.version())[0])[0]
    assert refusal(desk, Passage(desk.paragraph.key, 0, length + 1, desk.paragraph.text + "x")) == "passage_beyond"
    assert refusal(desk, Passage(desk.paragraph.key, 0, 5, "Virgo")) == "passage_differs"
    assert refusal(desk, whole(stranger)) == "passage_elsewhere"


def test_the_receipt_proves_the_chosen_words(desk: Desk) -> None:
    sent = desk.sent(point(passages=(of(desk.paragraph, SECOND), of(other(desk), "Comma 1"))))
    content = json.loads(sent.canonical or "")
    [comment] = content["comments"]
    assert content["format"] == "parere-receipt/2"
    assert comment["wording"]["exact"] == desk.paragraph.text
    assert [(p["paragraph"], p["exact"], p["unit"]) for p in comment["passages"]] == [
        (desk.paragraph.key, SECOND, "quote"),
        (other(desk).key, "Comma 1", "quote"),
    ]
    assert {p["sha256"] for p in comment["passages"]} == {desk.paragraph.text_hash, other(desk).text_hash}


def test_a_receipt_of_the_earlier_format_is_checked_as_ever(desk: Desk) -> None:
    sent = desk.sent()
    content = json.loads(sent.canonical or "") | {"format": "parere-receipt/1"}
    del content["comments"][0]["passages"]
    old = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    sha256 = hashlib.sha256(old.encode()).hexdigest()

    @atomic()
    def as_it_was_issued() -> None:
        row = db.session.get_one(Submission, sent.id)
        row.canonical, row.sha256 = old, sha256

    as_it_was_issued()
    found = receipts.check(desk.mayor, old)
    assert (found.receipt is not None, found.sha256) == (True, sha256)
    assert receipts.content(desk.mayor, sent.code or "") == old


def test_a_draft_from_before_passages_were_kept_is_sent_as_a_whole(desk: Desk) -> None:
    saved = desk.draft()

    @atomic()
    def as_it_was() -> None:
        db.session.query(Anchor).delete()

    as_it_was()
    submit.submit(desk.mayor, saved.submission_id, now=NOW)
    sent = db.session.get_one(Submission, saved.submission_id)
    assert json.loads(sent.canonical or "")["comments"][0]["passages"][0]["unit"] == "whole"
    assert rows(saved.comment_id) == [("whole", desk.paragraph.text, 0)]


def test_a_proposal_equal_to_the_chosen_sentence_changes_nothing_and_is_not_received(desk: Desk) -> None:
    saved = desk.draft(point(proposed_text=SECOND, passages=(of(desk.paragraph, SECOND),)))
    with pytest.raises(Invalid):
        submit.submit(desk.mayor, saved.submission_id, now=NOW)


def test_a_proposal_is_compared_with_the_chosen_sentence_for_everybody(desk: Desk) -> None:
    chosen = of(desk.paragraph, SECOND)
    sent = desk.sent(point(proposed_text="La seconda frase dice questo.", passages=(chosen,)))
    for reader in (Actor.anonymous(), desk.mayor, factories.holder(Office.DRAFTING_OFFICER)):
        found = remark(reader, sent.comments[0].number or 0)
        speech = spoken.of(found, found.paragraph_text)
        changed = [(part.op, part.text) for part in speech.change]
        assert changed == [
            (Op.SAME, "La seconda frase dice "),
            (Op.REMOVED, "altro"),
            (Op.ADDED, "questo"),
            (Op.SAME, "."),
        ]
        assert speech.own is not None
        assert [piece.text for piece in speech.own.pieces if piece.marked] == [SECOND]
        assert "".join(piece.text for piece in speech.own.pieces) == desk.paragraph.text


def test_a_new_action_is_a_wording_of_its_own(desk: Desk) -> None:
    sent = desk.sent(point(CommentKind.NEW_ACTION, proposed_text="Una rete di piste ciclabili."))
    found = remark(desk.mayor, sent.comments[0].number or 0)
    assert not spoken.of(found, found.paragraph_text).proposes


def test_other_places_are_chosen_and_taken_back_paragraph_by_paragraph(desk: Desk) -> None:
    saved = desk.draft(point(passages=(of(desk.paragraph, SECOND),)))
    more: dict[str, Any] = {"submission_id": saved.submission_id, "now": NOW}
    far = other(desk)
    assert choose_passages.choose(desk.officer, saved.comment_id, [far.key], [whole(far)], **more) == 2
    assert choose_passages.choose(desk.officer, saved.comment_id, [far.key], [], **more) == 1
    assert [exact for _, exact, _ in rows(saved.comment_id)] == [SECOND]


def test_more_places_than_one_remark_holds_are_refused(desk: Desk) -> None:
    saved = desk.draft()
    words = [Passage(desk.paragraph.key, at, at + 1, desk.paragraph.text[at]) for at in range(0, 40, 2)]
    many = (words * PASSAGES_LIMIT)[: PASSAGES_LIMIT + 1]
    with pytest.raises(Invalid, match="61"):
        choose_passages.choose(
            desk.officer, saved.comment_id, [desk.paragraph.key], many, submission_id=saved.submission_id, now=NOW
        )


def test_a_strangers_point_has_no_places_to_choose(desk: Desk) -> None:
    saved, stranger = desk.draft(), Desk(desk.consultation)
    with pytest.raises(NotFound):
        choose_passages.choose(stranger.officer, saved.comment_id, [], [], submission_id=saved.submission_id, now=NOW)


def test_a_discarded_draft_leaves_no_passage_behind(desk: Desk) -> None:
    saved = desk.draft(point(passages=(of(desk.paragraph, SECOND),)))
    write_draft.discard(desk.officer, saved.submission_id, now=NOW)
    assert db.session.query(Anchor).count() == 0


def test_a_paragraph_counts_and_lists_what_was_begun_elsewhere_and_an_action_counts_it_once(desk: Desk) -> None:
    far = other(desk)
    sent = desk.sent(point(passages=(of(desk.paragraph, SECOND), whole(far))))
    figures = tally.kept()
    assert figures == tally.recount()
    assert figures["paragraph_tally"] == {(desk.paragraph.id,): 1, (far.id,): 1}
    assert figures["action_tally"] == {(desk.action.id,): 1}
    found = remarks_from_elsewhere(Actor.anonymous(), far.action_id or 0)
    assert [row.number for row in found] == [sent.comments[0].number]
    assert remarks_from_elsewhere(Actor.anonymous(), desk.action.id) == []

    withdraw.withdraw(desk.mayor, sent.comments[0].number or 0, now=NOW)
    assert tally.kept() == tally.recount() == {"action_tally": {}, "paragraph_tally": {}, "body_tally": {}}
    assert remarks_from_elsewhere(Actor.anonymous(), far.action_id or 0) == []


def test_the_export_has_the_chosen_words_and_the_other_paragraphs(desk: Desk) -> None:
    desk.sent()
    desk.sent(point(passages=(of(desk.paragraph, "Comma 1"), of(desk.paragraph, "altro"), whole(other(desk)))))
    names = [column.name for column in columns.of(columns.Profile.PUBLIC)]
    found = [
        dict(zip(names, row, strict=True))
        for row in rows_of(Actor.anonymous(), columns.Profile.PUBLIC, demonstration=False)
    ]
    assert [(row["passages"], row["other_paragraphs"]) for row in found] == [
        ("", ""),
        ("Comma 1 | altro", other(desk).key),
    ]
