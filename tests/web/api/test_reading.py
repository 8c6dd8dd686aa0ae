"""The API gives what anybody may read, page by page, in the shapes it promises, and says in one form why not."""

from __future__ import annotations

import csv
import io
from typing import Any

import jsonschema
import pytest
from flask import Flask

from portal.comments.rules import Admission, CommentState, may_see
from portal.plan.rules import VersionState
from tests import factories
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.hidden import READS_AS, Who, World
from tests.remarks import Round
from tests.statements import counted


@pytest.fixture
def rounds(clock: Clock, database: None) -> Round:
    return Round()


def get(client: Visitor, path: str, status: int = 200) -> Any:
    """The values of an address, held against the shape that the description promises."""
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == status, answer.text
    values = answer.get_json()
    described = client.get("/api/v1/openapi.json").get_json()
    if status != 200:
        assert answer.mimetype == "application/problem+json"
        promised = {"$ref": "#/components/schemas/Problem"}
    else:
        operation = next(o["get"] for p, o in described["paths"].items() if _fits(p, path.split("?")[0]))
        promised = operation["responses"]["200"]["content"]["application/json"]["schema"]
    schema = {**promised, "components": described["components"]}
    jsonschema.validate(values, schema, format_checker=jsonschema.FormatChecker())
    return values


def _fits(template: str, path: str) -> bool:
    wanted, given = template.split("/"), path.split("/")
    return len(wanted) == len(given) and all(w.startswith("{") or w == g for w, g in zip(wanted, given, strict=True))


def whole(client: Visitor, path: str) -> list[dict[str, Any]]:
    """All the things of a list, page after page."""
    items: list[dict[str, Any]] = []
    address: str | None = f"http://localhost/api/v1{path}"
    while address:
        page = get(client, address.removeprefix("http://localhost/api/v1"))
        assert len(page["items"]) <= 2
        items += page["items"]
        address = page["next"]
    return items


def test_the_way_in_leads_to_every_list(client: Visitor, rounds: Round) -> None:
    lists = get(client, "/")["lists"]
    assert set(lists) == {"plans", "consultations", "bodies", "comments"}
    for address in lists.values():
        assert get(client, address.removeprefix("http://localhost/api/v1"))["next"] is None
    assert client.get("/api/v1").headers["Location"].endswith("/api/v1/")


def test_remarks_come_by_number_page_after_page(client: Visitor, rounds: Round) -> None:
    sent = [rounds.remark().number for _ in range(5)]
    assert [row["number"] for row in whole(client, "/comments?limit=2")] == sent
    first = client.get("/api/v1/comments?limit=2")
    assert first.headers["Link"] == f'<{first.get_json()["next"]}>; rel="next"'
    assert get(client, f"/comments?after={sent[-1]}") == {"items": [], "next": None}


def test_a_remark_says_what_it_speaks_of_and_what_became_of_it(client: Visitor, rounds: Round) -> None:
    answer = rounds.published(rounds.admitted())
    row = get(client, "/comments/1")
    assert row["answer"] == answer.text and row["outcome"] == answer.outcome
    assert row["body_code"] == rounds.body.key and row["action"] == "A.1"
    (anchor,) = row["anchors"]
    assert anchor["paragraph_key"] == rounds.paragraph.key and anchor["exact"] == rounds.paragraph.text
    assert row["page"] == "http://localhost/osservazioni/1" and row["url"].endswith("/api/v1/comments/1")


def test_the_same_remarks_as_in_the_open_data(client: Visitor, rounds: Round) -> None:
    rounds.published(rounds.admitted())
    rounds.remark()
    rows = list(csv.DictReader(io.StringIO(client.get("/dati/osservazioni.csv").text.lstrip("\ufeff"))))
    items = get(client, "/comments")["items"]
    assert [int(row["number"]) for row in rows] == [item["number"] for item in items]
    assert set(rows[0]) <= set(items[0])
    for name in ("submitted_at", "observation", "outcome", "answer", "kind", "residents_date"):
        assert [row[name] for row in rows] == [item[name] or "" for item in items], name


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("kind=change_request", 1), ("kind=support", 1), ("state=admitted", 1), ("state=submitted", 1),
        ("action=A.1", 2), ("action=A.9", 0), ("body=nessuno", 0), ("plan=nessuno", 0), ("consultation=9999", 0),
        ("outcome=accepted", 1), ("outcome=noted", 0),
    ],
)  # fmt: skip
def test_remarks_are_narrowed(client: Visitor, rounds: Round, asked: str, found: int) -> None:
    rounds.published(rounds.admitted(kind="change_request"))
    rounds.remark(kind="support")
    assert len(get(client, f"/comments?{asked}")["items"]) == found


def test_the_plan_is_there_down_to_the_paragraph(client: Visitor, rounds: Round) -> None:
    slug = rounds.version.plan.slug
    assert get(client, f"/plans/{slug}")["versions"] == [1]
    at = f"/plans/{slug}/versions/1"
    assert [s["code"] for s in get(client, at)["sections"]] == ["A"]
    assert get(client, f"{at}/actions")["items"][0]["code"] == "A.1"
    action = get(client, f"{at}/actions/X1")
    assert action["code"] == "A.1" and len(action["paragraphs"]) == 2
    paragraphs = whole(client, f"{at}/paragraphs?limit=1")
    assert [p["key"] for p in paragraphs] == [p["key"] for p in action["paragraphs"]]
    assert get(client, f"{at}/paragraphs/{paragraphs[0]['key']}") == paragraphs[0]
    assert client.get(paragraphs[0]["page"].removeprefix("http://localhost")).status_code == 200


def test_a_draft_of_the_plan_is_nowhere(client: Visitor, rounds: Round) -> None:
    draft = factories.version(VersionState.DRAFT)
    slug = draft.plan.slug
    assert slug not in [plan["slug"] for plan in get(client, "/plans")["items"]]
    for rest in (
        "",
        "/versions",
        "/versions/1",
        "/versions/1/actions",
        "/versions/1/actions/A.1",
        "/versions/1/paragraphs",
    ):
        get(client, f"/plans/{slug}{rest}", 404)


def test_bodies_and_consultations(client: Visitor, rounds: Round) -> None:
    keys = [body["key"] for body in whole(client, "/bodies?limit=2")]
    assert keys == sorted(keys) and rounds.body.key in keys
    assert get(client, f"/bodies/{rounds.body.key}")["istat_code"] == rounds.body.istat_code
    assert {body["kind"] for body in get(client, "/bodies?kind=municipality")["items"]} == {"municipality"}
    (held,) = get(client, "/consultations")["items"]
    assert get(client, f"/consultations/{held['id']}")["phase"] == "open"
    get(client, "/consultations/9999", 404)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/comments/999", 404, "not_found"), ("/comments/0", 404, "not_found"), ("/nulla", 404, "not_found"),
        ("/plans/nessuno/versions", 404, "not_found"), ("/bodies/nessuno", 404, "not_found"),
        ("/comments?limit=0", 422, "invalid_parameter"), ("/comments?limit=201", 422, "invalid_parameter"),
        ("/comments?after=-1", 422, "invalid_parameter"), ("/comments?kind=altro", 422, "invalid_parameter"),
        ("/comments?state=withdrawn", 422, "invalid_parameter"), ("/comments?limit=1&limit=2", 422, "repeated"),
        ("/comments?pagina=2", 422, "unknown_parameter"), ("/plans?after=", 422, "invalid_parameter"),
    ],
)  # fmt: skip
def test_what_is_refused_is_a_problem_with_a_code(
    client: Visitor, rounds: Round, path: str, status: int, code: str
) -> None:
    problem = get(client, path, status)
    assert problem["type"] == f"http://localhost/dati/api#{code}"
    assert problem["status"] == status and problem["detail"]


def test_every_code_is_explained_on_the_page(client: Visitor, rounds: Round) -> None:
    page = client.get("/dati/api").text
    for code in ("not_found", "read_only", "invalid_parameter", "unknown_parameter", "too_many_requests", "fault"):
        assert f'id="{code}"' in page


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_changed(client: Visitor, rounds: Round, method: str) -> None:
    client.forgery = True
    refused = client.open("/api/v1/comments", method=method)
    assert refused.status_code == 405 and refused.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert refused.mimetype == "application/problem+json"
    assert client.open("/api/v1/nulla", method=method).status_code == 404


def test_what_one_has_is_not_sent_again(client: Visitor, rounds: Round) -> None:
    rounds.remark()
    first = client.get("/api/v1/comments")
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get("/api/v1/comments", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    rounds.remark()
    changed = client.get("/api/v1/comments", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200 and changed.headers["ETag"] != first.headers["ETag"]


def test_pages_of_other_sites_may_read_without_anybodys_cookie(client: Visitor, rounds: Round) -> None:
    for answer in (client.get("/api/v1/plans"), client.get("/api/v1/nulla"), client.options("/api/v1/plans")):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "If-None-Match" in client.options("/api/v1/plans").headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("mode", list(Admission), ids=lambda mode: mode.value)
def test_whoever_asks_gets_what_anybody_may_read(
    client: Visitor, clock: Clock, database: None, mode: Admission
) -> None:
    world = World(mode)
    client.sign_in(world.round.secretary.person_id or 0)
    text = client.get("/api/v1/comments?limit=200").text
    assert [word for word in world.hidden_from(Who.PUBLIC) if word in text] == []
    for state in CommentState:
        may = may_see(READS_AS[Who.PUBLIC], state, mode)
        assert (world.word(state, "observation") in text) is may
        if state is not CommentState.DRAFT:
            assert client.get(f"/api/v1/comments/{world.number(state)}").status_code == (200 if may else 404)


def test_a_list_of_remarks_asks_the_database_six_times_at_most(client: Visitor, rounds: Round) -> None:
    for _ in range(3):
        rounds.remark()
    with counted() as seen:
        get_items = client.get("/api/v1/comments").get_json()["items"]
    assert len(get_items) == 3
    assert len(seen) <= 6, "\n".join(seen)


@pytest.mark.once
def test_who_asks_too_often_is_told_when_to_come_back(limited: Flask) -> None:
    visitor = limited.test_client()
    answers = [visitor.get("/api/v1/openapi.json") for _ in range(301)]
    assert {answer.status_code for answer in answers[:300]} == {200}
    assert answers[300].status_code == 429
    assert answers[300].mimetype == "application/problem+json"
    assert int(answers[300].headers["Retry-After"]) > 0
