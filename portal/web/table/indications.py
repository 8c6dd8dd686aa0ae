"""Indications: the grid for everybody, the three answers of a seat, what the desk opens, writes down and closes."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from flask import Response as FileResponse
from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.conferences import queries as sittings
from portal.conferences.hall import standing
from portal.conferences.table import board, indicate, queries
from portal.conferences.table.queries import RoundRow
from portal.conferences.table.rules import Stance
from portal.forms.base import row_number
from portal.forms.table import RoundForm, StanceForm
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.permissions import Permission, can
from portal.kernel.words import N_
from portal.records.export import safe_cell
from portal.web.conferences.blueprint import at_once
from portal.web.door import access, bind, current_actor, current_actor_or_visitor, now
from portal.web.limits import FILES, SUBMIT, limiter
from portal.web.table.blueprint import back, bp

COLUMNS = (
    "round", "item", "action", "question", "opened_at", "closed_at", "seat", "body", "population", "indication",
    "given_at", "replaced_at",
)  # fmt: skip


def _person() -> str:
    return f"table:{current_actor_or_visitor().person_id}"


@bp.get("/sedute/<int:number>/indicazioni")
@access(Permission.PUBLIC_READ)
def indications(number: int) -> str:
    """Every round with its grid and its figures; the open one with the answers of one's own seat."""
    actor = current_actor()
    row = sittings.sitting(actor, number)
    found = queries.rounds(actor, number)
    held = standing.find(actor, number)
    opened = next((one for one in found if one.is_open), None)
    return render_template(
        "table/indications.html",
        row=row,
        sheets=[queries.sheet_of(one, now=now()) for one in reversed(found)],
        round=opened,
        held=held,
        own=queries.own_stance(opened.id, held.seat_id) if opened and held else None,
        board=board.table_board(actor, number, now()) if can(actor, Permission.SITTING_WATCH) else None,
    )


@bp.get("/sedute/<int:number>/indicazioni.csv")
@access(Permission.PUBLIC_READ)
@limiter.limit(FILES)
def indications_file(number: int) -> FileResponse:
    """All that was said in the rounds that everybody may know, changes too."""
    actor = current_actor()
    sittings.sitting(actor, number)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in (found for found in queries.rounds(actor, number) if found.shown):
        people = {seat.number: seat.population for seat in queries.sheet_of(one, now=now()).rows}
        for seat, body, stance, given, replaced in queries.versions(actor, number, one.id):
            said = (seat, safe_cell(body), people.get(seat, 0), stance.value, _instant(given), _instant(replaced))
            writer.writerow([*_of(one), *said])
    answer = FileResponse(buffer.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="seduta-{number}-indicazioni.csv"'
    return answer


def _of(one: RoundRow) -> tuple[object, ...]:
    said = safe_cell(one.question)
    return one.id, one.item or "", one.action_code, said, _instant(one.opened_at), _instant(one.closed_at)


def _instant(value: datetime | None) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else ""


@bp.post("/sedute/<int:number>/indicazioni/apri")
@access(Permission.SITTING_CONDUCT)
def open_round(number: int) -> Response:
    """Ask the bodies what they say of an action."""
    form, actor = bind(RoundForm), current_actor()

    def verb() -> None:
        if not form.validate():
            raise Invalid(N_("The question is too long: shorten it."), code="question", field="question")
        indicate.open_round(
            actor,
            number,
            row_number(form.item.data),
            form.action.data or 0,
            question=form.question.data or "",
            visible_at_once=bool(form.visible.data),
            now=now(),
        )

    return at_once(verb, back(number, "indicazioni"), gettext("The bodies are asked. It is not a vote."))


@bp.post("/sedute/<int:number>/indicazioni/<int:round_id>/chiudi")
@access(Permission.SITTING_CONDUCT)
def close_round(number: int, round_id: int) -> Response:
    """Close the round: everybody reads what was said."""
    actor = current_actor()
    target, said = back(number, "indicazioni"), gettext("The round is closed: everybody can read what was said.")
    return at_once(lambda: indicate.close_round(actor, number, round_id, now=now()), target, said)


@bp.post("/sedute/<int:number>/indicazioni/<int:round_id>/risposta")
@access(Permission.SIGNED_IN)
@limiter.limit(SUBMIT, key_func=_person)  # all of a hall may come from one address
def answer(number: int, round_id: int) -> Response:
    """Say it for one's own seat."""
    form, actor = bind(StanceForm), current_actor()

    def verb() -> None:
        indicate.indicate(actor, number, round_id, _chosen(form), now=now())

    said = gettext("Recorded. You can change it until the round is closed.")
    return at_once(verb, back(number, "indicazioni"), said)


@bp.get("/sedute/<int:number>/indicazioni/<int:round_id>/raccolta")
@access(Permission.SITTING_CONDUCT)
def collect(number: int, round_id: int) -> str:
    """The list of the bodies that are there, to write down what each says in the hall."""
    actor = current_actor()
    row = sittings.sitting(actor, number)
    found = queries.sheet(actor, number, round_id, now=now())
    if not found.round.is_open:
        raise NotFound()
    return render_template("table/collect.html", row=row, sheet=found)


@bp.post("/sedute/<int:number>/indicazioni/<int:round_id>/raccolta")
@access(Permission.SITTING_CONDUCT)
def write_down(number: int, round_id: int) -> Response:
    """Write down at the desk what a body said."""
    form, actor = bind(StanceForm), current_actor()

    def verb() -> None:
        indicate.indicate_for(actor, number, round_id, form.seat_number, _chosen(form), now=now())

    return at_once(verb, back(number, f"indicazioni/{round_id}/raccolta"), gettext("Recorded."))


def _chosen(form: StanceForm) -> Stance:
    if not form.validate():
        raise Invalid(N_("Choose one of the answers."), code="stance", field="stance")
    return form.chosen
