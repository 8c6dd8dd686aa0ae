"""Figures of a consultation and of an action, and the closing report, as pages and files."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pikepdf
import pytest

from portal.comments import conclude
from portal.comments.models import Comment
from portal.comments.rules import CommentKind, CommentState
from portal.db import db
from portal.drafting import tag_remarks, write_tag
from portal.kernel.offices import BodyKind, Office
from portal.records.breakdown import breakdown
from portal.territory.models import Membership
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.remarks import Round

FIGURES, REPORT = "/piano/consultazione/cifre", "/piano/consultazione/relazione"


@pytest.fixture
def round_(clock: Clock, database: None) -> Round:
    return Round()


def full(round_: Round) -> None:
    """A remark in every state, two in one submission's kind, one on the whole plan's rest."""
    for state in (CommentState.SUBMITTED, CommentState.ADMITTED, CommentState.NOT_ADMITTED, CommentState.WITHDRAWN):
        round_.remark(state)
    round_.published(round_.admitted(kind=CommentKind.QUESTION, paragraph_id=None))
    round_.remark(action_id=None, paragraph_id=None)


def rows(page: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(page.data.decode("utf-8-sig"), newline="")))


def concluded(round_: Round, clock: Clock) -> None:
    for row in db.session.query(Comment).filter_by(state=CommentState.SUBMITTED).all():
        round_.admit(row)
    clock.set(round_.consultation.deadline_at + timedelta(days=1))
    conclude.conclude(round_.secretary, round_.consultation.id, "Tutto si è svolto nei tempi.", now=clock.now())


def test_every_table_adds_up(round_: Round) -> None:
    full(round_)
    found = breakdown(round_.consultation.id, round_.consultation.snapshot_id)
    assert found.reconciles
    assert (found.received, found.withdrawn, found.total.remarks, found.answered) == (6, 1, 5, 1)
    assert sum(found.states.values()) == 6
    assert {kind: tally.remarks for kind, tally in found.kinds.items()} == {
        CommentKind.CHANGE_REQUEST: 4,
        CommentKind.QUESTION: 1,
    }
    assert (found.elsewhere.remarks, [row.tally.remarks for row in found.actions]) == (1, [4])


def test_of_an_action_only_its_own_is_counted(round_: Round) -> None:
    full(round_)
    found = breakdown(round_.consultation.id, round_.consultation.snapshot_id, action_id=round_.action.id)
    assert (found.received, found.total.remarks, found.elsewhere.remarks) == (5, 4, 0)
    assert found.reconciles


def test_a_comune_counts_once_with_its_unione(database: None) -> None:
    comuni = [factories.body() for _ in range(2)]
    union = factories.body("Unione", BodyKind.UNION)
    for member in comuni:
        factories.add(Membership(group_id=union.id, member_id=member.id, starts_on=NOW.date().replace(year=2020)))
    snapshot = factories.snapshot(dict(zip(comuni, (1000, 200), strict=True)))
    round_ = Round(factories.consultation(snapshot_id=snapshot.id))
    round_.remark(signer=factories.holder(Office.MAYOR, comuni[0]))
    round_.remark(signer=factories.holder(Office.UNION_PRESIDENT, union))
    found = breakdown(round_.consultation.id, snapshot.id)
    assert (found.represented.residents, found.actions[0].residents, found.total.bodies) == (1200, 1200, 2)
    assert {kind: tally.bodies for kind, tally in found.body_kinds.items()} == {
        BodyKind.MUNICIPALITY: 1,
        BodyKind.UNION: 1,
    }


def test_days_without_anything_are_days(round_: Round) -> None:
    round_.remark()
    round_.remark(late=True)
    found = breakdown(round_.consultation.id, round_.consultation.snapshot_id)
    first, last = found.days[0], found.days[-1]
    assert len(found.days) == (last.day - first.day).days + 1 > 2
    assert sum(day.remarks for day in found.days) == 2


def test_the_page_draws_every_table_and_says_that_sums_agree(client: Visitor, round_: Round) -> None:
    full(round_)
    page = client.get(FIGURES)
    assert page.status_code == 200
    assert "Le somme tornano" in page.text
    assert page.text.count("<svg") > 8
    assert " style=" not in page.text
    assert faults(page.text) == []
    of_action = client.get(f"{FIGURES}?azione=A.1")
    assert "Le cifre su A.1" in of_action.text
    assert faults(of_action.text) == []
    for wrong in ("Z.9", "'", "%00", "A.1" * 200):
        assert client.get(FIGURES, query_string={"azione": wrong}).status_code == 404


def test_before_the_first_remark_the_page_says_what_will_be_there(client: Visitor, round_: Round) -> None:
    page = client.get(FIGURES)
    assert "Ancora niente da contare" in page.text
    assert faults(page.text) == []
    assert rows(client.get(f"{FIGURES}.csv"))[0]["remarks"] == "0"


def test_the_file_holds_the_same_figures(client: Visitor, round_: Round) -> None:
    full(round_)
    found = rows(client.get(f"{FIGURES}.csv"))
    totals = next(row for row in found if row["table"] == "total")
    assert (totals["remarks"], totals["submissions"], totals["bodies"], totals["answers"]) == ("5", "5", "1", "1")
    by_state = {row["key"]: row["remarks"] for row in found if row["table"] == "state"}
    assert by_state == {"submitted": "2", "admitted": "2", "not_admitted": "1", "withdrawn": "1"}
    assert {row["label"] for row in found if row["table"] == "kind"} == {"Richiesta di modifica", "Domanda"}
    one = client.get(f"{FIGURES}.csv?azione=A.1")
    assert "cifre-A.1-2027-03-01.csv" in one.headers["Content-Disposition"]
    assert [row["key"] for row in rows(one) if row["table"] == "action" and row["key"]] == ["A.1"]


def test_the_report_is_for_everybody_once_concluded(client: Visitor, round_: Round, clock: Clock) -> None:
    full(round_)
    for ending in ("", ".pdf", ".csv"):
        assert client.get(REPORT + ending).status_code == 404
    office = client.application.test_client()
    assert isinstance(office, Visitor)
    office.sign_in(round_.secretary.person_id or 0)
    assert "Ecco che cosa direbbe oggi la relazione" in office.get(REPORT).text
    concluded(round_, clock)
    page = client.get(REPORT)
    assert "Tutto si è svolto nei tempi." in page.text
    assert faults(page.text) == []
    assert rows(client.get(f"{REPORT}.csv"))[0]["remarks"] == "5"
    assert REPORT in client.get("/piano/consultazione").text


def test_the_report_is_a_tagged_document(client: Visitor, round_: Round, clock: Clock) -> None:
    full(round_)
    concluded(round_, clock)
    document = client.get(f"{REPORT}.pdf")
    assert document.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(document.data)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == "it"
        assert "Relazione" in str(opened.docinfo["/Title"])
    assert "relazione-2027-03-16.pdf" in document.headers["Content-Disposition"]


def test_without_a_consultation_nothing_is_there(client: Visitor, clock: Clock, database: None) -> None:
    factories.version()
    for address in (FIGURES, f"{FIGURES}.csv", REPORT, f"{REPORT}.pdf", "/piani/nessuno/consultazione/cifre"):
        assert client.get(address).status_code == 404


def test_themes_are_the_offices_until_the_consultation_is_concluded(
    client: Visitor, clock: Clock, round_: Round
) -> None:
    both, one = round_.admitted(), round_.admitted()
    round_.admitted()
    for name, remarks in (("Treni", [both.id, one.id]), ("Notte", [both.id])):
        tag = write_tag.make_tag(round_.lead, name, None, now=NOW)
        tag_remarks.tag_remarks(round_.lead, remarks, tag.id, now=NOW)
    assert "Treni" not in client.get(FIGURES).text
    assert not [row for row in rows(client.get(FIGURES + ".csv")) if row["table"] == "theme"]
    client.sign_in(round_.lead.person_id or 0)
    page = client.get(FIGURES).text
    assert page.index("Treni") < page.index("Notte") and "Su 3 osservazioni 1 non ha temi." in page
    concluded(round_, clock)
    anybody = client.application.test_client()
    told = [row for row in rows(anybody.get(FIGURES + ".csv")) if row["table"] == "theme"]
    assert [(row["label"], row["remarks"]) for row in told] == [("Treni", "2"), ("Notte", "1")]
