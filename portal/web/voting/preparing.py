"""Preparing a vote: the matter proposes the rule set and the roll, both are shown, then the question is written."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.conferences.table import polls, votes
from portal.conferences.table.votes import VotableItem
from portal.forms.voting import CLOSED_BALLOT, PrepareForm, ScopeForm
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.offices import BodyKind
from portal.kernel.permissions import Permission
from portal.plan.rules import VersionState
from portal.territory import queries as territory
from portal.voting import prepare, preview, queries, wording
from portal.voting.preview import Preview, Wanted
from portal.voting.queries import PollPage
from portal.voting.rules import Electorate, Matter, Mode
from portal.web import editions, numbers
from portal.web.door import access, attempt, bind, current_actor, fresh, now, safe_next, translate
from portal.web.numbers import asked
from portal.web.pages import day
from portal.web.voting.blueprint import Answer, bp, spoken


@bp.get("/segreteria/votazioni/nuova")
@access(Permission.POLL_PREPARE)
def new() -> str:
    """First the matter; then its rule set, its roll with residents and vacant seats, and the question."""
    follows = asked("ripete")
    earlier = queries.poll(current_actor(), follows) if follows else None
    matter = earlier.matter.value if earlier else request.args.get("materia", "")
    place = _place()
    population = asked("popolazione") or (votes.snapshot_of(place[0]) if place else None)
    if matter not in set(Matter):
        return _page(_scope(matter, population=population), None, None)
    wanted = Wanted(Matter(matter), population, asked("zona"), follows, _attested(request.args))
    scope = _scope(matter, wanted)
    try:
        found = preview.preview(current_actor(), wanted, now=now())
    except Invalid as error:
        scope.refusals.extend([error.words, *error.problems])
        return _page(scope, None, None)
    return _page(scope, found, _form(wanted, found, earlier, place), earlier)


@bp.post("/segreteria/votazioni/nuova")
@access(Permission.POLL_PREPARE)
def create() -> Answer:
    """Prepare it: from here on question, rule set, seats and residents are fixed."""
    form = bind(PrepareForm)
    form.version.choices = _versions()
    place = _place()
    done = attempt(form, lambda: _prepared(place, _question(form)))
    if done is None:
        return _again(form), 422
    flash(gettext("The vote is prepared under number %(number)s. Check the seats, then open it.", number=done))
    target = url_for("table.votes", number=place[0]) if place else url_for(".conduct", number=done)
    return redirect(safe_next(request.form.get("next"), target), 303)


def _place() -> tuple[int, VotableItem] | None:
    """The sitting and the item for which the vote is prepared, if the page was opened from there."""
    sitting, item = numbers.read(request.values.get("seduta", "")), numbers.read(request.values.get("punto", ""))
    if not sitting or not item:
        return None
    found = next((one for one in votes.votable_items(sitting) if one.id == item), None)
    if found is None:
        raise NotFound()
    return sitting, found


def _prepared(place: tuple[int, VotableItem] | None, question: prepare.Question) -> int:
    """For an item of a sitting, or by itself."""
    again = votes.just_prepared(current_actor(), question, now())
    if again is not None:
        return again
    if place is None:
        return prepare.prepare(current_actor(), question, now=now())
    sitting, item = place
    return polls.prepare_poll(current_actor(), sitting, item.id, question, now=now())


def _question(form: PrepareForm) -> prepare.Question:
    mode = str(form.mode.data)
    secret = mode == CLOSED_BALLOT
    return prepare.Question(
        text=str(form.question.data),
        matter=Matter(str(form.matter.data)),
        mode=Mode.ROLL_CALL if secret else Mode(mode),
        version_id=form.version.data or None,
        secret=secret,
        attested=_attested(request.form),
        places=(),
        call=1,
        **form.numbers,
    )


def _again(form: PrepareForm) -> str:
    given_numbers = form.numbers
    given = str(form.matter.data)
    if given not in set(Matter):
        return _page(_scope(""), None, None)
    wanted = Wanted(Matter(given), **given_numbers, attested=_attested(request.form))
    earlier = queries.poll(current_actor(), wanted.follows_id) if wanted.follows_id else None
    try:
        found = preview.preview(current_actor(), wanted, now=now())
    except Invalid:
        return _page(_scope(given, wanted), None, form)
    return _page(_scope(given, wanted), found, form, earlier)


def _form(
    wanted: Wanted, found: Preview, earlier: PollPage | None, place: tuple[int, VotableItem] | None
) -> PrepareForm:
    form = fresh(
        PrepareForm,
        matter=wanted.matter.value,
        snapshot=(found.snapshot.id if found.snapshot else "") if not earlier else "",
        zone=wanted.zone_id or "",
        follows=wanted.follows_id or "",
        question=earlier.question if earlier else (place[1].title if place else ""),
        mode=(earlier.mode if earlier else Mode.ROLL_CALL).value,
        version=(earlier.version_id if earlier else None) or 0,
    )
    form.version.choices = _versions()
    return form


def _scope(matter: str, wanted: Wanted | None = None, *, population: int | None = None) -> ScopeForm:
    given: dict[str, Any] = {"materia": matter} if matter else {}
    if population:
        given["popolazione"] = population
    if wanted:
        given |= {"popolazione": wanted.snapshot_id or "", "zona": wanted.zone_id or ""}
    form = spoken(ScopeForm(MultiDict(given)))
    form.popolazione.choices = [
        SelectChoice(s.id, f"{s.source}, {day(s.reference_date)}") for s in territory.snapshots()
    ]
    zones = territory.bodies(BodyKind.ZONE, BodyKind.UNION)
    form.zona.choices = [SelectChoice(0, "—"), *(SelectChoice(z.id, z.name) for z in zones if not z.ended_on)]
    return form


def _versions() -> list[SelectChoice]:
    found = [e for e in editions.shelf().editions if e.state is not VersionState.DRAFT]
    words = {e.version_id: gettext("%(title)s, version %(number)s", title=e.plan_title, number=e.number) for e in found}
    return [SelectChoice(0, gettext("None")), *(SelectChoice(number, said) for number, said in words.items())]


def _attested(given: MultiDict[str, str]) -> dict[int, int]:
    """Which Comune each councillor without an office in one stands for, as the page gave it."""
    found: dict[int, int] = {}
    for name, value in given.items():
        mandate = name.removeprefix("attested-")
        if (
            name != mandate
            and mandate.isdecimal()
            and value.isdecimal()
            and len(mandate) < 10 > len(value)
            and int(value)
        ):
            found[int(mandate)] = int(value)
    return found


def _page(scope: ScopeForm, found: Preview | None, form: PrepareForm | None, earlier: PollPage | None = None) -> str:
    council = found is not None and found.rule.electorate is Electorate.COUNCIL and found.rule.rule_set.weighted
    return render_template(
        "voting/new.html",
        scope=scope,
        preview=found,
        form=form,
        earlier=earlier,
        conditions=[translate(wording.requirement(c)) for c in found.rule.rule_set.for_call(found.call)]
        if found
        else [],
        comuni=territory.bodies(BodyKind.MUNICIPALITY) if council else [],
        attested=_attested(request.values),
        place=_place(),
        back=safe_next(request.values.get("next"), ""),
    )
