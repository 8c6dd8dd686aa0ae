"""What is hidden is hidden at every door; what is not is there. The rows are made from the rules, not written."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from portal.comments.models import Submission
from portal.comments.rules import Admission, CommentState, may_see
from portal.db import db
from portal.jobs.models import Mail
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.notify import listen
from portal.plan.documents import FileKind
from portal.plan.models import Plan
from portal.records.columns import TEXTS, Format, Profile
from portal.records.export import export, sheet
from portal.web import pdf
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.hidden import READS_AS, Who, World
from tests.unpacked import readable

WEB: list[Who] = [who for who in Who if who is not Who.CONSOLE]
SENT = [state for state in CommentState if state is not CommentState.DRAFT]
MORE = [
    "/diretta/consultation:1?dopo=0",
    "/novita/azioni/1?da=0",
    "/novita/ammissione?da=0",
    "/osservazioni?stato=withdrawn",
    "/segreteria/osservazioni?show=late",
    "/segreteria/osservazioni?show=decided",
    "/redazione?stage=published",
]


# The second database answers the same questions in the same way: there one mode and three readers are enough.
_MODES = [pytest.param(Admission.BEFORE), pytest.param(Admission.AFTER, marks=pytest.mark.once)]


@pytest.fixture(params=_MODES, ids=lambda mode: mode.value)
def world(request: pytest.FixtureRequest, clock: Clock, database: None) -> World:
    return World(request.param)


def enter(client: Visitor, world: World, who: Who) -> Visitor:
    actor = world.people[who]
    return client.sign_in(actor.person_id or 0) if actor else client


def values_of(world: World, rule: Rule, name: str) -> list[str]:
    """What can stand in a place of an address: every row of the world that it could name."""
    rounds, submissions = world.round, db.session.query(Submission).all()
    codes = [s.code for s in submissions if s.code]
    known = {
        "slug": [plan.slug for plan in db.session.query(Plan)],
        "key": [rounds.body.key],
        "form": [form.value for form in Format],
        "kind": [kind.value for kind in FileKind],
        "submission_id": [str(s.id) for s in submissions],
        "comment_id": [str(c.id) for c in world.remarks.values()],
        "consultation_id": [str(rounds.consultation.id)],
        "version_id": [str(rounds.version.id)],
        "token": ["nothing"],
        "stream": [f"consultation:{rounds.consultation.id}"],
        "mail_id": [str(mail.id) for mail in db.session.query(Mail)] or ["1"],
        "attachment_id": [str(number) for number in world.files.values()],
    }
    if name == "number":
        return ["1"] if "/v<int:number>" in rule.rule else [str(world.number(state)) for state in SENT]
    if name == "code":
        return codes if "/ricevute/" in rule.rule else ["it", "A", "A.1"]
    return known.get(name, ["1"])


def addresses(app: Flask, world: World) -> Iterator[str]:
    """Every address of the program that answers a GET, with every row of the world in its places."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or rule.endpoint == "static":
            continue
        names = sorted(rule.arguments)
        for values in itertools.product(*(values_of(world, rule, name) for name in names)):
            address = rule.build(dict(zip(names, values, strict=True)), append_unknown=False)
            assert address is not None, rule
            yield address[1]
    yield from MORE


_DIFFERENT = {Who.PUBLIC, Who.OWN_BODY, Who.SECRETARIAT}
_ONCE_OR_TWICE = [pytest.param(w, id=w.value, marks=() if w in _DIFFERENT else pytest.mark.once) for w in WEB]


@pytest.fixture
def _untypeset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hand out the page that a PDF is laid out from: its words can be read, those of the packed document cannot."""
    monkeypatch.setattr(pdf, "document", lambda html: html.encode())


@pytest.mark.usefixtures("_untypeset")
@pytest.mark.parametrize("who", _ONCE_OR_TWICE)
def test_no_address_shows_what_its_reader_may_not_see(app: Flask, client: Visitor, world: World, who: Who) -> None:
    enter(client, world, who)
    hidden = list(world.hidden_from(who))
    asked = list(addresses(app, world))
    assert len(asked) > 60
    leaks = []
    for address in asked:
        page = client.get(address)
        assert page.status_code < 500, address
        text = readable(page.data)
        leaks += [(address, word) for word in hidden if word in text]
    assert leaks == []


def doors(world: World, state: CommentState) -> dict[str, tuple[str, set[Who]]]:
    """Where a remark is to be read in full: the address, and who can open it."""
    comment = world.remarks[state]
    submission = db.session.get_one(Submission, comment.submission_id)
    everybody: set[Who] = set(WEB)
    offices: set[Who] = {Who.SECRETARIAT, Who.AUDITOR, Who.DRAFTING}
    return {
        "the list": ("/osservazioni", everybody),
        "its page": (f"/osservazioni/{comment.number}", everybody),
        "its action": ("/piano/azioni/A.1", everybody),
        "its body": (f"/enti/{world.round.body.key}", everybody),
        "its sealed content": (f"/ricevute/{submission.code}/contenuto.json", everybody),
        "the queue": (f"/segreteria/osservazioni/{comment.number}", {Who.SECRETARIAT, Who.AUDITOR}),
        "the answer's page": (f"/redazione/osservazioni/{comment.number}", offices),
        "the reserved file": ("/redazione/esporta/osservazioni.csv", offices),
        "its file": (f"/allegati/{world.files[state]}/x.pdf", everybody),
        "the reserved data": ("/redazione/esporta/osservazioni.json", offices),
        "the reserved sheet": ("/redazione/esporta/osservazioni.xlsx", offices),
        "the reserved open sheet": ("/redazione/esporta/osservazioni.ods", offices),
    }


PUBLIC_FILES = [f"/dati/osservazioni.{form.value}" for form in Format]
PUBLIC_FILES += ["/api/v1/comments", "/osservazioni/atom.xml", "/piano/azioni/A.1/atom.xml"]


@pytest.mark.parametrize("who", _ONCE_OR_TWICE)
def test_every_door_shows_what_its_reader_may_see(client: Visitor, world: World, who: Who) -> None:
    enter(client, world, who)
    wrong = []
    for state in SENT:
        may = may_see(READS_AS[who], state, world.mode)
        for name, (address, openers) in doors(world, state).items():
            word = world.word(state, "attachment" if name == "its file" else "observation")
            ask = client.post if address.startswith("/redazione/esporta/") else client.get
            shown = word in readable(ask(address).data)
            if shown is not (may and who in openers):
                wrong.append((name, address, state.value, "shown" if shown else "missing"))
    assert wrong == []


@pytest.mark.parametrize("who", _ONCE_OR_TWICE)
def test_the_public_files_are_the_same_for_everybody(client: Visitor, world: World, who: Who) -> None:
    enter(client, world, who)
    for address in PUBLIC_FILES:
        text = readable(client.get(address).data)
        for state in CommentState:
            may = may_see(READS_AS[Who.PUBLIC], state, world.mode)
            assert (world.word(state, "observation") in text) is may, address


def test_a_draft_is_read_by_its_body_alone(client: Visitor, world: World) -> None:
    draft = world.remarks[CommentState.DRAFT]
    word = world.word(CommentState.DRAFT, "observation")
    for who in WEB:
        visitor = client.application.test_client()
        assert isinstance(visitor, Visitor)
        page = enter(visitor, world, who).get(f"/osservazioni/bozze/{draft.submission_id}")
        assert (word in page.text) is (who is Who.OWN_BODY)


def _written(form: Format, profile: Profile) -> str:
    if form in TEXTS:
        return "".join(export(Actor.system(), form, profile, demonstration=False, now=NOW))
    with sheet(Actor.system(), form, profile, demonstration=False, now=NOW) as file:
        return readable(file.read())


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("form", list(Format))
def test_the_console_writes_what_the_profile_holds(world: World, form: Format, profile: Profile) -> None:
    text = _written(form, profile)
    who = Who.PUBLIC if profile is Profile.PUBLIC else Who.CONSOLE
    assert [word for word in world.hidden_from(who) if word in text] == []
    for state in SENT:
        may = may_see(READS_AS[who], state, world.mode)
        assert (world.word(state, "observation") in text) is may


def test_letters_tell_each_body_its_own(world: World) -> None:
    listen.hear()
    mails = db.session.query(Mail).all()
    colleagues = {world.round.secretary.person_id, world.round.colleague.person_id}
    assert {mail.person_id for mail in mails} <= {world.round.mayor.person_id} | colleagues
    office = "\n".join(mail.text for mail in mails if mail.person_id in colleagues)
    assert [secret.word for secret in world.secrets if secret.word in office] == []
    texts = "\n".join(f"{mail.subject}\n{mail.text}" for mail in mails)
    assert [word for word in world.hidden_from(Who.OWN_BODY) if word in texts] == []
    assert "parola-motivo-del-rifiuto" in texts


def test_the_record_holds_no_word_of_anybody(world: World) -> None:
    facts = "\n".join(str(entry.facts) for entry in db.session.query(Entry))
    assert [secret.word for secret in world.secrets if secret.word in facts] == []


@pytest.mark.parametrize("who", _ONCE_OR_TWICE)
def test_of_a_masked_text_everybody_reads_the_rest(client: Visitor, world: World, who: Who) -> None:
    enter(client, world, who)
    masked = world.masked
    page = client.get(f"/osservazioni/{masked.number}").text
    assert "Chiama [passo oscurato]. Il resto si legge." in page
    assert ("parola-oscurata-nel-testo" in page) is (who is Who.OWN_BODY)
    submission = db.session.get_one(Submission, masked.submission_id)
    assert client.get(f"/ricevute/{submission.code}/contenuto.json").status_code == (
        200 if who is Who.OWN_BODY else 404
    )
    receipt = client.get(f"/ricevute/{submission.code}").text
    assert ("parola-oscurata-nel-testo" in receipt) is (who is Who.OWN_BODY)
    assert submission.sha256
    assert submission.sha256 in receipt


@pytest.mark.parametrize("profile", list(Profile))
def test_files_hold_the_rest_of_a_masked_text(world: World, profile: Profile) -> None:
    text = "".join(export(Actor.system(), Format.CSV, profile, demonstration=False, now=NOW))
    assert "Chiama [passo oscurato]. Il resto si legge." in text
