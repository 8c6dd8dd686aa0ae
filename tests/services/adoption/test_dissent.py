"""Notes of dissent: a day to write and to sign them, then sealed; a fifth of the votes cast makes a minority's."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.kernel.errors import Conflict, Forbidden
from portal.kernel.offices import ForumCategory
from portal.opinions.adoption import content, notes, seal_dissent, write_dissent
from portal.opinions.adoption.models import DissentNote, DissentSigner
from portal.opinions.requests.rules import Step
from tests.adoption import ABSTAIN, DAY, HOUR, MILLISECOND, NO, YES, Vote
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("app")
WHY = "Il testo non dice nulla delle risorse per la montagna."
AFTER, END = NOW + 2 * HOUR, NOW + HOUR + DAY


def _adopted() -> Vote:
    """Eleven organisations; ten cast a vote, so that two signatures are a fifth."""
    vote = Vote(11)
    vote.taken(dict.fromkeys(range(7), YES) | {7: NO, 8: NO, 9: ABSTAIN})
    return vote


def test_a_note_is_kept_as_it_was_written_and_signed_until_the_window_ends() -> None:
    vote = _adopted()
    who = vote.forum.delegates
    number = write_dissent.write_dissent(who[7], vote.request, WHY, now=AFTER)
    found = notes.notes(vote.request)[0]
    assert (found.text, [one.name for one in found.signers], found.share.met) == (WHY, ["Organizzazione 008"], False)
    write_dissent.sign(who[8], vote.request, number, found.sha256, now=END - MILLISECOND)
    with pytest.raises(Conflict, match="over"):
        write_dissent.sign(who[9], vote.request, number, found.sha256, now=END)
    with pytest.raises(Conflict, match="over"):
        write_dissent.write_dissent(who[7], vote.request, f"{WHY} E basta.", now=END)
    assert not seal_dissent.seal_dissent(vote.request, now=END - MILLISECOND)
    assert seal_dissent.seal_dissent(vote.request, now=END)
    assert not seal_dissent.seal_dissent(vote.request, now=END + DAY)
    sealed = notes.notes(vote.request)[0]
    assert (sealed.is_minority, sealed.share.got, sealed.share.needed, sealed.share.total) == (True, 2, 2, 10)
    assert Step.DISSENT_CLOSED in vote.reached()


def test_the_signature_of_who_did_not_vote_stands_there_and_does_not_count() -> None:
    vote = _adopted()
    number = write_dissent.write_dissent(vote.forum.delegates[7], vote.request, WHY, now=AFTER)
    write_dissent.sign(vote.forum.delegates[10], vote.request, number, notes.notes(vote.request)[0].sha256, now=AFTER)
    seal_dissent.seal_dissent(vote.request, now=END)
    found = notes.notes(vote.request)[0]
    assert ([one.voted for one in found.signers], found.is_minority) == ([True, False], False)


def test_written_anew_a_note_loses_the_signatures_of_others() -> None:
    vote = _adopted()
    who = vote.forum.delegates
    number = write_dissent.write_dissent(who[7], vote.request, WHY, now=AFTER)
    old = notes.notes(vote.request)[0].sha256
    write_dissent.sign(who[8], vote.request, number, old, now=AFTER)
    assert write_dissent.write_dissent(who[7], vote.request, f"{WHY} E basta.", now=AFTER) == number
    assert [one.name for one in notes.notes(vote.request)[0].signers] == ["Organizzazione 008"]
    with pytest.raises(Conflict, match="anew"):
        write_dissent.sign(who[8], vote.request, number, old, now=AFTER)


def test_a_signature_is_taken_back_and_so_is_the_whole_note() -> None:
    vote = _adopted()
    who = vote.forum.delegates
    number = write_dissent.write_dissent(who[7], vote.request, WHY, now=AFTER)
    write_dissent.sign(who[8], vote.request, number, notes.notes(vote.request)[0].sha256, now=AFTER)
    write_dissent.unsign(who[8], vote.request, number, now=AFTER)
    assert len(notes.notes(vote.request)[0].signers) == 1
    write_dissent.unsign(who[7], vote.request, number, now=AFTER)
    assert notes.notes(vote.request) == []


def test_who_is_not_on_the_roll_writes_no_note() -> None:
    vote = _adopted()
    late = vote.forum.add(ForumCategory.ASSOCIATION, admitted_on=date(2027, 1, 1))
    with pytest.raises(Forbidden, match="roll"):
        write_dissent.write_dissent(vote.forum.delegates[late], vote.request, WHY, now=AFTER)


def test_there_is_nothing_to_dissent_from_before_the_opinion_is_adopted() -> None:
    vote = Vote(4)
    with pytest.raises(Conflict, match="adopted"):
        write_dissent.write_dissent(vote.forum.delegates[0], vote.request, WHY, now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        sa.update(DissentNote).values(text="Altro."),
        sa.delete(DissentSigner),
        sa.update(DissentSigner).values(signed_at=NOW),
        sa.insert(DissentSigner).from_select(
            ["note_id", "body_id", "person_id", "mandate_id", "signed_at"],
            sa.select(
                DissentSigner.note_id,
                DissentSigner.body_id + 1,
                DissentSigner.person_id,
                DissentSigner.mandate_id,
                DissentSigner.signed_at,
            ),
        ),
    ],
)
def test_the_database_itself_keeps_sealed_notes(change: sa.Executable) -> None:
    vote = _adopted()
    write_dissent.write_dissent(vote.forum.delegates[7], vote.request, WHY, now=AFTER)
    seal_dissent.seal_dissent(vote.request, now=END)
    with pytest.raises(sa.exc.IntegrityError, match="do not change"):
        db.session.execute(change)
    db.session.rollback()


def test_what_the_document_says_is_what_was_counted() -> None:
    vote = _adopted()
    write_dissent.write_dissent(vote.forum.delegates[7], vote.request, WHY, now=AFTER)
    seal_dissent.seal_dissent(vote.request, now=END)
    said = content.content(vote.request)
    tally = said["final"]["outcome"]["tally"]
    assert {name: tally[name]["seats"] for name in ("yes", "no", "abstain")} == {"yes": 7, "no": 2, "abstain": 1}
    families = said["final"]["families"]
    assert sum(one["counts"].get("yes", 0) for one in families) == 7
    assert sum(one["seats"] for one in families) == len(said["final"]["seats"]) == 11
    assert [(one["text"], one["minority"], one["needed"]) for one in said["dissent"]] == [(WHY, False, 2)]
