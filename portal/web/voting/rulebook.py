"""The rule sets, in words and with their history; the secretary general writes the next version."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.forms.voting import ConditionForm, ReviseForm
from portal.kernel.clock import local_day
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, can
from portal.voting import revise_rule, rule_queries, wording
from portal.voting.revise_rule import Revision
from portal.voting.rule_queries import RuleRow
from portal.web.door import access, attempt, bind, current_actor, now, translate
from portal.web.labels import options
from portal.web.voting.blueprint import Answer, bp, spoken

SPARE = 2  # lines for further conditions


@bp.get("/votazioni/regole")
@access(Permission.PUBLIC_READ)
def rules() -> str:
    """How each matter is decided today, and by which article."""
    found = rule_queries.in_force(local_day(now()))
    return render_template("voting/rules.html", rows=[(row, said(row)) for row in found])


@bp.get("/votazioni/regole/<code>")
@access(Permission.PUBLIC_READ)
def rule(code: str) -> str:
    """One rule set with every version it has had."""
    found = rule_queries.history(code)
    may = can(current_actor(), Permission.RULESET_MANAGE)
    today = local_day(now())
    holds = next((row for row in found if row.valid_from <= today), None)
    return render_template(
        "voting/rule.html", code=code, rows=[(row, said(row)) for row in found], holds=holds, may_revise=may
    )


def said(row: RuleRow) -> list[str]:
    """The conditions in words, with the call they hold for if not for all."""
    lines = []
    for condition in row.rule_set.conditions:
        words = translate(wording.requirement(condition))
        if condition.call:
            words = gettext("In call %(call)s: %(words)s", call=condition.call, words=words)
        lines.append(words)
    return lines


@bp.route("/segreteria/votazioni/regole/<code>", methods=["GET", "POST"])
@access(Permission.RULESET_MANAGE)
def revise(code: str) -> Answer:
    """Write the next version; polls that are prepared keep theirs."""
    latest = rule_queries.history(code)[0]
    form = spoken(bind(ReviseForm, **_fields(latest)))
    form.sits.choices = _first(latest.rule_set.sits)
    form.by_delegation.choices = _first(latest.rule_set.by_delegation)
    if request.method == "GET":
        return render_template("voting/revise.html", form=form, rule=latest)
    done = attempt(form, lambda: revise_rule.revise_rule(current_actor(), code, _revision(form), now=now()))
    if done is None:
        return render_template("voting/revise.html", form=form, rule=latest), 422
    flash(gettext("Version %(number)s is written.", number=done.number))
    return redirect(url_for(".rule", code=code), 303)


def _first(named: tuple[Office, ...]) -> list[SelectChoice]:
    """All offices, those of the rule set first and in its order: who comes first takes the seat before the others."""
    return options([*named, *(office for office in Office if office not in named)])


def _fields(row: RuleRow) -> dict[str, Any]:
    rule_set = row.rule_set
    lines = [ConditionForm.fields_of(condition) for condition in rule_set.conditions]
    return {
        "base": row.number,
        "conditions": lines + [{}] * SPARE,
        "sits": [office.value for office in rule_set.sits],
        "by_delegation": [office.value for office in rule_set.by_delegation],
        "may_change": rule_set.may_change,
        "late_arrivals": rule_set.late_arrivals,
        "alternates": rule_set.alternates,
        "legal_basis": row.legal_basis,
        "valid_from": local_day(now()),
    }


def _revision(form: ReviseForm) -> Revision:
    assert form.valid_from.data  # the form asks for it
    return Revision(
        definition=form.definition,
        legal_basis=str(form.legal_basis.data),
        reason=str(form.reason.data),
        valid_from=form.valid_from.data,
        base_number=form.base_number,
    )
