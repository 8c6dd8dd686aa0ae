"""The opinion as a document: the same counts on the page, in the file to print and in the data; answered in public."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest

from portal.kernel.errors import Conflict
from portal.opinions.adoption import seal_dissent, write_dissent
from portal.opinions.adoption.content import content as adoption
from portal.opinions.requests import queries, transmit
from portal.opinions.requests.transmit import Sent
from portal.records import forum_opinion
from portal.web import pdf
from tests.adoption import ABSTAIN, DAY, HOUR, NO, YES, Vote
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor

pytestmark = pytest.mark.once
WHY = "Il testo tace sulle risorse per la montagna."
END = NOW + HOUR + DAY


@pytest.fixture
def vote(clock: Clock, database: None) -> Vote:
    """Eleven organisations: seven in favour, two against, one abstains, one is silent; two sign a note of dissent."""
    found = Vote(11)
    found.taken(dict.fromkeys(range(7), YES) | {7: NO, 8: NO, 9: ABSTAIN})
    who = found.forum.delegates
    number = write_dissent.write_dissent(who[7], found.request, WHY, now=NOW + 2 * HOUR)
    note = adoption(found.request)["dissent"][0]
    write_dissent.sign(who[8], found.request, number, note["sha256"], now=NOW + 3 * HOUR)
    clock.at = END
    return found


def test_the_document_waits_until_nobody_can_dissent_any_more(vote: Vote) -> None:
    with pytest.raises(Conflict, match="dissent"):
        forum_opinion.draw_up(vote.secretary, vote.request, now=END - timedelta(milliseconds=1))


def test_counts_are_the_same_on_the_page_in_the_file_and_in_the_data(
    client: Visitor, clock: Clock, vote: Vote, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    printed: list[str] = []
    typeset = pdf.document

    def kept(html: str) -> bytes:
        printed.append(html)
        return typeset(html)

    monkeypatch.setattr(pdf, "document", kept)
    seal_dissent.seal_dissent(vote.request, now=END)
    client.sign_in(vote.secretary.person_id or 0)
    client.post(f"/segreteria/forum/pareri/{vote.request}/documento")
    paper = f"/forum/pareri/{vote.request}/documenti/1"
    data = client.get(f"{paper}.json").data
    assert sha256(data).hexdigest() == queries.document(vote.request, 1).sha256
    final = json.loads(data)["vote"]["final"]
    said = Counter(seat["choice"] for seat in final["seats"])
    assert said == {"yes": 7, "no": 2, "abstain": 1, None: 1}
    for choice, n in ((one, n) for one, n in said.items() if one):
        assert sum(family["counts"].get(choice, 0) for family in final["families"]) == n
        assert final["outcome"]["tally"][choice]["seats"] == n
    file = client.get(f"{paper}.pdf").data
    for text in (client.get(paper).text, *printed):
        plain = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", text))
        assert "Favorevole: 7; Contrario: 2; Astenuto: 1" in plain
        assert "Firmata da 2 delle 10 organizzazioni che hanno votato" in plain
        assert WHY in plain
    with pikepdf.open(BytesIO(file)) as opened:
        assert opened.Root.MarkInfo.Marked


def test_the_council_answers_beside_the_remark(client: Visitor, clock: Clock, vote: Vote) -> None:
    forum_opinion.draw_up(vote.secretary, vote.request, now=END)
    transmit.transmit(vote.secretary, vote.request, 1, Sent("Consiglio", "prot. 9", END), now=END)
    clock.at = END + DAY
    client.sign_in(vote.forum.clerk.person_id or 0)
    desk = f"/segreteria/forum/pareri/{vote.request}/rilievi"
    assert client.get(f"{desk}/2").status_code == 404
    assert client.post(f"{desk}/1", data={"outcome": "partly", "reason": "Sì."}).status_code == 422
    reason = "Le risorse sono indicate; i tempi restano quelli del bilancio."
    posted = client.post(f"{desk}/1", data={"outcome": "partly", "reason": reason})
    assert posted.location == f"/forum/pareri/{vote.request}/risposte#rilievo-1"
    anybody = client.application.test_client()
    assert reason in anybody.get(f"/forum/pareri/{vote.request}/risposte").text
    assert client.get(f"/segreteria/forum/pareri/{vote.request}").status_code == 200
